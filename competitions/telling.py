"""Who hears of what: accounts by a notice, people without one by a letter to their verified address."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from notifications.events import Announcement, announce_many
from notifications.outbox import Letter, post_many

from . import events
from .models import OrganiserPermission, Participation


def organisers_of(competition):
    """The accounts that organise it."""
    rows = OrganiserPermission.objects.filter(content_object=competition, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("user_id")]


def people_of(entry, *, ended=False):
    """The participants of an entry; with `ended` those too who gave their place up."""
    rows = Participation.objects.filter(entry=entry).select_related("participant__user")
    rows = rows if ended else rows.filter(ended_at__isnull=True)
    return list({row.participant_id: row.participant for row in rows}.values())


def tell(event, participants, *, link, subject="", now=None, refresh=(), **params):
    """Tells each of `participants` once: by a notice where they have an account, else by a letter. Inside the
    transaction of its cause, last; `subject` is a code."""
    tell_many([(event, participants, link, subject, refresh, params)], now=now)


def tell_many(told, *, now=None, besides=()):
    """Several of these in one transaction: (event, participants, link, subject, refresh, params). `besides`:
    announcements to others of the same cause, so that all accounts are locked at once."""
    announcements, letters = list(besides), []
    for event, participants, link, subject, refresh, params in told:
        accounts = [p.user for p in participants if p.user_id]
        announcements.append(Announcement(event, accounts, link, subject, refresh, params))
        with override("vi"):
            text = event.render(subject, params)
        letters += [
            Letter(p.email, text, link) for p in participants if not p.user_id and p.email and not p.is_sample
        ]
    post_many(letters, now or timezone.now())
    announce_many(announcements)


def entry_moved(entry, move, besides=()):
    """The notices of one step of an entry: to whoever is in it, or was until this very step; `besides` are
    those its consequences make."""
    event = events.OF_STEPS[move.transition]
    places = entry.participations.filter(Q(ended_at__isnull=True) | Q(ended_at=move.now))
    people = list({place.participant for place in places.select_related("participant__user")})
    link = "/cuoc-thi/bai-cua-toi/" if move.transition == "withdraw" else entry.get_absolute_url()
    told = [(event, people, link, str(entry.code or entry.competition.code), (f"entry-{entry.pk}",), {})]
    organisers = organisers_of(entry.competition)
    link = f"/cuoc-thi/to-chuc/{entry.competition.code}/bai/"
    refresh = [f"competition-{entry.competition_id}"]
    changed = Announcement(events.ENTRIES_CHANGED, organisers, link, entry.competition.code, refresh)
    tell_many(told, now=move.now, besides=[changed, *besides])
