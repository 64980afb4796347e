"""The states of an entry and the steps between them (design §6), one method a step.

A method sets this row's own fields; whether it may run is asked by `competitions.workflow`.
"""

from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from . import rules
from .capacities import CLOCK, LEADER, ORGANISER


class EntryState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("entry", "draft")
    SUBMITTED = "submitted", pgettext_lazy("entry", "handed in")
    REFUSED = "refused", pgettext_lazy("entry", "not admitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("entry", "withdrawn")


def step(source, target, *, who, needs=(), brings=(), until=rules.no_term):
    """A transition with its rules: `needs` are facts to look at, `brings` what the actor must supply."""
    return transition(
        "state",
        source=list(source) if isinstance(source, tuple) else source,
        target=target,
        custom={"who": who, "needs": needs, "brings": brings, "until": until},
    )


_WHOLE = (
    rules.may_enter,
    rules.is_complete,
    rules.team_has_answered,
    rules.consents_are_given,
)


class EntryLifecycle:
    """Mixin of `Entry`: its transitions. `move` is a `competitions.moves.Move`."""

    @step(
        EntryState.DRAFT,
        EntryState.SUBMITTED,
        who=(LEADER,),
        needs=(rules.entries_are_taken, *_WHOLE),
        brings=(rules.is_not_sent_twice,),
        until=rules.until_entries_close,
    )
    def submit(self, move):
        self.submitted_at = move.now

    @step(
        EntryState.DRAFT,
        EntryState.SUBMITTED,
        who=(CLOCK,),
        needs=(rules.sitting_has_run_out, *_WHOLE),
    )
    def submit_at_end(self, move):
        """A quiz whose time was up, however much later the clock comes by: what counts is its end, which lies
        within the window."""
        self.submitted_at = self.sitting.handed_in_at

    @step(
        EntryState.SUBMITTED,
        EntryState.SUBMITTED,
        who=(LEADER,),
        needs=(rules.entries_are_taken, rules.is_no_quiz, *_WHOLE),
        brings=(rules.is_not_sent_twice,),
        until=rules.until_entries_close,
    )
    def resubmit(self, move):
        self.submitted_at = move.now

    @step(
        EntryState.DRAFT,
        EntryState.SUBMITTED,
        who=(ORGANISER,),
        needs=(rules.entries_have_closed, rules.judging_is_not_over, *_WHOLE),
        brings=(rules.brings_reason,),
    )
    def submit_late(self, move):
        self.submitted_at = move.now
        self.is_late = True

    @step(
        (EntryState.DRAFT, EntryState.SUBMITTED),
        EntryState.WITHDRAWN,
        who=(LEADER,),
    )
    def withdraw(self, move):
        self.public_reason = ""

    @step(
        EntryState.SUBMITTED,
        EntryState.REFUSED,
        who=(ORGANISER,),
        needs=(rules.results_are_not_out,),
        brings=(rules.brings_reason,),
    )
    def refuse(self, move):
        self.public_reason = move.reason

    @step(
        EntryState.REFUSED,
        EntryState.SUBMITTED,
        who=(ORGANISER,),
        needs=(rules.results_are_not_out,),
        brings=(rules.brings_reason,),
    )
    def reinstate(self, move):
        self.public_reason = ""
