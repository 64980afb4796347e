"""A period of reports in the plan's ward, and a report written and sent as people do it."""

from contextlib import contextmanager
from datetime import date, datetime
from unittest import mock

from django.utils import timezone

from obligations.yearly import ensure_yearly
from plan.models import ReportPeriod, UnitReport
from plan.reports import calendar, workflow
from plan.reports.sheet import NEXT, RESULTS, TARGETS, TASKS, Sheet
from plan.reports.writing import base_of, save_step

LAST_DAY = date(2026, 12, 9)


def at(day, hour=9, minute=0, second=0):
    """That local moment."""
    return datetime(
        day.year, day.month, day.day, hour, minute, second, tzinfo=timezone.get_default_timezone()
    )


@contextmanager
def clock(moment):
    """What the portal takes for now."""
    with mock.patch.object(timezone, "now", lambda: moment):
        yield moment


def make_period(year=2026, now=None):
    """The yearly one of 2026, with the reports of the plan's units."""
    now = now or at(date(2026, 11, 20))
    with clock(now):
        ensure_yearly(now)
    return ReportPeriod.objects.get(code=f"{year}-nam")


def report_of(period, code):
    return UnitReport.objects.select_related("period", "unit").get(period=period, unit__code=code)


def write(report, user, **typed):
    """Fills everything a report needs; `typed` is said instead, by the name of the field."""
    sheet = Sheet.of(report)
    wanted = {TARGETS: {}, TASKS: {}, RESULTS: {"results": "Tiếp nhận 1.240 hồ sơ trực tuyến."}}
    wanted[NEXT] = {"next": "Mở thêm hai điểm hỗ trợ."}
    for row in sheet.targets:
        if not row.is_typed:
            continue
        if row.has_number:
            wanted[TARGETS][f"{row.key}n"] = "80"
            if row.asks_denominator:
                wanted[TARGETS][f"{row.key}d"] = "100"
        else:
            wanted[TARGETS] |= {f"{row.key}met": "no", f"{row.key}words": "Đang thực hiện."}
    for row in sheet.tasks:
        if row.is_typed:
            wanted[TASKS] |= {
                f"{row.key}state": "doing",
                f"{row.key}percent": "40",
                f"{row.key}done": "Đã ban hành kế hoạch.",
            }
    for step, answers in wanted.items():
        answers |= {name: value for name, value in typed.items() if name in sheet.names(step)}
        save_step(report, user, step, answers, base_of(Sheet.of(report), step))
    report.refresh_from_db()
    return report


def send(report, user, now=None, **data):
    return workflow.move(report, "submit", user, now=now or at(date(2026, 12, 1)), **data)


def ask_ad_hoc(user, units, now=None, **days):
    now = now or at(date(2026, 11, 20))
    values = {
        "title": "Báo cáo nhanh về dịch vụ công trực tuyến",
        "from_day": date(2026, 1, 1),
        "to_day": date(2026, 11, 15),
        "cut_off": date(2026, 11, 15),
        "last_day": date(2026, 11, 25),
        "instructions": "Nêu rõ số liệu theo tháng.",
    } | days
    return calendar.ask_for_reports(user, calendar.Asked(**values), units, now=now)
