"""Structured data in a page."""

import json

from django import template
from django.utils.safestring import mark_safe

register = template.Library()
# So that no text can end the element or begin another.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def as_json_ld(data):
    """`data` as the body of <script type="application/ld+json">."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 # nosec B308 B703
