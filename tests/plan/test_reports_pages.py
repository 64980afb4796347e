"""The pages of the reports as people use them: figures typed the Vietnamese way, rows added, two people, a
session that ended, a board of any size."""

import io
import json
import re
from copy import deepcopy
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from people.models import Unit, User
from plan.models import ReportChange, ReportPeriod, ReportVersion, Task, UnitReport
from plan.reports import workflow
from plan.reports.sheet import NEXT, RESULTS, TARGETS, Sheet
from plan.reports.writing import save_step
from tests.ideas.builders import PASSWORD
from tests.plan.builders import make_plan_ward
from tests.plan.report_builders import LAST_DAY, at, clock, make_period, report_of, send, write
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = at(date(2026, 12, 1))
WORK = "/ke-hoach/dieu-hanh/bao-cao/"


@pytest.fixture(autouse=True)
def _today():
    with clock(NOW):
        yield


def make_world():
    return make_plan_ward(), make_period()


standing_world = standing(make_world, during=partial(clock, NOW))


@pytest.fixture
def ward(standing_world):
    return deepcopy(standing_world[0])


@pytest.fixture
def period(standing_world):
    return deepcopy(standing_world[1])


@pytest.fixture
def report(period):
    return report_of(period, "KTHTDT")


def ask(client, user, path, **data):
    client.force_login(user)
    return client.post(path, data) if data else client.get(path)


def main(response):
    """The page's own text, without tags and blanks."""
    body = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def step(report, number):
    return f"{WORK}don-vi/{report.pk}/buoc/{number}/"


def share(report):
    return next(row for row in Sheet.of(report).targets if row.is_typed and row.is_share)


def base(client, path):
    page = client.get(path).content.decode()
    return json.loads(re.search(r'name="base" value="([^"]*)"', page)[1].replace("&quot;", '"'))


# ---- writing


@pytest.mark.parametrize("typed", ["95,5", "95.5", " 95,50 "])
def test_a_figure_may_be_typed_with_comma_or_point(client, ward, report, typed):
    row = share(report)
    ask(client, ward.baocaokt, step(report, TARGETS), **{f"{row.key}n": typed, f"{row.key}d": "100"})
    report.refresh_from_db()
    assert report.answers == {f"{row.key}n": "95.5", f"{row.key}d": "100"}
    assert 'value="95,5"' in client.get(step(report, TARGETS)).content.decode()


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        ("101", "100", "101 lớn hơn 100: tỷ lệ không thể vượt 100"),
        ("1,234", "2000", "có thể hiểu hai cách"),
        ("-1", "100", "“-1” nhỏ hơn 0"),
        ("chín", "100", "“chín” không phải là số"),
        ("1,23456", "100", "quá bốn chữ số thập phân"),
        ("1", "0", "1 lớn hơn 0: tỷ lệ không thể vượt 100"),
    ],
)
def test_a_wrong_figure_is_refused_in_words_at_its_place(client, ward, report, numerator, denominator, words):
    row = share(report)
    typed = {f"{row.key}n": numerator, f"{row.key}d": denominator, f"{row.key}note": "Còn đây"}
    response = ask(client, ward.baocaokt, step(report, TARGETS), **typed)
    assert response.status_code == 422
    assert words in main(response) and "Còn đây" in response.content.decode()
    report.refresh_from_db()
    assert report.answers == {}


def test_a_task_that_has_not_begun_has_no_progress(client, ward, report):
    row = next(row for row in Sheet.of(report).tasks if row.is_typed)
    typed = {f"{row.key}state": "todo", f"{row.key}percent": "30"}
    response = ask(client, ward.baocaokt, step(report, 2), **typed)
    assert response.status_code == 422 and "tiến độ là 0" in main(response)


