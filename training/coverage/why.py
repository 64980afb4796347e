"""Why somebody stands where they stand: the dated facts in plain words, in the order the rule asks.

`facts.facts_of` loads what may count; here is also what does not, each with its reason. Health data: the kind
of a leave, its dates and the reason of an exemption are worded for personnel staff alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Category, Leave, UnitAssignment

from ..models import Attendance, Exemption, OutsideCredit, RequirementCourse, SessionState
from .facts import explain
from .policy import Policy
from .rules import COUNTED, Attended, Facts, Judgement, minutes_of_sessions


@dataclass(frozen=True)
class Fact:
    """One dated fact. `counts` is None where the rule asks no yes or no of it."""

    when: str
    what: str
    counts: bool | None = None
    why: str = ""


@dataclass(frozen=True)
class Step:
    """One question of the rule with its answer."""

    question: str
    answer: str
    facts: list[Fact]
    note: str = ""


@dataclass(frozen=True)
class Why:
    judgement: Judgement
    steps: list[Step]


def why(staff, policy: Policy, day: date, *, tree, with_reasons=False) -> Why:
    """`with_reasons`: the reader is personnel staff. Thirteen queries at most."""
    judgement, facts = explain(staff, policy, day, tree=tree)
    return Why(
        judgement,
        [
            _scope(staff, policy, day, tree, judgement, facts),
            _credit(staff, policy, day, judgement),
            _exemptions(staff, policy, day, with_reasons),
            _availability(staff, policy, judgement, with_reasons),
        ],
    )


def shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def span(start: date, end_before: date | None) -> str:
    """People read "to the end of the day before" (training.md §7)."""
    if end_before is None:
        return _("from %(start)s") % {"start": shown(start)}
    last = date.fromordinal(end_before.toordinal() - 1)
    return _("%(start)s to %(last)s") % {"start": shown(start), "last": shown(last)}


# ---- in scope?


def _scope(staff, policy, day, tree, judgement, facts: Facts):
    found = [_service(spell, policy, day) for spell in facts.services]
    found += [_place(row, day) for row in _assignments(staff)]
    if judgement.in_scope:
        answer = _("In scope on %(day)s.") % {"day": shown(day)}
    elif any(fact.counts for fact in found[: len(facts.services)]):
        answer = _("Not in scope: the policy of the year leaves this unit out.")
    else:
        answer = _("Not in scope on %(day)s: no service of a category of the policy on that day.") % {
            "day": shown(day)
        }
    return Step(_("In service, in a category and unit of the policy?"), answer, found)


def _service(spell, policy, day):
    label = str(Category(spell.category).label)
    if spell.category not in policy.categories:
        return Fact(span(spell.start, spell.end), label, False, _("not a category of the policy"))
    if not spell.contains(day):
        return Fact(span(spell.start, spell.end), label, False, _("not on %(day)s") % {"day": shown(day)})
    return Fact(span(spell.start, spell.end), label, True)


def _assignments(staff):
    return UnitAssignment.objects.filter(staff=staff).select_related("unit").order_by("start_on", "pk")


def _place(row, day):
    when = span(row.start_on, row.end_before)
    if not row.is_primary:
        return Fact(when, row.unit.name, None, _("secondary: not counted there"))
    if not row.contains(day):
        return Fact(when, row.unit.name, False, _("not on %(day)s") % {"day": shown(day)})
    return Fact(when, row.unit.name, True, _("counted here"))


# ---- credit


def _credit(staff, policy, day, judgement):
    counting = {
        course
        for course, year in RequirementCourse.objects.filter(requirement=policy.requirement).values_list(
            "course", "year"
        )
        if year == policy.year
    }
    marks = list(
        Attendance.objects.filter(
            staff=staff, session__held_on__gte=policy.credit_from, session__held_on__lt=policy.window[1]
        )
        .select_related("session__course")
        .order_by("session__held_on", "session__starts_at", "session__code")
    )
    verdicts = [(mark, _why_not(mark, counting, day)) for mark in marks]
    found = [_session_fact(mark, reason) for mark, reason in verdicts]
    found += [_outside_fact(row, policy, day) for row in _outside(staff, policy)]
    answer = _("%(credit)s minutes credited, %(least)s needed.") % {
        "credit": judgement.credit,
        "least": policy.min_minutes,
    }
    overlaps = _overlaps([mark for mark, reason in verdicts if not reason])
    return Step(_("Enough minutes within the year?"), answer, found, overlaps)


def _why_not(mark, counting, day):
    """Why the mark credits nothing; empty where it credits."""
    session = mark.session
    if mark.status not in COUNTED:
        return _("marked “%(status)s”") % {"status": mark.get_status_display()}
    if session.course_id not in counting:
        return _("the course does not count for this requirement in this year")
    if session.state == SessionState.CANCELLED:
        return _("the session was cancelled")
    if session.state != SessionState.CONFIRMED:
        return _("the session is not confirmed yet: its organiser has to")
    if session.held_on > day:
        return _("held after %(day)s") % {"day": shown(day)}
    return ""


def _session_fact(mark, reason):
    session = mark.session
    what = _("%(code)s, %(course)s: %(minutes)s minutes") % {
        "code": session.code,
        "course": session.course.name,
        "minutes": mark.minutes,
    }
    when = f"{shown(session.held_on)} {session.starts_at:%H:%M}–{session.ends_at:%H:%M}"
    return Fact(when, what, not reason, reason)


def _overlaps(marks):
    """What the days with overlapping sessions credit together, in words; empty where none overlap."""
    by_day = defaultdict(list)
    for mark in marks:
        session = mark.session
        by_day[session.held_on].append(
            Attended(
                session.code, session.held_on, session.starts_at, session.ends_at, mark.status, mark.minutes
            )
        )
    words = []
    for held_on, of_day in sorted(by_day.items()):
        together, total = minutes_of_sessions(of_day), sum(mark.minutes for mark in of_day)
        if together < total:
            words.append(
                _("The sessions of %(day)s overlap: together they credit %(together)s of %(total)s minutes.")
                % {"day": shown(held_on), "together": together, "total": total}
            )
    return " ".join(words)


def _outside(staff, policy):
    first, after = policy.credit_from, policy.window[1]
    return (
        OutsideCredit.objects.filter(staff=staff, completed_on__gte=first, completed_on__lt=after)
        .select_related("requirement", "verifier")
        .order_by("completed_on", "certificate_number")
    )


def _outside_fact(row, policy, day):
    what = _("From outside, %(issuer)s: %(minutes)s minutes") % {
        "issuer": row.issuer or row.title or _("issuer not named"),
        "minutes": row.minutes,
    }
    return Fact(shown(row.completed_on), what, *_outside_verdict(row, policy, day))


def _outside_verdict(row, policy, day):
    if row.requirement_id != policy.requirement:
        return False, _("counts for another requirement: %(name)s") % {"name": row.requirement.name}
    if row.state == OutsideCredit.State.SUBMITTED:
        return False, _("waits to be verified")
    if row.state == OutsideCredit.State.REFUSED:
        return False, _("was not accepted")
    if row.completed_on > day:
        return False, _("completed after %(day)s") % {"day": shown(day)}
    name = row.verifier.full_name if row.verifier else row.verifier_name
    return True, _("verified by %(name)s") % {"name": name} if name else _("verified")


# ---- exempt


def _exemptions(staff, policy, day, with_reasons):
    rows = Exemption.objects.filter(
        staff=staff, requirement=policy.requirement, start_on__lt=policy.window[1]
    ).order_by("start_on")
    rows = [row for row in rows if row.end_before is None or row.end_before > policy.window[0]]
    found = [_exemption(row, day, with_reasons) for row in rows]
    covered = any(fact.counts for fact in found)
    words = {"day": shown(day)}
    answer = (
        _("Exempt by decision on %(day)s.") % words
        if covered
        else _("No exemption holds on %(day)s.") % words
    )
    return Step(_("Exempt by decision?"), answer, found)


def _exemption(row, day, with_reasons):
    what = _("Exemption")
    if with_reasons and row.decision_number:
        what = _("Exemption, decision %(number)s") % {"number": row.decision_number}
    if with_reasons and row.reason:
        what = f"{what}: {row.reason}"
    when = span(row.start_on, row.end_before)
    if row.state == Exemption.State.REQUESTED:
        return Fact(when, what, False, _("waits for its approval"))
    if row.state == Exemption.State.REFUSED:
        return Fact(when, what, False, _("was refused"))
    if not row.contains(day):
        return Fact(when, what, False, _("not on %(day)s") % {"day": shown(day)})
    return Fact(when, what, True)


# ---- days available


def _availability(staff, policy, judgement, with_reasons):
    answer = _("%(available)s days of service without leave in the year, %(least)s needed to be due.") % {
        "available": judgement.available,
        "least": policy.min_available_days,
    }
    away = ngettext(
        "%(count)s day of leave within service", "%(count)s days of leave within service", judgement.away
    ) % {"count": judgement.away}
    found = [Fact(str(policy.year), away)] if judgement.away else []
    if with_reasons:
        found += [_leave(row) for row in _leaves(staff, policy)]
    return Step(_("Enough days in service to be due?"), answer, found)


def _leaves(staff, policy):
    first, after = policy.window
    rows = Leave.objects.filter(staff=staff, start_on__lt=after).order_by("start_on")
    return [row for row in rows if row.end_before is None or row.end_before > first]


def _leave(row):
    what = row.kind or _("Leave")
    if not row.is_approved:
        return Fact(span(row.start_on, row.end_before), what, False, _("not approved: changes nothing"))
    return Fact(span(row.start_on, row.end_before), what, True)
