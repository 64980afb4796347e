"""The plan's text as blocks of a page: each part a heading, its sections below it."""

import re

from django.utils.html import escape

from config.plan_file import TEXT_FILE

_PART = re.compile(r"^[IVX]+\. ")
_SECTION = re.compile(r"^(\d+\. |[a-e]\) |đ\) )")


def plan_body():
    """`[(kind, value)]` for a StreamField. Raises OSError where the text is missing."""
    lines = TEXT_FILE.read_text(encoding="utf-8").splitlines()
    blocks, html = [], []
    for line in lines:
        if _PART.match(line):
            _close(blocks, html)
            blocks.append(("heading", _sentence_case(line)))
        else:
            html.append(line)
    _close(blocks, html)
    return blocks


def _sentence_case(line):
    number, _space, words = line.partition(" ")
    return f"{number} {words.capitalize()}"


def _close(blocks, lines):
    if lines:
        blocks.append(("text", as_html(lines)))
        lines.clear()


def as_html(lines):
    """Lines as paragraphs, "1. …" and "a) …" as headings, "- …" as one list each."""
    parts, items = [], []
    for line in [*lines, ""]:
        if line.startswith("- "):
            items.append(f"<li>{escape(line[2:].strip())}</li>")
            continue
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line:
            tag = "h3" if _SECTION.match(line) else "p"
            parts.append(f"<{tag}>{escape(line.strip())}</{tag}>")
    return "".join(parts)