def test_a_computed_target_is_shown_and_not_typed(client, ward, period):
    report = report_of(period, "VHXH")
    row = next(row for row in Sheet.of(report).targets if row.is_computed and row.part == "lead")
    page = ask(client, ward.baocao, step(report, TARGETS)).content.decode()
    assert f'name="{row.key}note"' in page and f'name="{row.key}n"' not in page
    ask(client, ward.baocao, step(report, TARGETS), **{f"{row.key}n": "5", f"{row.key}note": "Rõ"})
    report.refresh_from_db()
    assert report.answers == {f"{row.key}note": "Rõ"}


def test_rows_of_difficulties_are_added_without_script(client, ward, report):
    path = step(report, 4)
    assert ask(client, ward.baocaokt, path).content.decode().count('name="d2text"') == 1
    response = ask(client, ward.baocaokt, path, d1text="Thiếu máy quét", then="add-row")
    assert response.status_code == 302 and response.url.startswith(path)
    page = client.get(path).content.decode()
    assert page.count('name="d3text"') == 1 and "Thiếu máy quét" in page


def test_the_step_leads_on_back_and_stays(client, ward, report):
    for then, target in (("", 4), ("stay", 3), ("step-2", 2)):
        response = ask(client, ward.baocaokt, step(report, 3), results="Kết quả", then=then)
        assert response.url == f"{step(report, target)}?da-luu=3"


def test_a_text_too_long_is_kept_and_refused_in_words(client, ward, report):
    response = ask(client, ward.baocaokt, step(report, 3), results="x" * 15_001)
    assert response.status_code == 422 and "15.001" in main(response)
    report.refresh_from_db()
    assert len(report.answers["results"]) == 15_001


def test_a_session_that_ended_loses_nothing(client, ward, report):
    path = step(report, 3)
    response = client.post(path, {"results": "Gõ khi hết phiên", "writer": ward.baocaokt.pk})
    assert response.status_code == 302 and "/tai-khoan/login/" in response.url
    client.post("/tai-khoan/login/", {"login": "baocaokt", "password": PASSWORD})
    assert "Gõ khi hết phiên" in client.get(path).content.decode()
    report.refresh_from_db()
    assert report.answers == {}


def test_autosave_saves_what_is_right_and_names_what_is_wrong(client, ward, report):
    row = share(report)
    client.force_login(ward.baocaokt)
    drawn = base(client, step(report, TARGETS))
    typed = {"base": json.dumps(drawn), f"{row.key}n": "chín", f"{row.key}d": "200"}
    said = client.post(f"{step(report, TARGETS)}tu-luu/", typed).json()
    assert said["changed"] == [f"{row.key}d"]
    assert list(said["errors"]) == [f"id_{row.key}n"]
    assert f"{row.key}d" in said["base"] and f"{row.key}n" not in said["base"]


def test_two_people_choose_between_both_versions(client, ward, report):
    path = step(report, 3)
    client.force_login(ward.baocaokt)
    drawn = base(client, path)
    save_step(report, ward.truongkt, RESULTS, {"results": "Của trưởng phòng"}, drawn, NOW)
    typed = {"base": json.dumps(drawn), "results": "Của người báo cáo"}
    assert client.post(f"{path}tu-luu/", typed).status_code == 409
    response = client.post(path, typed)
    assert response.status_code == 409
    assert "Của trưởng phòng" in main(response) and "Của người báo cáo" in main(response)
    seen = re.search(r'name="seen-results" value="([^"]*)"', response.content.decode())[1]
    client.post(path, {**typed, "seen-results": seen, "choice-results": "mine"})
    report.refresh_from_db()
    assert report.answers["results"] == "Của người báo cáo"


def test_words_of_somebody_else_are_not_saved_in_my_name(client, ward, report):
    client.force_login(ward.baocaokt)
    typed = {"results": "Của người khác", "writer": ward.truongkt.pk}
    assert client.post(f"{step(report, 3)}tu-luu/", typed).status_code == 403
    assert client.post(step(report, 3), typed).status_code == 409
    report.refresh_from_db()
    assert report.answers == {}


