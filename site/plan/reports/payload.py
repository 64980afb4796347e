"""What is frozen when a report is sent: values, no links, so that later changes of names and figures leave it
as it was. Format 1; whoever reads it (annex, consolidation) reads these keys and nothing else."""

import hashlib
from datetime import datetime

from django.utils import timezone

from editing.canonical import canonical
from vietnamese.text import nfc

from ..models import Part, TaskState
from ..targets.figures import as_text, of_text
from ..targets.standing import Measure, Standing, judge

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
            "difficulties": [{"text": text, "proposal": proposal} for text, proposal in sheet.difficulties()],
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
    return hashlib.sha256(canonical(payload)).hexdigest()


def _target(row, sheet, today):
    definition = row.definition
    said = {name.removeprefix(row.key): sheet.value(name) for name in row.fields()}
    measure, as_of, words, is_met, source = _held(row, said, _as_of(row, sheet, today))
    asked = row.line.asked_by(definition)
    verdict = judge(asked, measure, row.line.year, row.cut_off, as_of=as_of or row.cut_off, is_met=is_met)
    value = measure.value if measure else None
    return {
        "code": row.target.code,
        "text": row.target.text,
        "indicator": definition.indicator,
        "part": str(row.part),
        "definition": definition.version,
        "measured_in": definition.measured_in,
        "comparator": definition.comparator,
        "goal": _text(definition.goal),
        "expected": _text(row.expected),
        "numerator": _text(measure.numerator if measure else None),
        "denominator": _text(measure.denominator if measure else None),
        "value": _text(value),
        "standing": str(verdict.standing if row.part == Part.LEAD or row.is_computed else Standing.NO_DATA),
        "words": words,
        "is_met": is_met,
        "note": said["note"],
        "source": source,
        "as_of": as_of.isoformat() if as_of else None,
        "evidence": []
        if sheet.is_changed(row)
        else [{"name": file.name, "sha256": file.sha256} for file in row.evidence],
    }


def _as_of(row, sheet, today):
    """The day of what stands in the row: of the figure that was known, or of the cut-off for a new one."""
    if row.value and not sheet.is_changed(row):
        return row.value.as_of
    return min(sheet.report.period.cut_off, today)


def _held(row, said, as_of):
    """(measure, as of, words, is met, source) of a line: what the portal counts, what was written."""
    if row.is_computed:
        held = row.computed
        if held is None:
            return None, None, "", None, "computed"
        return held.measure, held.as_of, "", held.is_met, "computed"
    if not row.is_typed:
        return None, None, "", None, "reported"
    if not row.has_number:
        is_met = {"yes": True, "no": False}.get(said["met"])
        return None, as_of if said["words"] else None, said["words"], is_met, "reported"
    numerator, denominator = of_text(said["n"]), of_text(said.get("d", ""))
    measure = Measure(numerator, denominator, row.is_share)
    return measure, as_of if numerator is not None else None, "", None, "reported"


def _text(number):
    return None if number is None else as_text(number)


def _one_a_target(entries):
    """Several units of one report that lead the same target: their figures as one, added before dividing."""
    by_code = {}
    for entry in entries:
        if (first := by_code.get(entry["code"])) is None:
            by_code[entry["code"]] = dict(entry)
        elif entry["source"] == "reported" and entry["part"] == Part.LEAD:
            _add(first, entry)
    return list(by_code.values())


def _add(first, other):
    for name in ("numerator", "denominator"):
        numbers = [of_text(one[name]) for one in (first, other) if one[name] is not None]
        first[name] = _text(sum(numbers)) if numbers else None
    measure = Measure(of_text(first["numerator"]), of_text(first["denominator"]), first["measured_in"] == "%")
    first["value"] = _text(measure.value)
    for name in ("words", "note"):
        first[name] = "\n".join(filter(None, (first[name], other[name])))
    said = [one["is_met"] for one in (first, other) if one["is_met"] is not None]
    first["is_met"] = all(said) if said else None
    first["as_of"] = max(filter(None, (first["as_of"], other["as_of"])), default=None)
    first["evidence"] = first["evidence"] + other["evidence"]
    order = [
        Standing.MET,
        Standing.ON_TRACK,
        Standing.NOTHING,
        Standing.NO_DATA,
        Standing.AT_RISK,
        Standing.LATE,
    ]
    first["standing"] = str(max(first["standing"], other["standing"], key=order.index))


def _task(row, sheet, today):
    task = row.task
    state = sheet.value(f"{row.key}state") if row.is_typed else str(task.state)
    percent = int(sheet.value(f"{row.key}percent") or 0) if row.is_typed else task.percent
    if state == TaskState.DONE:
        percent = 100
    is_over = state in (TaskState.DONE, TaskState.DROPPED)
    return {
        "code": task.code,
        "text": task.text,
        "part": str(row.part),
        "state": state,
        "percent": percent,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "is_late": bool(task.due_on and task.due_on < today and not is_over),
        "is_invited": task.is_invited,
        "done": sheet.value(f"{row.key}done"),
        "next": sheet.value(f"{row.key}next"),
    }
