"""Competitions for tests. Entries reach a state through the workflow's own door."""

import itertools
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from competitions import consenting, workflow
from competitions.addresses import email_key
from competitions.models import (
    Blueprint,
    CompetitionIndexPage,
    CompetitionPage,
    Entry,
    EntryFile,
    EntryRubric,
    OrganiserPermission,
    Participant,
    Participation,
    Phase,
    Prize,
)
from competitions.moves import Actor
from competitions.organising.tree import next_code
from portal.tree import ensure_site
from trust.consents import set_consents

_numbers = itertools.count(1)
DAY = timedelta(days=1)
# Where the windows lie around "now", by the phase the competition is to be in: (code, opens, closes) in days.
WINDOWS = {
    "before": [("entry", 1, 11), ("preliminary", 12, 20), ("vote", 21, 24), ("final", 25, 30)],
    "entry": [("entry", -5, 5), ("preliminary", 6, 12), ("vote", 13, 15), ("final", 16, 20)],
    "preliminary": [("entry", -15, -5), ("preliminary", -4, 5), ("vote", 6, 8), ("final", 9, 12)],
    "vote": [("entry", -30, -20), ("preliminary", -18, -5), ("vote", -3, 3), ("final", 4, 8)],
    "final": [("entry", -40, -30), ("preliminary", -28, -15), ("vote", -12, -6), ("final", -4, 4)],
    "over": [("entry", -60, -50), ("preliminary", -48, -35), ("vote", -30, -20), ("final", -15, -5)],
}


def index():
    """The list at /cuoc-thi/."""
    home = ensure_site()
    found = CompetitionIndexPage.objects.first()
    return found or home.add_child(instance=CompetitionIndexPage(title="Cuộc thi", slug="cuoc-thi"))


def competition(now=None, phase="entry", *, organiser=None, phases=None, prizes=True, **fields):
    """A published competition that is in `phase` at `now`; `phases` [(code, opens_at, closes_at)] instead."""
    now = (now or timezone.now()).replace(second=0, microsecond=0)
    number = next(_numbers)
    values = {
        "title": f"Cuộc thi thử {number}",
        "slug": f"cuoc-thi-thu-{number}",
        "code": next_code(now.year),
        "blueprint": Blueprint.IDEAS,
        "summary": "Cuộc thi dùng để kiểm thử.",
        "rubric": EntryRubric.objects.filter(code="cuoc-thi").first(),
        "ward_only": False,
        "words_most": 1000,
        "files_most": 5,
        "judges_each": 2,
    } | fields
    page = index().add_child(instance=CompetitionPage(**values))
    windows = phases or [(code, now + a * DAY, now + b * DAY) for code, a, b in WINDOWS[phase]]
    Phase.objects.bulk_create(
        Phase(competition=page, code=code, opens_at=opens, closes_at=closes)
        for code, opens, closes in windows
    )
    if prizes:
        for order, (name, count, amount) in enumerate(
            [("Giải Nhất", 1, 5_000_000), ("Giải Nhì", 2, 3_000_000), ("Giải Khuyến khích", 3, 1_000_000)]
        ):
            Prize.objects.create(competition=page, name=name, count=count, amount=amount, order=order)
    if organiser is not None:
        may_organise(organiser, page)
    return CompetitionPage.objects.get(pk=page.pk)


def may_organise(user, page):
    content_type = ContentType.objects.get_for_model(CompetitionPage)
    permission = Permission.objects.get(content_type=content_type, codename="organise")
    OrganiserPermission.objects.create(user=user, permission=permission, content_object=page)


def participant(email=None, *, user=None, **fields):
    """Somebody known by an address, or by an account."""
    email = email or (f"nguoi{next(_numbers)}@hungdao.example" if user is None else user.email)
    values = {"full_name": "Người Dự Thi", "place": "Tổ dân phố 3"} | fields
    return Participant.objects.create(user=user, email=email, email_key=email_key(email) or None, **values)


def entry(competition, leader, *members, consents=True, **fields):
    """A draft with its leader and members."""
    values = {"title": "Bài dự thi thử", "text": "Nội dung bài dự thi."} | fields
    made = Entry.objects.create(competition=competition, **values)
    now = timezone.now()
    for number, person in enumerate([leader, *members]):
        role = "member" if number else "leader"
        Participation.objects.create(
            competition=competition, entry=made, participant=person, role=role, joined_at=now
        )
        if consents:
            subject = consenting.subject_of(person, competition)
            set_consents(subject, consenting.NEEDED, consenting.NEEDED, now)
    return made


def attach(entry, name="anh.png", content=b"\x89PNG\r\n", content_type="image/png", **fields):
    """A file of the entry, stored without asking what it holds."""
    row = EntryFile(
        entry=entry, name=name, content_type=content_type, size=len(content), sha256="0" * 64, **fields
    )
    row.file.save(name, ContentFile(content))
    return row


def leader_of(entry):
    return Participant.objects.get(participations__entry=entry, participations__role="leader")


def hand_in(entry, now=None):
    """Through the door, by its leader; at the middle of the entry window unless `now` is given."""
    window = entry.competition.window("entry")
    moment = now or window.opens_at + (window.closes_at - window.opens_at) / 2
    return workflow.move(entry, "submit", Actor.of(participant=leader_of(entry)), now=moment)


def handed_in(competition, leader=None, *members, now=None, **fields):
    """An entry that was handed in."""
    return hand_in(entry(competition, leader or participant(), *members, **fields), now)
