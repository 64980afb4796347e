"""Competitions on their way: made from a blueprint, completed, published."""

import itertools
from datetime import timedelta

from django.utils import timezone

from competitions import blueprints
from competitions.models import CompetitionPage, Judge
from competitions.organising import sending
from competitions.phases import Window
from people.roles import Role
from portal.tree import ensure_site
from tests.ideas.builders import make_user

_numbers = itertools.count(1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def organiser(username="tochuc", name="Trần Tổ Chức"):
    return make_user(username, name, Role.ORGANISER)


def publisher(username="duyetbai"):
    return make_user(username, "Ngô Duyệt Bài", Role.PUBLISHER)


def windows(kind="ideas", now=None, *, vote=False):
    """The dates of a competition that opens in ten days."""
    plan = blueprints.plan_of(kind)
    first = timezone.localdate(now or timezone.now()) + timedelta(days=10)
    proposed = blueprints.proposed(plan, first)
    return [window for window in proposed if vote or not plan.phase(window.code).optional]


def made(user, kind="ideas", title="Ý tưởng đổi mới sáng tạo", *, vote=False, starts=None):
    ensure_site()
    return blueprints.make(kind, title, starts or windows(kind, vote=vote), user)


def with_jury(competition, count=3):
    """Judges seated without a word."""
    people = [make_user(f"gk{next(_numbers)}", f"Giám Khảo {number}", Role.JUDGE) for number in range(count)]
    for person in people:
        Judge.objects.create(competition=competition, user=person, appointed_at=timezone.now())
    return people


def complete(user, kind="ideas", **more):
    """Made, and with all that only people can add."""
    competition = made(user, kind, **more)
    if kind in ("ideas", "photos"):
        with_jury(competition)
    if kind == "forum":
        CompetitionPage.objects.filter(pk=competition.pk).update(place="Hội trường UBND phường")
    return fresh(competition)


def published(user, kind="ideas", **more):
    competition = complete(user, kind, **more)
    competition.get_latest_revision().publish()
    return fresh(competition)


def fresh(competition):
    return CompetitionPage.objects.get(pk=competition.pk)


def sent(competition, user):
    sending.send_for_approval(competition, user)
    return fresh(competition)


def moved(competition, opens=timedelta(0), closes=timedelta(0), code="entry"):
    """Its window, shifted as rows only tests may."""
    phase = competition.phases.get(code=code)
    phase.opens_at += opens
    phase.closes_at += closes
    phase.save()
    return fresh(competition)


def window(code, opens, closes):
    return Window(code, opens, closes)
