"""A draft that came too late, taken in by the organiser for the person who wrote to them.

Drafts are shown to nobody but their writers: whoever asks for an address without a draft, or with one that
cannot be taken in, hears the same.
"""

from django.utils import timezone

from .. import rules, workflow
from ..addresses import email_key
from ..lifecycle import EntryState
from ..models import Entry, Participant, Participation
from ..moves import Actor, Move, Refused
from .refusals import ActRefused


def why_not_now(competition, user, now) -> str:
    """The code of what forbids late entries at this moment, whoever wrote; or ""."""
    nobody = Entry(competition=competition)
    move = Move("submit_late", Actor.of(user=user), now)
    for rule in (rules.entries_have_closed, rules.judging_is_not_over):
        if refusal := rule(nobody, move):
            return refusal.code
    return ""


def take_in(competition, user, email, reason, *, now=None):
    """The entry, handed in. Raises ActRefused."""
    now = now or timezone.now()
    if why := why_not_now(competition, user, now):
        raise ActRefused(why)
    draft = _draft_of(competition, email)
    if draft is None:
        raise ActRefused("late_none", field="email")
    try:
        return workflow.move(draft, "submit_late", Actor.of(user=user), now=now, reason=reason)
    except Refused as refused:
        if refused.answer.reason == "reason_missing":
            raise ActRefused("reason_missing", field="reason") from refused
        raise ActRefused("late_none", field="email") from refused


def _draft_of(competition, email):
    key = email_key(email)
    if not key:
        return None
    people = list(Participant.objects.filter(email_key=key).values_list("pk", flat=True))
    # An account's address that another participant proved first is not in its key.
    people += [
        p.pk
        for p in Participant.objects.filter(user__email__iexact=email.strip(), user__is_active=True)
        if p.pk not in people
    ]
    place = Participation.objects.filter(
        competition=competition,
        participant__in=people,
        role=Participation.Role.LEADER,
        ended_at__isnull=True,
        entry__state=EntryState.DRAFT,
    )
    found = place.select_related("entry").order_by("pk").first()
    return found.entry if found else None
