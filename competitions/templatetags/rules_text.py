"""Plain text of rules as HTML: a blank line parts paragraphs, lines that begin with "- " are a list."""

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
ITEM = "- "


@register.filter
def rules_text(text) -> SafeString:
    """Paragraphs and lists; everything typed is escaped."""
    lines = [line.strip() for line in (text or "").splitlines()]
    runs = [(kind, list(rows)) for kind, rows in groupby(lines, key=_kind) if kind]
    return format_html_join("\n", "{}", ((_html(kind, rows),) for kind, rows in runs))


def _kind(line):
    return "" if not line else "item" if line.startswith(ITEM) else "text"


def _html(kind, lines):
    if kind == "item":
        items = format_html_join("", "<li>{}</li>", ((line.removeprefix(ITEM),) for line in lines))
        return format_html("<ul>{}</ul>", items)
    first, *others = lines
    return format_html("<p>{}{}</p>", first, format_html_join("", "<br>{}", ((line,) for line in others)))
