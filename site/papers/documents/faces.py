"""The two faces of a paper: Word for the ward's document system, PDF to read and to keep."""

from dataclasses import dataclass

from . import pdf, word
from .layout import laid_out

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Drawn:
    content: bytes
    content_type: str


def draw(data, face, number="", issued_on=None):
    """Frozen `data` as "docx" or "pdf"; KeyError for any other face. Outside any transaction."""
    drawing, content_type = _FACES[face]
    return Drawn(drawing(laid_out(data, number, issued_on), issued_on), content_type)


_FACES = {"docx": (word.drawn, WORD), "pdf": (pdf.drawn, "application/pdf")}
FACES = tuple(_FACES)
