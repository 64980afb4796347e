"""A paper as plain JSON: numbered, cleaned, hashed. What is drawn later is drawn from this and nothing else.

The number and the date are no part of it: they are given by whoever registers the paper, afterwards.
"""

import hashlib
import json
from dataclasses import dataclass

from ..glyphs import in_glyphs
from . import blocks as made_of
from .numbering import Numbers

FORMAT = 1


@dataclass(frozen=True)
class FrozenPaper:
    """`data` for a JSON field and the SHA-256 of its canonical bytes."""

    data: dict
    sha256: str


def freeze(document):
    """`document` frozen. The same blocks give the same hash."""
    data = {
        "format": FORMAT,
        "title": _clean(f"{document.name}: {document.subject}" if document.subject else document.name),
        "is_sample": document.is_sample,
        "landscape": document.landscape,
        "head": {
            "parent": _cleaned(document.head.parent),
            "issuer": _cleaned(document.head.issuer),
            "symbol": _clean(document.head.symbol),
            "place": _clean(document.head.place),
            "name": _clean(document.head.name),
        },
        "name": _clean(document.name),
        "subject": _clean(document.subject),
        "blocks": _plain(document.blocks),
        "signers": [_signer(signer) for signer in document.signers],
        "recipients": _recipients(document.recipients),
        "annexes": _annexes(document.annexes),
        **_where_given(running=_clean(document.running), code=document.code and _code(document.code)),
    }
    return FrozenPaper(data, digest(data))


def digest(data):
    """The SHA-256 of frozen data, to compare with the one kept."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _clean(text):
    """One line in characters every face can show: composed, no marks of direction, no control characters."""
    return " ".join(in_glyphs(str(text)).split())


def _cleaned(texts):
    return [line for line in map(_clean, texts) if line]


def _where_given(**values):
    """What few papers have stands in their data alone, so that the others keep their hash."""
    return {name: value for name, value in values.items() if value}


def _code(code):
    return {"shown": _clean(code.shown), "url": _clean(code.url), "caption": _clean(code.caption)}


def _signer(signer):
    return {
        "authority": [line.upper() for line in _cleaned(signer.authority)],
        "note": _clean(signer.note),
        "office": _clean(signer.office),
        "name": _clean(signer.name),
        **_where_given(dated=_clean(signer.dated)),
    }


def _recipients(texts):
    """Each line ends with a semicolon, the last with a full stop."""
    lines = [line.rstrip(";.") for line in _cleaned(texts)]
    return [f"- {line}{'.' if line is lines[-1] else ';'}" for line in lines]


def _annexes(annexes):
    """Roman numbers from two annexes up."""
    numbers = Numbers()
    return [
        {
            "label": f"Phụ lục {numbers.next('section').rstrip('.')}" if len(annexes) > 1 else "Phụ lục",
            "title": _clean(annex.title).upper(),
            "attached_to": _clean(annex.attached_to),
            "landscape": annex.landscape,
            "blocks": _plain(annex.blocks),
        }
        for annex in annexes
    ]


def _plain(blocks):
    numbers = Numbers()
    return [values for block in blocks for values in _PLAIN[type(block)](block, numbers)]


def _numbered(kind):
    def plain(block, numbers):
        text = _clean(block.text)
        yield {"type": kind, "label": numbers.next(kind), "text": text.upper() if kind == "section" else text}

    return plain


def _clause(block, numbers):
    kind = "title" if block.titled else "clause"
    yield {"type": kind, "label": numbers.next("clause"), "text": _clean(block.text)}


def _grounds(block, numbers):
    lines = [line.rstrip(";.,") for line in _cleaned(block.texts)]
    for place, line in enumerate(lines, start=1):
        yield {"type": "ground", "text": f"{line}{'.' if place == len(lines) else ';'}"}


def _addressees(block, numbers):
    names = [name.rstrip(";.") for name in _cleaned(block.names)]
    if len(names) == 1:
        yield {"type": "addressee", "text": f"Kính gửi: {names[0]}"}
        return
    yield {"type": "addressee", "text": "Kính gửi:"}
    for place, name in enumerate(names, start=1):
        yield {"type": "addressed", "text": f"- {name}{'.' if place == len(names) else ';'}"}


def _paragraph(block, numbers):
    yield {
        "type": "paragraph",
        "text": _clean(block.text),
        "align": block.align,
        "italic": block.italic,
        "bold": block.bold,
    }


def _table(block, numbers):
    yield {
        "type": "table",
        "label": _clean(block.label),
        "columns": [{"title": _clean(c.title), "width": c.width, "align": c.align} for c in block.columns],
        "rows": [_row(row, len(block.columns)) for row in block.rows],
        "total": [_clean(cell) for cell in block.total],
        **_where_given(tall=block.tall),
    }


def _row(row, columns):
    if isinstance(row, made_of.SpanRow):
        return {"span": _clean(row.text)}
    if len(row) != columns:
        raise ValueError("a row has another number of cells than the table has columns")
    return {"cells": [_clean(cell) for cell in row]}


_PLAIN = {
    made_of.Authority: lambda block, numbers: [{"type": "authority", "text": _clean(block.text)}],
    made_of.Addressees: _addressees,
    made_of.Grounds: _grounds,
    made_of.Section: _numbered("section"),
    made_of.Clause: _clause,
    made_of.Point: _numbered("point"),
    made_of.Article: _numbered("article"),
    made_of.Labelled: lambda block, numbers: [
        {"type": "article", "label": _clean(block.label), "text": _clean(block.text)}
    ],
    made_of.Blank: lambda block, numbers: [{"type": "blank", "text": "", "lines": block.lines}],
    made_of.Dash: lambda block, numbers: [{"type": "dash", "text": f"- {_clean(block.text)}"}],
    made_of.Paragraph: _paragraph,
    made_of.Table: _table,
}
