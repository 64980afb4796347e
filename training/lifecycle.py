"""The states of a session and the steps between them (training.md §3, §4), one method a step.

Whether a step may run is asked by `training.workflow`, which also does what follows in other rows; called
from anywhere else a step raises `OutsideTheDoor`.
"""

from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from . import rules


class SessionState(models.TextChoices):
    """Codes are stable; the words of the workbook stand in training/workbook."""

    DRAFT = "draft", pgettext_lazy("session", "planned")
    OPEN = "open", pgettext_lazy("session", "open for enrolment")
    HELD = "held", pgettext_lazy("session", "held")
    CONFIRMED = "confirmed", pgettext_lazy("session", "confirmed")
    CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")


def step(source, target, *, needs=(), brings=()):
    """A transition with its rules: `needs` are facts to look at, `brings` what the person must supply."""
    return transition("state", source=source, target=target, custom={"needs": needs, "brings": brings})


class Lifecycle:
    """Mixin of `Session`: its transitions. `move` is a `training.workflow.Move`."""

    @step(SessionState.DRAFT, SessionState.OPEN)
    def open(self, move):
        """People may enrol and be called up."""

    @step(SessionState.OPEN, SessionState.HELD, needs=(rules.has_begun,))
    def hold(self, move):
        """It takes place or did; the roll is taken."""

    @step(
        SessionState.HELD,
        SessionState.CONFIRMED,
        needs=(rules.has_begun, rules.nobody_waits),
        brings=(rules.brings_every_mark,),
    )
    def confirm(self, move):
        """From here on its minutes count."""

    @step(SessionState.CONFIRMED, SessionState.HELD, brings=(rules.brings_reason,))
    def reopen(self, move):
        """Marks may change; until confirmed anew nothing counts."""

    @step(
        [SessionState.DRAFT, SessionState.OPEN, SessionState.HELD, SessionState.CONFIRMED],
        SessionState.CANCELLED,
        brings=(rules.brings_reason,),
    )
    def cancel(self, move):
        """Rows stay, nothing counts."""
