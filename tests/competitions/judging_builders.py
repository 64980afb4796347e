"""Judges, sheets and stages for tests, through the doors that make them."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from competitions.judging import closing, handing_out, writing
from competitions.models import CompetitionPage, EntrySheet
from people.models import User
from people.roles import Role
from tests.competitions import builders
from tests.ideas.builders import make_user

POINTS = {
    "phat-trien": 8,
    "doi-tuong": 15,
    "sang-tao": 15,
    "kha-thi": 15,
    "ben-vung": 12,
    "chi-phi": 8,
    "nang-luc": 4,
}


def fresh(competition):
    return CompetitionPage.objects.get(pk=competition.pk)


def judge(competition, number, name=""):
    """The same people judge every competition."""
    known = User.objects.filter(username=f"giamkhao{number}").first()
    user = known or make_user(f"giamkhao{number}", name or f"Giám Khảo {number}", Role.JUDGE)
    return competition.judges.create(user=user, appointed_at=timezone.now())


def judged(organiser, *, entries=3, judges=3, phase="preliminary", **fields):
    """A competition whose entries have closed, with judges; nothing handed out yet."""
    page = builders.competition(phase=phase, organiser=organiser, **fields)
    for number in range(entries):
        person = builders.participant(
            f"thi.sinh.{page.pk}.{number}@hungdao.example", full_name=f"Thí Sinh Kín {number}"
        )
        builders.handed_in(page, person, title=f"Bài số {number}", text=f"Lời của bài {number}.")
    for number in range(1, judges + 1):
        judge(page, number)
    return fresh(page)


def assigned(organiser, stage="preliminary", **fields):
    page = judged(organiser, **fields)
    handing_out.assign_stage(page, stage, organiser, seed=7)
    return fresh(page)


def total(points):
    """{criterion: points} that add up to `points`."""
    found, left = {}, Decimal(points)
    for code, most in [
        ("phat-trien", 10), ("doi-tuong", 20), ("sang-tao", 20), ("kha-thi", 20),
        ("ben-vung", 15), ("chi-phi", 10), ("nang-luc", 5),
    ]:  # fmt: skip
        found[code] = min(left, Decimal(most))
        left -= found[code]
    assert left == 0
    return found


def send(sheet, points=None, now=None):
    sheet = EntrySheet.objects.select_related("judge__user").get(pk=sheet.pk)
    values = total(points) if points is not None else {c: Decimal(p) for c, p in POINTS.items()}
    return writing.submit_sheet(sheet.judge.user, sheet, values, "", base_version=sheet.edit_version, now=now)


def send_all(competition, stage="preliminary", totals=None):
    """Every open sheet of a stage is sent; `totals` {entry title: points}."""
    rows = EntrySheet.objects.filter(competition=competition, stage=stage, state__in=("todo", "draft"))
    for sheet in rows.select_related("entry"):
        send(sheet, (totals or {}).get(sheet.entry.title))


def closed(organiser, totals=None, stage="preliminary", **fields):
    page = assigned(organiser, stage, **fields)
    send_all(page, stage, totals)
    closing.close_stage(page, stage, organiser)
    return fresh(page)


def move_on(competition, days):
    """Time passes: every window slides into the past."""
    for phase in competition.phases.all():
        phase.opens_at -= timedelta(days=days)
        phase.closes_at -= timedelta(days=days)
        phase.save()
    return fresh(competition)
