"""The terms of a dossier as its page shows them: which runs, until when, and why a day was moved.

Pure functions over the dossier's own row and today's date; the days themselves are set by `lifecycle`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from obligations.terms import add_months, one_year_after, term_of_months
from vietnamese.dates import short_date, spoken_date

from .lifecycle import DECISION_MONTHS, FORMALITY_MONTHS, SUPPLEMENT_MONTHS, State


@dataclass(frozen=True)
class Clock:
    """One term. `start` and `due` are local dates; a clock without `due` has not started.

    `ended_on` is the day the step was taken, which stops the clock.
    """

    code: str
    title: str
    start: date | None = None
    due: date | None = None
    ended_on: date | None = None
    note: str = ""

    @property
    def is_running(self):
        return self.due is not None and self.ended_on is None

    def is_overdue(self, today):
        return self.is_running and today > self.due

    @property
    def in_time(self):
        return self.due is None or self.ended_on is None or self.ended_on <= self.due

    @property
    def days(self):
        """The whole term in days; at least one, so that a bar can be drawn."""
        return max(1, (self.due - self.start).days) if self.start and self.due else 0

    def days_past(self, today):
        return min(max(0, (today - self.start).days), self.days) if self.start else 0


def clocks_of(initiative):
    """The clocks that concern this dossier, in the order of its life."""
    clocks = [_formality(initiative), _supplement(initiative), _decision(initiative), _one_year(initiative)]
    return [clock for clock in clocks if clock]


def why_moved(start, months, due):
    """Why a term of months ends later than its calendar day, in words; empty where it does not."""
    natural = add_months(start, months)
    if natural == due:
        return ""
    words = (
        _("%(day)s is a weekend day, so the term ends on the next working day.")
        if natural.weekday() >= 5
        else _("%(day)s is a public holiday, so the term ends on the next working day.")
    )
    return words % {"day": spoken_date(natural)}


def _since(initiative):
    return timezone.localdate(initiative.state_since)


def _until(due, moved=""):
    words = _("Until the end of %(day)s.") % {"day": spoken_date(due)}
    return f"{words} {moved}".strip()


def _formality(initiative):
    title = _("Formality check")
    due = initiative.formality_due_on
    if due is None:
        return None
    if initiative.state == State.SUBMITTED:
        start = _formality_start(initiative)
        return Clock(
            "formality", title, start, due, note=_until(due, why_moved(start, FORMALITY_MONTHS, due))
        )
    if initiative.accepted_on:
        note = _("Accepted on %(day)s, due %(due)s.")
        note %= {"day": short_date(initiative.accepted_on), "due": short_date(due)}
        return Clock("formality", title, None, due, initiative.accepted_on, note)
    return None


def _formality_start(initiative):
    """The day of receipt, or the day the dossier came back to be checked anew. Rows written before terms kept
    their beginning are asked by reckoning back."""
    if initiative.formality_from:
        return initiative.formality_from
    starts = [day for day in (initiative.received_on, _since(initiative)) if day]
    return next(
        (day for day in starts if term_of_months(day, FORMALITY_MONTHS) == initiative.formality_due_on),
        starts[0],
    )


def _supplement(initiative):
    due = initiative.supplement_due_on
    if initiative.state not in (State.SUPPLEMENT_REQUESTED, State.EXPIRED) or due is None:
        return None
    start = _since(initiative)
    if initiative.state == State.EXPIRED:
        note = _("Ended on %(day)s without completion.") % {"day": spoken_date(due)}
        return Clock("supplement", _("Completing the dossier"), None, due, start, note)
    moved = why_moved(start, SUPPLEMENT_MONTHS, due) if initiative.supplement_kind == "formality" else ""
    return Clock("supplement", _("Completing the dossier"), start, due, note=_until(due, moved))


def _decision(initiative):
    title, due = _("Decision on recognition"), initiative.decision_due_on
    if due is None:
        if initiative.state in (State.DRAFT, State.SUBMITTED, State.SUPPLEMENT_REQUESTED):
            note = _("3 months, counted from the day of acceptance. Not started yet.")
            return Clock("decision", title, note=note)
        return None
    if initiative.state in (State.RECOGNISED, State.DECLINED, State.REVOKED):
        return _decided(initiative, title, due)
    if initiative.state not in (
        State.ACCEPTED,
        State.EVALUATING,
        State.EVALUATED,
        State.SUPPLEMENT_REQUESTED,
    ):
        return None
    start = initiative.decision_from or max(
        filter(None, [initiative.accepted_on, initiative.first_use_ended_on])
    )
    if add_months(start, DECISION_MONTHS) > due or (due - add_months(start, DECISION_MONTHS)).days > 15:
        return Clock("decision", title, initiative.accepted_on, due, note=_until(due))
    return Clock("decision", title, start, due, note=_until(due, why_moved(start, DECISION_MONTHS, due)))


def _decided(initiative, title, due):
    decisions = [d for d in initiative.decisions.all() if d.kind in ("recognise", "decline")]
    if not decisions:
        return None
    day = decisions[-1].decided_on
    note = _("Decided on %(day)s, due %(due)s.") % {"day": short_date(day), "due": short_date(due)}
    return Clock("decision", title, None, due, day, note)


def _one_year(initiative):
    """NĐ 13/2012 Đ5.2: the application is filed within a year of the first use or trial."""
    first = initiative.first_use_on
    if first is None:
        return None
    title, due = _("Filed within one year"), one_year_after(first)
    if initiative.received_on:
        note = _("First used on %(first)s, filed on %(filed)s.")
        note %= {"first": short_date(first), "filed": short_date(initiative.received_on)}
        return Clock("one_year", title, None, due, initiative.received_on, note)
    moved = why_moved(first, 12, due)
    return Clock("one_year", title, first, due, note=_until(due, moved))