# ---- sending


def test_the_check_page_names_what_is_missing_and_leads_there(client, ward, report):
    page = ask(client, ward.baocaokt, step(report, 6)).content.decode()
    row = share(report)
    assert f'href="{step(report, 1)}#id_{row.key}n"' in page
    assert 'aria-disabled="true"' in page
    write(report, ward.baocaokt)
    page = client.get(step(report, 6)).content.decode()
    assert 'aria-disabled="true"' not in page and "Đã ban hành kế hoạch." in page


def test_a_report_is_sent_once_however_often_the_button_is_pressed(client, ward, report):
    write(report, ward.baocaokt)
    seen = report.edit_version
    assert ask(client, ward.baocaokt, step(report, 6), seen=seen).url == report.get_absolute_url()
    again = ask(client, ward.baocaokt, step(report, 6), seen=seen)
    assert again.url == report.get_absolute_url()
    assert ReportVersion.objects.filter(report=report).count() == 1
    assert "Cổng không ghi nhận hai lần" in main(client.get(again.url))


def test_a_late_report_asks_for_its_reason(client, ward, report):
    write(report, ward.baocaokt)
    with clock(at(LAST_DAY + timedelta(days=1), 0, 0)):
        response = ask(client, ward.baocaokt, step(report, 6), seen=report.edit_version)
        assert response.status_code == 422 and "nêu lý do gửi muộn" in main(response)
        ask(client, ward.baocaokt, step(report, 6), seen=report.edit_version, reason="Chờ số liệu")
        page = main(client.get(report.get_absolute_url()))
    assert "sau hạn" in page or "muộn" in page
    assert "Chờ số liệu" in page


def test_the_frozen_page_is_the_same_whatever_becomes_of_the_data(client, ward, report):
    write(report, ward.baocaokt)
    send(report, ward.baocaokt)
    path = f"{report.get_absolute_url()}lan/1/"
    frozen = re.compile(r'<article.*?id="ban-gui".*?</article>', re.DOTALL)

    def shown():
        return frozen.search(ask(client, ward.dieuphoi, path).content.decode())[0]

    before = shown()
    Unit.objects.filter(code="KTHTDT").update(name="Tên khác")
    Task.objects.update(text="Khác", percent=100, state="done")
    User.objects.filter(pk=ward.baocaokt.pk).delete()
    assert shown() == before
    assert "Phòng Kinh tế, Hạ tầng và Đô thị phường" in before and "tính lại: khớp" in before


def test_a_version_says_what_differs_from_the_one_before(client, ward, report):
    write(report, ward.baocaokt)
    send(report, ward.baocaokt)
    data = {"reason": "Bổ sung.", "resend_by": date(2026, 12, 5)}
    workflow.move(report, "send_back", ward.dieuphoi, now=NOW, **data)
    save_step(report, ward.baocaokt, NEXT, {"next": "Mở thêm ba điểm hỗ trợ."}, {}, NOW)
    send(report, ward.baocaokt)
    path = f"{report.get_absolute_url()}lan/2/"
    page = ask(client, ward.dieuphoi, f"{path}?so-voi=lan-truoc").content.decode()
    changed = page.split('id="khac"', 1)[1].split("<h2", 1)[0]
    assert re.findall(r"<h3[^>]*>(.*?)</h3>", changed) == ["Phương hướng, nhiệm vụ thời gian tới"]
    assert "<del>" in changed and "<ins>" in changed
    assert client.get(f"{path}?so-voi=ky-truoc").status_code == 404
    assert client.get(f"{report.get_absolute_url()}lan/1/?so-voi=lan-truoc").status_code == 404


