"""The log of a difficulty in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.dates import short_date

from ..models import DifficultyClosed

_DONE = {
    "received": gettext_lazy("Raised"),
    "taken_over": gettext_lazy("Taken over from a unit's report"),
    "assigned": gettext_lazy("Handed to a unit"),
    "answered": gettext_lazy("Answered by the unit"),
    "answered_in_place": gettext_lazy("Answered in place of the unit"),
    "returned": gettext_lazy("Answer returned to the unit"),
    "published": gettext_lazy("Checked and published"),
    "published_again": gettext_lazy("Public text put right"),
    "closed": gettext_lazy("Closed without publication"),
    "reopened": gettext_lazy("Opened again"),
    "code_renewed": gettext_lazy("New tracking code given"),
    "consents": gettext_lazy("The sender changed what they agreed to"),
    "contact_erased": gettext_lazy("Contact erased, a year after the answer"),
}


@dataclass(frozen=True)
class Told:
    title: str
    at: datetime
    who: str
    detail: str
    note: str


def told(difficulty):
    """The log, the latest line first."""
    for entry in difficulty.entries.order_by("-at", "-pk"):
        yield Told(
            title=str(_DONE.get(entry.change, entry.change)),
            at=entry.at,
            who=entry.actor_name,
            detail=_detail(entry.data),
            note=entry.note,
        )


def _detail(data):
    if "unit" in data:
        due = short_date(date.fromisoformat(data["due"]))
        return _("%(unit)s, by %(day)s") % {"unit": data["unit"], "day": due}
    if "why" in data:
        words = str(DifficultyClosed(data["why"]).label)
        return f"{words}: {data['duplicate_of']}" if "duplicate_of" in data else words
    return ""
