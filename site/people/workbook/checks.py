"""Rules every workbook shares, over plain rows: codes typed as numbers, what must not be empty, rows that
stand twice. The order of rows plays no part: a rule that two rows break together is an error of both."""

from collections import defaultdict

from django.utils.translation import gettext as _

from .cells import BadCode, NumberCode, by_digits


def good(rows):
    return [row for row in rows if row.good]


def resolve_own_codes(rows, stored_codes, plan):
    """Numbers in the column that names the record become codes; `stored_codes` are those that exist."""
    typed = {row.values["code"] for row in rows if isinstance(row.values.get("code"), str)}
    known = by_digits(stored_codes | typed)
    for row in rows:
        was_number = isinstance(row.values.get("code"), NumberCode)
        resolve(row, "code", known)
        if was_number and row.good and row.values["code"] not in known.get(row.values["code"], ()):
            plan.warnings.append(
                row.issue("code", _("The code was typed as a number: check that no leading zero is missing."))
            )


def codes_after(rows, stored_codes):
    """The codes there would be: what exists and what the good rows bring. After `resolve_own_codes`."""
    brought = {row.values["code"] for row in rows if row.good and isinstance(row.values.get("code"), str)}
    return stored_codes | brought


def resolve(row, name, known):
    """A code typed as a number becomes the one it fits (`known` of `by_digits`), or a person must choose."""
    value = row.values.get(name)
    if isinstance(value, NumberCode):
        try:
            row.values[name] = value.resolve(known)
        except BadCode as bad:
            row.conflicts.append(row.issue(name, str(bad)))
            if name == "staff":
                row.candidates = bad.codes


def check_filled(row):
    """What must not be empty; an absent column is decided when the row turns out to be new (`merge`)."""
    failed = {issue.column for issue in row.errors + row.conflicts}
    for column in row.spec.columns:
        missing = row.values.get(column.name) in (None, "", [])
        if not column.required or not missing or column.heading in failed:
            continue
        if not column.key and column.name not in row.values:
            continue
        if column.heading == "Mã cán bộ":
            row.conflicts.append(
                row.issue(column.name, _("No staff code: choose the person and write the code."))
            )
        else:
            _say_empty(row, column)


def _say_empty(row, column):
    row.fail(column.name, _("Nothing stands here. Fill in “%(column)s”.") % {"column": column.heading})


def check_days(row):
    start, end = row.values.get("start_on"), row.values.get("end_before")
    if start and end and end <= start:
        row.fail(
            "end_before", _("This day must be after “Từ ngày”: it is the first day on which it is over.")
        )


def merge(row, before, empty):
    """`after`: what the record would be. An absent column changes nothing; of a new record it is empty."""
    given = {name: row.values[name] for name in row.spec.value_names if name in row.values}
    row.before = before
    row.after = {name: empty[name] for name in row.spec.value_names} | (before or {}) | given
    for column in row.spec.columns:
        if column.required and not column.key and row.after[column.name] in (None, "", []):
            _say_empty(row, column)


def check_repeated(rows, plan):
    """Rows that name one record: with other contents all are wrong; word for word one of them counts."""
    by_key = defaultdict(list)
    for row in good(rows):
        by_key[row.key].append(row)
    for same in by_key.values():
        if len(same) == 1:
            continue
        contradicting = any(row.after != same[0].after for row in same)
        first = min(same, key=lambda row: row.number)
        for row in same:
            if contradicting:
                others = ", ".join(str(r.number) for r in same if r is not row)
                reason = _("Row %(rows)s names the same record with other contents. Keep one of them.")
                row.fail(row.spec.key_names[0], reason % {"rows": others})
            elif row is not first:
                row.is_repeat = True
                reason = _("Row %(row)s says the same: written once.") % {"row": first.number}
                plan.warnings.append(row.issue(row.spec.key_names[0], reason))


def verdict(row):
    if row.errors:
        return "error"
    if row.conflicts:
        return "conflict"
    if row.is_repeat:
        return "repeated"
    if row.before is None:
        return "new"
    return "same" if row.before == row.after else "changed"


def covered(start, end, intervals):
    """Whether every day of [start, end) lies in one of the half-open `intervals`."""
    for begin, finish in sorted(intervals):
        if begin <= start < finish:
            start = finish
        if start >= end:
            return True
    return False
