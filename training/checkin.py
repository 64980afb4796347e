"""Scanning the code on the room's screen (training.md §4). Nothing is stored until presence is confirmed.

The code is an HMAC of the session and the 15-second step; the current and the previous step are accepted, so
a picture of the screen is of no use half a minute later. A scan becomes a signed claim of ten minutes, bound
to the browser that made it, which survives signing in; a POST of the claim confirms presence.
"""

import hmac
import math
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst

from notifications.events import announce_many
from papers.qr import qr_code
from people.service import in_service

from . import events, telling
from .answers import YES, Answer, Refused, no, require
from .attendance import record
from .enrolment import SEATED
from .lifecycle import SessionState
from .models import Attendance, AttendanceEvent, Enrolment, Session, Status
from .roll import OPENS_BEFORE, status_at, waiting_off_list

STEP_SECONDS = 15
CLAIM_AGE = timedelta(minutes=10)
CLOSES_AFTER = timedelta(minutes=15)
_SCANNABLE = (SessionState.OPEN, SessionState.HELD)
_TOKEN_SALT = "training.checkin.token"  # noqa: S105  what the key is for, not a password
_CLAIM_SALT = "training.checkin.claim"
_NONCE = "checkin_nonce"
_Source = AttendanceEvent.Source


OVER = no("code_over")

# ---- the code on the screen


def may_show(session) -> Answer:
    """Whether the room's screen shows a code: the session is open or held."""
    if session.state not in _SCANNABLE:
        return no("scan_closed", state=session.state)
    return YES


def screen_code(session, now):
    """The QR code of this step: the address a phone opens."""
    path = reverse("training:scan", args=[session.code, token_at(session.code, now)])
    return qr_code(settings.SITE_URL + path)


def token_at(code, moment) -> str:
    """The token of the session `code` in the step that holds `moment`."""
    return _token(code, _step(moment))


def is_current(code, token, now) -> bool:
    """Whether `token` is the one on the screen now, or the one just before."""
    step = _step(now)
    # Both are compared whatever the first says: the time taken tells nothing.
    answers = [hmac.compare_digest(_token(code, each).encode(), token.encode()) for each in (step, step - 1)]
    return any(answers)


def seconds_left(now) -> int:
    """Until the code on the screen changes: 15 … 1."""
    return STEP_SECONDS - math.floor(now.timestamp()) % STEP_SECONDS


def _step(moment):
    return math.floor(moment.timestamp()) // STEP_SECONDS


def _token(code, step):
    digest = salted_hmac(_TOKEN_SALT, f"{code}\n{step}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:15]).decode()  # 120 bits, 20 characters


# ---- the claim


@dataclass(frozen=True)
class Claim:
    """A code was scanned at `scanned_at` by whoever `holder` stands for."""

    session_id: int
    scanned_at: datetime
    holder: str


def make_claim(request, session, now) -> str:
    """A signed claim for the address: a signed-out visitor's is bound to their browser session."""
    if request.user.is_authenticated:
        holder = f"user:{request.user.pk}"
    else:
        nonce = request.session.setdefault(_NONCE, secrets.token_urlsafe(9))
        holder = f"browser:{nonce}"
    payload = {"session": session.pk, "at": now.timestamp(), "holder": holder}
    return signing.dumps(payload, salt=_CLAIM_SALT)


def read_claim(request, text, now) -> Claim:
    """The claim behind an address. Raises `Refused`: not ours, too old, or made on another device."""
    try:
        payload = signing.loads(text, salt=_CLAIM_SALT)
    except signing.BadSignature:
        raise Refused(OVER) from None
    claim = Claim(payload["session"], datetime.fromtimestamp(payload["at"], UTC), payload["holder"])
    if now - claim.scanned_at > CLAIM_AGE:
        raise Refused(no("claim_over"))
    own = {f"user:{request.user.pk}", f"browser:{request.session.get(_NONCE)}"}
    if request.user.is_authenticated and claim.holder not in own:
        raise Refused(no("claim_elsewhere"))
    return claim


# ---- being there


def may_check_in(session, staff, scanned_at, *, now=None) -> Answer:
    """From an hour before the begin until a quarter of an hour after the end, by the moment of the scan."""
    if staff is None:
        return no("no_staff")
    if session.state not in _SCANNABLE:
        return no("scan_closed", state=session.state)
    if scanned_at < session.begins - OPENS_BEFORE:
        return no("scan_too_early", moment=session.begins - OPENS_BEFORE)
    if scanned_at > session.ends + CLOSES_AFTER:
        return no("scan_too_late")
    return YES if in_service(staff, timezone.localdate(now)) else no("not_in_service")


def check_in(claim, user, *, now=None):
    """Stores that the person behind `user` was there; a second scan is the same as one. Raises `Refused`.

    One session's row is locked, for a handful of queries: two hundred people scan within half a minute.
    """
    staff = getattr(user, "staff", None)
    with transaction.atomic():
        session = Session.objects.locked(claim.session_id)
        require(may_check_in(session, staff, claim.scanned_at, now=now))
        listed = Enrolment.objects.filter(session=session, staff=staff, state__in=SEATED).exists()
        event = AttendanceEvent(
            key=f"scan:{session.pk}:{staff.pk}",
            session=session,
            staff=staff,
            status=status_at(session, claim.scanned_at),
            source=_Source.SCAN if listed else _Source.SCAN_OFF_LIST,
            at=claim.scanned_at,
            by=user,
            by_name=user.display_name,
        )
        is_new = record({session.pk: session.credit_minutes}, [event])
        if is_new and not listed:
            _tell_the_organiser(session)
    return session


def _tell_the_organiser(session):
    """Loudly of the first who waits, quietly of the rest: the page shows them all."""
    event = events.OFF_LIST if len(waiting_off_list(session)) == 1 else events.SESSION_MOVED
    announce_many([telling.say(event, [session.organiser_id], session)])


@dataclass(frozen=True)
class Standing:
    """What is noted of one person in one session. `state`: present, late, excused, absent, waiting, refused
    or none."""

    state: str
    at: datetime | None = None

    @property
    def label(self):
        """The words of a mark; empty where there is none."""
        return capfirst(Status(self.state).label) if self.state in Status.values else ""


def standing_of(session, staff) -> Standing:
    row = Attendance.objects.filter(session=session, staff=staff).first()
    told = list(AttendanceEvent.objects.filter(session=session, staff=staff).order_by("at", "key"))
    scans = [event for event in told if event.source in (_Source.SCAN, _Source.SCAN_OFF_LIST)]
    at = (scans or told or [None])[0]
    at = at.at if at else None
    if row is not None:
        return Standing(row.status, at)
    if {event.source for event in told} == {_Source.SCAN_OFF_LIST}:
        return Standing("waiting", at)
    return Standing("refused" if scans else "none", at)
