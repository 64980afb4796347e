"""What pages of targets draw."""

from django import template

register = template.Library()


@register.simple_tag
def seen_of(seen, code):
    """The fingerprint of the units a button was drawn about."""
    return seen.get(code, "")
