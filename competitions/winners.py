"""Who won, for public pages: published results alone, and of a person no more than they agreed to."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from trust.models import Consent

from .consenting import PUBLISH_ENTRY, PUBLISH_NAME, subject_of
from .models import Award, AwardCertificate, EntryFile, EntryVersion, PrizeKind, ResultList, ResultState


@dataclass(frozen=True)
class Picture:
    url: str
    text: str  # what it shows


@dataclass(frozen=True)
class Winner:
    """One prize of one entry. `names` of those who agreed to be named, in the order of the team; without any
    the `code` stands for them. Title, text and pictures only where everybody in the entry agreed."""

    prize: object
    code: str
    names: tuple = ()
    title: str = ""
    text: str = ""
    pictures: tuple = ()

    @property
    def shown_as(self):
        return ", ".join(self.names) or self.code


@dataclass(frozen=True)
class PrizeLine:
    """A prize with who got it; `open`: how many of it were not awarded."""

    prize: object
    winners: tuple
    open: int

    @property
    def is_favourite(self):
        return self.prize.kind == PrizeKind.FAVOURITE


@dataclass(frozen=True)
class Published:
    """What the public page of a competition says about its results."""

    prizes: tuple
    note: str
    decision_number: str
    decision_on: date | None
    published_at: datetime


def winners_of(competition) -> list[Winner]:
    """The winners in the order of the prizes; none before publication. Six queries for any number."""
    return _winners(_awards(competition.pk))


def winners_by_competition(competitions) -> dict[int, list[Winner]]:
    """{competition pk: its winners} of several; as many queries as for one."""
    awards = list(_awards(None).filter(result_list__competition__in=competitions))
    found = {}
    for award, winner in zip(awards, _winners(awards), strict=True):
        found.setdefault(award.entry.competition_id, []).append(winner)
    return found


def published_of(competition) -> Published | None:
    """The published results of a competition, or None. A constant number of queries."""
    found = ResultList.objects.filter(competition=competition, state=ResultState.PUBLISHED).first()
    if found is None:
        return None
    by_prize = {}
    for winner in winners_of(competition):
        by_prize.setdefault(winner.prize.pk, []).append(winner)
    lines = tuple(
        PrizeLine(prize, tuple(by_prize.get(prize.pk, ())), prize.count - len(by_prize.get(prize.pk, ())))
        for prize in competition.prizes.order_by("order", "pk")
    )
    return Published(lines, found.note, found.decision_number, found.decision_on, found.published_at)


def picture_of(slug, award, number):
    """The `EntryFile` of a winner's picture, where the public may see it; None otherwise."""
    rows = _awards(None).filter(pk=award, result_list__competition__slug=slug)
    found = rows.filter(result_list__competition__live=True).first()
    if found is None:
        return None
    (winner,) = _winners([found])
    if not winner.pictures:
        return None
    pictures = _pictures([found.entry_id]).get(found.entry_id, [])
    shown = _of_version(found.entry_id, pictures)
    return shown[number - 1] if 0 < number <= len(shown) else None


def _awards(competition):
    rows = Award.objects.filter(result_list__state=ResultState.PUBLISHED, withdrawn_at__isnull=True)
    if competition is not None:
        rows = rows.filter(result_list__competition=competition)
    return rows.select_related("prize", "entry__competition").order_by("prize__order", "prize", "pk")


def _winners(awards):
    awards = list(awards)
    people = {}
    held = AwardCertificate.objects.filter(award__in=awards).select_related("participant").order_by("pk")
    for row in held:
        people.setdefault(row.award_id, []).append(row.participant)
    agreed = _agreed(awards, people)
    versions = _versions({award.entry_id for award in awards})
    pictures = _pictures({award.entry_id for award in awards})
    return [
        _winner(award, people.get(award.pk, []), agreed, versions[award.entry_id], pictures)
        for award in awards
    ]


def _winner(award, people, agreed, version, pictures):
    competition = award.entry.competition
    subjects = {person.pk: subject_of(person, competition) for person in people}
    names = tuple(person.full_name for person in people if (subjects[person.pk], PUBLISH_NAME) in agreed)
    winner = Winner(award.prize, award.entry.code, names)
    if not people or any((subject, PUBLISH_ENTRY) not in agreed for subject in subjects.values()):
        return winner
    payload = json.loads(version.payload)
    shown = _of_payload(payload, pictures.get(award.entry_id, []))
    address = f"/cuoc-thi/{competition.slug}/giai/{award.pk}"
    return Winner(
        award.prize,
        award.entry.code,
        names,
        payload["title"],
        payload["text"],
        tuple(
            Picture(f"{address}/{n}/", file.caption or payload["title"]) for n, file in enumerate(shown, 1)
        ),
    )


def _agreed(awards, people):
    """{(subject, purpose)} that stands."""
    competitions = {award.pk: award.entry.competition for award in awards}
    subjects = [
        subject_of(person, competitions[award]) for award, persons in people.items() for person in persons
    ]
    rows = Consent.objects.filter(
        subject__in=subjects, purpose__in=(PUBLISH_NAME, PUBLISH_ENTRY), withdrawn_at__isnull=True
    )
    return set(rows.values_list("subject", "purpose"))


def _versions(entries):
    """{entry pk: its latest version}."""
    return {v.entry_id: v for v in EntryVersion.objects.filter(entry__in=entries).order_by("number")}


def _pictures(entries):
    found = {}
    rows = EntryFile.objects.filter(entry__in=entries, content_type__startswith="image/").order_by("pk")
    for file in rows:
        found.setdefault(file.entry_id, []).append(file)
    return found


def _of_version(entry, pictures):
    version = _versions([entry]).get(entry)
    return _of_payload(json.loads(version.payload), pictures) if version else []


def _of_payload(payload, pictures):
    """The pictures that belong to the version, in its order."""
    by_name = {(file.sha256, file.name): file for file in pictures}
    found = [by_name.get((named["sha256"], named["name"])) for named in payload["files"]]
    return [file for file in found if file is not None]
