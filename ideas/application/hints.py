"""Where a box of the web form stands in the application: number and words of its item, from the template."""

from django.utils.html import format_html
from django.utils.translation import gettext as _


def name_items(fields, template):
    """Puts before the help of each form field which item it answers; the words once for each item."""
    named = set()
    for name, field in fields.items():
        item = template.item_of(name)
        if item is None:
            continue
        number = _place(item)
        said = (
            number
            if item.key in named
            else format_html('{}: <span lang="vi">{}</span>', number, item.wording)
        )
        named.add(item.key)
        field.help_text = format_html("{}. {}", said, field.help_text)


def _place(item):
    words = (
        _("Besides the form, item %(number)s") if item.in_annex else _("Item %(number)s of the application")
    )
    return words % {"number": item.number}
