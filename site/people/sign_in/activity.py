"""What counts as being there.

A request counts when a person caused it: a page the browser was sent to, or something sent (a form, an
autosave, which follows typing alone). What the script of an open page fetches (notifications, parts that
changed, "who is signed in?") never counts, nor does a socket: a screen that was left ends with its time,
whatever stands open on it. The one exception is a screen made to stand open (`stands_open`): the check-in
code of a class, for as long as the class may show it.

Noted at most each NOTE_EVERY seconds: a page costs no write more, and a session ends up to that much early.
"""

from functools import wraps

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from ..roles import Role, has_role
from .session_store import ALLOWED, BEGAN, SEEN

NOTE_EVERY = 30  # seconds
_SENT_BY_ITSELF = "/quan-tri/editing-sessions/"  # Wagtail's "who else has this page open?", every ten seconds


@receiver(user_logged_in, dispatch_uid="people-activity-begins")
def begin(sender, request, user, **kwargs):
    """Whatever way somebody signs in. Text kept for them outlives the session it was kept in."""
    from .. import kept_post

    now = timezone.now().timestamp()
    request.session.update({BEGAN: now, SEEN: now, ALLOWED: _allowed(user)})
    kept_post.set_all_aside(request, str(user.pk))


def note(request):
    """The person of a signed-in request is there."""
    session, now = request.session, timezone.now().timestamp()
    if SEEN not in session:  # signed in before sessions had these entries
        begin(None, request, request.user)
    elif not 0 <= now - session[SEEN] < NOTE_EVERY:
        session[SEEN], session[ALLOWED] = now, _allowed(request.user)


def is_by_a_person(request):
    """Browsers say what a request is for; one that does not is taken at its word."""
    if request.path.startswith(_SENT_BY_ITSELF):
        return False
    if request.method not in ("GET", "HEAD"):
        return True
    wanted = request.headers.get("Sec-Fetch-Mode", "navigate")
    return wanted == "navigate" and not getattr(request, "htmx", None)


def stands_open(view):
    """For the part of a page that is shown to others for a while and fetched again and again."""

    @wraps(view)
    def showing(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and request.user.is_authenticated:
            note(request)
        return response

    return showing


def _allowed(user):
    if has_role(user, Role.ADMINISTRATOR) or user.is_superuser:
        return settings.IDLE_MINUTES_ADMINISTRATORS * 60
    return settings.IDLE_MINUTES * 60
