"""What a report still lacks before it can be sent; pure over a sheet."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.fields import LONGEST_TEXT, too_long

from ..models import TaskState
from ..targets.figures import check_share, of_text
from ..targets.refusing import Refused
from .sheet import CHECK, DIFFICULTIES, NEXT, RESULTS, TARGETS, TASKS


@dataclass(frozen=True)
class Missing:
    """One thing to write: `name` is the field it stands in."""

    step: int
    name: str
    words: str


def missing(sheet) -> list[Missing]:
    return [*_of_targets(sheet), *_of_tasks(sheet), *_of_texts(sheet), *_overlong(sheet)]


def complete_steps(lacks) -> set[int]:
    """Steps 1 to 5 that lack nothing."""
    return set(range(TARGETS, CHECK)) - {item.step for item in lacks}


def _of_targets(sheet):
    for row in sheet.targets:
        if not row.is_typed:
            continue
        said = {name.removeprefix(row.key): sheet.value(name) for name in row.fields()}
        words = {"code": row.target.code}
        if row.has_number:
            numerator, denominator = of_text(said["n"]), of_text(said.get("d", ""))
            if row.is_share and (refused := _above(numerator, denominator)):
                yield Missing(TARGETS, f"{row.key}n", f"{row.target.code}: {refused.sentence}")
            elif numerator is None and not said["note"]:
                text = _("Target %(code)s: write the figure, or in the note why there is none.") % words
                yield Missing(TARGETS, f"{row.key}n", text)
            elif row.asks_denominator and numerator is not None and denominator is None:
                text = _("Target %(code)s: write out of how many in all.") % words
                yield Missing(TARGETS, f"{row.key}d", text)
        elif not said["words"] and not said["note"]:
            text = _("Target %(code)s: write the result in words.") % words
            yield Missing(TARGETS, f"{row.key}words", text)
        elif said["words"] and not said["met"]:
            text = _("Target %(code)s: say whether it is reached.") % words
            yield Missing(TARGETS, f"{row.key}met", text)


def _above(numerator, denominator):
    try:
        check_share(numerator, denominator)
    except Refused as refused:
        return refused


def _of_tasks(sheet):
    for row in sheet.tasks:
        if row.is_typed and not sheet.value(f"{row.key}done") and not sheet.value(f"{row.key}next"):
            text = _("Task %(code)s: write what was done, or what comes next.") % {"code": row.task.code}
            yield Missing(TASKS, f"{row.key}done", text)
        if row.is_typed and (
            code := contradiction(sheet.value(f"{row.key}state"), sheet.value(f"{row.key}percent"))
        ):
            words = f"{row.task.code}: {contradiction_words(code)}"
            yield Missing(TASKS, f"{row.key}percent", words)


def contradiction(state, percent) -> str:
    """Pure: how state and progress of a task contradict each other, as a code; "" where they do not."""
    done = int(percent or 0)
    if state == TaskState.TODO and done:
        return "not_begun"
    return "not_done" if state == TaskState.DOING and done >= 100 else ""


def contradiction_words(code):
    return {
        "not_begun": _("a task that has not begun is at 0 %. Change one of both."),
        "not_done": _("at 100 % the task is done. Change one of both."),
    }[code]


def _of_texts(sheet):
    if not sheet.value("results"):
        yield Missing(RESULTS, "results", _("Write the main results."))
    for number in range(1, sheet.row_count + 1):
        if sheet.value(f"d{number}proposal") and not sheet.value(f"d{number}text"):
            words = _("Difficulty %(number)s: say what is difficult, not only what is proposed.")
            yield Missing(DIFFICULTIES, f"d{number}text", words % {"number": number})
    if not sheet.value("next"):
        yield Missing(NEXT, "next", _("Write what comes next."))


def _overlong(sheet):
    for step in range(TARGETS, CHECK):
        for name, value in sheet.stored(step).items():
            if words := too_long(value, LONGEST_TEXT):
                yield Missing(step, name, words)
