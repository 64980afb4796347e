"""`{% load pictures %}`: pictures of a page, in the sizes made for the place they stand in."""

from django import template

from ..pictures import drawn

register = template.Library()


@register.simple_tag(takes_context=True)
def shown_picture(context, image, cut, alt=None):
    """The picture as a `cut` of `portal.pictures`; `alt` where the picture does not bring its own words. Only
    the page's first one is fetched at once, the others when they come near the window."""
    return drawn(image, cut, alt, lazy=image is not context.get("first_picture"))
