"""A paper drawn for whoever asked for it: as registered where it is, from the record otherwise."""

from dataclasses import dataclass

from papers.documents import draw, freeze


@dataclass(frozen=True)
class File:
    """A drawn paper to hand out."""

    content: bytes
    content_type: str
    name: str


def drawn(offer, face):
    """The file of an allowed offer, "docx" or "pdf". Outside any transaction."""
    data = offer.paper.data if offer.paper else freeze(offer.document()).data
    return _file(data, face, offer.file_name, offer.number, offer.issued_on)


def drawn_document(document, face, name, number="", issued_on=None):
    """The file of a paper that is not registered: a receipt, a draft for several dossiers."""
    return _file(freeze(document).data, face, name, number, issued_on)


def _file(data, face, name, number, issued_on):
    made = draw(data, face, number, issued_on)
    return File(made.content, made.content_type, f"{name}.{face}")
