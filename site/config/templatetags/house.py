"""Tags every template may use without loading: icons and the like."""

from django import forms, template
from django.utils.html import format_html

from config.states import look_of

register = template.Library()


@register.simple_tag
def icon(name, label="", extra=""):
    """An icon of the sprite in components/icons.html: decoration, or named when it stands alone."""
    classes = f"icon {extra}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="#i-{}"/></svg>', classes, label, name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name)


@register.filter
def num(value):
    """Keeps a number, date or code on one line."""
    return format_html('<span class="num">{}</span>', value) if value not in (None, "") else ""


# ---- forms: templates/components/field.html and hand-made tables of fields use these

_BARE = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def _dress(field, extra=""):
    """The field's widget in the look's classes (each form has its own copies of its widgets)."""
    widget = field.field.widget
    if isinstance(widget, _BARE):
        names = ["form-check-input"]
    elif isinstance(widget, forms.Select):
        names = ["form-select"]
    else:
        names = ["form-control"]
        if isinstance(widget, forms.DateInput):
            names.append("input-date")
    if field.errors:
        names.append("is-invalid")
    own = widget.attrs.get("class", "").split()
    widget.attrs["class"] = " ".join(dict.fromkeys([*names, *own, *extra.split()]))
    return _plain_file(widget) if isinstance(widget, forms.ClearableFileInput) else widget


def _plain_file(widget):
    """The control alone: private files have no address, and taking one away is an act of its own."""
    plain = forms.FileInput()
    plain.attrs = dict(widget.attrs)
    return plain


@register.simple_tag
def control(field, extra="", label=""):
    """The control alone, in the look's classes. `label` names it where no visible label does."""
    return field.as_widget(_dress(field, extra), {"aria-label": label} if label else None)


@register.simple_tag
def choices(field):
    """The options of a radio or checkbox list, each with `tag`, `id_for_label` and `choice_label`."""
    _dress(field)
    return list(field)


@register.filter
def is_choice_list(field):
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_single_checkbox(field):
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def anchor(field):
    """The id an error link leads to: the control, or the first one of a list."""
    return field.id_for_label or f"{field.auto_id}_0"


# ---- parts drawn from templates/components


@register.inclusion_tag("components/state.html")
def state(code, label, strong=False):
    """The badge of a state. `strong` fills a recognition on the record's own page."""
    tone, icon_name = look_of(code)
    return {"tone": "good" if strong and tone == "ok" else tone, "icon_name": icon_name, "label": label}


@register.simple_tag
def page_numbers(page_obj):
    """Page numbers to show, None for a gap."""
    gap = page_obj.paginator.ELLIPSIS
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return [None if number == gap else number for number in numbers]


@register.simple_tag
def labelled(cells, columns):
    """Each cell with the label and class of its column."""
    return [(cell, label, kind) for cell, (label, kind) in zip(cells, columns, strict=True)]
