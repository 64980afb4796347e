"""The log of what organisers, checkers and publishers did to a competition."""

from django.utils import timezone

from .models import CompetitionChange


def log(competition, act, user, *, reason="", now=None, **details):
    """One line: who did `act` (a stable code), why, with which values. Inside the transaction of the act."""
    staff = getattr(user, "staff", None)
    return CompetitionChange.objects.create(
        competition=competition,
        at=now or timezone.now(),
        act=act,
        user=user,
        actor_name=(user.display_name if user else "Đồng hồ hệ thống")[:120],
        actor_code=staff.staff_code if staff else "",
        reason=reason,
        details=details,
    )
