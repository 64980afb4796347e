"""What an import would do: pure comparison of a file's rows with the stored roster, no database.

The order of rows plays no part: a rule that two rows break together is an error of both.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from vietnamese.text import name_key

from ..workbook.cells import BadCode, NumberCode, by_digits
from .files import Issue, RosterFile, Row
from .sheets import ASSIGNMENTS, DATED, EMPTY, LEAVES, SHEETS, SPELLS

REFERENCES = {
    "units": ("parent",),
    "staff": (),
    "spells": ("staff",),
    "assignments": ("staff", "unit"),
    "leaves": ("staff",),
}


@dataclass
class Plan:
    """The rows with their verdicts, and everything a person must know before it is written."""

    rows: list[Row] = field(default_factory=list)
    file_errors: list[Issue] = field(default_factory=list)  # of headings and sheets; among `errors` too
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    conflicts: list[Issue] = field(default_factory=list)

    def count(self, verdict):
        return sum(row.verdict == verdict for row in self.rows)

    def refused(self, skip_errors=False):
        """Whether nothing may be written: "errors", "conflicts", or "" when it may."""
        if self.errors and not skip_errors:
            return "errors"
        return "conflicts" if self.conflicts else ""

    def as_dict(self, skip_errors=False):
        """The shape of training.md §7. A refused import creates and changes nothing, and says so."""
        written = not self.refused(skip_errors)
        return {
            "created": self.count("new") if written else 0,
            "changed": self.count("changed") if written else 0,
            "unchanged": self.count("same"),
            "conflicts": [issue.as_dict() for issue in self.conflicts],
            "errors": [issue.as_dict() for issue in self.errors],
            "warnings": [issue.as_dict() for issue in self.warnings],
        }


def compare(file: RosterFile, stored: dict) -> Plan:
    """`stored` as `stored_roster()` gives it. Sets each row's verdict, `before` and `after`."""
    plan = Plan(warnings=list(file.warnings))
    _resolve_codes(file, stored, plan)
    for spec in SHEETS:
        for row in file.rows[spec.code]:
            _check_row(row)
        _check_repeated(file.rows[spec.code])
        for row in file.rows[spec.code]:
            if row.good:
                _merge(row, stored[spec.code].get(row.key))
    _check_units(file.rows["units"], stored["units"])
    _check_references(file, stored)
    _check_overlaps(file.rows["spells"], stored["spells"], ("staff", "category"), lambda values: True)
    _check_overlaps(
        file.rows["assignments"], stored["assignments"], ("staff",), lambda values: values["is_primary"]
    )
    plan.rows = [row for spec in SHEETS for row in file.rows[spec.code]]
    for row in plan.rows:
        row.verdict = _verdict(row)
    plan.file_errors = file.errors
    plan.errors = file.errors + [issue for row in plan.rows for issue in row.errors]
    plan.conflicts = [issue for row in plan.rows for issue in row.conflicts]
    _warn_of_namesakes(file.rows["staff"], stored["staff"], plan)
    _warn_outside_service(file, stored, plan)
    return plan


def _verdict(row):
    if row.errors:
        return "error"
    if row.conflicts:
        return "conflict"
    if row.before is None:
        return "new"
    return "same" if row.before == row.after else "changed"


# ---- codes


def _resolve_codes(file, stored, plan):
    """Numbers become codes: first those that name units and people, then those that refer to them."""
    for code in ("units", "staff"):
        rows = file.rows[code]
        typed = {row.values["code"] for row in rows if isinstance(row.values.get("code"), str)}
        known = by_digits({key[0] for key in stored[code]} | typed)
        for row in rows:
            was_number = isinstance(row.values.get("code"), NumberCode)
            _resolve(row, "code", known)
            if was_number and row.good and row.values["code"] not in known.get(row.values["code"], ()):
                plan.warnings.append(
                    row.issue(
                        "code", _("The code was typed as a number: check that no leading zero is missing.")
                    )
                )
        codes = {key[0] for key in stored[code]} | {
            r.values["code"] for r in rows if "code" in r.values and r.good
        }
        _resolve_references(file, code, by_digits(c for c in codes if isinstance(c, str)))


