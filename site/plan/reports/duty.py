"""Which units owe a report, and what each one's report covers.

The plan's seven units report; so does whatever else leads a target or a task and stands under none that
reports. Organisations under the Front report through the Front, a residential group through its division. The
ward itself receives reports and sends none.
"""

from collections.abc import Iterable

from people.models import Unit
from people.units import UnitTree

from ..models import Part, TargetUnit, TaskUnit, UnitReport
from ..units import CODES, FRONT


def reporting_units(tree: UnitTree, planned: Iterable[str], leading: Iterable[int]) -> list[Unit]:
    """Pure: in the order of the tree. `planned` are codes, `leading` keys."""
    planned, leading = set(planned), set(leading)
    below_a_ward = [unit for _depth, unit in tree.in_order() if unit.parent_id is not None]
    named = {unit.pk for unit in below_a_ward if unit.code in planned}
    candidates = named | {unit.pk for unit in below_a_ward if unit.pk in leading}
    return [
        unit
        for unit in below_a_ward
        if unit.pk in named
        or (unit.pk in candidates and not any(up.pk in candidates for up in tree.path(unit.pk)[:-1]))
    ]


def units_owing(tree=None) -> list[Unit]:
    """The same, as targets and tasks stand now. Three queries."""
    leading = {
        key
        for model in (TargetUnit, TaskUnit)
        for key in model.objects.filter(part=Part.LEAD).values_list("unit", flat=True)
    }
    return reporting_units(tree or UnitTree.load(), CODES.values(), leading)


def is_invited(tree: UnitTree, key: int) -> bool:
    """The Front and its organisations are asked ("kính đề nghị"), not told."""
    return any(unit.code == CODES[FRONT] for unit in tree.path(key)) if key in tree.by_key else False


def covered(tree: UnitTree, own: int, others: Iterable[tuple[int, int | None]]) -> set[int]:
    """Pure: keys of the units a report speaks for: its subtree, less what reports for itself, and what it
    took over. `others` are (unit, taken over by) of the period's other reports."""
    others = [(unit, taken) for unit, taken in others if unit in tree.by_key and unit != own]
    found = tree.subtree(own)
    for unit, taken in others:
        if taken != own and unit in found:
            found = found - tree.subtree(unit)
    return found.union(*(tree.subtree(unit) for unit, taken in others if taken == own))


def scope_of(report: UnitReport, tree=None) -> set[int]:
    """`covered` for a report of the database."""
    others = UnitReport.objects.filter(period=report.period_id).exclude(pk=report.pk)
    return covered(tree or UnitTree.load(), report.unit_id, others.values_list("unit", "taken_over_by"))
