"""Who reads and writes which entries of a book (docs/decisions.md: the books of activities).

Coordinators write everything; the head of the ward and deputies read everything; reporters and heads of units
have their own unit's, and a whole book where their unit keeps it for the ward.
"""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Unit
from people.service import primary_unit_of
from people.units import UnitTree

from ..access import coordinates, reads_all, reported_units, works_with_the_plan
from ..groups.residential import KIND, gone


class Rights:
    """What one person may do with the books, asked once a page."""

    def __init__(self, user, today=None):
        self.user, self.today = user, today or timezone.localdate()

    @cached_property
    def coordinates(self):
        return coordinates(self.user)

    @cached_property
    def reads_all(self):
        return reads_all(self.user)

    @cached_property
    def tree(self):
        return UnitTree.load()

    @cached_property
    def gone(self) -> set[int]:
        """Residential groups that have ended: their entries stay, new ones are not offered."""
        return gone(self.today)

    @cached_property
    def own(self) -> set[int]:
        """Units this person acts for: a coordinator's own unit too."""
        own = reported_units(self.user, self.today, self.tree)
        staff = getattr(self.user, "staff", None)
        if self.coordinates and staff is not None:
            unit = primary_unit_of(staff, self.today)
            own = own | (self.tree.subtree(unit.pk) if unit else set())
        return own

    def keeps(self, book):
        """Whether this person's unit keeps the whole book for the ward."""
        return any(self.tree.by_key[key].code in book.shared_by for key in self.own)

    def writable_units(self, book) -> set[int]:
        """Units this person may write an entry for."""
        fitting = {unit.pk for unit in self.tree.by_key.values() if self._fits(unit, book)}
        if self.coordinates or (book.by_units and self.keeps(book)):
            return fitting
        own = book.by_units and (book.of_residential_groups or not book.shared_by)
        return fitting & self.own if own else set()

    def _fits(self, unit, book):
        if book.of_residential_groups:
            return unit.kind == KIND
        return unit.kind != KIND or unit.pk in self.own

    def writes(self, book):
        """Whether there is anything in it this person writes, once there is a unit for it."""
        if self.coordinates:
            return True
        return book.by_units and (self.keeps(book) or bool(self.writable_units(book)))

    def reads(self, book):
        if self.reads_all or self.writes(book):
            return True
        return book.read_by_all and works_with_the_plan(self.user)

    def may_write(self, book, entry):
        """Whether this person changes the entry now."""
        return self.takes_away(book, entry) and not self.kept(book, entry)

    def takes_away(self, book, entry):
        """Whether this person takes a file of the entry away now."""
        return self.keeps_entry(book, entry) and entry.struck_at is None and not book.fixed(entry)

    def kept(self, book, entry):
        """Why somebody who keeps the entry does not change it now, in words."""
        return book.fixed(entry) or ("" if self.coordinates else book.kept(entry))

    def keeps_entry(self, book, entry):
        return entry.unit_id in self.writable_units(book)

    def in_place_of(self, book, unit_id):
        """Whether a coordinator would write for a unit that does it itself: it takes a reason."""
        if not (self.coordinates and book.by_units) or unit_id is None:
            return False
        return unit_id not in self.own and not self.keeps(book)

    def visible(self, book):
        """The entries of a book this person reads, struck ones included for those who may read all."""
        rows = book.model.objects.filter(book=book.code)
        if not self.reads(book):
            return rows.none()
        if self.reads_all or book.read_by_all or self.keeps(book):
            return rows
        return rows.filter(unit__in=self.own)

    def refusal(self, book):
        """Why this person does not write the book, in words."""
        if not book.by_units:
            return _("The plan coordinator keeps this book.")
        if book.shared_by:
            names = Unit.objects.filter(code__in=book.shared_by).values_list("name", flat=True)
            return _("This book is kept by: %(units)s, and the plan coordinator.") % {
                "units": ", ".join(names)
            }
        return _("The reporters and heads of units keep this book, each for their own unit.")


def may_see(user):
    """The tab of the books: everybody who works with the plan has at least one to read."""
    return works_with_the_plan(user)
