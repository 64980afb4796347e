"""The lines of a session's history: who did what, when, with name and code as values."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .models import SessionHistory

_WORDS = {
    "create": gettext_lazy("Planned"),
    "open": gettext_lazy("Opened for enrolment"),
    "hold": gettext_lazy("Noted as held"),
    "confirm": gettext_lazy("Confirmed"),
    "reopen": gettext_lazy("Reopened"),
    "cancel": pgettext_lazy("session", "Cancelled"),
    "change": pgettext_lazy("session", "Changed"),
    "call_up": gettext_lazy("People called up: %(count)s"),
    "take_off": gettext_lazy("Taken off the list: %(staff_code)s"),
    "head_count": gettext_lazy("Head-count: %(to)s"),
    "sheet": gettext_lazy("Scan of the signed sheet kept"),
    "import": gettext_lazy("Read from a file"),
    "revert": gettext_lazy("Import taken back"),
    "certificates": gettext_lazy("Certificates issued: %(count)s"),
}


def note(session, transition, user, now, *, before=None, reason="", details=None):
    """One line, in the transaction of what it tells. `before` is the state it had, if it changed."""
    staff = getattr(user, "staff", None)
    return SessionHistory.objects.create(
        session=session,
        at=now,
        transition=transition,
        from_state=before or session.state,
        to_state=session.state,
        user=user,
        actor_name=user.display_name[:120],
        actor_code=staff.staff_code if staff else user.username[:30],
        reason=reason,
        details=details or {},
    )


@dataclass(frozen=True)
class Line:
    """A line of the history in the reader's language."""

    words: str
    actor_name: str
    at: datetime
    reason: str


def latest(session, count) -> list[Line]:
    """The newest lines first; one query."""
    rows = session.history.order_by("-at", "-pk")[:count]
    return [Line(_said(row), row.actor_name, row.at, row.reason) for row in rows]


def _said(row):
    """Rows outlive their words: one nobody knows any more shows its code."""
    words = str(_WORDS.get(row.transition, row.transition))
    details = {key: "–" if value is None else value for key, value in row.details.items()}
    said = words % details if "%(" in words else words
    if row.details.get("absent"):
        said += ". " + _("Absent without a mark until then: %(count)s") % {"count": row.details["absent"]}
    return said
