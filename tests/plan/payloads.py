"""Frozen report payloads as units send them: a builder for each part, and rows of the database."""

import hashlib
import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from people.models import Unit
from plan.models import ReportPeriod, ReportState, ReportVersion, UnitReport

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def target(code="A1", numerator="1528", denominator="2000", **changes):
    values = {
        "code": code,
        "text": f"Chỉ tiêu {code}",
        "indicator": f"Chỉ số {code}",
        "part": "lead",
        "definition": 1,
        "measured_in": "%",
        "comparator": ">",
        "goal": "80",
        "expected": "70",
        "numerator": numerator,
        "denominator": denominator,
        "value": None,
        "standing": "on_track",
        "words": "",
        "is_met": None,
        "note": "",
        "source": "reported",
        "as_of": "2026-11-30",
        "evidence": [],
    }
    return values | changes


def count(code, number, measured_in="lớp", **changes):
    return target(code, str(number), None, value=str(number), measured_in=measured_in, **changes)


def words(code, text, *, is_met=True, **changes):
    more = {"words": text, "is_met": is_met, "measured_in": "", "standing": "met" if is_met else "at_risk"}
    return target(code, None, None, **(more | changes))


def task(code="U7.1", state="doing", **changes):
    values = {
        "code": code,
        "text": f"Nhiệm vụ {code}",
        "part": "lead",
        "state": state,
        "percent": 100 if state == "done" else 40,
        "due_on": None,
        "is_late": False,
        "is_invited": False,
        "done": "Đã làm xong phần một.",
        "next": "Làm phần hai.",
    }
    return values | changes


def payload(unit="PVHCC", name="Trung tâm Phục vụ hành chính công phường", **parts):
    values = {
        "format": 1,
        "period": {},
        "unit": {"code": unit, "name": name},
        "submitted_at": "2026-12-08T09:00:00+07:00",
        "by": "Lương Thị Mai",
        "is_late": False,
        "targets": [],
        "tasks": [],
        "results": "",
        "difficulties": [],
        "next": "",
        "roll": {"on": "2026-12-08", "people": 12, "by_category": {"CC": 12}, "rows": []},
    }
    return values | parts


# ---- in the database


def period(code="2026-nam", year=2026, kind="year", **changes):
    values = {
        "title": f"Báo cáo năm {year}",
        "from_day": date(year, 1, 1),
        "to_day": date(year, 12, 31),
        "cut_off": date(year, 11, 30),
        "last_day": date(year, 12, 9),
        "made_at": datetime(year, 10, 1, 8, tzinfo=ZONE),
    }
    return ReportPeriod.objects.create(code=code, kind=kind, **(values | changes))


def unit_report(of, unit, state=ReportState.ACCEPTED, *, sent=None, number=1, by="Lương Thị Mai", **changes):
    """A unit's report of a period; with `sent`, its payload, a version of it."""
    unit = Unit.objects.get(code=unit) if isinstance(unit, str) else unit
    at = datetime(of.last_day.year, 12, 8, 9, tzinfo=ZONE)
    values = {"unit_code": unit.code, "unit_name": unit.name, "state": state, "edit_version": 3}
    if sent is not None:
        values |= {"submitted_at": at, "accepted_at": at if state == ReportState.ACCEPTED else None}
    report = UnitReport.objects.create(period=of, unit=unit, **(values | changes))
    if sent is not None:
        add_version(report, sent, number=number, by=by)
    return report


def add_version(report, sent, *, number, by="Lương Thị Mai"):
    sent = sent | {"unit": {"code": report.unit_code, "name": report.unit_name}}
    text = json.dumps(sent, ensure_ascii=False, sort_keys=True)
    return ReportVersion.objects.create(
        report=report,
        number=number,
        payload=sent,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        submitted_at=report.submitted_at or report.period.made_at,
        by_name=by,
    )
