"""Which dossiers this person assigns leads for, who can lead each, who does. A constant number of queries."""

import hashlib
import json
from dataclasses import dataclass, field

from ..capacities import SECRETARY, acting_capacity
from ..lifecycle import State
from ..models import Initiative, LeadMember
from ..moves import Actor, Move


@dataclass
class Dossier:
    """A dossier with whoever may lead it ({staff key: Staff}) and its leads as they stand."""

    initiative: Initiative
    eligible: dict
    leads: list = field(default_factory=list)

    @property
    def code(self):
        return self.initiative.code

    @property
    def lead_ids(self):
        return {lead.staff_id for lead in self.leads}

    @property
    def gone(self):
        """Leads who no longer score it."""
        return [lead for lead in self.leads if lead.staff_id not in self.eligible]


def dossiers_kept(user, round_, now, lock=False):
    """{initiative key: Dossier} being scored in this round that this person keeps for the council."""
    initiatives = Initiative.objects.for_workflow()
    if lock:
        initiatives = initiatives.select_for_update(of=("self",))
    mine = Initiative.objects.on_board_of(user).filter(round=round_, state=State.EVALUATING)
    found = list(initiatives.filter(pk__in=mine.values("pk")).order_by("pk"))
    move = Move("assign_leads", Actor.of(user), now)
    found = [i for i in found if acting_capacity((SECRETARY,), i, move) is not None]
    people = _people(found)
    kept = {i.pk: Dossier(i, _eligible(i, people)) for i in found}
    leads = LeadMember.objects.current().filter(initiative__in=list(kept)).select_related("staff__user")
    for lead in leads:
        kept[lead.initiative_id].leads.append(lead)
    return kept


def _people(initiatives):
    from people.models import Staff

    ids = {sheet.staff_id for i in initiatives for sheet in i.current_sheets}
    return {staff.pk: staff for staff in Staff.objects.filter(pk__in=ids).select_related("user")}


def _eligible(initiative, people):
    """Whoever scores it: authors and members in conflict have no sheet in force."""
    return {
        sheet.staff_id: people[sheet.staff_id]
        for sheet in sorted(initiative.current_sheets, key=lambda sheet: sheet.seat_id)
    }


def fingerprint(kept):
    """What a preview was drawn from: who leads, and who could. Anything else changed since is no matter."""
    state = {
        str(pk): [sorted(dossier.lead_ids), sorted(dossier.eligible)] for pk, dossier in sorted(kept.items())
    }
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:20]


def loads_of(kept, plan=None):
    """[(name, how many dossiers)] of everybody who could lead one, under `plan` or as it stands."""
    people = {pk: staff for dossier in kept.values() for pk, staff in dossier.eligible.items()}
    count = dict.fromkeys(people, 0)
    for pk, dossier in kept.items():
        chosen = plan.get(pk, dossier.lead_ids) if plan is not None else dossier.lead_ids
        for staff in chosen:
            if staff in count:
                count[staff] += 1
    ordered = sorted(people.values(), key=lambda staff: (staff.order_key, staff.pk))
    return [(staff.full_name, count[staff.pk]) for staff in ordered]
