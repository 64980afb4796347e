"""What everybody may read of the programmes: which there are, and the signed file where it was said."""

from dataclasses import dataclass
from datetime import date

from papers.models import OfficePaper

from ..models import Programme, ProgrammeState
from .issuing import KIND


@dataclass(frozen=True)
class PublicProgramme:
    year: int
    title: str
    number: str
    issued_on: date
    file_url: str  # "" where it is not public


def issued():
    return Programme.objects.filter(state=ProgrammeState.ISSUED, struck_at__isnull=True)


def public_programmes() -> list[PublicProgramme]:
    """The latest first; two queries."""
    rows = list(issued().order_by("-year"))
    subjects = [f"programme:{row.year}" for row in rows]
    papers = {one.subject: one for one in OfficePaper.objects.filter(kind=KIND.code, subject__in=subjects)}
    return [
        PublicProgramme(
            year=row.year,
            title=row.title,
            number=paper.number,
            issued_on=paper.issued_on,
            file_url=f"/ke-hoach/chuong-trinh/{row.year}/ban-ky/"
            if row.file_is_public and paper.file
            else "",
        )
        for row in rows
        if (paper := papers.get(f"programme:{row.year}"))
    ]
