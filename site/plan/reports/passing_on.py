"""What a sent report says of targets and tasks goes where it is said otherwise too: through the doors of
both, by their rules, into their histories. Inside the transaction of the submission."""

from django.utils import timezone

from ..models import TaskState
from ..targets import reporting
from ..targets.figures import Figure, of_text
from ..targets.refusing import Refused as FigureRefused
from ..tasks import progress
from ..tasks.refusing import Refused as TaskRefused

REFUSED = (FigureRefused, TaskRefused)


def lock(units):
    """Targets and tasks of these units, in that order, each in key order; before the report is read."""
    reporting.lock_many(units)
    progress.lock_many(units)


def pass_on(sheet, user, now):
    """What is then to be announced. Raises one of `REFUSED`."""
    period = sheet.report.period
    reason = according_to(period.title)
    figures = [reporting.Brought(row.target, row.unit, figure) for row, figure in _figures(sheet, now)]
    reporting.report_many(figures, period.year, user, sheet.units, reason=reason, now=now)
    said = [progress.Brought(row.task, _said(sheet, row)) for row in sheet.tasks if row.is_typed]
    return progress.report_many(said, user, sheet.units, source=reason, now=now, report=sheet.report.pk)


def according_to(title):
    """ "Theo báo cáo năm 2026": in the histories of targets and tasks, which speak Vietnamese."""
    named = title if title.lower().startswith("báo cáo") else f"Báo cáo “{title}”"
    return f"Theo {named[0].lower()}{named[1:]}"


def _figures(sheet, now):
    """(row, figure) of what was typed otherwise than known; where nothing was written, the known stays."""
    period = sheet.report.period
    for row in sheet.targets:
        if not row.is_typed or not sheet.is_changed(row):
            continue
        said = {name.removeprefix(row.key): sheet.value(name) for name in row.fields()}
        if said.get("n") or said.get("words"):
            yield (
                row,
                Figure(
                    as_of=min(period.cut_off, timezone.localdate(now)),
                    numerator=of_text(said.get("n", "")),
                    denominator=of_text(said.get("d", "")),
                    words=said.get("words", ""),
                    is_met={"yes": True, "no": False}.get(said.get("met", "")),
                    source=period.title[:300],
                ),
            )


def _said(sheet, row):
    said = {name.removeprefix(row.key): sheet.value(name) for name in row.fields()}
    percent = 100 if said["state"] == TaskState.DONE else int(said["percent"] or 0)
    return progress.Reported(said["state"], percent, said["done"], said["next"])
