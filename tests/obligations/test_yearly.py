"""The yearly calendar: what is owed on fixed dates of each year."""

from datetime import date

import pytest

from obligations import yearly as calendar
from obligations.ledger import Debt, fulfil, owed_by, unit
from obligations.models import Obligation
from obligations.yearly import ensure_yearly, yearly, years_at

from .ledger_builders import at, kind_of_tests

pytestmark = pytest.mark.django_db
KIND = "test.report"
VHXH = unit("VHXH")


@pytest.fixture(autouse=True)
def reports(monkeypatch):
    """Reports "before 10/6" and "before 10/12": the last days are 9/6 and 9/12."""
    monkeypatch.setattr(calendar, "_makers", {})
    kind_of_tests(monkeypatch, KIND)

    @yearly("test.reports")
    def reports(year):
        return [Debt(KIND, f"{year}-{month}", VHXH, date(year, month, 9)) for month in (6, 12)]

    return reports


def owed():
    return [row.subject for row in owed_by(VHXH)]


def test_this_years_stand_and_next_years_once_it_is_near():
    ensure_yearly(at(date(2026, 1, 1), "00:10"))
    assert owed() == ["2026-6", "2026-12"]
    ensure_yearly(at(date(2026, 11, 1), "23:59"))
    assert owed() == ["2026-6", "2026-12"]
    ensure_yearly(at(date(2026, 11, 2), "00:00"))
    assert owed() == ["2026-6", "2026-12", "2027-6", "2027-12"]


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 11, 1), [2026]),
        (date(2026, 11, 2), [2026, 2027]),
        (date(2026, 12, 31), [2026, 2027]),
        (date(2027, 1, 1), [2027]),
    ],
)
def test_the_next_year_is_near_sixty_days_before_it(day, years):
    assert years_at(day) == years


def test_running_again_changes_nothing_and_what_was_done_stays_done():
    now = at(date(2026, 1, 5))
    ensure_yearly(now)
    fulfil(KIND, "2026-6", now=now)
    before = list(Obligation.objects.order_by("pk").values())
    ensure_yearly(at(date(2026, 1, 6)))
    assert list(Obligation.objects.order_by("pk").values()) == before


def test_what_was_due_before_the_portal_was_set_up_is_not_called_late():
    ensure_yearly(at(date(2026, 7, 1)))
    assert owed() == ["2026-12"]


def test_what_is_due_today_is_made():
    ensure_yearly(at(date(2026, 12, 9), "23:59"))
    assert owed() == ["2026-12", "2027-6", "2027-12"]


def test_one_maker_that_fails_does_not_keep_the_others():
    @yearly("test.broken")
    def broken(year):
        raise RuntimeError("no plan")

    with pytest.raises(ExceptionGroup, match="yearly"):
        ensure_yearly(at(date(2026, 1, 5)))
    assert owed() == ["2026-6", "2026-12"]


def test_two_cannot_share_a_name():
    with pytest.raises(ValueError, match="registered twice"):
        yearly("test.reports")(list)
