"""How a target is counted. A new definition is a new row, in force from a day on: figures of before keep
theirs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from config.figures import figure_of
from portal.stamp import raise_stamp
from vietnamese.dates import short_date

from ..models import TargetDefinition
from . import events, expecting, notices
from .log import record
from .refusing import Refused
from .reporting import lock

NAMES = (
    "indicator",
    "is_measurable",
    "numerator",
    "denominator",
    "source",
    "comparator",
    "goal",
    "goal_upper",
    "measured_in",
)
# What the portal counts where it counts a target itself: another measure would be another target's.
MEASURE = ("is_measurable", "numerator", "denominator", "measured_in")
_CONFIRMED = "definition_confirmed"


@dataclass(frozen=True)
class Wording:
    """A definition as somebody typed it."""

    indicator: str
    is_measurable: bool
    numerator: str = ""
    denominator: str = ""
    source: str = ""
    comparator: str = ""
    goal: Decimal | None = None
    goal_upper: Decimal | None = None
    measured_in: str = ""


def is_confirmed(definition, changes):
    """A proposed definition that a coordinator found right; `changes` is the target's history."""
    if not definition.is_suggested:
        return True
    return any(
        line.change == _CONFIRMED and line.data.get("version") == definition.version for line in changes
    )


def confirm(target, user, *, seen, now=None):
    """The proposed definition (version `seen`) is right as it stands."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, last = _locked(target, user, seen, now)
        if is_confirmed(last, locked.changes.filter(change=_CONFIRMED)):
            raise Refused("nothing_to_confirm")
        record(locked, _CONFIRMED, user, now, version=last.version)


def define(target, user, wording, in_force_on, *, seen, reason, now=None):
    """A new definition after version `seen`, in force from a day on."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, last = _locked(target, user, seen, now)
        check(wording)
        check_measure(locked, last, wording)
        if not reason:
            raise Refused("define_reason_missing", "reason")
        if in_force_on < last.in_force_on:
            raise Refused("in_force_before_last", "in_force_on", day=short_date(last.in_force_on))
        if all(getattr(last, name) == getattr(wording, name) for name in NAMES):
            raise Refused("nothing_changed")
        row = TargetDefinition.objects.create(
            target=locked,
            version=last.version + 1,
            in_force_on=in_force_on,
            reason=reason,
            by=user,
            by_name=user.display_name,
            made_at=now,
            **vars(wording),
        )
        record(
            locked,
            "definition_changed",
            user,
            now,
            reason,
            version=row.version,
            in_force_on=in_force_on.isoformat(),
        )
        row.followed = expecting.follow(locked, last, row, user, now)  # what else changed with it
        raise_stamp()
        units = [part.unit for part in locked.parts.select_related("unit") if part.part == "lead"]
        day = short_date(in_force_on)
        notices.tell_reporters(events.DEFINITION_CHANGED, locked, units, but=user, day=day)
    return row


def check(wording):
    """What is missing in a definition; raises `Refused`, naming the field. Pure."""
    if not wording.is_measurable:
        return
    if not wording.numerator:
        raise Refused("numerator_words_missing", "numerator")
    if not wording.measured_in:
        raise Refused("measure_missing", "measured_in")
    is_share = wording.measured_in == "%"
    if is_share and not wording.denominator:
        raise Refused("denominator_words_missing", "denominator")
    if not wording.comparator:
        raise Refused("comparator_missing", "comparator")
    if wording.goal is None:
        raise Refused("goal_missing", "goal")
    if is_share and wording.goal > 100:
        raise Refused("goal_over_100", "goal")
    if wording.goal_upper is not None and wording.goal_upper < wording.goal:
        raise Refused("upper_below_goal", "goal_upper")


def check_measure(target, last, wording):
    """Raises `Refused` for another measure of a target the portal counts: it would go on counting the same
    thing under another name. Goal, comparison, indicator and source may change, and so may words that are
    still missing."""
    counted = figure_of(target.code)
    if counted is None:
        return
    for name in MEASURE:
        stands = getattr(last, name)
        if stands not in (None, "") and getattr(wording, name) != stands:
            raise Refused("measure_is_computed", name, what=str(counted.label))


def first_day(last: TargetDefinition, today: date) -> date:
    """What a form proposes: today, or the day of the last one where that is still to come."""
    return max(last.in_force_on, today)


def _locked(target, user, seen, now):
    locked, rights = lock(target, user, now)
    if refused := rights.change_refusal():
        raise refused
    last = locked.definitions.last()
    if last.version != seen:
        raise Refused("definition_changed", name=last.by_name, version=last.version)
    return locked, last
