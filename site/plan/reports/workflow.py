"""The one door: what may become of a report, and who may do it. Every step may be asked first with `may`.

    submit   draft, returned → submitted   reporter or head of the unit   complete; late: with the reason
    accept   submitted → accepted          coordinator
    send_back  submitted → returned        coordinator                    reason, a day to send it again by
    reopen   accepted → returned           coordinator                    reason, a day to send it again by
    excuse   draft, returned → excused     coordinator                    reason; another unit may take over
    ask_again  excused → draft             coordinator                    reason; after its day another day

`move` locks the row, asks, changes, writes the line of the log, what is owed, who is told; one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications.events import Announcement, announce_many
from vietnamese.dates import short_date
from vietnamese.text import nfc

from ..access import coordinates
from ..models import ReportChange, ReportState, ReportVersion, UnitReport
from . import events, owing, passing_on, payload
from .access import writes
from .calendar import add_units, tell
from .completeness import missing
from .duty import scope_of
from .roll import roll_of
from .sheet import Sheet, answers_of_rows

WRITERS, COORDINATORS = "writers", "coordinators"


@dataclass(frozen=True)
class Step:
    sources: tuple
    target: str
    who: str


STEPS = {
    "submit": Step((ReportState.DRAFT, ReportState.RETURNED), ReportState.SUBMITTED, WRITERS),
    "accept": Step((ReportState.SUBMITTED,), ReportState.ACCEPTED, COORDINATORS),
    "send_back": Step((ReportState.SUBMITTED,), ReportState.RETURNED, COORDINATORS),
    "reopen": Step((ReportState.ACCEPTED,), ReportState.RETURNED, COORDINATORS),
    "excuse": Step((ReportState.DRAFT, ReportState.RETURNED), ReportState.EXCUSED, COORDINATORS),
    "ask_again": Step((ReportState.EXCUSED,), ReportState.DRAFT, COORDINATORS),
}


@dataclass(frozen=True)
class Answer:
    """Allowed or the reason, who can do it, until when it is in time."""

    step: str
    allowed: bool
    reason: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    who: tuple = ()
    until: date | None = None
    field: str = ""


class Refused(Exception):
    """The step was not taken; nothing was written."""

    def __init__(self, answer):
        self.answer = answer
        super().__init__(answer.reason)


# ---- asking


def may(report, step, user, *, now=None, lacks=None) -> Answer:
    """The state first, then the person, then what is missing (`lacks`, where already known)."""
    rule = STEPS[step]
    until = report.due_on if step == "submit" else None
    answer = Answer(step, False, who=(rule.who,), until=until)
    if report.state not in rule.sources:
        return replace(answer, reason="wrong_state", params={"state": report.get_state_display()})
    day = timezone.localdate(now)
    allowed = writes(user, report, day) if rule.who == WRITERS else coordinates(user)
    if not allowed:
        return replace(answer, reason=f"only_{rule.who}")
    if step == "submit":
        lacks = missing(Sheet.of(report)) if lacks is None else lacks
        if lacks:
            return replace(answer, reason="incomplete", params={"count": len(lacks)})
    return replace(answer, allowed=True)


def options(report, user, now=None) -> dict[str, Answer]:
    """The coordinator's steps, by name; those the state allows."""
    steps = [
        step for step, rule in STEPS.items() if rule.who == COORDINATORS and report.state in rule.sources
    ]
    return {step: may(report, step, user, now=now) for step in steps}


def is_late(report, now) -> bool:
    """By the local date: the whole of the last day is in time."""
    return timezone.localdate(now) > report.due_on


def asks_for_a_day(report, step, now) -> bool:
    """A report that is owed again gets a day of its own; one asked for again keeps its day until that is
    over: nobody is late from the start."""
    return step in ("send_back", "reopen") or (step == "ask_again" and is_late(report, now))


# ---- moving