def test_word_and_pdf_of_what_was_sent_and_of_a_draft(client, ward, report):
    write(report, ward.baocaokt)
    own = report.get_absolute_url()
    draft = ask(client, ward.baocaokt, f"{own}ban-nhap.docx")
    assert "DỰ THẢO" in _word(draft)[1]
    send(report, ward.baocaokt)
    sent = ask(client, ward.dieuphoi, f"{own}lan/1/bao-cao.docx")
    text, running = _word(sent)
    assert "UBND PHƯỜNG HƯNG ĐẠO" in text and "PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ PHƯỜNG" in text
    assert "Kính gửi: Ủy ban nhân dân phường Hưng Đạo (qua Phòng Văn hóa - Xã hội)" in text
    assert "Đã ban hành kế hoạch." in text and "Mở thêm hai điểm hỗ trợ." in text
    assert "DỰ THẢO" not in running
    pdf = client.get(f"{own}lan/1/bao-cao.pdf")
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"


def _word(response):
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    running = " ".join(p.text for s in document.sections for p in s.footer.paragraphs)
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]), running


# ---- the coordinator


def test_the_coordinator_returns_accepts_and_relieves_on_pages(client, ward, report):
    write(report, ward.baocaokt)
    sent = send(report, ward.baocaokt)
    path = f"{report.get_absolute_url()}xu-ly/tra-lai/"
    assert ask(client, ward.dieuphoi, path, seen=sent.edit_version, reason="").status_code == 422
    typed = {"seen": sent.edit_version, "reason": "Thiếu nguồn", "resend_by": "05/12/2026"}
    assert ask(client, ward.dieuphoi, path, **typed).status_code == 302
    assert ask(client, ward.dieuphoi, path, **typed).url == report.get_absolute_url()  # pressed twice
    report.refresh_from_db()
    assert (report.state, report.resend_by) == ("returned", date(2026, 12, 5))
    assert "Thiếu nguồn" in main(ask(client, ward.baocaokt, step(report, 1)))
    other = report_of(report.period, "CA")
    typed = {"seen": 0, "reason": "Sáp nhập", "successor": ward.unit("VP").pk}
    ask(client, ward.dieuphoi, f"{other.get_absolute_url()}xu-ly/mien/", **typed)
    board = main(ask(client, ward.dieuphoi, other.period.get_absolute_url()))
    assert "do Văn phòng HĐND và UBND phường báo cáo" in board


def test_a_day_off_to_send_again_by_names_the_day_the_reminders_name(client, ward, report):
    write(report, ward.baocaokt)
    send(report, ward.baocaokt)
    path, words = f"{report.get_absolute_url()}xu-ly/tra-lai/", "nhắc theo thứ Sáu, 04/12/2026"
    assert "nhắc theo thứ" not in main(ask(client, ward.dieuphoi, path))
    for typed in ("06/12/2026", "6-12-2026"):  # a Sunday; as the page is fetched when the field is left
        assert f"06/12/2026 là ngày nghỉ: đơn vị được {words}" in main(client.get(path, {"resend_by": typed}))
    for typed in ("04/12/2026", "32/12/2026", "mai"):
        assert "ngày nghỉ:" not in main(client.get(path, {"resend_by": typed}))
    seen = {"seen": report.edit_version, "resend_by": "06/12/2026", "reason": ""}
    assert words in main(client.post(path, seen))  # the reason is missing: the page comes back


def test_a_decision_on_a_page_somebody_changed_since_is_refused(client, ward, report):
    write(report, ward.baocaokt)
    sent = send(report, ward.baocaokt)
    path = f"{report.get_absolute_url()}xu-ly/tiep-nhan/"
    response = ask(client, ward.dieuphoi, path, seen=sent.edit_version - 1)
    assert response.status_code == 409 and "Vừa có người khác sửa" in main(response)


def test_the_board_counts_who_filed_who_was_late_and_who_is_missing(client, ward, period, report):
    write(report, ward.baocaokt)
    send(report, ward.baocaokt)
    other = write(report_of(period, "VP"), ward.baocaovp)
    send(other, ward.baocaovp, now=at(date(2026, 12, 11)), reason="Bận")
    page = main(ask(client, ward.lanhdao, period.get_absolute_url()))
    for words in ("Gửi đúng hạn 1", "Gửi muộn 1", "Còn thiếu 5", "Tất cả 7", "Đã gửi 2/7"):
        assert words in page, words
    late = main(client.get(f"{period.get_absolute_url()}?xem=muon"))
    assert "Văn phòng HĐND và UBND phường" in late and "Phòng Kinh tế" not in late