def _resolve_references(file, named, known):
    columns = {"units": ("parent", "unit"), "staff": ("staff",)}[named]
    for spec in SHEETS:
        for name in columns:
            if name in REFERENCES[spec.code]:
                for row in file.rows[spec.code]:
                    _resolve(row, name, known)


def _resolve(row, name, known):
    value = row.values.get(name)
    if isinstance(value, NumberCode):
        try:
            row.values[name] = value.resolve(known)
        except BadCode as bad:
            row.conflicts.append(row.issue(name, str(bad)))


# ---- one row


def _check_row(row):
    failed = {issue.column for issue in row.errors + row.conflicts}
    for column in row.spec.columns:
        missing = row.values.get(column.name) in (None, "")
        if not column.required or not missing or column.heading in failed:
            continue
        if not column.key and column.name not in row.values:
            continue  # an absent column: decided when the row turns out to be new
        if column.heading == "Mã cán bộ":
            row.conflicts.append(
                row.issue(column.name, _("No staff code: choose the person and write the code."))
            )
        else:
            row.fail(
                column.name, _("Nothing stands here. Fill in “%(column)s”.") % {"column": column.heading}
            )
    start, end = row.values.get("start_on"), row.values.get("end_before")
    if start and end and end <= start:
        row.fail(
            "end_before", _("This day must be after “Từ ngày”: it is the first day on which it is over.")
        )


def _check_repeated(rows):
    by_key = defaultdict(list)
    for row in rows:
        if row.good:
            by_key[row.key].append(row)
    for same in by_key.values():
        if len(same) > 1 and any(row.values != same[0].values for row in same):
            for row in same:
                others = ", ".join(str(r.number) for r in same if r is not row)
                row.fail(
                    row.spec.key_names[0],
                    _("Row %(rows)s names the same record with other contents. Keep one of them.")
                    % {"rows": others},
                )


def _merge(row, before):
    """`after`: what the record would be. An absent column changes nothing; an empty kind of leave neither."""
    given = {name: row.values[name] for name in row.spec.value_names if name in row.values}
    if row.spec is LEAVES and before and not given.get("kind"):
        given.pop("kind", None)
    row.before = before
    row.after = {name: EMPTY[name] for name in row.spec.value_names} | (before or {}) | given
    for column in row.spec.columns:
        if column.required and not column.key and not row.after[column.name]:
            row.fail(
                column.name, _("Nothing stands here. Fill in “%(column)s”.") % {"column": column.heading}
            )


# ---- rows together


def _good(rows):
    return [row for row in rows if row.good]


def _check_units(rows, stored):
    """Every parent exists, and nobody is their own ancestor."""
    while True:
        parents = {key[0]: values["parent"] for key, values in stored.items()}
        parents |= {row.key[0]: row.after["parent"] for row in _good(rows)}
        lost = _lost(parents)
        circling = _circling(parents)
        bad = [
            row
            for row in _good(rows)
            if row.key[0] in lost or (row.key[0] in circling and row.before != row.after)
        ]
        if not bad:
            return
        for row in bad:
            reason = (
                _("There is no such unit, neither in the portal nor among the correct rows of this sheet.")
                if row.key[0] in lost
                else _("The unit would be its own superior.")
            )
            row.fail("parent", reason)


def _lost(parents):
    """Units whose chain of parents ends at a code nobody has."""
    children = defaultdict(list)
    for code, parent in parents.items():
        children[parent].append(code)
    lost, waiting = set(), [p for p in children if p and p not in parents]
    while waiting:
        for code in children[waiting.pop()]:
            if code not in lost:
                lost.add(code)
                waiting.append(code)
    return lost


def _circling(parents):
    settled, circling = {""}, set()
    for start in parents:
        path, seen, code = [], {}, start
        while code in parents and code not in settled and code not in seen:
            seen[code] = len(path)
            path.append(code)
            code = parents[code]
        if code in seen:
            circling.update(path[seen[code] :])
        settled.update(path)
    return circling


