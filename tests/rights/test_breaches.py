"""Breaches: 72 hours from when they were found, whatever the day; late ones say why; nothing is
overwritten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from obligations.models import Obligation
from people.roles import Role
from rights import breaches
from rights.models import Breach, BreachEntry
from rights.refusing import Refused
from tests.people.builders import account
from trust.models import AuditEvent

from .builders import at, officer

pytestmark = pytest.mark.django_db
FOUND = at(2026, 10, 2, 16)  # a Friday afternoon
VALUES = {
    "found_at": FOUND,
    "happened_at": None,
    "what": "Mất máy tính xách tay",
    "data": "Sổ nhân sự",
    "people": 12,
    "measures": "",
}


def kept(user, **values):
    return breaches.keep(user, VALUES | values, now=FOUND + timedelta(hours=1))


def owed():
    return list(Obligation.objects.values_list("kind", "state", "due_on"))


def test_the_clock_runs_over_the_weekend():
    breach = kept(officer())
    assert breach.tell_by == at(2026, 10, 5, 16)
    assert owed() == [("rights.breach", "open", at(2026, 10, 5).date())]
    assert breach.number == "SC-2026-001"


def test_notified_in_time_the_clock_stops():
    baove = officer()
    breach = kept(baove)
    breaches.tell_authority(
        breach, baove, at(2026, 10, 5, 15), "12/TB", version=0, now=at(2026, 10, 5, 15, 30)
    )
    assert owed()[0][1] == "done"
    assert list(BreachEntry.objects.values_list("step", flat=True)) == ["entered", "authority_told"]
    assert AuditEvent.objects.filter(action="breach.authority_told").count() == 1


def test_a_minute_late_it_says_why():
    baove = officer()
    breach = kept(baove)
    late = at(2026, 10, 5, 16, 1)
    with pytest.raises(Refused) as refused:
        breaches.tell_authority(breach, baove, late, "12/TB", version=0, now=late)
    assert refused.value.code == "late_needs_reason"
    breaches.tell_authority(breach, baove, late, "12/TB", "Mất điện", version=0, now=late)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.update(late_reason="")


def test_what_was_written_first_stays_in_the_log():
    baove = officer()
    breach = kept(baove)
    breaches.change(breach, baove, VALUES | {"people": 40}, version=0, now=FOUND + timedelta(hours=2))
    assert BreachEntry.objects.get(step="changed").details == {"before": {"people": "12"}}
    with pytest.raises(Refused) as refused:
        breaches.change(breach, baove, VALUES, version=0, now=FOUND + timedelta(hours=3))
    assert refused.value.code == "changed"


def test_it_is_closed_once_the_authority_knows():
    baove = officer()
    breach = kept(baove)
    with pytest.raises(Refused) as refused:
        breaches.close(breach, baove, "Đã khóa máy", version=0)
    assert refused.value.code == "tell_first"
    breaches.tell_authority(
        breach, baove, FOUND + timedelta(hours=2), "12/TB", version=0, now=at(2026, 10, 3)
    )
    breaches.close(breach, baove, "Đã khóa máy", version=1, now=at(2026, 10, 4))
    with pytest.raises(Refused):
        breaches.change(breach, baove, VALUES, version=2, now=at(2026, 10, 5))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HEAD])
def test_nobody_but_the_officer_enters_one(role):
    with pytest.raises(Refused) as refused:
        kept(account("khac", role))
    assert refused.value.code == "only_officer"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"found_at": at(2030, 1, 1)}, "moment_in_future"),
        ({"happened_at": FOUND + timedelta(hours=1)}, "found_before_happened"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(values, code):
    with pytest.raises(Refused) as refused:
        kept(officer(), **values)
    assert refused.value.code == code