def test_who_does_not_write_the_report_reads_who_does(client, ward, report):
    words = "Người báo cáo hoặc trưởng đơn vị viết và gửi báo cáo này."
    for user in (ward.dieuphoi, ward.lanhdao):
        assert words in main(ask(client, user, report.get_absolute_url()))
    assert words in ask(client, ward.dieuphoi, step(report, 1)).content.decode()


def test_urging_says_to_whom_it_goes_before_anybody_is_told(client, ward, period, report):
    board, path = period.get_absolute_url(), f"{period.get_absolute_url()}don-doc/"
    write(report, ward.baocaokt)
    send(report, ward.baocaokt)
    assert f'class="btn btn-secondary" href="{path}"' in ask(client, ward.dieuphoi, board).content.decode()
    words = main(client.get(path))
    assert not ReportChange.objects.filter(change="urged").exists()
    for said in ("6 đơn vị", "Văn phòng HĐND và UBND phường", ward.baocaovp.display_name, "chưa phân công"):
        assert said in words, said
    assert report.unit.name not in words
    assert "Đã đôn đốc 6 đơn vị" in main(client.get(client.post(path).url))
    again = client.get(path)
    assert again.url == board and "Hôm nay đã đôn đốc" in main(client.get(again.url))
    assert path not in client.get(board).content.decode()
    with clock(at(LAST_DAY - timedelta(days=6))):  # the last week
        page = ask(client, ward.dieuphoi, board).content.decode()
    assert f'class="btn btn-primary" href="{path}"' in page


def test_urging_by_the_button_once_a_day(client, ward, period):
    path = f"{period.get_absolute_url()}don-doc/"
    assert "Đã đôn đốc 7 đơn vị" in main(client.get(ask(client, ward.dieuphoi, path, x="1").url))
    page = main(client.get(ask(client, ward.dieuphoi, path, x="1").url))
    assert "Hôm nay đã đôn đốc" in page


def test_the_coordinator_asks_for_a_report_and_moves_its_last_day(client, ward):
    typed = {
        "title": "Báo cáo nhanh",
        "from_day": "01/01/2026",
        "to_day": "30/11/2026",
        "cut_off": "30/11/2026",
        "last_day": "05/12/2026",
        "units": [ward.unit("VP").pk, ward.unit("CA").pk],
    }
    response = ask(client, ward.dieuphoi, f"{WORK}ky-moi/", **typed)
    period = ReportPeriod.objects.get(title="Báo cáo nhanh")
    assert response.url == period.get_absolute_url()
    assert UnitReport.objects.filter(period=period).count() == 2
    typed |= {"last_day": "04/12/2026", "reason": "Cấp trên giục"}
    ask(client, ward.dieuphoi, f"{period.get_absolute_url()}sua/", **typed)
    period.refresh_from_db()
    assert period.last_day == date(2026, 12, 4)
    wrong = typed | {"last_day": "31/12/2025"}
    assert ask(client, ward.dieuphoi, f"{period.get_absolute_url()}sua/", **wrong).status_code == 422


# ---- queries


def queries(client, user, path):
    client.force_login(user)
    client.get(path)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def _more_units(ward, period, count):
    units = Unit.objects.bulk_create(
        Unit(code=f"TDP-{n:04d}", name=f"Tổ {n}", parent=ward.unit("HD"), order=500) for n in range(count)
    )
    UnitReport.objects.bulk_create(
        UnitReport(period=period, unit=unit, unit_code=unit.code, unit_name=unit.name) for unit in units
    )


