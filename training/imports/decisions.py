"""What a person decides about the rows of a preview: write, leave, or whom an unclear row means."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import Staff

from ..models import ImportBatch, ImportRow

Decision, Verdict = ImportRow.Decision, ImportRow.Verdict
WRITABLE = frozenset({Verdict.NEW, Verdict.CHANGE})
CHOOSABLE = frozenset({Verdict.AMBIGUOUS, Verdict.UNKNOWN})
_PEOPLE_SHEETS = frozenset({"attendance", "outside", "exemptions"})


class NotInPreview(Exception):
    """The batch was written, dropped or taken back meanwhile: nothing is decided any more."""


@dataclass(frozen=True)
class Answer:
    """About one row: `leave` it, write it (neither), or write it for the person `chosen` (a staff code)."""

    leave: bool = False
    chosen: str = ""


def needs_person(row) -> bool:
    """Whether choosing a person settles the row: its only trouble is whom it means."""
    if row.verdict not in CHOOSABLE or row.sheet not in _PEOPLE_SHEETS:
        return False
    wrong = [issue for issue in row.issues if issue["kind"] != "warning"]
    return all(issue["column"] == "Mã cán bộ" for issue in wrong)


def decide(pk, answers) -> list[str]:
    """Keeps `answers` {(sheet, number): Answer}. Returns what is wrong with those that were not taken."""
    codes = {answer.chosen for answer in answers.values() if answer.chosen}
    known = set(Staff.objects.filter(staff_code__in=codes).values_list("staff_code", flat=True))
    wrong, changed = [], []
    with transaction.atomic():
        batch = _in_preview(pk)
        for row in batch.rows.filter(number__in={number for _sheet, number in answers}):
            answer = answers.get((row.sheet, row.number))
            if answer is None:
                continue
            if answer.chosen and answer.chosen not in known:
                reason = _("Row %(row)s: nobody on the roster has the code “%(code)s”.")
                wrong.append(reason % {"row": row.number, "code": answer.chosen})
            elif _take(row, answer):
                changed.append(row)
        ImportRow.objects.bulk_update(changed, ["decision", "chosen"], 500)
    return wrong


def _in_preview(pk):
    batch = ImportBatch.objects.select_for_update().get(pk=pk)
    if batch.state != ImportBatch.State.PREVIEW:
        raise NotInPreview
    return batch


def _take(row, answer):
    """Sets what may be said of such a row; whether anything changed."""
    before = (row.decision, row.chosen)
    if answer.leave:
        row.decision, row.chosen = Decision.SKIP, ""
    elif answer.chosen and needs_person(row):
        row.decision, row.chosen = Decision.APPLY, answer.chosen
    else:
        row.decision, row.chosen = Decision.UNDECIDED, ""
    return (row.decision, row.chosen) != before


def decide_all(pk, verdict, leave):
    """One decision for all rows of a verdict; an unclear row can only be left like that."""
    with transaction.atomic():
        found = _in_preview(pk).rows.filter(verdict=verdict)
        if leave:
            found.update(decision=Decision.SKIP, chosen="")
        elif verdict in WRITABLE:
            found.update(decision=Decision.UNDECIDED, chosen="")
        else:
            found.filter(decision=Decision.SKIP).update(decision=Decision.UNDECIDED)


@dataclass(frozen=True)
class Standing:
    """Where the decisions of a batch are: numbers of rows."""

    to_write: int  # new and changed ones not left, unclear ones with a person chosen
    undecided: int  # unclear, neither chosen nor left
    wrong: int  # invalid or not found, neither settled nor left
    left: int


def standing(batch) -> Standing:
    found = Counter()
    for verdict, decision in batch.rows.values_list("verdict", "decision"):
        if decision == Decision.SKIP:
            found["left"] += 1
        elif verdict in WRITABLE or (verdict in CHOOSABLE and decision == Decision.APPLY):
            found["to_write"] += 1
        elif verdict == Verdict.AMBIGUOUS:
            found["undecided"] += 1
        elif verdict in (Verdict.UNKNOWN, Verdict.INVALID):
            found["wrong"] += 1
    return Standing(found["to_write"], found["undecided"], found["wrong"], found["left"])
