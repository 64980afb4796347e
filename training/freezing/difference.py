"""What has changed since a freeze: "three people, because…". Each with the state then and now, and why in
words, from what is recorded. Nothing about health is said: days are counted, reasons are not given.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Staff
from people.units import UnitTree
from vietnamese.dates import short_date

from .. import coverage
from ..coverage import Policy, State
from ..models import (
    COUNTED,
    Attendance,
    AttendanceEvent,
    CoverageSnapshot,
    Exemption,
    OutsideCredit,
    RequirementCourse,
    SessionState,
)
from .records import Row, kept_values, live_rows, stored_rows


@dataclass(frozen=True)
class Change:
    """One person whose state or unit is another now. `before` or `after` is None: not in scope."""

    staff_code: str
    full_name: str
    before: Row | None
    after: Row | None
    why: tuple[str, ...]

    @property
    def unit_codes(self):
        return {row.unit_code for row in (self.before, self.after) if row}

    @property
    def state_changed(self):
        return _state(self.before) != _state(self.after)

    @property
    def unit_changed(self):
        return bool(self.before and self.after and self.before.unit_code != self.after.unit_code)


@dataclass(frozen=True)
class Difference:
    """`people` changed; of `minutes_only` others the credited minutes changed and nothing else. `policy`
    names what is another in the rule itself."""

    people: tuple[Change, ...] = ()
    minutes_only: int = 0
    policy: tuple[str, ...] = field(default=())

    def __bool__(self):
        return bool(self.people or self.minutes_only or self.policy)

    def of_units(self, codes):
        """The part somebody may read who reads the people of these units."""
        return Difference(tuple(c for c in self.people if c.unit_codes & codes), 0, self.policy)


def difference(snapshot: CoverageSnapshot, policy: Policy) -> Difference:
    """The rows of the freeze against what is recorded now about the same day, under the policy of now.

    A constant number of queries, whatever changed.
    """
    tree = UnitTree.load()
    before = {row.staff_code: row for row in stored_rows(snapshot)}
    after = {row.staff_code: row for row in live_rows(policy, snapshot.as_of, tree)}
    changed, minutes_only = [], 0
    for code in sorted(before.keys() | after.keys()):
        then, now = before.get(code), after.get(code)
        if (_state(then), _unit(then)) != (_state(now), _unit(now)):
            changed.append((code, then, now))
        elif then.minutes != now.minutes:
            minutes_only += 1
    reasons = _Reasons(snapshot, policy, tree, [code for code, _then, _now in changed])
    people = tuple(
        Change(code, (now or then).full_name, then, now, reasons.of(code, then, now))
        for code, then, now in changed
    )
    return Difference(people, minutes_only, _of_policy(snapshot, policy, tree))


def _state(row):
    return row.state if row else None


def _unit(row):
    return row.unit_code if row else None


def _of_policy(snapshot, policy, tree):
    """What the rule says otherwise now than in the freeze."""
    kept, now = kept_values(snapshot)["policy"], policy.as_values(tree)
    words = {
        "categories": _("the categories in scope"),
        "min_minutes": _("the least minutes"),
        "min_available_days": _("the least days available"),
        "due_on": _("the day it is due"),
        "evaluation_on": _("the evaluation day"),
        "units_in": _("the units in scope"),
        "units_out": _("the units left out"),
        "legal_basis": _("the legal basis"),
    }
    return tuple(said for name, said in words.items() if kept.get(name) != now[name])


class _Reasons:
    """Why each of some people changed: what is recorded with a later date than the freeze, then what the
    roster says otherwise."""

    def __init__(self, snapshot, policy, tree, codes):
        self.snapshot, self.policy, self.day = snapshot, policy, snapshot.as_of
        self.since = snapshot.taken_at
        staff = Staff.objects.filter(staff_code__in=codes) if codes else Staff.objects.none()
        self.keys = {person.staff_code: person.pk for person in staff}
        units = None if policy.all_units else policy.units_in_scope(tree)
        facts = coverage.facts_of(list(self.keys.values()), policy) if self.keys else {}
        self.judged = {key: coverage.judge(found, policy, self.day, units) for key, found in facts.items()}
        self.later = self._recorded_later() if self.keys else {}

    def of(self, code, before, after) -> tuple[str, ...]:
        found = [self._of_scope(before, after)]
        if before and after and before.state != after.state:
            found += self._of_state(self.keys.get(code), before, after)
        return tuple(said for said in found if said)

    def _of_scope(self, before, after):
        """What service and unit on the day of the freeze are by the roster of now."""
        words = {"day": short_date(self.day)}
        if before is None:
            return _("In scope on %(day)s by the roster of now, not by that of the freeze") % words
        if after is None:
            return _("Not in scope on %(day)s by the roster of now: service or unit was changed") % words
        if before.unit_code == after.unit_code:
            return ""
        words |= {"before": _named(before), "after": _named(after)}
        return _("Unit on %(day)s: %(before)s then, %(after)s now") % words

    def _of_state(self, key, before, after):
        found = list(self.later.get(key, ()))
        if not found and before.minutes != after.minutes:
            words = _("Credited minutes: %(before)s then, %(after)s now. What counts was changed")
            found.append(words % {"before": before.minutes, "after": after.minutes})
        open_now = after.state in (State.MISSING, State.NOT_DUE, State.EXEMPT_LEAVE)
        if open_now and key in self.judged and before.state != State.TRAINED:
            words = _("Days available in the year by the roster of now: %(days)s, needed: %(needed)s")
            days = {"days": self.judged[key].available, "needed": self.policy.min_available_days}
            found.append(words % days)
        if not found:
            found.append(_("The rule or what counts was changed since the freeze"))
        return found

    def _recorded_later(self):
        """{staff key: sentences} about what was recorded after the freeze. Four queries."""
        found = defaultdict(list)
        self._attendance(found)
        self._credits(found)
        self._exemptions(found)
        return found

    def _attendance(self, found):
        counting = RequirementCourse.objects.filter(
            requirement=self.policy.requirement, year=self.policy.year
        )
        in_question = {
            "staff__in": list(self.keys.values()),
            "session__course__in": counting.values("course"),
            "session__held_on__range": (self.policy.credit_from, self.day),
        }
        marked = AttendanceEvent.objects.filter(**in_question, at__gt=self.since).order_by("at")
        told = {(event.staff_id, event.session_id): event.at for event in marked}
        rows = Attendance.objects.filter(**in_question, status__in=COUNTED).select_related("session")
        for row in rows.order_by("session__held_on", "session__code"):
            said = self._of_session(row.session, told.pop((row.staff_id, row.session_id), None))
            if said:
                found[row.staff_id].append(said)
        # What is left was taken back, or marked as not counting.
        for (staff, _session), at in sorted(told.items()):
            found[staff].append(_("Attendance was corrected on %(day)s") % {"day": _day(at)})

    def _of_session(self, session, marked_at):
        params = {"code": session.code, "held": short_date(session.held_on)}
        since = session.state_since
        if since and since > self.since:
            if session.state == SessionState.CONFIRMED:
                words = _("Session %(code)s of %(held)s was confirmed on %(day)s")
            elif session.state == SessionState.CANCELLED:
                words = _("Session %(code)s of %(held)s was cancelled on %(day)s")
            else:
                words = _("Session %(code)s of %(held)s was opened again on %(day)s")
            return words % {**params, "day": _day(since)}
        if marked_at:
            words = _("Attendance at session %(code)s of %(held)s was recorded on %(day)s")
            return words % {**params, "day": _day(marked_at)}
        return None

    def _credits(self, found):
        decided = OutsideCredit.objects.filter(
            staff__in=list(self.keys.values()),
            requirement=self.policy.requirement,
            completed_on__range=(self.policy.credit_from, self.day),
            decided_at__gt=self.since,
        )
        for row in decided.order_by("completed_on"):
            words = _("A course taken elsewhere, completed on %(held)s, was verified on %(day)s")
            if row.state != OutsideCredit.State.VERIFIED:
                words = _("A course taken elsewhere, completed on %(held)s, was refused on %(day)s")
            found[row.staff_id].append(
                words % {"held": short_date(row.completed_on), "day": _day(row.decided_at)}
            )

    def _exemptions(self, found):
        decided = Exemption.objects.filter(
            staff__in=list(self.keys.values()),
            requirement=self.policy.requirement,
            decided_at__gt=self.since,
        )
        for row in decided.order_by("start_on"):
            if row.contains(self.day):
                found[row.staff_id].append(
                    _("A request for exemption was decided on %(day)s") % {"day": _day(row.decided_at)}
                )


def _named(row):
    return row.unit_name or row.unit_code or _("no unit")


def _day(moment) -> str:
    local: date = timezone.localtime(moment).date()
    return short_date(local)
