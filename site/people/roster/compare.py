"""What an import would do: pure comparison of a file's rows with the stored roster, no database.

The order of rows plays no part: a rule that two rows break together is an error of both.
"""

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from vietnamese.text import name_key

from ..workbook import FileRows, Plan
from ..workbook.cells import by_digits
from ..workbook.checks import (
    check_days,
    check_filled,
    check_repeated,
    codes_after,
    covered,
    good,
    merge,
    resolve,
    resolve_own_codes,
    verdict,
)
from .sheets import ASSIGNMENTS, DATED, EMPTY, LEAVES, SHEETS, SPELLS

REFERENCES = {
    "units": ("parent",),
    "staff": (),
    "spells": ("staff",),
    "assignments": ("staff", "unit"),
    "leaves": ("staff",),
}


def compare(file: FileRows, stored: dict) -> Plan:
    """`stored` as `stored_roster()` gives it. Sets each row's verdict, `before` and `after`."""
    plan = Plan(warnings=list(file.warnings))
    _resolve_codes(file, stored, plan)
    for spec in SHEETS:
        rows = file.rows[spec.code]
        for row in rows:
            check_filled(row)
            check_days(row)
        for row in good(rows):
            _merge(row, stored[spec.code].get(row.key))
        check_repeated(rows, plan)
    _check_units(file.rows["units"], stored["units"])
    _check_references(file, stored)
    _check_overlaps(file.rows["spells"], stored["spells"], ("staff", "category"), lambda values: True)
    _check_overlaps(
        file.rows["assignments"], stored["assignments"], ("staff",), lambda values: values["is_primary"]
    )
    plan.rows = [row for spec in SHEETS for row in file.rows[spec.code]]
    for row in plan.rows:
        row.verdict = verdict(row)
    plan.gather(file.errors)
    _warn_of_namesakes(file.rows["staff"], stored["staff"], plan)
    _warn_outside_service(file, stored, plan)
    return plan


# ---- codes and single rows


def _resolve_codes(file, stored, plan):
    """Numbers become codes: first those that name units and people, then those that refer to them."""
    for code in ("units", "staff"):
        existing = {key[0] for key in stored[code]}
        resolve_own_codes(file.rows[code], existing, plan)
        _resolve_references(file, code, by_digits(codes_after(file.rows[code], existing)))


def _resolve_references(file, named, known):
    columns = {"units": ("parent", "unit"), "staff": ("staff",)}[named]
    for spec in SHEETS:
        for name in columns:
            if name in REFERENCES[spec.code]:
                for row in file.rows[spec.code]:
                    resolve(row, name, known)


def _merge(row, before):
    """An empty kind of leave changes nothing: exports leave it out for most."""
    if row.spec is LEAVES and before and not row.values.get("kind"):
        row.values.pop("kind", None)
    merge(row, before, EMPTY)


# ---- rows together


def _check_units(rows, stored):
    """Every parent exists, and nobody is their own ancestor."""
    while True:
        parents = {key[0]: values["parent"] for key, values in stored.items()}
        parents |= {row.key[0]: row.after["parent"] for row in good(rows)}
        lost = _lost(parents)
        circling = _circling(parents)
        bad = [
            row
            for row in good(rows)
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
    people = {key[0] for key in stored["staff"]} | {row.key[0] for row in good(file.rows["staff"])}
    units = {key[0] for key in stored["units"]} | {row.key[0] for row in good(file.rows["units"])}
    for spec in DATED:
        for row in good(file.rows[spec.code]):
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
    for row in good(rows):
        touched[tuple(row.key[p] for p in places)].append(row)
    for key, values in stored.items():
        group = tuple(key[p] for p in places)
        if group in touched:
            groups[group][key] = values
    for group, its_rows in touched.items():
        _check_group(spec, its_rows, groups[group], counts)


def _check_group(spec, rows, stored, counts):
    while True:
        final = stored | {row.key: row.after for row in good(rows)}
        overlapping = _overlapping(
            {
                key: (key[-1], values["end_before"] or date.max)
                for key, values in final.items()
                if counts(values)
            }
        )
        bad = [row for row in good(rows) if row.key in overlapping and row.before != row.after]
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
    for row in good(file.rows["spells"]):
        spells[row.key[0]][row.key[1:]] = row.after["end_before"]
    for spec, reason in (
        (ASSIGNMENTS, _("The assignment has days outside the person's service.")),
        (LEAVES, _("The leave has days outside the person's service.")),
    ):
        for row in good(file.rows[spec.code]):
            served = [(start, end or date.max) for (_c, start), end in spells[row.values["staff"]].items()]
            if not covered(row.values["start_on"], row.after["end_before"] or date.max, served):
                plan.warnings.append(row.issue("start_on", reason))
