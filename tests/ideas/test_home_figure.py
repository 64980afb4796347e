"""How many were recognised: on the home page, of what is published and of nothing else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import home, workflow
from ideas.models import Decision
from portal.tree import ensure_site
from tests.html import assert_sound

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    ensure_site()
    return builders.make_ward()


@pytest.fixture
def english(client):
    client.cookies["ngon_ngu"] = "en"
    return client


def recognised_on(ward, *days):
    for day in days:
        initiative = builders.recognised(ward)
        Decision.objects.filter(initiative=initiative).update(decided_on=day)


@pytest.fixture
def today(monkeypatch):
    day = date(2026, 11, 23)
    monkeypatch.setattr(home.timezone, "localdate", lambda *given: day)
    return day


def test_it_counts_by_year_and_says_so_in_a_sentence(ward, english, monkeypatch):
    this_year = timezone.localdate().year
    days = [date(this_year - 6, 5, 1), date(this_year - 2, 1, 1), date(this_year - 2, 12, 31)]
    recognised_on(ward, *days, date(this_year, 1, 1))
    html = english.get("/").content.decode()
    assert_sound(html)
    assert f"<h3>Initiatives recognised in {this_year}</h3>" in html
    said = f"{this_year - 2}: 2; {this_year - 1}: 0; {this_year}: 1"  # five years, no further back
    assert f'role="img" aria-label="Initiatives recognised. {said}."' in html
    assert html.count("in figures</h2>") == 1
    assert f'href="/sang-kien/?nam={this_year}"' in html


def test_in_its_first_year_it_counts_by_quarter(ward, rf, today):
    recognised_on(ward, date(2026, 2, 3), date(2026, 11, 23), date(2026, 10, 1), date(2026, 11, 24))
    figure = home.recognised_this_year(rf.get("/"))
    assert (figure.as_of, figure.data["count"]) == (today, 3)  # a decision dated tomorrow is not one yet
    assert [(one.label, one.number) for one in figure.data["plot"].columns] == [
        ("Quý 1", 1),
        ("Quý 2", 0),
        ("Quý 3", 0),
        ("Quý 4", 2),
    ]


def test_drafts_dossiers_under_way_declined_and_revoked_ones_are_no_figure(ward, rf):
    for build in (builders.draft, builders.submitted, builders.evaluated, builders.declined):
        build(ward)
    revoked = builders.recognised(ward)
    workflow.move(
        revoked, "revoke", ward.lanhdao, public_reason="Khai không đúng", **builders.decision("501/QĐ-UBND")
    )
    assert home.recognised_this_year(rf.get("/")) is None
    builders.recognised(ward)
    assert home.recognised_this_year(rf.get("/")).data["count"] == 1


def test_it_costs_one_query_for_one_and_for_six(ward, rf):
    for number in (1, 5):
        recognised_on(ward, *[timezone.localdate()] * number)
        with CaptureQueriesContext(connection) as asked:
            home.recognised_this_year(rf.get("/"))
        assert len(asked) == 1


def test_the_home_page_keeps_its_budget(ward, client):
    builders.recognised(ward)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) <= 25
