"""The board of a period: who filed, who filed late, who is missing. A constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..access import reporters_of
from ..models import ReportChange, ReportState, UnitReport
from ..models.report import FILED, OPEN
from . import urging
from .lateness import with_lateness

PER_PAGE = 50

IN_TIME, LATE, MISSING, RETURNED, ACCEPTED, EXCUSED = (
    "in_time",
    "late",
    "missing",
    "returned",
    "accepted",
    "excused",
)
# What a chip of the board counts. A returned report is missing as well: the unit owes it again.
_ASKS = {
    IN_TIME: Q(state__in=FILED, is_late=False),
    LATE: Q(state__in=FILED, is_late=True),
    MISSING: Q(state__in=OPEN),
    RETURNED: Q(state=ReportState.RETURNED),
    ACCEPTED: Q(state=ReportState.ACCEPTED),
    EXCUSED: Q(state=ReportState.EXCUSED),
}
LABELS = {
    IN_TIME: _("Filed in time"),
    LATE: _("Filed late"),
    MISSING: _("Missing"),
    RETURNED: _("Returned"),
    ACCEPTED: pgettext_lazy("report", "accepted"),
    EXCUSED: _("Not to be sent"),
}
IN_ADDRESS = {
    IN_TIME: "dung-han",
    LATE: "muon",
    MISSING: "thieu",
    RETURNED: "tra-lai",
    ACCEPTED: "tiep-nhan",
    EXCUSED: "mien",
}
_PLACES = {
    "not_begun": pgettext_lazy("report", "not begun"),
    "writing": pgettext_lazy("report", "being written"),
    "overdue": pgettext_lazy("report", "overdue"),
}


def place_of(state, *, is_begun, due_on, today) -> str:
    """Pure: where a report stands, as a code; what is open and past its day is overdue, begun or not."""
    if state not in OPEN:
        return str(state)
    if today > due_on:
        return "overdue"
    if state == ReportState.RETURNED:
        return str(state)
    return "writing" if is_begun else "not_begun"


@dataclass(frozen=True)
class BoardRow:
    """One unit of the board."""

    report: UnitReport
    place: str
    label: str
    days_left: int | None  # negative once it is late; None where nothing is owed
    reporters: tuple[str, ...]
    urged_on: date | None
    late: tuple[date, date] | None = None  # sent on, due by: the sending that made it late

    @property
    def days_late(self):
        return max(0, -(self.days_left or 0))


def row_of(report, today, reporters=(), urged_at=None, late=None) -> BoardRow:
    place = place_of(report.state, is_begun=bool(report.edited_at), due_on=report.due_on, today=today)
    return BoardRow(
        report,
        place,
        str(_PLACES.get(place) or ReportState(place).label),
        (report.due_on - today).days if report.is_open else None,
        tuple(person.display_name for person in reporters),
        timezone.localdate(urged_at) if urged_at else None,
        late,
    )


def wards_of(tree) -> list:
    """The roots: more than one where the portal serves several wards."""
    return list(tree.roots)


def of_ward(period, tree, ward):
    """The period's reports of one ward."""
    reports = UnitReport.objects.filter(period=period)
    return reports.filter(unit__in=tree.subtree(ward.pk)) if ward else reports


def counts(reports) -> dict[str, int]:
    """{chip: how many}, with `all`; one query."""
    found = Counter()
    for state, late in reports.order_by().values_list("state", "is_late"):
        found["all"] += 1
        if state in FILED:
            found[LATE if late else IN_TIME] += 1
        if state in OPEN:
            found[MISSING] += 1
        for chip in (RETURNED, ACCEPTED, EXCUSED):
            found[chip] += state == chip
    return {name: found[name] for name in ("all", *_ASKS)}


def shown(reports, chip):
    """The reports of a chip, in the order of the office, with when each was last urged."""
    asked = reports.filter(_ASKS[chip]) if chip in _ASKS else reports
    urged = ReportChange.objects.filter(report=OuterRef("pk"), change=urging.URGED).order_by("-at")
    return (
        with_lateness(asked.select_related("unit", "period"))
        .annotate(urged_at=Subquery(urged.values("at")[:1]))
        .order_by("unit__order", "unit_code", "pk")
    )


def rows(reports, today, tree) -> list[BoardRow]:
    """Of one page."""
    reports = list(reports)
    people = reporters_of([report.unit_id for report in reports], today, tree)
    return [
        row_of(report, today, people.get(report.unit_id, ()), report.urged_at, _late(report))
        for report in reports
    ]


def _late(report):
    if report.late_at is None:
        return None
    return timezone.localdate(report.late_at), date.fromisoformat(report.late_due)
