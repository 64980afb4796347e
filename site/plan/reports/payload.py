"""What is frozen when a report is sent: values, no links, so that later changes of names and figures leave it as
it was. Format 1; whoever reads it (annex, consolidation) reads these keys and nothing else."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from editing.canonical import canonical
from vietnamese.text import nfc

from ..models import Part, TaskState
from ..targets.standing import Measure, judge
from .figures import kept, read

FORMAT = 1


def build(sheet, *, by: str, at: datetime, is_late: bool, roll: dict) -> dict:
    """The report of `sheet` as plain values, text composed."""
    report, period = sheet.report, sheet.report.period
    today = timezone.localdate(at)
    return composed(
        {
            "format": FORMAT,
            "period": {
                "code": period.code,
                "kind": str(period.kind),
                "title": period.title,
                "from": period.from_day.isoformat(),
                "to": period.to_day.isoformat(),
                "cut_off": period.cut_off.isoformat(),
                "last_day": period.last_day.isoformat(),
            },
            "unit": {"code": report.unit.code, "name": report.unit.name},
            "submitted_at": timezone.localtime(at).isoformat(timespec="seconds"),
            "by": by,
            "is_late": is_late,
            "targets": _one_a_target([_target(row, sheet, today) for row in sheet.targets]),
            "tasks": [_task(row, sheet, today) for row in sheet.tasks],
            "results": sheet.value("results"),
            "difficulties": [
                {"text": text, "proposal": proposal} for text, proposal in sheet.difficulties()
            ],
            "next": sheet.value("next"),
            "roll": roll,
        }
    )


def composed(value):
    """The same with every text composed (NFC)."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        return {key: composed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [composed(inner) for inner in value]
    return value


def digest(payload) -> str:
    """The SHA-256 of its canonical JSON."""
    import hashlib

    return hashlib.sha256(canonical(payload)).hexdigest()
