"""The rows of a plan as a batch keeps them: what a person decides on, and what taking back needs."""

from collections import Counter, defaultdict

from openpyxl.utils import get_column_letter

from people.workbook import UNKNOWN

from ..models import ImportRow
from ..workbook.records import plain

_BATCH = 500
_VERDICTS = {
    "new": ImportRow.Verdict.NEW,
    "changed": ImportRow.Verdict.CHANGE,
    "same": ImportRow.Verdict.SAME,
    "repeated": ImportRow.Verdict.SAME,
    "conflict": ImportRow.Verdict.AMBIGUOUS,
}


def verdict_of(row):
    if row.verdict in _VERDICTS:
        return _VERDICTS[row.verdict]
    if all(issue.kind == UNKNOWN for issue in row.errors):
        return ImportRow.Verdict.UNKNOWN
    return ImportRow.Verdict.INVALID


def kept(batch, plan, columns, rows=None):
    """Unsaved ImportRows of `rows` (all of the plan's). `columns`: {sheet code: {name: column number}}."""
    told = _warnings(plan)
    return [_kept(batch, row, told, columns.get(row.spec.code, {})) for row in rows or plan.rows]


def _warnings(plan):
    told = defaultdict(list)
    for issue in plan.warnings:
        if issue.row is not None:
            told[issue.sheet, issue.row].append(issue)
    return told


def _kept(batch, row, warnings, columns):
    named = {column.heading: column.name for column in row.spec.columns}
    issues = [
        _issue(issue, kind, columns.get(named.get(issue.column)))
        for kind, found in (
            ("error", row.errors),
            ("conflict", row.conflicts),
            ("warning", warnings.get((row.spec.title, row.number), ())),
        )
        for issue in found
    ]
    return ImportRow(
        batch=batch,
        sheet=row.spec.code,
        number=row.number,
        verdict=verdict_of(row),
        shown={name: value for name, value in row.shown.items() if value},
        issues=issues,
        candidates=list(row.candidates),
        before=values_of(row.before),
        after=values_of(row.after) if row.good else None,
    )


def _issue(issue, kind, column):
    cell = f"{issue.sheet}!{get_column_letter(column)}{issue.row}" if column else ""
    return {
        "kind": kind,
        "column": issue.column,
        "cell": cell,
        "value": issue.value,
        "reason": str(issue.reason),
    }


def values_of(values):
    """`before` or `after` as JSON keeps it."""
    return None if values is None else {name: plain(value) for name, value in values.items()}


def save(rows):
    ImportRow.objects.bulk_create(rows, _BATCH)


def replace(batch, rows):
    """Puts `rows` in the place of those the batch has: far quicker than changing each."""
    batch.rows.all().delete()
    save(rows)


def count(rows):
    """`{verdict: number of rows}`, all verdicts named."""
    found = Counter(str(row.verdict) for row in rows)
    return {str(verdict): found[str(verdict)] for verdict in ImportRow.Verdict}


def file_issues(plan):
    """What concerns a sheet or a heading rather than a row."""
    told = [("error", issue) for issue in plan.file_errors]
    told += [("warning", issue) for issue in plan.warnings if issue.row is None or _is_heading(plan, issue)]
    return [
        {"kind": kind, "sheet": i.sheet, "column": i.column, "value": i.value, "reason": str(i.reason)}
        for kind, i in told
    ]


def _is_heading(plan, issue):
    return issue.row == 1 and not any(row.number == 1 and row.spec.title == issue.sheet for row in plan.rows)
