"""The board and the page of a target: who sees what, what it costs, what it says."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from people.models import Unit, User
from plan.models import ExpectedValue, KeptFigure, Part, ReportedValue, Target, TargetUnit
from plan.targets import expecting
from plan.targets.board import Asked
from plan.targets.board import board as read_board
from tests.html import assert_sound

from .builders import make_plan_ward
from .target_builders import NOW, TODAY, led_by, redefined, report, share, target, unit

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BOARD = "/ke-hoach/dieu-hanh/chi-tieu/"


@pytest.fixture
def ward(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return make_plan_ward(NOW)


@pytest.fixture
def look(client):
    client.cookies["ngon_ngu"] = "en"

    def ask(user, path=BOARD, status=200):
        client.force_login(user)
        answer = client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        if status == 200 and "html" in answer["Content-Type"]:
            assert_sound(answer.content)
        return answer

    return ask


def shown(answer):
    return [row.line.code for row in answer.context["board"].rows]


def test_the_board_shows_all_42_by_group_to_whoever_reads_everything(ward, look):
    for user in (ward.dieuphoi, ward.lanhdao):
        answer = look(user)
        assert len(shown(answer)) == 42
        assert [group.code for group, *_ in answer.context["groups"]] == list("ABCDEV")


def test_a_reporter_sees_targets_their_units_have_a_part_in_and_no_others(ward, look):
    answer = look(ward.baocaokt)
    has_part = TargetUnit.objects.filter(unit__code="KTHTDT").values_list("target__code", flat=True)
    assert shown(answer) == list(Target.objects.filter(code__in=has_part).values_list("code", flat=True))
    look(ward.baocaokt, f"{BOARD}B1/")
    look(ward.baocaokt, f"{BOARD}A1/", status=404)
    look(ward.canbo, status=403)
    look(ward.canbo, f"{BOARD}B1/", status=404)


def test_filters_narrow_the_board_and_unknown_ones_are_not_found(ward, look):
    assert shown(look(ward.dieuphoi, f"{BOARD}?nhom=V")) == ["V1", "V2"]
    assert shown(look(ward.dieuphoi, f"{BOARD}?don_vi=DVSNC")) == ["B4"]
    report(target("A1"), "PVHCC", ward.dieuphoi, share(85, 100), reason="Thay đơn vị")
    assert shown(look(ward.dieuphoi, f"{BOARD}?nhom=A&trang_thai=met")) == ["A1"]
    for query in (
        "nam=1999",
        "nam=x",
        "nam=２０２６",
        "nhom=Z",
        "don_vi=KHONG",
        "trang_thai=x",
        "xac_nhan=x",
        "thieu=x",
    ):
        look(ward.dieuphoi, f"{BOARD}?{query}", status=404)


def test_a_row_says_value_day_who_source_goal_expected_and_state(ward, look):
    one = led_by("A1", "VHXH", ward.dieuphoi)
    expecting.save(one, ward.dieuphoi, {"expected_2026": Decimal(60)}, {}, now=NOW)
    report(one, "VHXH", ward.baocao, share(610, 1000, source="Hệ thống một cửa"))
    page = " ".join(look(ward.dieuphoi, f"{BOARD}?nhom=A").content.decode().replace("\xa0", " ").split())
    row = page[page.index("A1. ") : page.index("A2. ")]
    for words in (
        "61 %",
        "610 of 1,000",
        "as of 20/10/2026",
        "Lương Thị Mai",
        "Hệ thống một cửa",
        "above 80 %",
        "60 %",
    ):
        assert words in row, words
    assert "On track" in row
    assert "proposed" not in row


def test_units_only_proposed_are_marked_until_confirmed(ward, look):
    answer = look(ward.dieuphoi, f"{BOARD}?xac_nhan=cho&nhom=B")
    assert shown(answer) == ["B1", "B2", "B3", "B4"]
    page = answer.content.decode()
    assert page.count("chi-tieu/B1/don-vi/xac-nhan/") == 1
    assert "don-vi/xac-nhan/" not in look(ward.lanhdao, f"{BOARD}?xac_nhan=cho&nhom=B").content.decode()


def test_what_lacks_of_my_unit_is_one_address_away(ward, look):
    led_by("E5", "KTHTDT", ward.dieuphoi)
    mine = {
        "B1", "B2", "B3", "B4", "E5",
    }  # fmt: skip
    assert set(shown(look(ward.baocaokt, f"{BOARD}?thieu=toi"))) == mine
    report(target("B1"), "KTHTDT", ward.baocaokt, share(1, 1))
    assert set(shown(look(ward.baocaokt, f"{BOARD}?thieu=toi"))) == mine - {"B1"}


def crowded(wards):
    """Every target led by one more unit of each of so many wards, with figures of five years."""
    top = Unit.objects.get(code="HD")
    units = Unit.objects.bulk_create(
        Unit(code=f"T{n:03d}", name=f"Tổ {n}", parent=top, order=100 + n) for n in range(wards)
    )
    for one in Target.objects.all():
        TargetUnit.objects.bulk_create(TargetUnit(target=one, unit=u, part=Part.LEAD, order=9) for u in units)
        definition = one.definitions.last()
        ReportedValue.objects.bulk_create(
            ReportedValue(
                target=one,
                definition=definition,
                unit=u,
                year=year,
                as_of=date(year, 12, 31),
                numerator=1,
                denominator=2,
                by_name="X",
                at=NOW,
            )
            for u in units
            for year in range(2026, 2031)
        )


def queries_of(client, user, path):
    client.force_login(user)
    client.get(path).getvalue()
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
        answer.getvalue()
    assert answer.status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    "path",
    [BOARD, f"{BOARD}?don_vi=KTHTDT&nam=2027", f"{BOARD}B1/", f"{BOARD}B1/so-lieu/", f"{BOARD}tai-ve.xlsx"],
)
def test_a_page_costs_the_same_with_one_value_and_with_a_thousand(ward, client, path):
    report(target("B1"), "KTHTDT", ward.baocaokt, share(1, 1))
    few = {name: queries_of(client, getattr(ward, name), path) for name in ("dieuphoi", "baocaokt")}
    crowded(8)
    assert {name: queries_of(client, getattr(ward, name), path) for name in few} == few


@pytest.mark.parametrize(("name", "most"), [("dieuphoi", 7), ("baocaokt", 11)])
def test_the_board_itself_asks_few_questions(ward, name, most):
    """Beside what every page asks about who is looking at it."""
    crowded(8)
    user = User.objects.get(username=name)
    with CaptureQueriesContext(connection) as caught:
        read_board(user, Asked(2026), TODAY)
    assert len(caught) <= most


def test_the_excel_holds_what_the_filter_shows(ward, look):
    report(led_by("A2", "VHXH", ward.dieuphoi), "VHXH", ward.baocao, share("95.5", 100, words="=1+1"))
    answer = look(ward.dieuphoi, f"{BOARD}tai-ve.xlsx?nhom=A&trang_thai=met")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "TIẾN ĐỘ THỰC HIỆN CÁC CHỈ TIÊU"
    found = [row for row in rows if row[0] in Target.objects.values_list("code", flat=True)]
    assert [row[0] for row in found] == ["A2"]
    assert (found[0][3], found[0][6], found[0][8], found[0][9]) == (
        unit("VHXH").name,
        "ít nhất 90\xa0%",
        95.5,
        100,
    )
    assert found[0][10] == "95,5\xa0%\n=1+1"
    look(ward.canbo, f"{BOARD}tai-ve.xlsx", status=403)


def test_a_unit_that_leads_with_others_sees_its_own_figures_under_its_filter(ward):
    TargetUnit.objects.create(target=target("B1"), unit=unit("VHXH"), part=Part.LEAD, order=5)
    report(target("B1"), "KTHTDT", ward.baocaokt, share(3, 1))
    report(target("B1"), "VHXH", ward.baocao, share(4, 1))
    whole = read_board(ward.dieuphoi, Asked(2026, group="B"), TODAY).rows[0]
    assert whole.value == "7\xa0mô hình"
    mine = read_board(ward.dieuphoi, Asked(2026, group="B", unit="VHXH"), TODAY).rows[0]
    assert mine.value == "4\xa0mô hình"
    helper = read_board(ward.dieuphoi, Asked(2026, group="B", unit="DVSNC"), TODAY).rows
    assert [row.line.code for row in helper] == ["B4"]


def test_the_page_says_everything_about_a_target(ward, look):
    one = led_by("A1", "VHXH", ward.dieuphoi)
    report(one, "VHXH", ward.baocao, share(610, 1000), year=2026)
    page = " ".join(look(ward.dieuphoi, f"{BOARD}A1/").content.decode().replace("\xa0", " ").split())
    definition = one.definitions.last()
    for words in (one.text, definition.numerator, definition.denominator, definition.source, "above 80 %"):
        assert words in page, words
    assert "Nobody has said what is expected of 2026" in page  # why
    assert page.count("nobody has said") == 4  # 2026 to 2029
    assert "Units changed" in page
    assert "Figure reported" in page
    assert f"confirmed by {ward.dieuphoi.display_name}" in page


def test_the_coordinator_s_buttons_are_the_coordinator_s(ward, look):
    for user, there in ((ward.dieuphoi, True), (ward.lanhdao, False), (ward.baocaokt, False)):
        page = look(user, f"{BOARD}B1/").content.decode()
        for part in ("don-vi/", "ky-vong/", "cach-tinh/"):
            assert (f'{BOARD}B1/{part}"' in page) is there, (user.username, part)


def test_a_computed_target_shows_figure_day_and_source_and_is_never_typed(ward, look, client):
    one = target("A9")
    values = {f.name for f in KeptFigure._meta.fields}
    keys = {"code": "A9"} if "code" in values else {"target": one}
    KeptFigure.objects.create(
        **keys,
        year=2026,
        as_of=TODAY,
        numerator=93,
        denominator=100,
        is_complete=False,
        source="coverage:digital-skills",
        computed_at=NOW,
    )
    page = " ".join(look(ward.baocao, f"{BOARD}A9/").content.decode().replace("\xa0", " ").split())
    assert "93 %" in page
    assert "/dao-tao/so-lieu/" in page
    assert "/so-lieu/2026/" not in page
    typing = reverse("plan:target_figure", args=["A9", 2026, "VHXH"])
    look(ward.baocao, typing, status=403)
    assert (
        client.post(typing, {"as_of": "20/10/2026", "numerator": "1", "denominator": "2"}).status_code == 403
    )
    assert not ReportedValue.objects.exists()


def test_a_figure_of_before_a_redefinition_is_marked_on_board_and_page(ward, look):
    one = led_by("A1", "VHXH", ward.dieuphoi)
    report(one, "VHXH", ward.baocao, share(610, 1000, date(2026, 9, 30)))
    board = f"{BOARD}?nhom=A"
    assert "counted the old way" not in look(ward.dieuphoi, board).content.decode()
    redefined(one, date(2026, 10, 1), numerator="Chỉ hồ sơ toàn trình")
    assert look(ward.dieuphoi, board).content.decode().count("counted the old way") == 1
    assert "counted the old way" in look(ward.dieuphoi, f"{BOARD}A1/").content.decode()
    report(one, "VHXH", ward.baocao, share(500, 1000))
    assert "counted the old way" not in look(ward.dieuphoi, board).content.decode()
    page = look(ward.dieuphoi, f"{BOARD}A1/").content.decode()
    assert page.count("counted the old way") == 1  # the row of the earlier figure


def test_expected_values_of_the_plan_stay_where_nobody_changed_them(ward):
    assert ExpectedValue.objects.get(target__code="A1").value == 80


def test_a_definition_s_version_has_one_word(ward, client):
    client.force_login(ward.dieuphoi)
    page = client.get(f"{BOARD}B2/").content.decode()
    assert "<dt>Phiên bản</dt>" in page
    assert "<dt>Bản</dt>" not in page
