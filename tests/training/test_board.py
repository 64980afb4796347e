"""The board: its numbers, who reads it, how many queries it takes, and past years as frozen."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Unit
from people.roles import Role
from tests.html import assert_sound
from training import coverage
from training.board import plots
from training.board.standing import Line, Standing, unfolded
from training.coverage import Figures
from training.models import RequirementYear
from training.templatetags.coverage import share, share_number

from . import board_builders as bb
from . import builders as b

pytestmark = pytest.mark.django_db
BOARD = "/dao-tao/ty-le/"
PAGES = (BOARD, f"{BOARD}dien-bien/", f"{BOARD}nguoi/", f"{BOARD}con-thieu/", f"{BOARD}con-thieu/tai-ve/")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    real = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, tz=None: real(value, tz) if value else bb.DAY
    )
    return bb.DAY


@pytest.fixture
def ward():
    return bb.small_ward()


@pytest.fixture
def officer(client):
    user = bb.reader("daotao", Role.TRAINING_OFFICER)
    client.force_login(user)
    return user


def by_code(answer):
    return {line.code: line for line in answer.context["found"].lines}


# ---- numbers


def test_every_number_of_the_board_is_the_definitions(client, ward, officer):
    answer = client.get(BOARD)
    assert_sound(answer.content)
    found, lines = answer.context["found"], by_code(answer)
    policy = coverage.policy_of("digital-skills", bb.YEAR)
    by_unit = coverage.figures_by_unit(policy, bb.DAY)
    assert found.total == coverage.whole(by_unit) == Figures(trained=2, exempt=2, not_due=0, missing=2)
    assert {code: line.own for code, line in lines.items()} == {
        unit.code: by_unit.get(unit.pk, Figures()) for unit in (ward.hd, ward.vhxh, ward.vp, ward.kp)
    }
    assert lines["HD"].total == found.total
    assert lines["VHXH"].total == Figures(trained=2, missing=1)
    assert (lines["VHXH"].waiting, lines["HD"].waiting, lines["VP"].waiting) == (1, 1, 0)
    assert (lines["VHXH"].seconded, lines["VP"].seconded) == (1, 0)
    text = answer.content.decode()
    assert "50,0\u00a0%" in text and "33,3\u00a0%" in text  # 2 of 4, 2 of 6, floored


def test_the_forecast_stands_on_the_board(client, ward, officer):
    bb.seat(ward.nobody, ward.soon)
    found = client.get(BOARD).context["found"]
    assert (found.outlook.waiting, found.day_ahead) == (1, date(2026, 11, 30))
    assert (found.outlook.by_then.missing, found.outlook.without_seat) == (0, 0)
    assert client.get(BOARD, {"day": "01/06/2026"}).context["found"].day_ahead is None


def test_a_hundred_percent_is_shown_exactly_when_nobody_is_missing_and_somebody_is_trained(client, officer):
    unit, done = b.unit("VP"), b.session(on=date(2026, 3, 10))
    first, second, exempt = (b.person(in_unit=unit) for _ in range(3))
    b.exempt(exempt, date(2026, 1, 1))
    b.attended(first, done)
    assert shares(client.get(BOARD)) == ("33,3\u00a0%", "50,0\u00a0%", False)
    b.attended(second, done)
    assert shares(client.get(BOARD)) == ("66,6\u00a0%", "100\u00a0%", True)
    floored = [Figures(trained=t, missing=m).official for t, m in ((1999, 1), (3, 0), (0, 2), (0, 0))]
    assert [share(text) for text in floored] == ["99,9\u00a0%", "100\u00a0%", "0,0\u00a0%", share(None)]
    assert share_number("100.0") == "100"


def shares(answer):
    """(strict, official, whether 100 stands anywhere as a share) of the page."""
    text = re.sub(r"<[^>]*>", "|", answer.content.decode().split("<main")[1].split("</main")[0])
    total = answer.context["found"].total
    assert share(total.strict) in text and share(total.official) in text
    return share(total.strict), share(total.official), bool(re.search(r"\b100(\s|\u00a0)*%|\|100\|", text))


def test_nobody_in_scope_is_said_in_words(client, officer):
    text = client.get(BOARD).content.decode()
    assert "100\u00a0%" not in text and "0,0" not in text


def test_missing_people_are_overdue_after_the_day_due(client, ward, officer):
    RequirementYear.objects.create(requirement=b.requirement(), year=bb.YEAR, due_on=date(2026, 10, 1))
    assert client.get(BOARD).context["asked"].overdue is True
    assert client.get(BOARD, {"day": "01/10/2026"}).context["asked"].overdue is False


def test_a_day_that_cannot_be_is_answered_at_its_field_and_stays_typed(client, ward, officer):
    for typed in ("31/02/2026", "12/31/2026", "01/01/2025", "mai"):
        answer = client.get(BOARD, {"day": typed, "year": "2026"})
        assert_sound(answer.content)
        assert (answer.status_code, answer.context["asked"].day) == (200, bb.DAY)
        assert f'value="{typed}"' in answer.content.decode()
    assert client.get(BOARD, {"year": "2031", "requirement": "khong-co"}).context["asked"].year == 2026


def test_the_day_moves_the_figures(client, ward, officer):
    early = client.get(BOARD, {"day": "09/03/2026"}).context["found"].total
    assert (early.trained, early.missing) == (0, 4)


def test_levels_fold_by_plain_links(client, ward, officer):
    shown = [line.code for line in client.get(BOARD).context["lines"]]
    assert shown == ["HD", "VHXH", "KP", "VP"]
    assert [line.code for line in client.get(BOARD, {"mo": "HD"}).context["lines"]] == ["HD", "VHXH", "VP"]
    assert [line.code for line in client.get(BOARD, {"mo": ""}).context["lines"]] == ["HD"]


# ---- who reads it


def test_officers_read_all_unit_heads_their_own_and_others_nothing(client, ward):
    b.person(full_name="Người Không Đơn Vị")
    for role in bb.ALL_READERS:
        client.force_login(bb.reader(role.value, role))
        assert {line.code for line in client.get(BOARD).context["found"].lines} == {
            "HD",
            "VHXH",
            "KP",
            "VP",
            "-",
        }
    client.force_login(bb.reader("truong", Role.UNIT_HEAD, in_unit=ward.vhxh))
    answer = client.get(BOARD)
    assert [(line.depth, line.code) for line in answer.context["found"].lines] == [(0, "VHXH"), (1, "KP")]
    assert answer.context["found"].total == Figures(trained=2, missing=1)
    assert "Phường Hưng Đạo</a>" not in answer.content.decode().split("<main")[1]
    refused = (None, Role.ADMINISTRATOR, Role.ORGANISER, Role.PLAN_COORDINATOR, Role.RECORDS_CLERK)
    for number, role in enumerate(refused):
        client.force_login(bb.reader(f"khac{number}", *([role] if role else []), in_unit=ward.vhxh))
        assert [client.get(page).status_code for page in PAGES] == [403] * len(PAGES)
    client.force_login(bb.reader("khongdonvi", Role.UNIT_HEAD))
    assert client.get(BOARD).status_code == 403
    client.logout()
    assert [client.get(page).status_code for page in PAGES] == [302] * len(PAGES)


# ---- queries


def grow(count, start=0):
    done, soon = b.session(on=date(2026, 3, 10)), b.session(on=date(2026, 11, 26), state="open")
    top = b.unit("HD")
    for number in range(start, start + count):
        unit = b.unit(f"U{number}", top)
        b.attended(b.person(in_unit=unit), done)
        missing = b.person(in_unit=unit)
        bb.seat(missing, soon)
        b.assigned(missing, top, primary=False)


def queries(client, page, **asked):
    with CaptureQueriesContext(connection) as found:
        assert client.get(page, asked).status_code == 200
    return len(found)


@pytest.mark.parametrize("role", [Role.TRAINING_OFFICER, Role.UNIT_HEAD])
def test_as_many_queries_for_thirty_units_as_for_one_and_at_most_twelve(client, settings, role):
    settings.SAMPLES_ALLOWED = False  # as in production, where no page asks whether people are samples
    stored = RequirementYear.objects.create(requirement=b.requirement(), year=bb.YEAR)
    stored.units_out.add(b.unit("NGOAI"))
    client.force_login(bb.reader("doc", role, in_unit=b.unit("HD")))
    grow(1)
    pages = (*PAGES, f"{BOARD}nguoi/?state=missing")
    few = [queries(client, page) for page in pages]
    grow(30, start=1)
    assert [queries(client, page) for page in pages] == few
    assert few[0] <= 12


# ---- past years


ROWS = [
    ("HD-0001", "Vũ Thị Lan", "VHXH", "Phòng cũ", "trained", 180),
    ("HD-0006", "Ngô Đức Thịnh", "VP", "Văn phòng", "missing", 0),
    ("HD-0009", "Bùi Văn Đi", "TANCU", "Đơn vị đã giải thể", "trained", 90),
]


def test_a_past_year_is_shown_from_its_latest_freeze_and_says_so(client, ward, officer):
    bb.freeze(rows=ROWS[:1])
    second = bb.freeze(version=2, rows=ROWS)
    answer = client.get(BOARD, {"year": "2025"})
    assert_sound(answer.content)
    found = answer.context["found"]
    assert found.snapshot == second
    assert found.total == Figures(trained=2, missing=1)
    assert by_code(answer)["TANCU"].total == Figures(trained=1)
    assert "31/12/2025" in answer.content.decode()

    live = client.get(BOARD, {"year": "2025", "song": "1"})
    assert (live.context["found"].snapshot, live.context["found"].freeze) == (None, second)
    assert live.context["found"].total == Figures(missing=6)
    assert client.get(BOARD, {"year": "2025", "day": "01/07/2025"}).context["found"].snapshot is None
    assert client.get(BOARD, {"year": "2024"}).context["found"].freeze is None


def test_the_people_behind_a_frozen_number_are_the_frozen_ones(client, ward, officer):
    bb.freeze(rows=ROWS)
    answer = client.get(f"{BOARD}nguoi/", {"year": "2025", "state": "trained"})
    assert [p.staff_code for p in answer.context["page_obj"]] == ["HD-0009", "HD-0001"]  # Đi, Lan
    answer = client.get(f"{BOARD}nguoi/", {"year": "2025", "unit": "TANCU"})
    assert [p.staff_code for p in answer.context["page_obj"]] == ["HD-0009"]


def test_a_unit_head_sees_the_frozen_rows_of_the_own_units_alone(client, ward):
    bb.freeze(rows=ROWS)
    client.force_login(bb.reader("truong", Role.UNIT_HEAD, in_unit=ward.vp))
    answer = client.get(BOARD, {"year": "2025"})
    assert answer.context["found"].total == Figures(missing=1)
    assert [line.code for line in answer.context["found"].lines] == ["VP"]
    people = client.get(f"{BOARD}nguoi/", {"year": "2025"}).context["page_obj"]
    assert [p.staff_code for p in people] == ["HD-0006"]
    frozen = client.get(f"{BOARD}nguoi/", {"year": "2025", "unit": "TANCU"})
    assert list(frozen.context["page_obj"]) == []
    first, *_later = client.get(f"{BOARD}dien-bien/").context["years"]
    assert first.figures == Figures(missing=1)


def test_the_trend_takes_frozen_years_as_frozen_and_the_current_one_as_of_the_day(client, ward, officer):
    bb.freeze(rows=ROWS)
    answer = client.get(f"{BOARD}dien-bien/")
    assert_sound(answer.content)
    years = answer.context["years"]
    # Before 2025 nothing counted here yet: those years are not drawn as years without any training.
    assert [(p.day.year, p.version) for p in years] == [(2025, 1), (2026, None)]
    assert years[0].figures == Figures(trained=2, missing=1)
    assert years[1].figures == Figures(trained=2, exempt=2, missing=2)
    months = answer.context["months"]
    assert [p.figures.trained for p in months] == [0, 0, *[2] * 9]
    assert [p.day for p in months][-2:] == [date(2026, 10, 31), bb.DAY]


# ---- plots


def test_plots_hold_everybody_once_and_bars_never_reach_over_their_end():
    figures = Figures(trained=41, exempt=2, not_due=1, missing=3)
    drawn = plots.people_drawn(figures)
    assert [
        sum(r.kind == kind for r in drawn.rects) for kind in ("f-teal", "f-mid", "f-light", "f-miss")
    ] == [
        41,
        2,
        1,
        3,
    ]
    assert plots.people_drawn(replace(figures, trained=500)) is None
    for longest in (47, 90):
        bar = plots.bar(figures, longest)
        assert max(r.x + r.width for r in bar.rects) <= bar.width
    chart = plots.columns([("2025", figures), ("2026", Figures())])
    assert [c.number for c in chart.columns] == ["41/44", "–"]
    assert min(r.y for c in chart.columns for r in c.rects) >= 0


def test_units_unknown_to_the_reader_are_not_found(client, ward):
    client.force_login(bb.reader("truong", Role.UNIT_HEAD, in_unit=ward.vp))
    for page in (f"{BOARD}nguoi/", f"{BOARD}con-thieu/", f"{BOARD}con-thieu/tai-ve/"):
        assert client.get(page, {"unit": "VP"}).status_code == 200
        assert [client.get(page, {"unit": code}).status_code for code in ("VHXH", "HD", "XX", "-")] == [
            404
        ] * 4
    assert Unit.objects.filter(code="VHXH").exists()


# ---- many units


def of_a_city(wards, missing=lambda n: n):
    """A line for each ward, the first with the fewest missing, and under each a unit."""
    lines = []
    for n in range(wards):
        figures = Figures(trained=5, missing=missing(n))
        lines += [
            Line(0, f"W{n:03}", f"Ward {n}", Figures(), figures, has_children=True),
            Line(1, f"U{n:03}", f"Unit {n}", figures, figures, parents=(f"W{n:03}",)),
        ]
    return Standing(total=Figures(), lines=lines)


def test_a_city_is_folded_and_draws_where_most_are_missing():
    found = of_a_city(40)

    assert [line.code for line in unfolded(found.lines, None)] == [f"W{n:03}" for n in range(40)]
    assert [line.code for line in unfolded(found.lines, ["W007"])][6:10] == ["W006", "W007", "U007", "W008"]
    assert [line.code for line in found.bars] == [f"W{n:03}" for n in range(39, 27, -1)]
    assert found.has_many_bars


def test_a_few_units_are_open_and_all_drawn_in_their_order():
    found = of_a_city(12)

    assert len(unfolded(found.lines, None)) == 24
    assert [line.code for line in found.bars] == [f"W{n:03}" for n in range(12)]
    assert not found.has_many_bars


def test_of_many_units_only_those_with_people_missing_are_drawn():
    assert [line.code for line in of_a_city(40, lambda n: n == 7).bars] == ["W007"]
    assert of_a_city(40, lambda n: 0).bars == []