def _check_references(file, stored):
    people = {key[0] for key in stored["staff"]} | {row.key[0] for row in _good(file.rows["staff"])}
    units = {key[0] for key in stored["units"]} | {row.key[0] for row in _good(file.rows["units"])}
    for spec in DATED:
        for row in _good(file.rows[spec.code]):
            if row.values["staff"] not in people:
                row.fail(
                    "staff",
                    _("Nobody has this code, neither in the portal nor among the correct rows of “Nhân sự”."),
                )
            if spec is ASSIGNMENTS and row.values["unit"] not in units:
                row.fail(
                    "unit",
                    _("There is no such unit, neither in the portal nor among the correct rows of “Đơn vị”."),
                )


def _check_overlaps(rows, stored, group_by, counts):
    """Rows of one group never share a day in what the roster would become."""
    if not rows:
        return
    spec = rows[0].spec
    places = [spec.key_names.index(name) for name in group_by]
    groups, touched = defaultdict(dict), defaultdict(list)
    for row in _good(rows):
        touched[tuple(row.key[p] for p in places)].append(row)
    for key, values in stored.items():
        group = tuple(key[p] for p in places)
        if group in touched:
            groups[group][key] = values
    for group, its_rows in touched.items():
        _check_group(spec, its_rows, groups[group], counts)


def _check_group(spec, rows, stored, counts):
    while True:
        final = stored | {row.key: row.after for row in _good(rows)}
        overlapping = _overlapping(
            {
                key: (key[-1], values["end_before"] or date.max)
                for key, values in final.items()
                if counts(values)
            }
        )
        bad = [row for row in _good(rows) if row.key in overlapping and row.before != row.after]
        if not bad:
            return
        for row in bad:
            row.fail("start_on", _overlap_reason(spec))


def _overlap_reason(spec):
    if spec is SPELLS:
        return _("The days overlap another time of service in the same category. Close one before the next.")
    return _("The days overlap another primary assignment. Close it first, or write Không in “Chính”.")


def _overlapping(intervals):
    """The keys among `{key: (start, end)}` that share a day with another."""
    found, reaching = set(), None  # the interval that reaches furthest so far
    for key, (start, end) in sorted(intervals.items(), key=lambda item: (item[1], repr(item[0]))):
        if reaching and start < reaching[1]:
            found |= {key, reaching[0]}
        if reaching is None or end > reaching[1]:
            reaching = (key, end)
    return found


# ---- warnings


def _warn_of_namesakes(rows, stored, plan):
    people = defaultdict(set)
    for (code,), values in stored.items():
        if values["birth_date"]:
            people[name_key(values["full_name"]), values["birth_date"]].add(code)
    new = [row for row in rows if row.verdict == "new" and row.after["birth_date"]]
    for row in new:
        people[name_key(row.after["full_name"]), row.after["birth_date"]].add(row.key[0])
    for row in new:
        others = people[name_key(row.after["full_name"]), row.after["birth_date"]] - {row.key[0]}
        if others:
            reason = _("New person; the same name and date of birth stand under %(codes)s.")
            plan.warnings.append(row.issue("code", reason % {"codes": ", ".join(sorted(others))}))


def _warn_outside_service(file, stored, plan):
    spells = defaultdict(dict)
    for (code, category, start), values in stored["spells"].items():
        spells[code][category, start] = values["end_before"]
    for row in _good(file.rows["spells"]):
        spells[row.key[0]][row.key[1:]] = row.after["end_before"]
    for spec, reason in (
        (ASSIGNMENTS, _("The assignment has days outside the person's service.")),
        (LEAVES, _("The leave has days outside the person's service.")),
    ):
        for row in _good(file.rows[spec.code]):
            served = [(start, end or date.max) for (_c, start), end in spells[row.values["staff"]].items()]
            if not covered(row.values["start_on"], row.after["end_before"] or date.max, served):
                plan.warnings.append(row.issue("start_on", reason))


def covered(start, end, intervals):
    """Whether every day of [start, end) lies in one of the half-open `intervals`."""
    for begin, finish in sorted(intervals):
        if begin <= start < finish:
            start = finish
        if start >= end:
            return True
    return False
