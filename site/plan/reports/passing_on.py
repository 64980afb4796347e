"""What a sent report writes into the plan itself: figures as of the cut-off, progress of the tasks it leads.

Only what differs from what is known is written, by the rules of typing it there; inside the transaction of
the submission."""

from django.utils import timezone

from ..models import ReportedValue, Task, TaskChange, TaskState
from .figures import read


def pass_on(sheet, user, now):
    _values(sheet, user, now)
    _progress(sheet, user, now)


def _values(sheet, user, now):
    period = sheet.report.period
    rows = []
    for row in sheet.targets:
        if not row.is_typed or not sheet.is_changed(row):
            continue
        said = {name.removeprefix(row.key): sheet.value(name) for name in row.fields()}
        if not (said.get("n") or said.get("words")):
            continue  # nothing was written: what was known stays known
        rows.append(
            ReportedValue(
                target=row.target,
                definition=row.definition,
                unit=row.unit,
                year=period.year,
                as_of=min(period.cut_off, timezone.localdate(now)),
                numerator=read(said.get("n", "")),
                denominator=read(said.get("d", "")),
                words=said.get("words", ""),
                is_met={"yes": True, "no": False}.get(said.get("met", "")),
                source=period.title[:300],
                by=user,
                by_name=user.display_name,
                at=now,
            )
        )
    ReportedValue.objects.bulk_create(rows)


def _progress(sheet, user, now):
    rows = {row.task.pk: row for row in sheet.tasks if row.is_typed}
    locked = Task.objects.select_for_update().filter(pk__in=rows).order_by("pk")
    changed, lines = [], []
    for task in locked:
        row = rows[task.pk]
        said = {name.removeprefix(row.key): sheet.value(name) for name in row.fields()}
        percent = 100 if said["state"] == TaskState.DONE else int(said["percent"] or 0)
        is_moved = (said["state"], percent) != (task.state, task.percent)
        if not is_moved and said["done"] == row.done and not said["next"]:
            continue
        if is_moved:
            task.state, task.percent = said["state"], percent
            task.edit_version += 1
            changed.append(task)
        lines.append(
            TaskChange(
                task=task,
                at=now,
                actor=user,
                actor_name=user.display_name,
                change="progress",
                note=said["done"],
                data={
                    "state": said["state"],
                    "percent": percent,
                    "next": said["next"],
                    "report": sheet.report.pk,
                },
            )
        )
    Task.objects.bulk_update(changed, ["state", "percent", "edit_version"])
    TaskChange.objects.bulk_create(lines)
