"""Who may see and do what in training. Views and templates ask here; they decide nothing."""

from dataclasses import dataclass

from people.health import may_view_health_reason
from people.roles import Role, has_role
from people.units import UnitTree, headed_units

# Who reads the coverage of the whole ward down to the person: whoever brings it to 100 %, whoever keeps the
# roster, whoever answers for the ward.
_READERS_OF_ALL = (Role.TRAINING_OFFICER, Role.PERSONNEL_OFFICER, Role.HEAD, Role.DEPUTY_HEAD)


@dataclass(frozen=True)
class CoverageScope:
    """What somebody reads of the coverage: everything, or the people of `units` (keys)."""

    everything: bool = False
    units: frozenset[int] = frozenset()

    def __bool__(self):
        return self.everything or bool(self.units)

    def covers(self, unit_key):
        """Whether the people of a unit (None: of no unit) are in sight."""
        return self.everything or unit_key in self.units


def coverage_scope(user, day, tree: UnitTree | None = None) -> CoverageScope:
    """The whole ward, a unit head's own subtree on `day`, or nothing."""
    if has_role(user, *_READERS_OF_ALL):
        return CoverageScope(everything=True)
    return CoverageScope(units=frozenset(headed_units(user, day, tree)))


def may_open_coverage(user) -> bool:
    """Whether the coverage pages may have anybody to show; the door asks `coverage_scope` for the day."""
    return has_role(user, *_READERS_OF_ALL, Role.UNIT_HEAD)


def is_training_officer(user) -> bool:
    """Keeps courses, sessions, attendance, coverage and reminders."""
    return has_role(user, Role.TRAINING_OFFICER)


def may_manage(user, session) -> bool:
    """The training officer, and the session's own organiser while the account is open."""
    if is_training_officer(user):
        return True
    return bool(user.is_authenticated and user.is_active and session.organiser_id == user.pk)


def may_see_reasons(user) -> bool:
    """The reason of a leave or exemption is health data (training.md §2)."""
    return may_view_health_reason(user)
