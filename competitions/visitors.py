"""Who is behind a request: a participant, by account or by a mailbox they proved to read.

A proven mailbox is remembered in the session for two hours; an account is its own
participant.
"""

import time
from functools import partial, wraps
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.urls import reverse

from people.kept_post import Door, keep_post
from trust.answers import too_many
from trust.limits import Requests

from .addresses import email_key
from .models import Participant

SESSION_ENTRY = "competitions_participant"
REMEMBERED = 2 * 60 * 60  # seconds
# Whoever proved a mailbox saves while typing, every few seconds; a whole school may sit behind one address.
WRITING = Requests("entrant-writes", most=1500, seconds=600)


def current(request) -> Participant | None:
    """The participant of this request; made on first need for an account, never for the anonymous."""
    if not hasattr(request, "_participant"):
        request._participant = _find(request)
    return request._participant


def _find(request):
    if request.user.is_authenticated:
        return of_account(request.user)
    kept = request.session.get(SESSION_ENTRY)
    if not kept or not 0 <= time.time() - kept["at"] < REMEMBERED:
        return None
    return Participant.objects.filter(pk=kept["pk"]).select_related("user__staff").first()


def of_account(user) -> Participant:
    """The participant behind an account; one person who proved the account's address before is the same."""
    try:
        return _of_account(user)
    except IntegrityError:  # the address was proven in another window this very moment
        return _of_account(user)


def _of_account(user):
    found = Participant.objects.select_related("user__staff").filter(user=user).first()
    if found is not None:
        return found
    staff = getattr(user, "staff", None)
    key = email_key(user.email) or None
    with transaction.atomic():
        # One look alone: between two of them the mailbox could be proven in another window.
        by_mail = Participant.objects.select_for_update().filter(email_key=key).first() if key else None
        if by_mail is not None and by_mail.user_id in (None, user.pk):
            by_mail.user = user
            by_mail.save(update_fields=["user"])
            return by_mail
        if by_mail is not None:
            key = None  # two accounts with one address: the first one has it
        made, _new = Participant.objects.get_or_create(
            user=user,
            defaults={
                "email": user.email,
                "email_key": key,
                "full_name": user.display_name,
                "birth_date": staff.birth_date if staff else None,
                "is_sample": user.is_sample,
            },
        )
    return made


def of_mailbox(email) -> Participant:
    """The participant who reads this mailbox; made where there is none."""
    key = email_key(email)
    try:
        with transaction.atomic():
            return Participant.objects.get_or_create(email_key=key, defaults={"email": email})[0]
    except IntegrityError:  # another window was first
        return Participant.objects.get(email_key=key)


def remember(request, participant):
    """The mailbox was proven: this session is that participant's. A fresh key, so that nobody who planted a
    session comes in with them."""
    request.session.cycle_key()
    request.session[SESSION_ENTRY] = {"pk": participant.pk, "at": time.time()}
    request._participant = participant


def forget(request):
    request.session.pop(SESSION_ENTRY, None)
    request._participant = None


def participant_required(purpose, page=None):
    """Lets a view be asked only by a known participant, as `request.participant`; anybody else proves a
    mailbox (or signs in) first and comes back. What they had typed is kept as `people.kept_post` keeps it;
    `page(request, …)` gives the address of the form where it is not the posted one."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            request.participant = current(request)
            if _writes_without_account(request) and not WRITING.take(request):
                return too_many(request, WRITING)
            return view(request, *args, **kwargs)

        return keep_post(guarded, page=page, door=Door(_key, partial(way_in, purpose)))

    return decorate


def _writes_without_account(request):
    return request.method == "POST" and not request.user.is_authenticated


def way_in(purpose, request, address):
    """Where a mailbox is proved, and back to `address` from there."""
    query = urlencode({"viec": purpose, "next": address})
    return f"{reverse('competitions:code')}?{query}"


def _key(request):
    """Accounts by their own key, so that a text typed before sign-in and one typed after are one person's."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    participant = current(request)
    return f"participant-{participant.pk}" if participant else ""
