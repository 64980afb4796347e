"""What everybody may read of the programmes: which there are, and the signed file where it was said."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

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
    """The latest first; one query."""
    subject = Concat(Value("programme:"), Cast(OuterRef("year"), CharField()))
    papers = OfficePaper.objects.filter(kind=KIND.code, subject=subject).order_by("-pk")
    said = {name: Subquery(papers.values(name)[:1]) for name in ("number", "issued_on", "file")}
    return [
        PublicProgramme(
            year=row.year,
            title=row.title,
            number=row.number,
            issued_on=row.issued_on,
            file_url=f"/ke-hoach/chuong-trinh/{row.year}/ban-ky/" if row.file_is_public and row.file else "",
        )
        for row in issued().annotate(**said).filter(number__isnull=False).order_by("-year")
    ]
