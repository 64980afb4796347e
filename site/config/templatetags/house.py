"""Tags every template may use without loading: icons and the like."""

from django import template
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
