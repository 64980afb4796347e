"""Where somebody is signed in, and ending it: allauth.usersessions' rows beside Django's sessions."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications import live
from trust import audit

from ..models import User
from .session_store import SEEN

_BROWSERS = (
    ("Edg/", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Place:
    """One browser somebody is signed in with."""

    pk: int
    browser: str
    ip: str
    since: datetime
    seen_at: datetime
    is_here: bool


def places_of(user, here):
    """Where the account is signed in, this browser (`here`: its session key) first, then the latest. Two
    queries."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user=user)}
    alive = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    found = [_place(rows[session.session_key], session.get_decoded(), here) for session in alive]
    return sorted(found, key=lambda place: (not place.is_here, -place.seen_at.timestamp()))


def _place(row, kept, here):
    seen = kept.get(SEEN)
    seen_at = datetime.fromtimestamp(seen, tz=timezone.get_default_timezone()) if seen else row.last_seen_at
    return Place(row.pk, browser_of(row.user_agent), row.ip, row.created_at, seen_at, row.session_key == here)


def browser_of(user_agent):
    """ "Chrome, Windows", as far as the browser says."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), _("Unknown browser"))
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return ", ".join(filter(None, [browser, system]))


def signed_in():
    """Accounts with a sign-in, alive or not yet cleared away."""
    return User.objects.filter(pk__in=UserSession.objects.values("user"))


def end(user, *, but=None, only=None, request=None, why):
    """Ends the sign-ins of an account and closes their sockets; returns how many. `but`: a session key that
    stays; `only`: the key of a UserSession row. `why`: a code for the audit trail."""
    with transaction.atomic():
        rows = UserSession.objects.filter(user=user)
        rows = rows.filter(pk=only) if only is not None else rows
        rows = rows.exclude(session_key=but) if but else rows
        keys = list(rows.values_list("session_key", flat=True))
        ended, _by_model = Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        if ended:
            actor = request.user if request is not None and request.user.is_authenticated else None
            audit.record("session.ended", request=request, actor=actor, target=user, why=why, count=ended)
        transaction.on_commit(partial(live.sign_in_ended, [user.pk]))
    return ended


def drop_dead(now):
    """Rows of sessions that ended by themselves: where and with what somebody was signed in is not kept
    longer."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    with transaction.atomic():
        dead = list(UserSession.objects.exclude(session_key__in=alive).select_related("user"))
        for row in dead:
            audit.record("session.ended", target=row.user, why="idle", count=1)
        UserSession.objects.filter(pk__in=[row.pk for row in dead]).delete()


@receiver(user_logged_out, dispatch_uid="people-signed-out")
def signed_out(sender, request, user, **kwargs):
    if user is None or request is None:
        return
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    audit.record("session.ended", request=request, actor=user, target=user, why="signed_out", count=1)
    transaction.on_commit(partial(live.sign_in_ended, [user.pk]))
