"""Writing a step: who of the ward did it, as values that outlive the account; and a line of the audit
trail."""

from trust import audit

from .models import RightsEntry


def actor_values(user):
    """`user` is None where the sender or the clock did it."""
    if user is None:
        return {"user": None, "actor_name": "", "actor_code": ""}
    staff = getattr(user, "staff", None)
    return {
        "user": user,
        "actor_name": user.display_name[:120],
        "actor_code": (staff.staff_code if staff else user.username)[:30],
    }


def write(request, step, now, *, user=None, note="", **details):
    """One line of a request's log, with its row of the audit trail; in the caller's transaction."""
    entry = RightsEntry.objects.create(
        request=request, at=now, step=step, note=note, details=details, **actor_values(user)
    )
    audit.record(f"rights.{step}", actor=user, target=("rights_request", request.number), kind=request.kind)
    return entry


def last_seen(request):
    """What a page remembers of the log it was drawn from."""
    return request.entries.order_by("-pk").values_list("pk", flat=True).first() or 0
