"""Who issues papers here: the ward, and its initiative council with a number series of its own."""

from django.conf import settings

from .blocks import Head

WARD, COUNCIL = "ward", "council"
# In whose name papers of the ward are signed, above the name (NĐ 30/2020, Phụ lục I, II.7).
HEAD_AUTHORITY = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
DEPUTY_AUTHORITY = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def symbol_of(issuer, kind):
    """What follows the number on a paper: "BB-HĐSK"."""
    head = {WARD: ward_head, COUNCIL: council_head}[issuer](kind)
    return head.symbol


def ward_head(kind, *, dated=True):
    """The head of a paper of the ward: "QĐ" gives "Số: …/QĐ-UBND"."""
    return Head(
        issuer=tuple(settings.PAPERS_BODY_LINES),
        parent=tuple(settings.PAPERS_PARENT_LINES),
        symbol=f"{kind}-{settings.PAPERS_SYMBOL}" if kind else "",
        place=settings.PAPERS_PLACE if dated else "",
        name=ward_name(),
    )


def council_head(kind, *, dated=True):
    """The head of a paper of the council, under the ward (NĐ 30/2020, Phụ lục I, II.3.a)."""
    return Head(
        issuer=tuple(settings.PAPERS_COUNCIL_LINES),
        parent=tuple(settings.PAPERS_COUNCIL_PARENT_LINES),
        symbol=f"{kind}-{settings.PAPERS_COUNCIL_SYMBOL}" if kind else "",
        place=settings.PAPERS_PLACE if dated else "",
        name=council_name(),
    )


def ward_name():
    """The ward in a sentence: "Ủy ban nhân dân phường Hưng Đạo"."""
    return settings.PAPERS_BODY_NAME


def council_name():
    """The council in a sentence: "Hội đồng sáng kiến phường Hưng Đạo"."""
    return settings.PAPERS_COUNCIL_NAME
