"""What competitions tell the plan: those held in a year, forums as well."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from competitions.models import Phase
from config.figures import figure_of

from . import builders

pytestmark = pytest.mark.django_db


def held(day):
    found = figure_of("G3.3").compute(day.year, day)
    assert (found.denominator, found.as_of) == (None, day)
    return found.numerator, found.complete


def test_a_competition_was_held_in_the_year_its_last_window_closed():
    page = builders.competition(phase="over")
    builders.competition(phase="final")  # one that still runs
    draft = builders.competition(phase="over")
    draft.unpublish()
    last = timezone.localdate(Phase.objects.filter(competition=page).latest("closes_at").closes_at)
    assert held(last) == (1, True)
    assert held(last - timedelta(days=1)) == (0, False)
    assert held(last.replace(year=last.year + 1)) == (0, False)


def test_the_last_minute_of_the_year_is_this_year_s():
    page = builders.competition(phase="over")
    Phase.objects.filter(competition=page).exclude(code="final").delete()
    midnight = timezone.make_aware(datetime(2027, 1, 1))
    for moment, expected in (
        (midnight, [(1, True), (0, False)]),
        (midnight + timedelta(minutes=1), [(0, False), (1, True)]),
    ):
        Phase.objects.filter(competition=page).update(opens_at=midnight - timedelta(days=9), closes_at=moment)
        days = (midnight.date() - timedelta(days=1), midnight.date().replace(month=12, day=31))
        assert [held(day) for day in days] == expected
