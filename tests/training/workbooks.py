"""Training workbooks as an office sends them."""

from datetime import date, time

from tests.people.builders import workbook as roster_workbook
from training.imports import import_training
from training.models import Attendance, CompetencyEvidence
from training.workbook import SHEETS, stored_training

D, T = date, time
HEADINGS = {spec.title: [column.heading for column in spec.columns] for spec in SHEETS}


def workbook(sheets, *, headings=HEADINGS, **options):
    """The roster's workbook with the headings of training."""
    return roster_workbook(sheets, headings=headings, name="dao-tao.xlsx", **options)


COURSE = ["KNS", "Kỹ năng số cơ bản", "1, 3", "2026", ""]
SESSION = ["KNS-01", "KNS", D(2026, 3, 10), T(8), T(11), 180, "xác nhận"]


def small(*attendance):
    """A course, a confirmed session of 180 minutes, and these rows of attendance."""
    return {"Khóa học": [COURSE], "Buổi học": [SESSION], "Điểm danh": [list(row) for row in attendance]}


def bring_in(sheets, **options):
    """An import of `sheets` as the command prints it."""
    build = {name: options.pop(name) for name in ("prepare", "epoch", "headings") if name in options}
    plan = import_training(workbook(sheets, **build), **options)
    return plan.as_dict(options.get("skip_errors", False))


def counts(found):
    return found["created"], found["changed"], found["unchanged"]


def said(found, kind="errors"):
    return [(i["sheet"], i["row"], i["column"], i["value"], i["reason"]) for i in found[kind]]


def reasons(found, kind="errors"):
    return [item["reason"] for item in found[kind]]


def meaning():
    """All that an import may touch, as values; of evidence what holds."""
    shown = CompetencyEvidence.objects.filter(withdrawal__isnull=True).exclude(kind="withdrawn")
    return stored_training() | {
        "evidence": sorted(shown.values_list("source", "staff__staff_code", "area__topic", "level")),
        "minutes": sorted(Attendance.objects.values_list("session__code", "staff__staff_code", "minutes")),
    }
