"""The tree of units in memory: one query, then plain questions about who stands under whom."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.dispatch import Signal

from .models import Unit, UnitAssignment, containing
from .roles import Role, has_role
from .service import primary_unit_of

units_written = Signal()  # many at once, past the signals of each row


class UnitTree:
    """All units by key, with their children in the order of the office."""

    def __init__(self, units: Iterable[Unit]):
        self.by_key = {unit.pk: unit for unit in units}
        self.children = defaultdict(list)
        for unit in self.by_key.values():
            self.children[unit.parent_id].append(unit)

    @classmethod
    def load(cls):
        return cls(Unit.objects.order_by("order", "code"))

    @property
    def roots(self):
        return self.children[None]

    def by_code(self, code):
        """The unit of `code`, or None."""
        return next((unit for unit in self.by_key.values() if unit.code == code), None)

    def subtree(self, key) -> set[int]:
        """Keys of the unit and of everything under it."""
        found, waiting = set(), [key]
        while waiting:
            current = waiting.pop()
            found.add(current)
            waiting += [child.pk for child in self.children[current] if child.pk not in found]
        return found

    def path(self, key) -> list[Unit]:
        """From the root down to the unit itself."""
        path, seen = [], set()
        while key is not None and key not in seen:
            seen.add(key)
            path.append(self.by_key[key])
            key = self.by_key[key].parent_id
        return path[::-1]

    def in_order(self, keys=None):
        """`(depth, unit)` from the roots down, parents before children; only `keys` where given."""
        stack = [(0, unit) for unit in reversed(self.roots)]
        while stack:
            depth, unit = stack.pop()
            if keys is None or unit.pk in keys:
                yield depth, unit
            stack += [(depth + 1, child) for child in reversed(self.children[unit.pk])]


def units_headed_by(desk) -> dict[int, str]:
    """{key: code} of the same for a desk (`obligations.desk`), asked once, in one query."""

    def find():
        if desk.staff is None or not has_role(desk.user, Role.UNIT_HEAD):
            return {}
        own = UnitAssignment.objects.filter(
            containing(desk.today), staff=desk.staff, is_primary=True, unit=OuterRef("pk")
        )
        units = list(Unit.objects.order_by("order", "code").annotate(is_own=Exists(own)))
        tree = UnitTree(units)
        keys = set().union(*(tree.subtree(unit.pk) for unit in units if unit.is_own))
        return {key: tree.by_key[key].code for key in keys}

    return desk.once("units_headed", find)


def headed_units(user, day, tree=None) -> set[int]:
    """Keys of the subtree a unit head answers for on `day`: the own primary unit and what is under it."""
    staff = getattr(user, "staff", None) if has_role(user, Role.UNIT_HEAD) else None
    unit = primary_unit_of(staff, day) if staff else None
    if unit is None:
        return set()
    return (tree or UnitTree.load()).subtree(unit.pk)
