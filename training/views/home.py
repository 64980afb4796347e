"""The door to training: one's own sessions and open ones for staff, the public calendar for everybody."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post
from portal.sharing import shared

from .. import certificates, listing
from ..access import is_training_officer, may_open_coverage
from ..lifecycle import SessionState
from .found import crumbs

AHEAD = 10


@require_safe
@never_cache
def home(request):
    """A constant number of queries."""
    today = timezone.localdate()
    ahead = listing.upcoming(listing.visible_to(request.user), today)
    context = {
        "is_officer": is_training_officer(request.user),
        "reads_coverage": may_open_coverage(request.user),
        "crumbs": crumbs(),
    } | shared("/dao-tao/", _("Training"), _("Sessions of the ward open to the public's view."))
    if listing.is_staff_member(request.user):
        own = list(listing.enrolments_of(request.user.staff).filter(session__held_on__gte=today))
        mine = {row.session_id for row in own}
        own = [row for row in own if row.session.state in (SessionState.OPEN, SessionState.HELD)]
        opened = listing.not_begun(ahead, timezone.now()).filter(state=SessionState.OPEN).exclude(pk__in=mine)
        context |= {
            "is_staff": True,
            "own": sorted(own, key=lambda row: (row.session.held_on, row.session.starts_at)),
            "open": listing.with_seats(opened[:AHEAD]),
            "runs": listing.managed_by(request.user).exists(),
        }
    else:
        context["sessions"] = ahead.exclude(state=SessionState.DRAFT)[:AHEAD]
    return render(request, "training/home.html", context)


@require_safe
@never_cache
@keep_post
def my_sessions(request):
    """Everything I was on the list of, with what was noted; and my certificates."""
    staff = getattr(request.user, "staff", None)
    rows = listing.record_of(staff) if staff else []
    held = certificates.certificates_visible_to(request.user).filter(staff=staff) if staff else []
    context = {"rows": rows, "certificates": held, "crumbs": crumbs(None, _("My sessions"))}
    return render(request, "training/my_sessions.html", context)
