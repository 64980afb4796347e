"""The year in figures: the apps count, the home page draws one section of it."""

from datetime import date

import pytest

from portal import registry
from portal.home import year_in_figures
from portal.plots import columns
from tests.html import assert_sound
from tests.portal.builders import site

TILE = "ideas/public/_recognised_this_year.html"


@pytest.fixture
def register(monkeypatch):
    monkeypatch.setattr(registry, "_figures", [])
    return registry.register_key_figure


def figure(count, day=date(2026, 11, 23)):
    return lambda request: registry.KeyFigure(TILE, {"year": day.year, "count": count}, day)


def test_figures_stand_in_one_section_in_their_order_with_their_day(client, rf, register, monkeypatch):
    register(20, figure(2))
    register(10, figure(1))
    register(15, lambda request: None)
    _template, data = year_in_figures(rf.get("/"))
    assert [each.data["count"] for each in data["figures"]] == [1, 2]
    assert (data["year"], data["as_of"]) == (2026, date(2026, 11, 23))


@pytest.mark.django_db
def test_figures_of_different_days_each_say_their_own(client, register):
    site()
    register(10, figure(1))
    register(20, figure(2, date(2026, 11, 22)))
    client.cookies["ngon_ngu"] = "en"
    html = client.get("/").content.decode()
    assert_sound(html)
    assert html.count("2026 in figures") == 1
    assert html.count("As of 23/11/2026") == html.count("As of 22/11/2026") == 1


@pytest.mark.django_db
def test_without_any_figure_there_is_no_section(client, register):
    site()
    register(10, lambda request: None)
    assert "bang-con-so" not in client.get("/").content.decode()


def test_columns_stand_on_one_line_and_are_as_tall_as_their_numbers():
    plot = columns([("2022", 0), ("2023", 4), ("2024", 1), ("2025", 8), ("2026", 2)])
    assert [one.height for one in plot.columns] == [0, 26, 6, 52, 13]
    assert {one.y + one.height for one in plot.columns} == {70}
    assert [one.look for one in plot.columns] == ["f-light"] * 4 + ["f-red"]
    last = plot.columns[-1]
    assert last.x + plot.column_width == plot.width == 284
    assert columns([("2026", 0)]).columns[0].height == 0
    assert columns([]).columns == ()
