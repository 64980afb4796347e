"""Whether the sender of a request is the person: by an account, by the mailbox they named, by the tracking
code of an earlier letter, or in person at the office. No picture of an identity card is asked for or
kept: it is sensitive data (NĐ 356/2025 Đ.4), and nothing here needs it.

What a sender is known by decides whose data a copy or an erasure is about: what was proved, nothing else.
"""

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trust.persons import Person, find_person

from . import log
from .models import Identity, RightsRequest

MAILBOX_LINK_SECONDS = 7 * 24 * 3600
_SALT = "rights.mailbox"


def person_of(request) -> Person:
    """Everything the portal knows the sender by; nobody while nothing is proved."""
    if not request.identity:
        return Person()
    known = {}
    if request.user_id and request.identity in (Identity.ACCOUNT, Identity.IN_PERSON):
        known["user"] = {request.user_id}
    if request.identity in (Identity.MAILBOX, Identity.IN_PERSON) and request.email:
        known["email"] = {request.email.casefold()}
    if request.identity in (Identity.LETTER, Identity.IN_PERSON) and request.letter:
        kind, key = request.letter.split(":")
        known[kind] = {int(key)}
    if request.identity == Identity.IN_PERSON and request.staff_id:
        known["staff"] = {request.staff_id}
    if request.identity == Identity.IN_PERSON and request.phone:
        known["phone"] = {request.phone}
    return find_person(**known)


def mailbox_link(request):
    """Good for seven days, for this request and this address alone."""
    key = TimestampSigner(salt=_SALT).sign_object([request.pk, request.email])
    return reverse("rights:confirm", args=[key])


def confirmed_by(key):
    """The request whose mailbox link this is, or None: unknown, altered, too old, or of another address
    now."""
    try:
        pk, email = TimestampSigner(salt=_SALT).unsign_object(key, max_age=MAILBOX_LINK_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    return RightsRequest.objects.filter(pk=pk, email=email).first()


def confirm_mailbox(request, now=None):
    """Notes that the mailbox was proved; what is known by a stronger proof stays. Whether anything
    changed."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = RightsRequest.objects.select_for_update().get(pk=request.pk)
        if locked.identity or not locked.is_open:
            return False
        prove(locked, Identity.MAILBOX, now)
        locked.save(update_fields=["identity", "identity_at", "identity_note"])
        log.write(locked, "identity", now, how=Identity.MAILBOX)
    return True


def prove(request, how, now, note=""):
    request.identity, request.identity_at, request.identity_note = how, now, note
