"""Tags every template may use without loading: icons and the like."""

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

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
    return format_html('<span class="num">{}</span>', value) if value not in (None, "") else mark_safe("")


# ---- forms: templates/components/field.html and hand-made tables of fields use these

_BARE = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def _dress(field, extra=""):
    """Puts the look's classes on the widget of this form (a form has its own copies of its widgets)."""
    widget = field.field.widget
    if isinstance(widget, _BARE):
        names = ["form-check-input"]
    elif isinstance(widget, forms.Select):
        names = ["form-select"]
    else:
        names = ["form-control"]
        if isinstance(widget, forms.DateInput):
            names.append("input-date")
    if isinstance(widget, forms.ClearableFileInput):
        # The plain control: private files have no address, and taking one away is an act of its own.
        widget.template_name = "django/forms/widgets/file.html"
    if field.errors:
        names.append("is-invalid")
    own = widget.attrs.get("class", "").split()
    widget.attrs["class"] = " ".join(dict.fromkeys([*names, *own, *extra.split()]))
    return widget


@register.simple_tag
def control(field, extra="", label=""):
    """The control alone, in the look's classes. `label` names it where no visible label does."""
    _dress(field, extra)
    return field.as_widget(attrs={"aria-label": label} if label else None)


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
