"""The yearly report as a paper: who draws it, who enters its number, the words nobody's record knows."""

from django.db import transaction
from django.utils import timezone

from papers.office import paper_about

from ..models import YearReport
from ..moves import Actor, Answer, Refused
from ..papers.kinds import YEAR_REPORT
from ..papers.loading import head_signature
from ..papers.offers import Offer
from ..papers.registering import enter
from ..papers.year_report import year_report
from .reading import may_keep, may_read
from .year import year_figures


class ReportChanged(Exception):
    """Somebody wrote into the report after the form was drawn; nothing was written."""


def report_offer(user, year, figures=None):
    """The report of `year` as this person may handle it. Drawn from the register until it has its number."""
    subject = f"initiatives:{year}"
    paper = paper_about(YEAR_REPORT.code, subject)

    def document():
        return year_report(figures or year_figures(year), head_signature(), timezone.localdate())

    return Offer(
        kind=YEAR_REPORT,
        subject=subject,
        address=f"/sang-kien/so-theo-doi/bao-cao/{year}/van-ban",
        answer=_answer(may_read(user), "only_readers"),
        registers=_answer(may_keep(user), "only_keepers"),
        document=document,
        paper=paper,
        number=paper.number if paper else "",
        issued_on=paper.issued_on if paper else None,
    )


def _answer(allowed, reason="only_keepers"):
    return Answer("paper", allowed, "" if allowed else reason, who=("secretary", "chair"))


def register_report(user, year, *, now=None, **typed):
    """The registered report; `typed` as for every paper. Raises Refused, PaperRefused and PaperChanged."""
    with transaction.atomic():
        return enter(user, report_offer(user, year), typed, now)


def write_texts(user, year, *, difficulties, proposals, seen, now=None):
    """Difficulties and proposals of a year. Raises Refused and ReportChanged."""
    if not may_keep(user):
        raise Refused(_answer(False))
    with transaction.atomic():
        YearReport.objects.get_or_create(year=year)
        row = YearReport.objects.select_for_update().get(year=year)
        if row.edit_version != seen:
            raise ReportChanged(year)
        row.difficulties, row.proposals = difficulties, proposals
        row.edit_version += 1
        row.written_by_name, row.written_at = Actor.of(user).name, now or timezone.now()
        row.save()
    return row
