"""Figures up the tree of units: every unit with all that is under it. Pure."""

from dataclasses import dataclass

from people.units import UnitTree

from .rules import Figures


@dataclass(frozen=True)
class UnitRow:
    """A line of the board. `own` are the people who belong to the unit directly, `total` its subtree."""

    depth: int
    unit: object  # people.Unit; None: people without a unit
    own: Figures
    total: Figures
    has_children: bool


def roll_up(tree: UnitTree, by_unit: dict[int | None, Figures]) -> list[UnitRow]:
    """Rows from the roots down, only of units with anybody in their subtree; people without a unit last."""
    totals = {}
    ordered = list(tree.in_order())
    for _depth, unit in reversed(ordered):
        own = by_unit.get(unit.pk, Figures())
        totals[unit.pk] = sum((totals[child.pk] for child in tree.children[unit.pk]), own)
    rows = []
    for depth, unit in ordered:
        if totals[unit.pk].population:
            shown = any(totals[child.pk].population for child in tree.children[unit.pk])
            rows.append(UnitRow(depth, unit, by_unit.get(unit.pk, Figures()), totals[unit.pk], shown))
    orphans = by_unit.get(None, Figures())
    if orphans.population:
        rows.append(UnitRow(0, None, orphans, orphans, False))
    return rows


def whole(by_unit: dict[int | None, Figures]) -> Figures:
    return sum(by_unit.values(), Figures())
