"""The lines of a session's history: who did what, when, with name and code as values."""

from .models import SessionHistory


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
