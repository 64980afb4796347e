"""Competitions for the calendar, the search, the home page and the feeds of the portal."""

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from portal import search
from portal.happenings import Happening
from portal.public_page import keep_until

from . import reading
from .models import CompetitionPage, Phase
from .pages import cards
from .phases import MINUTE, PhaseCode

FOUND_AS = "competition"
_WITH_A_DEADLINE = {PhaseCode.ENTRY, PhaseCode.VOTE}
HOME = 4


def competitions(ids):
    """For the search: title, summary and rules of what is out."""
    rows = reading.published()
    for row in rows if ids is None else rows.filter(pk__in=ids):
        articles = " ".join(f"{block.value['heading']} {block.value['text']}" for block in row.rules)
        yield search.Found(
            object_id=str(row.pk),
            title=row.title,
            url=row.url,
            text=strip_tags(f"{row.summary} {articles}"),
            detail=row.get_blueprint_display(),
            day=timezone.localdate(row.first_published_at) if row.first_published_at else None,
        )


def follow_page(sender, instance, **kwargs):
    """A competition was published, taken back or deleted."""
    if isinstance(instance, CompetitionPage):
        search.refresh(FOUND_AS, [instance.pk])


def happenings(first, before):
    """The opening of every window, and the last moment of those that the public has to keep."""
    rows = Phase.objects.filter(competition__in=reading.published()).select_related("competition")
    for phase in rows:
        yield from (each for each in _moments(phase) if _within(each.begins, first, before))


def _within(moment, first, before):
    day = timezone.localdate(moment)
    return first <= day and (before is None or day < before)


def _moments(phase):
    competition, words = phase.competition, phase.get_code_display()
    shared = {
        "path": competition.url,
        "place": competition.place,
        "touched": competition.last_published_at,
    }
    yield Happening(
        uid=f"competition-phase-{phase.pk}",
        title=f"{competition.title}: {words}",
        begins=phase.opens_at,
        ends=phase.closes_at,
        steps=int(phase.closes_at.timestamp() // 60),  # grows with each extension
        **shared,
    )
    if phase.code in _WITH_A_DEADLINE:
        yield Happening(
            uid=f"competition-deadline-{phase.pk}",
            title=_("%(title)s: last moment for “%(phase)s”")
            % {"title": competition.title, "phase": words.lower()},
            begins=phase.closes_at,
            ends=phase.closes_at + MINUTE,
            steps=int(phase.closes_at.timestamp() // 60),
            **shared,
        )


def open_now(request):
    """For the home page: what the public can take part in; nothing where nothing is open."""
    now = timezone.now()
    groups = reading.grouped(now, reading.not_over(now))
    standings = [standing for rows in groups.values() for _competition, standing in rows]
    keep_until(request, reading.next_edge(standings, now))
    rows = groups[reading.OPEN][:HOME] or groups[reading.COMING][:HOME]
    if not rows:
        return None
    data = {
        "id": "cuoc-thi-dang-mo",
        "title": _("Competitions open now") if groups[reading.OPEN] else _("Coming competitions"),
        "all_url": "/cuoc-thi/",
        "all_label": _("All competitions"),
        "cards": cards(rows, request),
    }
    return "portal/sections/cards.html", data
