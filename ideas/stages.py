"""The road of a dossier for its page: what is done, where it stands, what comes and by when."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vietnamese.dates import short_date

from .lifecycle import State

DONE, NOW, TODO = "done", "now", "todo"
# Where a dossier leaves the straight road before a decision.
LEFT = (State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.MERGED)
DECIDED = (State.RECOGNISED, State.DECLINED, State.REVOKED)


@dataclass(frozen=True)
class Stage:
    """A stop on the line. `when` is a day, a term or what it waits for."""

    kind: str
    title: str
    when: str = ""


def progress_of(initiative):
    """The stages in order; reads prefetched rows alone."""
    stops = [
        (_("Draft"), _day(initiative.created_at)),
        (_("Submitted"), _submitted_when(initiative)),
        (_("Accepted"), _accepted_when(initiative)),
        (_("Scoring"), _scoring_when(initiative)),
        (_("Council meeting"), _meeting_when(initiative)),
        (_("Recognition"), _decision_when(initiative)),
    ]
    if initiative.state in LEFT:
        return [Stage(DONE, *stop) for stop in stops[: _reached(initiative)]] + [_stands(initiative, NOW)]
    if initiative.state in DECIDED:
        ending = DONE if initiative.state == State.RECOGNISED else NOW
        return [*(Stage(DONE, *stop) for stop in stops[:-1]), _stands(initiative, ending)]
    at = _position(initiative)
    line = [Stage(DONE if i < at else NOW if i == at else TODO, *stop) for i, stop in enumerate(stops)]
    if initiative.state == State.SUPPLEMENT_REQUESTED:
        due = initiative.supplement_due_on
        asked = Stage(
            NOW, _("Supplement requested"), _("By %(day)s") % {"day": short_date(due)} if due else ""
        )
        passed = [Stage(DONE, stage.title, stage.when) for stage in line[: at + 1]]
        return [*passed, asked, *line[at + 1 :]]
    return line


def _position(initiative):
    if initiative.state == State.SUPPLEMENT_REQUESTED:
        return 3 if initiative.supplement_kind == "council" else 1
    order = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.EVALUATING, State.EVALUATED)
    return order.index(initiative.state)


def _reached(initiative):
    """How many stops the dossier had passed when it left the road."""
    item = initiative.current_item
    passed = [
        True,
        initiative.submitted_at,
        initiative.accepted_on,
        initiative.evaluation_number,
        item and item.recorded_at,
    ]
    return sum(map(bool, passed))


def _stands(initiative, kind):
    return Stage(kind, capfirst(State(initiative.state).label), _day(initiative.state_since))


def _day(moment):
    return short_date(timezone.localdate(moment)) if moment else ""


def _submitted_when(initiative):
    if initiative.received_on is None:
        return ""
    number = len(initiative.versions.all())
    words = _("%(day)s, version %(number)s")
    return words % {"day": short_date(initiative.received_on), "number": number}


def _accepted_when(initiative):
    if initiative.accepted_on:
        return short_date(initiative.accepted_on)
    if initiative.state == State.SUBMITTED and initiative.formality_due_on:
        return _("By %(day)s") % {"day": short_date(initiative.formality_due_on)}
    return ""


def _scoring_when(initiative):
    if initiative.state == State.EVALUATING:
        sheets = initiative.current_sheets
        sent = sum(sheet.state == "submitted" for sheet in sheets)
        return _("%(sent)s/%(all)s sheets in") % {"sent": sent, "all": len(sheets)}
    result = initiative.current_result
    return _day(result.frozen_at) if result else _("Each member alone")


def _meeting_when(initiative):
    item = initiative.current_item
    if item is None or initiative.state == State.EVALUATING:
        return _("After scoring is closed")
    return _day(item.meeting.starts_at)


def _decision_when(initiative):
    if initiative.decision_due_on:
        return _("By %(day)s") % {"day": short_date(initiative.decision_due_on)}
    return _("Within 3 months of acceptance")