def move(report, step, user, *, seen=None, now=None, reason="", resend_by=None, successor=None):
    """Takes one step; the report as it stands then. Raises `Refused`.

    `seen` is the `edit_version` of the page: whoever decides on what somebody changed since, decides nothing.
    Who sends locks the report, then its targets, then its tasks: nothing moves between reading and writing.
    """
    now, reason = now or timezone.now(), nfc(reason).strip()
    with transaction.atomic():
        locked, other = _locked(report, successor)
        sheet = _read(locked) if step == "submit" else None
        answer = may(locked, step, user, now=now, lacks=missing(sheet) if sheet else None)
        if answer.allowed and seen is not None and seen != locked.edit_version:
            answer = replace(answer, allowed=False, reason="changed")
        if not answer.allowed:
            raise Refused(answer)
        brought = _brought(locked, step, answer, now, reason, resend_by, successor, other)
        _STEPS[step](locked, user, now, brought, sheet)
        locked.edit_version += 1
        locked.save()
        owing.follow([locked], now)
        _TELL[step](locked, brought)
    return locked


def _locked(report, successor):
    """(its row, the one of whoever is to report instead or None), locked in key order."""
    wanted = Q(pk=report.pk)
    if successor is not None:
        wanted |= Q(period=report.period_id, unit=successor)
    rows = UnitReport.objects.filter(wanted).select_related("period", "unit").order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(of=("self",))}
    locked = found.pop(report.pk)
    return locked, next(iter(found.values()), None)


def _read(report):
    """What is sent, as it stands once nobody else can change it."""
    units = scope_of(report)
    passing_on.lock(units)
    return Sheet.of(report, units=units)


def _brought(report, step, answer, now, reason, resend_by, successor, other):
    """What the step asks for, checked."""
    if step == "submit":
        if is_late(report, now) and not reason:
            params = {"due": short_date(report.due_on)}
            raise Refused(_refused(answer, "late_reason_missing", "reason", params))
    elif step != "accept" and not reason:
        raise Refused(_refused(answer, "reason_missing", "reason"))
    if resend_by is None and asks_for_a_day(report, step, now):
        missing_day = "day_missing" if step == "ask_again" else "resend_by_missing"
        raise Refused(_refused(answer, missing_day, "resend_by"))
    if resend_by is not None and resend_by < timezone.localdate(now):
        raise Refused(_refused(answer, "resend_by_past", "resend_by"))
    if step == "excuse" and successor is not None:
        if successor.pk == report.unit_id:
            raise Refused(_refused(answer, "same_unit", "successor"))
        if other is not None and other.state == ReportState.EXCUSED:
            raise Refused(_refused(answer, "successor_excused", "successor"))
        if other is not None and not other.is_open:  # what it sent does not speak for this unit
            params = {"unit": other.unit.name}
            raise Refused(_refused(answer, "successor_filed", "successor", params))
    return {"reason": reason, "resend_by": resend_by, "successor": successor, "other": other}


def _refused(answer, reason, field, params=None):
    return replace(answer, allowed=False, reason=reason, field=field, params=params or {})


def _submit(report, user, now, brought, sheet):
    late = is_late(report, now)
    try:
        brought["told"] = passing_on.pass_on(sheet, user, now)
    except passing_on.REFUSED as refused:
        params = {"code": refused.params["code"], "why": refused.sentence}
        answer = Answer("submit", False, "not_taken", params, who=(WRITERS,), until=report.due_on)
        raise Refused(answer) from refused
    roll = roll_of(sheet.units, timezone.localdate(now))
    frozen = payload.build(sheet, by=user.display_name, at=now, is_late=late, roll=roll)
    version = ReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        payload=frozen,
        sha256=payload.digest(frozen),
        submitted_at=now,
        by=user,
        by_name=user.display_name,
    )
    _log(
        report,
        user,
        now,
        "submitted",
        brought["reason"] if late else "",
        {"version": version.number, "sha256": version.sha256, "due": report.due_on, "late": late},
    )
    report.state = ReportState.SUBMITTED
    report.unit_code, report.unit_name = report.unit.code, report.unit.name
    report.submitted_at = report.submitted_at or now
    report.is_late = report.is_late or late


