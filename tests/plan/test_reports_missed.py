"""A portal that was first started when a report of the plan was due already: the coordinator opens it."""

from datetime import date

import pytest
from django.utils import timezone

from notifications.models import Notification
from obligations.models import Obligation
from obligations.yearly import ensure_yearly
from plan.models import RecurringDate, ReportChange, ReportPeriod, UnitReport
from plan.reports import missed, owing
from plan.reports.calendar import Refused
from tests.ideas.test_dossier_threads import signed_in, together
from tests.plan.builders import make_plan_ward
from tests.plan.report_builders import at, clock, report_of, send, write
from tests.plan.test_reports_pages import WORK, ask, main

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 12, 15))
BY = date(2027, 1, 8)
PAGE = f"{WORK}ky/2026-nam/mo/"


@pytest.fixture(autouse=True)
def _today():
    with clock(NOW):
        yield


@pytest.fixture
def ward():
    ward = make_plan_ward()
    ensure_yearly(NOW)
    return ward


def opened(ward, by=BY):
    return missed.open_missed(ward.dieuphoi, missed.find("2026-nam", NOW), by, NOW)


def test_every_planned_period_that_is_over_and_was_never_made_is_offered(ward):
    assert [one.code for one in missed.never_made(NOW)] == ["2026-nam"]
    later = at(date(2029, 1, 2))
    codes = ["2026-nam", "2027-6-thang", "2027-nam", "2028-6-thang", "2028-nam", "2028-so-ket"]
    assert [one.code for one in missed.never_made(later)] == codes
    opened(ward)
    assert [one.code for one in missed.never_made(later)] == codes[1:]
    assert missed.never_made(at(date(2026, 12, 9))) == []  # its last day is in time: the clock makes it
    RecurringDate.objects.update(first_due_on=None)
    assert [one.code for one in missed.never_made(NOW)] == ["2026-6-thang"]


def test_an_opened_one_is_owed_by_its_day_told_of_and_not_late_before(ward):
    period = opened(ward)
    assert (period.code, period.cut_off, period.last_day) == ("2026-nam", date(2026, 11, 30), BY)
    assert period.title == "Báo cáo năm 2026"
    assert UnitReport.objects.filter(period=period).count() == 7
    assert set(Obligation.objects.filter(kind=owing.REPORT).values_list("due_on", flat=True)) == {BY}
    told = Notification.objects.get(recipient=ward.baocaokt, event="plan.report_asked")
    assert told.params["due"] == "08/01/2027"
    report = write(report_of(period, "KTHTDT"), ward.baocaokt)
    assert [line.change for line in report.changes.all()] == ["asked"]
    assert not send(report, ward.baocaokt, now=at(BY, 23, 59)).is_late


def test_it_is_opened_once_and_the_clock_leaves_it_as_it_is(ward):
    opened(ward)
    with pytest.raises(Refused, match="period_made"):
        missed.open_missed(ward.dieuphoi, missed.find("2026-nam", NOW), date(2027, 1, 20), NOW)
    for day in (date(2026, 12, 16), date(2027, 1, 5)):
        with clock(at(day)):
            ensure_yearly(timezone.now())
    period = ReportPeriod.objects.get()
    assert period.last_day == BY and UnitReport.objects.count() == 7
    assert Obligation.objects.open().filter(kind=owing.REPORT).count() == 7


def test_a_day_that_is_over_is_refused_and_nothing_is_made(ward):
    with pytest.raises(Refused, match="last_day_past"):
        opened(ward, date(2026, 12, 14))
    assert not ReportPeriod.objects.exists()


def test_the_coordinator_opens_it_from_the_list(client, ward):
    page = ask(client, ward.dieuphoi, WORK)
    assert PAGE in page.content.decode() and "Báo cáo năm 2026" in main(page)
    assert PAGE not in ask(client, ward.lanhdao, WORK).content.decode()
    words = main(ask(client, ward.dieuphoi, PAGE))
    for said in ("09/12/2026", "30/11/2026", "7 đơn vị", "Phòng Kinh tế", "được thông báo ngay"):
        assert said in words, said
    empty = ask(client, ward.dieuphoi, PAGE, last_day="")
    assert empty.status_code == 422 and not ReportPeriod.objects.exists()
    past = ask(client, ward.dieuphoi, PAGE, last_day="14/12/2026")
    assert past.status_code == 422 and 'value="14/12/2026"' in past.content.decode()
    response = ask(client, ward.dieuphoi, PAGE, last_day="08/01/2027")
    assert response.url == ReportPeriod.objects.get().get_absolute_url()
    again = ask(client, ward.dieuphoi, PAGE, last_day="09/01/2027")
    assert again.url == response.url and "đã được mở" in main(client.get(again.url))
    assert ReportPeriod.objects.get().last_day == BY
    assert PAGE not in ask(client, ward.dieuphoi, WORK).content.decode()


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_with_the_clock_beside_it_is_opened_once(ward):
    by_client = {signed_in(ward.dieuphoi): day for day in ("08/01/2027", "09/01/2027")}

    def act(one):
        return ensure_yearly(NOW) if one is None else one.post(PAGE, {"last_day": by_client[one]})

    answers = together([*by_client, None], act)
    period = ReportPeriod.objects.get()
    assert {answer.url for answer in answers if answer} == {period.get_absolute_url()}
    assert UnitReport.objects.count() == 7 and ReportChange.objects.filter(change="asked").count() == 7
    rows = Obligation.objects.open().filter(kind=owing.REPORT)
    assert set(rows.values_list("due_on", flat=True)) == {period.last_day}


@pytest.mark.parametrize("code", ["2026-6-thang", "2027-6-thang", "2026-dot-xuat-1", "khong-co"])
def test_nothing_else_is_opened(client, ward, code):
    assert ask(client, ward.dieuphoi, f"{WORK}ky/{code}/mo/").status_code == 404
