"""The coordinator urges whoever is missing (đôn đốc): a line of each report's log, a notice, once a day."""

from django.db import transaction
from django.utils import timezone

from ..access import coordinates, reporters_of
from ..models import ReportChange, UnitReport
from ..models.report import OPEN
from . import events
from .calendar import tell
from .workflow import COORDINATORS, Answer, Refused

URGED = "urged"


def waiting(period, today):
    """The missing reports of a period that nobody was urged about today."""
    urged = ReportChange.objects.filter(change=URGED, report__period=period, at__date=today)
    return UnitReport.objects.filter(period=period, state__in=OPEN).exclude(pk__in=urged.values("report"))


def to_be_urged(period, user, now=None) -> list:
    """(report, people who would be told) for each unit that would be urged now. Raises Refused."""
    answer = may_urge(period, user, now)
    if not answer.allowed:
        raise Refused(answer)
    today = timezone.localdate(now)
    reports = list(waiting(period, today).select_related("unit", "period"))
    people = reporters_of([report.unit_id for report in reports], today)
    return [(report, people.get(report.unit_id, ())) for report in reports]


def may_urge(period, user, now=None) -> Answer:
    answer = Answer("urge", False, who=(COORDINATORS,))
    if not coordinates(user):
        return _no(answer, "only_coordinators")
    if waiting(period, timezone.localdate(now)).exists():
        return Answer("urge", True, who=(COORDINATORS,))
    missing = UnitReport.objects.filter(period=period, state__in=OPEN).exists()
    return _no(answer, "already_urged" if missing else "nobody_missing")


def _no(answer, reason):
    return Answer(answer.step, False, reason, who=answer.who)


def urge(period, user, now=None) -> int:
    """How many units were urged. Raises Refused."""
    now = now or timezone.now()
    with transaction.atomic():
        keys = list(
            UnitReport.objects.filter(period=period, state__in=OPEN)
            .order_by("pk")
            .select_for_update()
            .values_list("pk", flat=True)
        )
        answer = may_urge(period, user, now)
        if not answer.allowed:
            raise Refused(answer)
        wanted = waiting(period, timezone.localdate(now)).filter(pk__in=keys)
        reports = list(wanted.select_related("period", "unit"))
        ReportChange.objects.bulk_create(
            ReportChange(
                report=report, at=now, actor=user, actor_name=user.display_name, change=URGED, data={}
            )
            for report in reports
        )
        tell(events.URGED, reports, invited=events.INVITED_URGED)
    return len(reports)
