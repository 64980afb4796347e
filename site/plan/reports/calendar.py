"""Makes the periods and what each unit owes in them: by the yearly calendar what the plan names, by the
coordinator what is asked for beside it. What is made belongs to the office: its days may be moved."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from notifications.events import Announcement, announce_many
from people.units import UnitTree
from vietnamese.dates import short_date

from ..access import reporters_of
from ..models import PeriodKind, RecurringDate, ReportChange, ReportPeriod, Review, UnitReport
from ..models.report import OPEN
from . import events, owing
from .duty import is_invited, units_owing
from .periods import ad_hoc_code, planned_periods, title_of

OPENS = timedelta(days=90)  # a period is opened that long before the last day the plan names


class Refused(Exception):
    """A period could not be made or changed; `code` says why, `field` where."""

    def __init__(self, code, field=""):
        self.code, self.field = code, field
        super().__init__(code)


def debts(year):
    """The yearly calendar's maker (`obligations.yearly`): periods whose last day is still to come, a report
    for each unit that owes one by now, and what is owed by it."""
    now = timezone.now()
    today, tree = timezone.localdate(now), UnitTree.load()
    with transaction.atomic():
        ensure_periods(year, now, tree)
        running = ReportPeriod.objects.filter(last_day__year=year, last_day__gte=today)
        reports = list(
            UnitReport.objects.filter(period__in=running, state__in=OPEN).select_related("period", "unit")
        )
        if reports:
            owing.drop_former_owners(reports, now)
    return list(owing.debts(reports, tree))


def ensure_periods(year, now, tree=None):
    """The plan's periods of `year` that are near and not over, each with the units that owe a report."""
    today, tree = timezone.localdate(now), tree or UnitTree.load()
    wanted = [
        planned for planned in planned_of(year) if planned.last_day - OPENS <= today <= planned.last_day
    ]
    units = units_owing(tree) if wanted else []
    return [open_period(planned, units, now) for planned in wanted]


def planned_of(year, dates=None, reviews=None):
    """The periods the plan names for `year`; with its dates and reviews where they are at hand."""
    dates = RecurringDate.objects.all() if dates is None else dates
    reviews = Review.objects.all() if reviews is None else reviews
    return planned_periods(year, dates, reviews, settings.PLAN_REPORT_CUT_OFF_DAYS)


def open_period(planned, units, now):
    """The period, made once; a report for each unit, while its last day as it stands is not over."""
    period, _is_new = made(planned, now)
    if period.last_day >= timezone.localdate(now):
        add_units(period, units)
    return period


def title(planned):
    """As the period is called, whatever the reader's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return title_of(planned)


def made(planned, now, last_day=None):
    """(the period, whether it is new), by its code; with another last day where the plan's is over."""
    return ReportPeriod.objects.get_or_create(
        code=planned.code,
        defaults={
            "kind": planned.kind,
            "title": title(planned),
            "from_day": planned.from_day,
            "to_day": planned.to_day,
            "cut_off": planned.cut_off,
            "last_day": last_day or planned.last_day,
            "made_at": now,
        },
    )


def add_units(period, units):
    """A report for each of `units` that has none in the period yet."""
    present = set(UnitReport.objects.filter(period=period).values_list("unit", flat=True))
    UnitReport.objects.bulk_create(
        [
            UnitReport(period=period, unit=unit, unit_code=unit.code, unit_name=unit.name)
            for unit in units
            if unit.pk not in present
        ],
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class Asked:
    """What the coordinator asks for."""

    title: str
    from_day: date
    to_day: date
    cut_off: date
    last_day: date
    instructions: str = ""


def ask_for_reports(user, asked: Asked, units, now=None) -> ReportPeriod:
    """An ad-hoc period: the units chosen owe a report and are told at once."""
    now = now or timezone.now()
    _check(asked, timezone.localdate(now))
    if not units:
        raise Refused("no_units", "units")
    with transaction.atomic():
        taken = ReportPeriod.objects.select_for_update().values_list("code", flat=True)
        period = ReportPeriod.objects.create(
            code=ad_hoc_code(asked.last_day.year, list(taken)),
            kind=PeriodKind.AD_HOC,
            made_at=now,
            **vars(asked),
        )
        add_units(period, units)
        reports = list(UnitReport.objects.filter(period=period).select_related("period", "unit"))
        log(reports, user, "asked", now)
        tree = UnitTree.load()
        owing.follow(reports, now, tree)
        tell(events.ASKED, reports)
    return period


def change_period(user, period, asked: Asked, reason, now=None) -> ReportPeriod:
    """Moves days or instructions. A moved last day is owed anew and recalled afresh; reports with a day of
    their own keep it. The cut-off stays once a report is in: what was sent speaks of that day."""
    now = now or timezone.now()
    _check(asked, timezone.localdate(now), moved=asked.last_day != period.last_day)
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        locked = ReportPeriod.objects.select_for_update().get(pk=period.pk)
        reports = list(
            UnitReport.objects.filter(period=locked).select_for_update(of=("self",)).select_related("unit")
        )
        if asked.cut_off != locked.cut_off and any(report.submitted_at for report in reports):
            raise Refused("cut_off_used", "cut_off")
        before, moved = locked.last_day, asked.last_day != locked.last_day
        for name, value in vars(asked).items():
            setattr(locked, name, value)
        locked.save()
        for report in reports:
            report.period = locked
        data = {"last_day": [before.isoformat(), locked.last_day.isoformat()]} if moved else {}
        log(reports, user, "day_moved" if moved else "period_changed", now, reason, data)
        open_ones = [report for report in reports if report.is_open]
        owing.follow(open_ones, now)
        if moved:
            tell(events.MOVED, open_ones)
    return locked


def _check(asked, today, *, moved=True):
    if asked.from_day > asked.to_day:
        raise Refused("days_reversed", "to_day")
    if moved and asked.last_day < today:
        raise Refused("last_day_past", "last_day")
    if asked.cut_off > asked.last_day:
        raise Refused("cut_off_after_last_day", "cut_off")


def log(reports, user, change, now, note="", data=None):
    ReportChange.objects.bulk_create(
        ReportChange(
            report=report,
            at=now,
            actor=user,
            actor_name=user.display_name,
            change=change,
            note=note,
            data=data or {},
        )
        for report in reports
    )


def tell(event, reports, invited=None):
    """One announcement to whoever reports for each of these; `invited` for those who are asked."""
    reports = list(reports)
    people = reporters_of({report.unit_id for report in reports})
    tree = UnitTree.load() if invited else None
    announce_many(
        Announcement(
            invited if invited and is_invited(tree, report.unit_id) else event,
            people.get(report.unit_id, ()),
            link=report.get_absolute_url(),
            subject=report.period.code,
            params={
                "title": report.period.title,
                "unit": report.unit.name,
                "due": short_date(report.due_on),
            },
        )
        for report in reports
    )
