"""Where a box of the web form stands in the application: number and words of its item, from the template."""

from django.utils.html import format_html
from django.utils.translation import gettext as _


def name_items(fields, template):
    """Puts before the help of each form field which item it answers: the item's words once, then those of the
    box itself where the form has any."""
    named = set()
    for name, field in fields.items():
        item = template.item_of(name)
        if item is None:
            continue
        box = template.field(name)
        wordings = [] if item.key in named else [item.wording]
        wordings += [box.wording] if box is not None and box.wording else []
        named.add(item.key)
        field.help_text = format_html("{}. {}", _said(item, wordings), field.help_text)


def _said(item, wordings):
    words = (
        _("Besides the form, item %(number)s") if item.in_annex else _("Item %(number)s of the application")
    )
    place = words % {"number": item.number}
    return format_html('{}: <span lang="vi">{}</span>', place, "; ".join(wordings)) if wordings else place
