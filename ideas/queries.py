"""What other parts of the portal may ask about initiatives."""

from django.utils import timezone

from people.models import containing

from .models import Round, Seat, SeatRole


def current_chairs():
    """Accounts of whoever chairs a council today: they hear of role changes."""
    seats = Seat.objects.filter(
        containing(timezone.localdate(), "appointment__"), role=SeatRole.CHAIR, staff__user__is_active=True
    ).select_related("staff__user")
    return [seat.staff.user for seat in seats]


def open_round(now=None):
    """The round that takes submissions now, or None."""
    return Round.objects.open_at(now or timezone.now()).first()