def test_the_board_asks_as_much_for_seven_units_as_for_1026(client, ward, period):
    path = period.get_absolute_url()
    few = queries(client, ward.dieuphoi, path)
    _more_units(ward, period, 1019)
    many = queries(client, ward.dieuphoi, path)
    assert many == few
    assert _own(client, ward.dieuphoi, path) <= 12


def _own(client, user, path):
    """Queries of the page alone: what every page asks about the person and the frame is left out."""
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    frame = (
        "django_session",
        "accounts",
        "people_user",
        "notifications_",
        "obligations_dutyfigure",
        "auth_group",
    )
    return len([one for one in captured if not any(name in one["sql"] for name in frame)])


def test_a_step_asks_as_much_for_one_task_as_for_thirty(client, ward, report):
    few = queries(client, ward.baocaokt, step(report, 2))
    unit = ward.unit("KTHTDT")
    for task in Task.objects.filter(parts=None)[:20]:
        task.parts.create(unit=unit, part="lead")
    assert queries(client, ward.baocaokt, step(report, 2)) == few


def test_the_pages_of_one_report_ask_no_more_than_they_need(client, ward, report):
    most = {report.get_absolute_url(): 16, step(report, 1): 14, step(report, 6): 16}
    asked = {path: _own(client, ward.baocaokt, path) for path in most}
    assert all(asked[path] <= most[path] for path in most), asked


def test_my_list_asks_as_much_for_one_period_as_for_twelve(client, ward, period):
    few = queries(client, ward.baocaokt, WORK)
    coordinator = queries(client, ward.dieuphoi, WORK)
    for number in range(11):
        more = ReportPeriod.objects.create(
            code=f"2025-dot-xuat-{number}",
            kind="ad_hoc",
            title=f"Đợt {number}",
            from_day=date(2025, 1, 1),
            to_day=date(2025, 2, 1),
            cut_off=date(2025, 1, 31),
            last_day=date(2025, 2, 9),
            made_at=timezone.now(),
        )
        UnitReport.objects.create(
            period=more, unit=ward.unit("KTHTDT"), unit_code="KTHTDT", unit_name="Phòng"
        )
    assert queries(client, ward.baocaokt, WORK) == few
    assert queries(client, ward.dieuphoi, WORK) == coordinator


# ---- one way of reading figures


@pytest.mark.parametrize(
    ("numerator", "denominator"), [("1,234", "2000"), ("-1", "9"), ("1,5.", "9"), ("3", "2"), ("1e3", "9")]
)
def test_a_figure_is_refused_in_the_words_of_the_target_s_own_page(
    client, ward, report, numerator, denominator
):
    row = share(report)
    there = f"/ke-hoach/dieu-hanh/chi-tieu/{row.target.code}/so-lieu/2026/{row.unit.code}/"
    typed = {"as_of": "30/11/2026", "numerator": numerator, "denominator": denominator}
    at_the_target = ask(client, ward.baocaokt, there, **typed).context["form"].errors["numerator"]
    typed = {f"{row.key}n": numerator, f"{row.key}d": denominator}
    in_the_report = ask(client, ward.baocaokt, step(report, TARGETS), **typed).context["form"]
    assert in_the_report.errors[f"{row.key}n"] == at_the_target


def test_a_known_figure_with_three_decimals_is_saved_as_it_was_shown(client, ward, report):
    row = share(report)
    path = step(report, TARGETS)
    ask(client, ward.baocaokt, path, **{f"{row.key}n": "5.1250", f"{row.key}d": "100"})
    form = client.get(path).context["form"]
    shown = {name: form[name].value() for name in (f"{row.key}n", f"{row.key}d")}
    assert shown == {f"{row.key}n": "5,1250", f"{row.key}d": "100"}
    assert client.post(path, shown | {"base": json.dumps(base(client, path))}).status_code == 302
    report.refresh_from_db()
    assert report.answers[f"{row.key}n"] == "5.125"
