"""Who reads which freeze, and which of its rows: everything, or the people of one's own subtree."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from people.units import UnitTree

from ..access import coverage_scope
from ..models import CoverageSnapshot, SnapshotRow


@dataclass(frozen=True)
class Sight:
    """What somebody reads of freezes. `codes` None: everything; else the codes of the units whose people."""

    codes: frozenset[str] | None

    def __bool__(self):
        return self.codes is None or bool(self.codes)

    @property
    def everything(self):
        return self.codes is None


def sight(user, day: date) -> Sight:
    """By the offices and the headed subtree of `day`: rows name the unit as it was, readers are of today."""
    tree = UnitTree.load()
    scope = coverage_scope(user, day, tree)
    if scope.everything:
        return Sight(None)
    return Sight(frozenset(tree.by_key[key].code for key in scope.units))


def visible(seen: Sight):
    """The freezes somebody reads anything of; a queryset without the hashed text."""
    found = CoverageSnapshot.objects.select_related("requirement").defer("payload")
    if seen.everything:
        return found
    own = SnapshotRow.objects.filter(snapshot=OuterRef("pk"), unit_code__in=seen.codes)
    return found.filter(Exists(own))
