"""Signed notices about a dossier, as those they are addressed to read them: its authors."""

from papers.models import OfficePaper

from ..access import is_author
from .kinds import DECLINE, REFUSAL

ADDRESSED = {
    kind.code: kind for kind in (REFUSAL, DECLINE)
}  # authors may complain about both (legal.md §1.6)


def notices_given(user, initiative):
    """[(kind, registered paper)]: of each kind the latest with its signed file; none for who is no author.
    One query."""
    if not is_author(user, initiative):
        return []
    about = OfficePaper.objects.filter(
        kind__in=ADDRESSED, subject__startswith=f"initiative:{initiative.code}:"
    )
    latest = {paper.kind: paper for paper in about.exclude(file="").order_by("issued_on", "pk")}
    return [(ADDRESSED[code], paper) for code, paper in latest.items()]
