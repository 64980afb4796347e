"""Reports at the edges: the last second of the last day, a unit that reports for another one, what pages say
of figures and steps."""

from copy import deepcopy
from datetime import date, timedelta
from functools import partial
from unittest import mock

import pytest
from django.utils import timezone

from plan.reports import paper, workflow
from plan.reports.sheet import Sheet
from plan.views.reports import writing
from tests.plan.report_builders import LAST_DAY, at, clock, report_of, send, write
from tests.standing import standing

from .test_reports_pages import WORK, ask, main, make_world, step

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 12, 1))
standing_world = standing(make_world, during=partial(clock, NOW))


@pytest.fixture(autouse=True)
def _today():
    with clock(NOW):
        yield


@pytest.fixture
def ward(standing_world):
    return deepcopy(standing_world[0])


@pytest.fixture
def period(standing_world):
    return deepcopy(standing_world[1])


@pytest.fixture
def report(period):
    return report_of(period, "KTHTDT")


def test_what_arrives_in_the_last_second_is_in_time_though_it_is_midnight_when_it_is_written(
    client, ward, report, monkeypatch
):
    write(report, ward.baocaokt)
    moment = [at(LAST_DAY, 23, 59, 59)]
    made = writing.SubmitForm

    def midnight_strikes(*arguments, **named):
        form = made(*arguments, **named)
        moment[0] = at(LAST_DAY + timedelta(days=1), hour=0)
        return form

    monkeypatch.setattr(writing, "SubmitForm", midnight_strikes)
    with mock.patch.object(timezone, "now", lambda: moment[0]):
        answer = ask(client, ward.baocaokt, step(report, 6), seen=report.edit_version)
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.is_late) == ("submitted", False)
    assert report.submitted_at == at(LAST_DAY, 23, 59, 59)


def test_the_steps_are_numbered_once(client, ward, report):
    shown = ask(client, ward.baocaokt, step(report, 1)).context["steps"]
    assert not any(str(one["title"])[0].isdigit() for one in shown)  # the list numbers them


def test_whether_a_target_is_reached_stands_apart_from_the_words(client, ward, report):
    write(report, ward.baocaokt)
    page = ask(client, ward.baocaokt, step(report, 6)).content.decode()
    assert 'chưa đạt<br><span class="kept-text">Đang thực hiện.' in page


def test_the_button_that_asks_for_a_report_says_what_it_does(client, ward):
    page = main(ask(client, ward.dieuphoi, f"{WORK}ky-moi/"))
    assert "Gửi đề nghị" in page and "miễn" not in page  # "ask for it after all" is another step


def test_a_unit_s_paper_has_its_own_symbol_and_keeps_a_number_beside_its_percent_sign(ward, report):
    write(report, ward.baocaokt, results="Số hóa 81,7 % hồ sơ.")
    sent = send(report, ward.baocaokt).versions.get()
    made = paper.report_paper(sent.payload, version=sent)
    assert made.head.symbol == "BC-KTHTDT"
    assert "Số hóa 81,7\u00a0% hồ sơ." in [getattr(block, "text", "") for block in made.blocks]


# ---- a unit that reports for another one


def test_what_the_relieved_unit_wrote_of_targets_and_tasks_goes_on_with_its_successor(ward, period, report):
    write(report, ward.baocaokt)
    other = report_of(period, "VP")
    mine = write(other, ward.baocaovp).answers
    told = {name: value for name, value in report.answers.items() if name[0] in "tk"}
    workflow.move(report, "excuse", ward.dieuphoi, reason="Sáp nhập.", successor=ward.unit("VP"))
    other.refresh_from_db()
    assert other.answers == {**told, **mine}  # its own words stay as they are
    sheet = Sheet.of(other)
    row = next(row for row in sheet.targets if row.unit.code == "KTHTDT" and row.has_number and row.is_typed)
    assert sheet.value(f"{row.key}n") == "80"
    assert (
        other.edited_by_name == ward.baocaovp.display_name
    )  # nobody is said to have written what they did not


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_a_unit_that_has_sent_its_report_cannot_report_for_another_before_it_has_it_back(
    client, ward, period, report, state
):
    other = write(report_of(period, "VP"), ward.baocaovp)
    send(other, ward.baocaovp)
    if state == "accepted":
        workflow.move(other, "accept", ward.dieuphoi)
    data = {"reason": "Sáp nhập.", "successor": ward.unit("VP").pk, "seen": report.edit_version}
    answer = ask(client, ward.dieuphoi, f"{report.get_absolute_url()}xu-ly/mien/", **data)
    assert answer.status_code == 409
    assert "Trả lại hoặc mở lại" in str(answer.context["form"].errors["successor"])
    report.refresh_from_db()
    assert report.state == "draft"


def test_a_report_asked_for_after_all_when_its_day_is_over_gets_a_day_and_is_not_late_at_once(
    client, ward, report
):
    workflow.move(report, "excuse", ward.dieuphoi, reason="Chuyển nhiệm vụ.")
    path = f"{report.get_absolute_url()}xu-ly/yeu-cau-lai/"
    assert "resend_by" not in ask(client, ward.dieuphoi, path).context["form"].fields  # its day is to come
    after = at(LAST_DAY + timedelta(days=2))
    with clock(after):
        answer = ask(client, ward.dieuphoi, path, reason="Vẫn phải báo cáo.")
        assert answer.status_code == 422 and "resend_by" in answer.context["form"].errors
        ask(client, ward.dieuphoi, path, reason="Vẫn phải báo cáo.", resend_by="14/12/2026")
        assert "Gửi chậm nhất ngày 14/12/2026" in main(client.get(report.get_absolute_url()))
        report.refresh_from_db()
        assert (report.state, report.due_on) == ("draft", date(2026, 12, 14))
        sent = send(write(report, ward.baocaokt), ward.baocaokt, now=after)
    assert not sent.is_late
