"""Money of the tasks: who enters it, what is said about overspending, what is public, totals and Excel."""

from copy import deepcopy
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from plan.models import BudgetLine, TaskChange
from plan.tasks import budget
from plan.tasks.budget import Typed
from plan.tasks.refusing import Refused
from tests.standing import standing

from . import task_builders as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
MONEY = "/ke-hoach/dieu-hanh/kinh-phi/"
LINE = {"year": "2026", "source": "ward", "estimate": "120.000.000", "spent": "", "document": "45/QĐ-UBND"}


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def send(client, address, **values):
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, b.hidden(page) | values)


def line(ward, code="U2.1", year=2026, source="ward", estimate=100, spent=0):
    return budget.add_line(b.task(code), ward.dieuphoi, Typed(year, source, estimate, spent))


def test_the_unit_enters_a_line_in_whole_dong(ward, client):
    client.force_login(ward.baocao)
    page = client.get(b.page(more="kinh-phi/")).content.decode()
    assert "Sử dụng từ ngân sách phường theo phân cấp" in page
    assert send(client, b.page(more="kinh-phi/"), **LINE).status_code == 302
    kept = BudgetLine.objects.get()
    assert (kept.estimate, kept.spent, kept.source, kept.entered_by_name) == (
        120_000_000,
        0,
        "ward",
        "Lương Thị Mai",
    )
    assert "120.000.000" in client.get(b.page()).content.decode()


def test_one_page_sent_twice_is_one_line_and_with_other_words_another(ward, client):
    """Whoever goes back in the browser sends the same page again; a second source is another line."""
    client.force_login(ward.baocao)
    address = b.page(more="kinh-phi/")
    hidden = b.hidden(client.get(address))
    for source in ("ward", "ward", "social"):
        assert client.post(address, hidden | LINE | {"source": source}).status_code == 302
    assert sorted(BudgetLine.objects.values_list("source", flat=True)) == ["social", "ward"]


@pytest.mark.parametrize("typed", ["120 triệu", "1,5", "-5", "1e9", "9" * 16])
def test_what_is_no_amount_is_answered(ward, client, typed):
    client.force_login(ward.baocao)
    answer = send(client, b.page(more="kinh-phi/"), **LINE | {"estimate": typed})
    assert answer.status_code == 422 and answer.context["form"].errors["estimate"]
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("typed", ["120000000", "120.000.000 đồng", "120.000.000đ", "120.000.000 VND"])
def test_ways_to_write_an_amount(ward, client, typed):
    client.force_login(ward.baocao)
    send(client, b.page(more="kinh-phi/"), **LINE | {"estimate": typed})
    assert BudgetLine.objects.get().estimate == 120_000_000


def test_overspending_is_said_with_both_numbers_and_not_refused(ward, client):
    client.force_login(ward.baocao)
    page = client.get(b.page(more="kinh-phi/"))
    sent = b.hidden(page) | LINE | {"spent": "150.000.000"}
    shown = client.post(b.page(more="kinh-phi/"), sent, follow=True).content.decode()
    assert "Đã chi 150.000.000 đồng, vượt dự toán 120.000.000 đồng." in shown
    assert BudgetLine.objects.get().is_overspent
    client.force_login(ward.dieuphoi)
    assert "1 dòng chi vượt dự toán." in client.get(MONEY).content.decode()


def test_only_the_doing_units_and_the_coordinator_enter(ward, client):
    b.assigned(ward, b.task("U3.1"), lead=["KTHTDT"], co=["VHXH"])
    for user, status in (("baocao", 403), ("lanhdao", 403), ("truongkt", 200), ("dieuphoi", 200)):
        client.force_login(getattr(ward, user))
        assert client.get(b.page("U3.1", "kinh-phi/")).status_code == status, user
    with pytest.raises(Refused, match="only_lead_unit"):
        budget.add_line(b.task("U3.1"), ward.baocao, Typed(2026, "ward", 1))


def test_two_windows_on_one_line(ward, client):
    one = line(ward)
    client.force_login(ward.baocao)
    address = b.page(more=f"kinh-phi/{one.pk}/")
    page = client.get(address)
    budget.edit_line(one, ward.dieuphoi, Typed(2026, "ward", 700), seen=one.edit_version)
    answer = client.post(address, b.hidden(page) | LINE)
    assert answer.status_code == 409 and "dự toán 700" in answer.content.decode()
    assert client.post(address, b.hidden(answer) | LINE).status_code == 302
    change = TaskChange.objects.filter(change="money_edited").last()
    assert (change.data["before"]["estimate"], change.data["estimate"]) == (700, 120_000_000)


