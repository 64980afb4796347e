"""The room's screen, and what a phone does with it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from people.sign_in.activity import stands_open

from .. import checkin
from ..answers import Refused, require
from ..models import Session
from ..roll import status_at, tally
from .found import crumbs, deny, find, find_managed

# ---- the screen


@require_safe
@never_cache
@keep_post
def screen(request, code):
    """The page the room looks at; its part below fetches itself anew with every step."""
    session = find_managed(request, code)
    context = _stage(session) | {"crumbs": crumbs(session, _("Code on the screen"))}
    return render(request, "training/checkin/screen.html", context)


@require_safe
@never_cache
@stands_open
@keep_post
def stage(request, code):
    """The code, the seconds it is good for and how many have scanned."""
    return render(request, "training/checkin/_stage.html", _stage(find_managed(request, code)))


def _stage(session):
    now = timezone.now()
    answer = checkin.may_show(session)
    deny(answer)
    return {
        "session": session,
        "qr": checkin.screen_code(session, now),
        "left": checkin.seconds_left(now),
        "step": checkin.STEP_SECONDS,
        "gone": checkin.STEP_SECONDS - checkin.seconds_left(now),
        "scans": tally(session).scans,
    }


# ---- the phone


@require_safe
@never_cache
def scan(request, code, token):
    """The address in the QR code: turned at once into a claim, which outlives the code and signing in."""
    now = timezone.now()
    session = Session.objects.filter(code=code).first()
    if session is None or not checkin.is_current(code, token, now):
        return _page(request, {"problem": Refused(checkin.OVER)}, status=410)
    return redirect("training:claim", checkin.make_claim(request, session, now))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def claim(request, claim):
    """GET asks "I am here", POST stores it."""
    now = timezone.now()
    try:
        read = checkin.read_claim(request, claim, now)
        session = Session.objects.select_related("course").filter(pk=read.session_id).first()
        if session is None:
            raise Http404
        staff = getattr(request.user, "staff", None)
        if request.method == "POST":
            checkin.check_in(read, request.user, now=now)
            return redirect("training:standing", session.code)
        require(checkin.may_check_in(session, staff, read.scanned_at, now=now))
    except Refused as refused:
        return _page(
            request, {"problem": refused}, status=410 if refused.answer.reason == "code_over" else 409
        )
    late = status_at(session, read.scanned_at) == "late"
    return _page(request, {"session": session, "scanned_at": read.scanned_at, "late": late})


@require_safe
@never_cache
@keep_post
def standing(request, code):
    """What is noted of me in this session."""
    session = find(request, code)
    staff = getattr(request.user, "staff", None)
    if staff is None:
        raise Http404
    context = {"session": session, "standing": checkin.standing_of(session, staff)}
    return render(request, "training/checkin/standing.html", context)


def _page(request, context, status=200):
    response = render(
        request, "training/checkin/claim.html", context | {"home": reverse("training:home")}, status=status
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
