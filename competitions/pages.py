"""What the public pages of competitions are drawn from. Both are kept for everybody until the next edge of a
window they speak of."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.public_page import keep_until

from . import reading, showing
from .models import Blueprint
from .phases import PhaseCode
from .winners import published_of

PAGE_SIZE = 12  # of past competitions


def list_context(request):
    """The competitions by what a reader can do about them."""
    now = timezone.now()
    groups = reading.grouped(now)
    standings = [standing for rows in groups.values() for _competition, standing in rows]
    keep_until(request, reading.next_edge(standings, now))
    past = Paginator(groups[reading.PAST], PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "groups": [
            ("dang-mo", _("Open now"), cards(groups[reading.OPEN], request)),
            ("sap-mo", _("Coming"), cards(groups[reading.COMING], request)),
            ("dang-cham", _("Being judged"), cards(groups[reading.JUDGING], request)),
        ],
        "past": cards(past.object_list, request),
        "any_open": any(groups[code] for code in (reading.OPEN, reading.COMING, reading.JUDGING)),
        "page_obj": past,
    }


def competition_context(competition, request):
    """One competition as everybody reads it."""
    now = timezone.now()
    standing = competition.standing(now)
    keep_until(request, reading.next_edge([standing], now))
    code, words = showing.look(standing)
    return {
        "now": now,
        "standing": standing,
        "state": code,
        "state_words": words,
        "deadline": showing.deadline(standing),
        "act": showing.act(competition, standing),
        "timeline": showing.timeline(competition, standing),
        "extensions": competition.changes.filter(act="extended"),
        "prizes": competition.prizes.all(),
        "entrance": list(showing.entrance(competition)) if _takes_entries(competition) else [],
        "asked": list(showing.asked(competition)) if _can_still_enter(competition, standing) else [],
        "criteria": _criteria(competition),
        "results": published_of(competition),
    }


def _takes_entries(competition):
    return competition.blueprint != Blueprint.FORUM


def _can_still_enter(competition, standing):
    """Whether entries are taken or will be: how to take part is no news to whoever comes later."""
    ahead = (standing.current, standing.next)
    return _takes_entries(competition) and any(window and window.code == PhaseCode.ENTRY for window in ahead)


def _criteria(competition):
    """[(group, [criterion, …])] of the rubric entries are judged by; nothing where nothing is scored."""
    rubric = competition.rubric
    scored = rubric is not None and competition.blueprint not in (Blueprint.QUIZ, Blueprint.FORUM)
    return rubric.rubric.grouped() if scored else []


def cards(pairs, request):
    """Cards of templates/portal/sections/cards.html for (competition, standing) pairs."""
    found = []
    for competition, standing in pairs:
        code, words = showing.look(standing)
        found.append(
            {
                "title": competition.title,
                "url": competition.get_url(request),
                "state": code,
                "state_label": words,
                "subtitle": competition.get_blueprint_display(),
                "strong": showing.deadline(standing),
                "note": competition.summary,
            }
        )
    return found
