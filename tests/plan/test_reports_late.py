"""A report sent late twice over: by the day of the period, or by the day a returned one was given."""

from datetime import date

import pytest

from plan.consolidation import tables
from plan.consolidation.material import material_of
from plan.models import UnitReport
from plan.reports import workflow
from tests.plan.builders import make_plan_ward
from tests.plan.report_builders import at, clock, make_period, report_of, send, write
from tests.plan.test_reports_pages import ask, main

pytestmark = pytest.mark.django_db
DUE, SENT, AGAIN, BY = date(2026, 12, 9), date(2026, 12, 8), date(2026, 12, 17), date(2026, 12, 15)


@pytest.fixture
def ward():
    with clock(at(date(2026, 12, 1))):
        yield make_plan_ward()


@pytest.fixture
def period(ward):
    return make_period()


def sent_twice(ward, report, first, second, by):
    """Sent, returned to be sent again by `by`, sent again; accepted."""
    late = {"reason": "Bận"}
    send(report, ward.baocaokt, now=at(first), **late)
    back = {"reason": "Thiếu nguồn", "resend_by": by}
    report = workflow.move(report, "send_back", ward.dieuphoi, now=at(first, 15), **back)
    send(report, ward.baocaokt, now=at(second), **late)
    return workflow.move(report, "accept", ward.dieuphoi, now=at(second, 15))


@pytest.mark.parametrize(
    ("first", "second", "by", "late_on", "missed"),
    [
        (SENT, AGAIN, BY, AGAIN, BY),  # in time, then after the day it was given
        (date(2026, 12, 11), AGAIN, date(2026, 12, 20), date(2026, 12, 11), DUE),  # late at first
        (date(2026, 12, 11), AGAIN, BY, date(2026, 12, 11), DUE),  # late both times
    ],
)
def test_the_day_beside_late_is_the_one_that_made_it_late(
    client, ward, period, first, second, by, late_on, missed
):
    report = write(report_of(period, "KTHTDT"), ward.baocaokt)
    assert sent_twice(ward, report, first, second, by).is_late
    row = next(row for row in tables.tables(material_of(period))[tables.UNITS] if row[5])
    assert (row[3], row[4]) == ("gửi muộn", ["d", late_on.isoformat()])
    page = main(ask(client, ward.dieuphoi, period.get_absolute_url()))
    assert f"gửi muộn ngày {late_on:%d/%m/%Y}, hạn {missed:%d/%m/%Y}" in page


def test_in_time_the_day_is_the_first_one(ward, period):
    report = write(report_of(period, "KTHTDT"), ward.baocaokt)
    assert not sent_twice(ward, report, SENT, date(2026, 12, 14), BY).is_late
    row = next(row for row in tables.tables(material_of(period))[tables.UNITS] if row[5])
    assert (row[3], row[4]) == ("đúng hạn", ["d", SENT.isoformat()])
    assert UnitReport.objects.filter(is_late=True).count() == 0
