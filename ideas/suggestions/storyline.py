"""The log of an idea in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.models import CloseReason, IdeaOutcome
from trust.consents import purpose_of

_DONE = {
    "received": _("Received"),
    "assigned": _("Handed to a unit"),
    "answered": _("Answered"),
    "answered_again": _("Answer put right"),
    "closed": pgettext_lazy("ideas", "Closed"),
    "reopened": _("Opened again"),
    "code_renewed": _("New tracking code given"),
    "grown": _("A dossier was started from it"),
    "consents": _("The sender changed what they agreed to"),
    "contact_erased": _("Contact erased, a year after the answer"),
}


@dataclass(frozen=True)
class Line:
    """One line; `who` and `reason` stay empty for readers who only follow the idea."""

    title: str
    at: datetime
    who: str = ""
    note: str = ""
    reason: str = ""


def told(idea, *, with_people):
    """The log, the latest line first."""
    for entry in idea.entries.order_by("-at", "-pk"):
        yield Line(
            title=str(_DONE.get(entry.step, entry.step)),
            at=entry.at,
            who=entry.actor_name if with_people else "",
            note=_note(entry.details),
            reason=entry.reason if with_people else "",
        )


def _note(details):
    if "unit" in details:
        return details["unit"]
    if "outcome" in details:
        return str(IdeaOutcome(details["outcome"]).label)
    if "why" in details:
        words = str(CloseReason(details["why"]).label)
        return f"{words}: {details['duplicate_of']}" if "duplicate_of" in details else words
    return ""


def consent_words(standing):
    """The labels of the consents that stand."""
    return [str(purpose_of(code).label) for code in sorted(standing)]
