"""A sample competition made and announced: by its organiser, from a blueprint, as any other."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from .. import blueprints
from ..models import CompetitionPage
from ..organising import team
from ..phases import Window
from . import people

JUDGES = ("giamkhao1", "giamkhao2", "giamkhao3")
_OPENS, _CLOSES = time(8, 0), time(17, 0)
_ANNOUNCED_BEFORE = timedelta(days=7)


def windows(days, today):
    """{phase: [day it opens, day it closes]} counted from `today`, as windows from 08:00 to 17:00."""
    return [
        Window(code, _at(today, opens, _OPENS), _at(today, closes, _CLOSES))
        for code, (opens, closes) in days.items()
    ]


def _at(today, days, hour):
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), hour))


def make(written, blueprint, today, **facts):
    """The draft with its jury; `facts` are fields of the page that differ from the blueprint's."""
    organiser = people.account("tochuc")
    starts = windows(written["windows"], today)
    begins = min(window.opens_at for window in starts) - _ANNOUNCED_BEFORE
    page = blueprints.make(blueprint, f"{written['title']} (mẫu)", starts, organiser, now=begins)
    values = {"slug": written["slug"], "summary": written["summary"]} | facts
    CompetitionPage.objects.filter(pk=page.pk).update(**values)
    page = CompetitionPage.objects.get(pk=page.pk)
    if page.judges_each:
        for username in JUDGES:
            team.appoint(page, people.account(username), organiser, now=begins)
    return page


def announce(page):
    """Published, a week before its first window."""
    begins = min(phase.opens_at for phase in page.phases.all()) - _ANNOUNCED_BEFORE
    # Out already, as far as publishing asks: what lies in the past could not be announced today.
    CompetitionPage.objects.filter(pk=page.pk).update(first_published_at=begins)
    page = CompetitionPage.objects.get(pk=page.pk)
    page.save_revision(user=people.account("tochuc")).publish(user=people.account("duyetbai"))
    CompetitionPage.objects.filter(pk=page.pk).update(first_published_at=begins, last_published_at=begins)
    return CompetitionPage.objects.get(pk=page.pk)
