"""Official papers (văn bản hành chính) after NĐ 30/2020/NĐ-CP, Phụ lục I: one set of blocks, two faces.

`blocks` is what a paper is made of, `freezing` turns it into plain JSON with its hash, `word` and `pdf` draw
that JSON. Both faces read the same values, so they say the same.
"""

from .blocks import (
    Addressees,
    Annex,
    Article,
    Authority,
    Blank,
    Clause,
    Code,
    Column,
    Dash,
    Document,
    Grounds,
    Head,
    Labelled,
    Paragraph,
    Point,
    Section,
    Signer,
    SpanRow,
    Table,
    paragraphs,
)
from .faces import draw
from .freezing import FrozenPaper, freeze
from .issuers import council_head, council_name, ward_head, ward_name

__all__ = [
    "Addressees",
    "Annex",
    "Article",
    "Authority",
    "Blank",
    "Clause",
    "Code",
    "Column",
    "Dash",
    "Document",
    "FrozenPaper",
    "Grounds",
    "Head",
    "Labelled",
    "Paragraph",
    "Point",
    "Section",
    "Signer",
    "SpanRow",
    "Table",
    "council_head",
    "council_name",
    "draw",
    "freeze",
    "paragraphs",
    "ward_head",
    "ward_name",
]
