"""Which dossiers one person keeps, as a condition of a query: the rule of `council.Council.keeping` in SQL.

The secretary keeps a dossier; where the secretary is away, an author or in conflict, whoever presides does:
the chair, then the vice chair. A test holds this and the rule against each other.
"""

from django.db.models import Exists, OuterRef, Q

from people.models import Leave, ServiceSpell, containing
from people.roles import Role, has_role

from .access import OPERATING_SEATS
from .models import Author, Conflict, Seat

_IN_TURN = ("secretary", "chair", "vice_chair")
NOTHING = Q(pk__in=[])


def offices(desk):
    """{appointment: {seat: (holder, whether away)}} of the councils in term this person helps to lead."""
    return desk.once("offices", lambda: _offices(desk))


def _offices(desk):
    if desk.staff is None:
        return {}
    in_term = containing(desk.today, "appointment__")
    own = Seat.objects.filter(appointment=OuterRef("appointment"), staff=desk.staff, role__in=OPERATING_SEATS)
    spells = ServiceSpell.objects.filter(staff=OuterRef("staff"))
    on_leave = Leave.objects.filter(containing(desk.today), staff=OuterRef("staff"), is_approved=True)
    rows = Seat.objects.filter(in_term, Exists(own), role__in=OPERATING_SEATS, staff__isnull=False).annotate(
        on_leave=Exists(on_leave),
        served=Exists(spells),
        serves=Exists(spells.filter(containing(desk.today))),
    )
    found = {}
    names = ("appointment", "role", "staff", "on_leave", "served", "serves")
    for appointment, role, staff, on_leave, served, serves in rows.values_list(*names):
        away = on_leave or (served and not serves)
        found.setdefault(appointment, {})[role] = (staff, away)
    return found


def keeps(desk, path=""):
    """The condition on rows that lead to a dossier by `path` ("initiative"; empty: the dossier itself)."""
    prefix = f"{path}__" if path else ""
    kept = NOTHING
    for appointment, seats in offices(desk).items():
        passed_over = Q()  # all in turn before are away or stand aside
        for role in _IN_TURN:
            holder, away = seats.get(role, (None, True))
            if away:
                continue
            if holder == desk.staff.pk:
                own = Q(**{f"{prefix}round__appointment": appointment})
                kept |= own & passed_over & ~concerns(holder, f"{path or 'pk'}")
                break
            passed_over &= concerns(holder, f"{path or 'pk'}")
    return kept


def concerns(staff, key):
    """An author, or somebody who declared a conflict; `key` is the field that holds the dossier."""
    dossier = OuterRef(key)
    return Q(Exists(Author.objects.filter(initiative=dossier, staff=staff))) | Q(
        Exists(Conflict.objects.filter(initiative=dossier, staff=staff))
    )


def handles_ideas(desk):
    """As `suggestions.access.is_handler`, without a question of its own."""
    if has_role(desk.user, Role.PLAN_COORDINATOR):
        return True
    me = desk.staff.pk if desk.staff else None
    return any(me and seats.get("secretary", (None,))[0] == me for seats in offices(desk).values())
