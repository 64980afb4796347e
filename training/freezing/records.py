"""What a freeze holds as values, and the canonical text its hash is made of.

One text says everything: who froze what when and why, the policy, the figures, every person's row. It is made
once from what is live, and can be made again from the stored rows; both must give the stored hash.
"""

import hashlib
import json
from collections import defaultdict
from datetime import UTC, date
from typing import NamedTuple

from people.models import ServiceSpell, Staff, containing
from people.units import UnitTree
from scoring.freezing import canonical_json

from .. import coverage
from ..coverage import Figures, Policy
from ..coverage.rules import Counter
from ..models import CoverageSnapshot

FORMAT = 1


class Row(NamedTuple):
    """One person in scope as frozen. `categories` are those of the day, "CB,NC"; minutes are credited."""

    staff_code: str
    full_name: str
    categories: str
    unit_code: str
    unit_name: str
    state: str
    minutes: int


def live_rows(policy: Policy, day: date, tree: UnitTree | None = None) -> list[Row]:
    """Everybody in scope on `day` as known now, by staff code: one query more than `coverage.people`."""
    tree = tree or UnitTree.load()
    people = coverage.people(policy, day, tree=tree)
    categories = _categories([person.staff_id for person in people], day)
    return [_row(person, categories, tree) for person in people]


def _row(person, categories, tree):
    unit = tree.by_key.get(person.unit_id)
    return Row(
        person.staff_code,
        person.full_name,
        ",".join(sorted(categories[person.staff_id])),
        unit.code if unit else "",
        unit.name if unit else "",
        str(person.state),
        person.minutes,
    )


def _categories(staff_keys, day):
    """{staff key: codes of the categories served in on `day`}; the keys are compared here, since a database
    bounds how many values it takes."""
    wanted, found = set(staff_keys), defaultdict(set)
    for key, category in ServiceSpell.objects.filter(containing(day)).values_list("staff", "category"):
        if key in wanted:
            found[key].add(category)
    return found


def samples_among(rows) -> bool:
    """Whether any of these people is a sample: the papers say so."""
    codes = {row.staff_code for row in rows}
    samples = Staff.objects.filter(is_sample=True).values_list("staff_code", flat=True)
    return any(code in codes for code in samples)


def figures_of(rows) -> Figures:
    counter = Counter()
    for row in rows:
        counter.add(row.state)
    return counter.figures


def payload_of(snapshot: CoverageSnapshot, rows, policy: dict, is_sample: bool) -> str:
    """The canonical text: sorted keys, no blanks, rows by staff code. Pure."""
    values = {
        "format": FORMAT,
        "requirement": policy["requirement"],
        "year": snapshot.year,
        "label": str(snapshot.label),
        "version": snapshot.version,
        "as_of": snapshot.as_of.isoformat(),
        "taken_at": snapshot.taken_at.astimezone(UTC).isoformat(),
        "taken_by": snapshot.taken_by_name,
        "reason": snapshot.reason,
        "is_sample": is_sample,
        "policy": policy,
        "figures": {
            "trained": snapshot.trained,
            "exempt": snapshot.exempt,
            "not_due": snapshot.not_due,
            "missing": snapshot.missing,
        },
        "rows": sorted([row.staff_code, *_rest(row)] for row in rows),
    }
    return canonical_json(values).decode()


def _rest(row):
    return [row.full_name, row.categories, row.unit_code, row.unit_name, str(row.state), row.minutes]


def hash_of(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


def stored_rows(snapshot: CoverageSnapshot, unit_codes=None) -> list[Row]:
    """The rows of a freeze by staff code; only of people of `unit_codes` where given."""
    rows = snapshot.rows.all() if unit_codes is None else snapshot.rows.filter(unit_code__in=unit_codes)
    return sorted(Row(*values) for values in rows.values_list(*Row._fields))


def kept_values(snapshot) -> dict:
    """What the hashed text says, as data."""
    return json.loads(snapshot.payload)


class Verification(NamedTuple):
    """Whether the kept hash is that of the kept text, and of the text made again from the kept rows."""

    payload: bool
    rows: bool

    @property
    def holds(self):
        return self.payload and self.rows


def verify(snapshot: CoverageSnapshot) -> Verification:
    """Recomputes the hash twice: from `payload`, and from the columns and rows. One query."""
    by_text = hash_of(snapshot.payload) == snapshot.sha256
    try:
        kept = kept_values(snapshot)
        rows = stored_rows(snapshot)
        again = payload_of(snapshot, rows, kept["policy"], kept["is_sample"])
    except (ValueError, KeyError, TypeError):
        return Verification(by_text, False)
    same_figures = figures_of(rows) == kept_figures(snapshot)
    return Verification(by_text, same_figures and hash_of(again) == snapshot.sha256)


def kept_figures(snapshot) -> Figures:
    return Figures(snapshot.trained, snapshot.exempt, snapshot.not_due, snapshot.missing)


def figures_by_unit(rows) -> list[tuple[str, str, Figures]]:
    """(unit code, name, figures) by code; people without a unit last, with an empty code."""
    counters, names = defaultdict(Counter), {}
    for row in rows:
        counters[row.unit_code].add(row.state)
        names[row.unit_code] = row.unit_name
    ordered = sorted(counters, key=lambda code: (code == "", code))
    return [(code, names[code], counters[code].figures) for code in ordered]
