"""The public page of progress: what it tells after a publication, and what it never tells."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Unit
from plan.models import KeptFigure, ReportedValue, Target, TargetPublication
from plan.public import publishing
from tests.html import assert_sound
from tests.standing import standing

from .builders import make_plan_ward

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/ke-hoach/tien-do/"
YEAR = 2026


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def report(code, numerator, denominator=None, *, unit=None, year=YEAR, **more):
    target = Target.objects.get(code=code)
    unit = Unit.objects.get(code=unit) if unit else target.parts.filter(part="lead").first().unit
    return ReportedValue.objects.create(
        target=target,
        definition=more.pop("definition", None) or target.definitions.last(),
        unit=unit,
        year=year,
        as_of=more.pop("as_of", date(year, 10, 31)),
        numerator=numerator,
        denominator=denominator,
        at=timezone.now(),
        by_name="Lương Thị Mai",
        **more,
    )


def keep(code, numerator, denominator=None, *, year=YEAR, population=None, source="coverage:digital-skills"):
    return KeptFigure.objects.create(
        code=code,
        year=year,
        as_of=date(year, 11, 29),
        numerator=numerator,
        denominator=denominator,
        is_complete=False,
        population=population,
        source=source,
        computed_at=timezone.now(),
    )


def publish(ward, year=YEAR, note="", now=None):
    held = publishing.draft(year, now)
    return publishing.publish(ward.dieuphoi, year, seen=held.seen, note=note, now=now)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_nothing_typed_is_public_before_it_is_published(client, ward):
    report("A1", 846, 1000)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "84,6" not in text_of(answer) and "Chưa công bố số liệu" in text_of(answer)
    publish(ward)
    answer = client.get(PAGE)
    assert_sound(answer.content.decode())
    assert "84,6\u00a0%" in answer.content.decode()


def test_each_number_stands_with_its_day_and_source(client, ward):
    report("A1", 846, 1000)
    keep("A9", 27, 30, population=32)
    publish(ward)
    page = text_of(client.get(PAGE))
    assert "846 trên 1.000" in page
    assert "Trung tâm Phục vụ hành chính công" in page and "31/10/2026" in page
    assert "29/11/2026" in page and "Cổng tự tính từ danh sách điểm danh" in page


def test_the_last_publication_is_shown_and_the_earlier_stays_readable(client, ward):
    report("A1", 500, 1000)
    first = publish(ward, now=timezone.now() - timedelta(days=2))
    report("A1", 846, 1000)
    second = publish(ward, note="Bổ sung số tháng 10.")
    page = text_of(client.get(PAGE))
    assert "84,6" in page and "500 trên 1.000" not in page and "Bổ sung số tháng 10." in page
    by_day = client.get(f"{PAGE}?nam=2026&ngay={first.day.isoformat()}")
    by_number = client.get(f"{PAGE}?nam=2026&lan=1")
    for answer in (by_day, by_number):
        assert "500 trên 1.000" in text_of(answer) and "846 trên 1.000" not in text_of(answer)
        assert "đã có lần công bố mới hơn" in text_of(answer)
    assert (
        client.get(f"{PAGE}?nam=2026&ngay={(first.day - timedelta(days=1)).isoformat()}").status_code == 404
    )
    assert (first.number, second.number) == (1, 2)


def test_a_figure_of_fewer_than_five_people_is_held_back(client, ward):
    keep("A9", 4, 4, population=4)
    made = publish(ward)
    target = next(one for one in made.payload["targets"] if one["code"] == "A9")
    assert (target["held"]["numerator"], target["held"]["is_met"], target["standing"]) == (
        None,
        None,
        "no_data",
    )
    assert made.counts["met"] == 0
    for address in (f"{PAGE}A9/", PAGE):
        page = text_of(client.get(address))
        assert "dưới 5 người" in page
        assert "4 trên 4" not in page and "100\u00a0%</b>" not in page


def test_five_people_are_told(client, ward):
    keep("A9", 4, 5, population=5)
    publish(ward)
    assert "80\u00a0%" in client.get(f"{PAGE}A9/").content.decode()


def test_what_a_unit_typed_in_words_and_who_typed_it_stays_inside(client, ward):
    report("C6", None, words="Bà Nguyễn Thị Kín 7733 làm chủ nhiệm", is_met=True, source="Sổ riêng 7734")
    publish(ward)
    for address in (PAGE, f"{PAGE}C6/", f"{PAGE}chi-tieu.csv", "/du-lieu-mo/v1/chi-tieu/"):
        answer = client.get(address)
        page = answer.content.decode() if not answer.streaming else b"".join(answer).decode()
        for secret in ("7733", "7734", "Lương Thị Mai", ward.dieuphoi.display_name):
            assert secret not in page, (address, secret)
    assert "Đạt" in text_of(client.get(f"{PAGE}C6/"))


def test_the_counts_say_how_many_stand_how(ward):
    report("A1", 846, 1000)  # above 80: reached
    report("D4", 1)  # an incident: late
    report("C5", 0)  # none of one: at risk
    report("B1", 1)  # nobody said what is expected of the year
    counts = publish(ward).counts
    assert counts == {
        "met": 1,
        "on_track": 0,
        "nothing": 0,
        "no_data": 39,
        "at_risk": 1,
        "late": 1,
        "total": 42,
    }


def parts(page, group="A"):
    """What of a group stands open, and what is folded below it."""
    section = page.partition(f'aria-labelledby="nhom-{group}"')[2].partition("</section>")[0]
    shown, _fold, folded = section.partition('<details class="fold">')
    return shown, folded


def test_what_needs_attention_stands_open_and_the_rest_of_a_group_is_folded(client, ward):
    report("D4", 1)
    publish(ward)
    shown, folded = parts(client.get(PAGE).content.decode(), "D")
    assert 'id="D4"' in shown and 'id="D4"' not in folded
    assert 'id="D1"' in folded and 'id="D1"' not in shown
    page = client.get(f"{PAGE}?nam=2026&xem=tat-ca").content.decode()
    assert '<details class="fold">' not in page
    assert page.count('<tr id="') == 42 and client.get(PAGE).content.decode().count('<tr id="') == 42


def test_the_plans_own_words_of_a_named_target_stand_on_its_page(client, ward):
    from plan.models import Target

    publish(ward)
    target = Target.objects.get(code="A1")
    target_page = client.get(f"{PAGE}A1/").content.decode()
    assert target.text in target_page
    assert target.text not in client.get(PAGE).content.decode().partition("nhom-A")[2]


def test_only_what_is_asked_for_is_listed(client, ward):
    report("D4", 1)
    publish(ward)
    page = client.get(f"{PAGE}?nam=2026&xem=can-chu-y").content.decode()
    assert 'id="D4"' in page and 'id="A1"' not in page
    assert client.get(f"{PAGE}?xem=khac").status_code == 404


@pytest.mark.parametrize(
    "query", ["nam=2025", "nam=abc", "nam=²", "lan=9", "ngay=30/11/2026", "lan=-1", "nam=9" * 3]
)
def test_an_address_that_names_nothing_is_not_found(client, ward, query):
    publish(ward)
    assert client.get(f"{PAGE}?{query}").status_code == 404


def test_a_year_without_a_publication_says_so(client, ward):
    answer = client.get(f"{PAGE}?nam=2030")
    assert answer.status_code == 200 and "2030" in text_of(answer)
    assert client.get(f"{PAGE}chi-tieu.xlsx?nam=2030").status_code == 404


def test_the_page_of_a_target_has_its_definition_and_every_year(client, ward):
    report("A1", 500, 1000)
    publish(ward)
    page = client.get(f"{PAGE}A1/").content.decode()
    assert_sound(page)
    assert Target.objects.get(code="A1").text in page.replace("&#x27;", "'")
    assert page.count("<tr>") == 1 + 5  # head and five years
    assert client.get(f"{PAGE}Z9/").status_code == 404
    assert client.get(f"{PAGE}a1/").status_code == 404


def test_a_figure_of_an_older_definition_says_so(client, ward):
    target = Target.objects.get(code="B1")
    report("B1", 2)
    target.definitions.create(
        version=2,
        in_force_on=timezone.localdate(),
        indicator="Số mô hình đã nghiệm thu",
        comparator=">=",
        goal=3,
        measured_in="mô hình",
        made_at=timezone.now(),
    )
    publish(ward)
    page = text_of(client.get(f"{PAGE}B1/"))
    assert "Số mô hình đã nghiệm thu" in page
    assert "tính theo cách cũ (phiên bản 1)" in page and "không còn áp dụng" in page


def test_every_task_stands_in_the_plan_s_words(client, ward):
    assert "Chưa công bố" in text_of(client.get(f"{PAGE}nhiem-vu/"))
    keep("G3.3", 3, source="competitions:held")
    publish(ward)
    page = client.get(f"{PAGE}nhiem-vu/").content.decode()
    assert_sound(page)
    assert page.count('<tr id="') == 61
    assert "Đề nghị: Đoàn Thanh niên" in text_of(client.get(f"{PAGE}nhiem-vu/"))
    assert "các cuộc thi đã công bố và đã kết thúc" in page


def test_a_task_the_ward_added_is_not_the_plan_s(client, ward):
    from plan.models import Task, TaskGroup

    Task.objects.create(code="P1", text="Việc riêng 6601", group=TaskGroup.objects.first(), order=999)
    publish(ward)
    assert "6601" not in client.get(f"{PAGE}nhiem-vu/").content.decode()


def test_the_page_costs_the_same_for_all_years_and_units(client, ward):
    def queries(address=PAGE):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    publish(ward)
    one, one_target = queries(), queries(f"{PAGE}A1/")
    for number in range(30):
        Unit.objects.create(code=f"T{number}", name=f"Tổ dân phố số {number}", parent=ward.unit("HD"))
    for year in range(2027, 2031):
        for code in ("A1", "A2", "A3", "B1"):
            report(code, 5, 100, year=year, unit="VP")
        moment = timezone.make_aware(timezone.datetime(year, 12, 20))
        TargetPublication.objects.create(
            year=year,
            number=1,
            published_at=moment,
            by_name="x",
            payload=TargetPublication.objects.first().payload | {"year": year},
            counts=TargetPublication.objects.first().counts,
            sha256="0" * 64,
        )
    assert (queries(), queries(f"{PAGE}A1/")) == (one, one_target)
    assert one <= 12 and one_target <= 12


def test_visitors_get_one_page_and_a_publication_renews_it(client, ward):
    from portal.stamp import current

    publish(ward)
    answer = client.get(PAGE)
    assert answer.headers["X-Public"] == "nam,ngay,lan,xem"
    before = current()
    report("A1", 1, 2)
    publish(ward)
    assert current() != before


def test_numbers_stay_exact(ward):
    report("A1", Decimal("845.5"), Decimal(1000))
    held = next(one for one in publish(ward).payload["targets"] if one["code"] == "A1")["held"]
    assert (held["numerator"], held["denominator"]) == ("845.5", "1000")