def _accept(report, user, now, brought, sheet):
    report.state, report.accepted_at = ReportState.ACCEPTED, now
    _log(report, user, now, "accepted", brought["reason"], {"version": report.versions.count()})


def _give_back(change):
    def step(report, user, now, brought, sheet):
        report.state, report.accepted_at = ReportState.RETURNED, None
        report.returned_for, report.resend_by = brought["reason"], brought["resend_by"]
        data = {"version": report.versions.count(), "resend_by": brought["resend_by"]}
        _log(report, user, now, change, brought["reason"], data)

    return step


def _excuse(report, user, now, brought, sheet):
    successor = brought["successor"]
    report.state, report.excused_for = ReportState.EXCUSED, brought["reason"]
    report.unit_code, report.unit_name = report.unit.code, report.unit.name
    report.taken_over_by = successor
    report.taken_over_by_name = successor.name if successor else ""
    data = {"successor": successor.code, "name": successor.name} if successor else {}
    _log(report, user, now, "excused", brought["reason"], data)
    if successor:
        _hand_over(report, successor, user, now, brought)


def _hand_over(report, successor, user, now, brought):
    """Whoever reports instead goes on with what was written of targets and tasks; its own words stay."""
    add_units(report.period, [successor])
    rows = UnitReport.objects.select_related("period", "unit")
    other = brought["other"] or rows.get(period=report.period, unit=successor)
    other.answers = {**answers_of_rows(report.answers), **other.answers}
    other.edit_version += 1
    other.save(update_fields=["answers", "edit_version"])
    _log(other, user, now, "took_over", brought["reason"], {"unit": report.unit_code})
    owing.follow([other], now)


def _ask_again(report, user, now, brought, sheet):
    report.state = ReportState.RETURNED if report.versions.exists() else ReportState.DRAFT
    report.excused_for, report.taken_over_by, report.taken_over_by_name = "", None, ""
    data = {"resend_by": brought["resend_by"]} if brought["resend_by"] else {}
    report.resend_by = brought["resend_by"] or report.resend_by
    _log(report, user, now, "asked_again", brought["reason"], data)


_STEPS = {
    "submit": _submit,
    "accept": _accept,
    "send_back": _give_back("returned"),
    "reopen": _give_back("reopened"),
    "excuse": _excuse,
    "ask_again": _ask_again,
}


def _log(report, user, now, change, note="", data=None):
    values = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in (data or {}).items()
    }
    ReportChange.objects.create(
        report=report,
        at=now,
        actor=user,
        actor_name=user.display_name,
        change=change,
        note=note,
        data=values,
    )


# ---- telling


def _tell_coordinators(report, brought):
    params = {"title": report.period.title, "unit": report.unit.name}
    filed = Announcement(
        events.FILED,
        owing.coordinators(),
        link=report.get_absolute_url(),
        subject=report.period.code,
        params=params,
    )
    announce_many([*brought["told"], filed])


def _tell_unit(event):
    return lambda report, brought: tell(event, [report])


def _tell_relieved(report, brought):
    tell(events.EXCUSED, [report])
    if brought["successor"]:
        others = UnitReport.objects.select_related("period", "unit")
        tell(events.ASKED, others.filter(period=report.period_id, unit=brought["successor"]))


_TELL = {
    "submit": _tell_coordinators,
    "accept": _tell_unit(events.ACCEPTED),
    "send_back": _tell_unit(events.RETURNED),
    "reopen": _tell_unit(events.RETURNED),
    "excuse": _tell_relieved,
    "ask_again": _tell_unit(events.ASKED),
}
