"""Prizes in a person's yearly extract: won and published, alone or in a team; none that was taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competitions.extract import prizes_of
from competitions.models import Award, AwardCertificate, Participant
from competitions.results import checking, publishing
from people.models import Staff
from tests.competitions.test_results import (  # noqa: F401  fixtures
    competition,
    decision,
    drafted,
    organiser,
    published,
    publisher,
    standing_world,
)
from tests.ideas.builders import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]
YEAR = timezone.localdate().year


def officials():
    """Every participant becomes an official of the ward; their staff rows."""
    found = []
    for number, participant in enumerate(Participant.objects.order_by("pk")):
        participant.user = make_user(f"canbo{number}", f"Cán Bộ {number}")
        participant.save()
        found.append(participant.user.staff)
    return found


def prizes(staff, year=YEAR):
    return {key: [row.title for row in part.rows] for key, part in prizes_of(staff, year, None).items()}


def test_winners_find_their_prizes_once_they_are_published(competition, organiser, publisher):  # noqa: F811
    staff = officials()
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    assert prizes(staff) == {}
    publishing.publish(competition, organiser, **decision(kept))
    won = {}
    for row in AwardCertificate.objects.select_related("award__prize", "participant__user__staff"):
        won.setdefault(row.participant.user.staff.pk, []).append(
            f"{row.award.prize.name}: {competition.title}"
        )
    assert won
    assert prizes(staff) == won
    assert prizes(staff, YEAR - 1) == {}
    part = next(iter(prizes_of(staff, YEAR, None).values()))
    assert (part.rows[0].note.split(" · ")[0], part.rows[0].day) == ("cá nhân", timezone.localdate())
    Award.objects.update(withdrawn_at=timezone.now(), withdrawn_reason="Sao chép.")
    assert prizes(staff) == {}


def test_as_many_queries_for_all_as_for_one(competition, organiser, publisher):  # noqa: F811
    staff = officials()
    published(competition, organiser, publisher)

    def queries(people):
        with CaptureQueriesContext(connection) as captured:
            prizes_of(people, YEAR, None)
        return len(captured)

    winner = Staff.objects.get(pk=next(iter(prizes(staff))))
    assert queries(staff) == queries([winner])