# ---- publishing


def test_public_figures_stay_as_they_were_published(ward, client):
    one = line(ward, estimate=100, spent=40)
    assert budget.published_lines() == []
    client.force_login(ward.baocao)
    address = b.page(more=f"kinh-phi/{one.pk}/cong-khai/")
    assert client.get(address).status_code == 403
    client.force_login(ward.dieuphoi)
    assert send(client, address).status_code == 302
    public = budget.published_lines()[0]
    assert (public.code, public.estimate, public.spent, public.published_on) == (
        "U2.1",
        100,
        40,
        timezone.localdate(),
    )
    one.refresh_from_db()
    budget.edit_line(one, ward.baocao, Typed(2026, "ward", 100, 90), seen=one.edit_version)
    assert budget.published_lines()[0].spent == 40
    assert "lúc công khai: 100 / 40" in client.get(b.page()).content.decode()
    assert send(client, address).status_code == 302
    assert budget.published_lines(2026)[0].spent == 90
    assert budget.published_lines(2027) == []


def test_a_public_line_keeps_its_year_and_is_not_removed_before_it_is_taken_back(ward, client):
    one = budget.publish(line(ward), ward.dieuphoi, seen=0)
    with pytest.raises(Refused, match="line_public"):
        budget.edit_line(one, ward.baocao, Typed(2027, "ward", 100), seen=one.edit_version)
    with pytest.raises(Refused, match="line_public"):
        budget.remove_line(one, ward.baocao, seen=one.edit_version)
    client.force_login(ward.dieuphoi)
    address = b.page(more=f"kinh-phi/{one.pk}/cong-khai/")
    assert send(client, address, reason="").status_code == 422
    assert send(client, address, reason="Nhập nhầm nguồn").status_code == 302
    assert budget.published_lines() == []
    one.refresh_from_db()
    budget.remove_line(one, ward.baocao, seen=one.edit_version)
    assert budget.standing_lines().count() == 0


# ---- totals


def test_totals_by_source_and_year_and_the_excel_say_the_same(ward, client):
    line(ward, "U2.1", 2026, "ward", 100, 30)
    line(ward, "U3.1", 2026, "social", 50, 70)
    line(ward, "U3.1", 2027, "ward", 1_000_000, 0)
    client.force_login(ward.lanhdao)
    context = client.get(MONEY).context
    assert context["years"] == [2026, 2027]
    assert (context["total"].estimate, context["total"].spent) == (1_000_150, 100)
    book = load_workbook(BytesIO(client.get(f"{MONEY}excel/?nam=2026").content))
    lines, sums = book.worksheets[:2]
    assert [row[1] for row in lines.iter_rows(min_row=2, values_only=True)] == ["U2.1", "U3.1"]
    assert [row[2:5] for row in sums.iter_rows(min_row=2, values_only=True)] == [
        (100, 30, 70),
        (50, 70, -20),
        (150, 100, 50),
    ]


def test_a_unit_sees_the_money_of_its_own_tasks(ward, client):
    line(ward, "U2.1", estimate=111)
    line(ward, "U3.1", estimate=222)
    client.force_login(ward.baocao)
    shown = client.get(MONEY).content.decode()
    assert "111" in shown and "222" not in shown and "U3.1" not in shown
    book = load_workbook(BytesIO(client.get(f"{MONEY}excel/").content))
    assert [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["U2.1"]
    client.force_login(ward.canbo)
    assert client.get(MONEY).status_code == client.get(f"{MONEY}excel/").status_code == 403


@pytest.mark.parametrize("asked", ["x", "1", "99999"])
def test_a_year_that_is_none_is_not_there(ward, client, asked):
    client.force_login(ward.dieuphoi)
    assert client.get(f"{MONEY}?nam={asked}").status_code == 404


def test_the_totals_cost_the_same_for_one_and_thirty_lines(ward, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    line(ward)
    client.force_login(ward.dieuphoi)
    client.get(MONEY)
    with CaptureQueriesContext(connection) as few:
        client.get(MONEY)
    for number in range(29):
        line(ward, f"U2.{1 + number % 7}", 2026 + number % 5)
    with django_assert_num_queries(len(few)):
        client.get(MONEY)
