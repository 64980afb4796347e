"""The written comment of a lead member: their own until scoring is closed, then the council's."""

from django.db import transaction
from django.utils import timezone

from vietnamese.text import nfc

from ..history import record
from ..lifecycle import State
from ..models import Initiative, LeadMember, ScoreSheet
from ..moves import Actor, Answer
from .assigning import LeadsChanged, LeadsRefused

LENGTH = 10_000


def lead_of(user, code):
    """This person's own lead of the dossier, loaded for the rules; None where they do not lead it."""
    staff = getattr(user, "staff", None)
    if not user.is_authenticated or not user.is_active or staff is None:
        return None
    lead = LeadMember.objects.in_force().filter(initiative__code=code, staff=staff).first()
    if lead is not None:
        lead.initiative = Initiative.objects.for_workflow().get(pk=lead.initiative_id)
    return lead


def open_leads_of(user):
    """What this person presents at a meeting to come: one query."""
    staff = getattr(user, "staff", None)
    if staff is None:
        return []
    leads = LeadMember.objects.in_force().filter(
        staff=staff, initiative__state__in=(State.EVALUATING, State.EVALUATED)
    )
    return list(leads.select_related("initiative").order_by("initiative__code"))


def leads_shown(initiatives):
    """{initiative key: leads} for a meeting's page and papers; comments only of closed evaluations.

    Whoever may read the dossier at the meeting reads them; asks one query.
    """
    shown = {}
    leads = LeadMember.objects.in_force().filter(initiative__in=[i.pk for i in initiatives])
    for lead in leads.select_related("staff", "initiative"):
        if lead.initiative.state == State.EVALUATING:
            lead.comment = ""
        shown.setdefault(lead.initiative_id, []).append(lead)
    return shown


def can_comment(lead):
    """Whether the comment can be written now: an `Answer`. After the council voted it stands."""
    initiative = lead.initiative

    def no(reason, **params):
        return Answer("comment", False, reason, params, who=("assigned_member",))

    if initiative.state not in (State.EVALUATING, State.EVALUATED):
        return no("wrong_state", state=initiative.state)
    if initiative.current_item and initiative.current_item.recorded_at:
        return no("already_voted")
    sheets = ScoreSheet.objects.in_force().current().filter(initiative=initiative, staff=lead.staff_id)
    if any(sheet.waits_for_declaration for sheet in sheets):
        return no("conflict_not_declared")
    return Answer("comment", True, who=("assigned_member",))


def save_comment(user, lead, text, *, base_version, now=None):
    """Keeps the comment. Raises LeadsRefused, and LeadsChanged where another window saved it meanwhile."""
    now = now or timezone.now()
    with transaction.atomic():
        Initiative.objects.select_for_update(of=("self",)).get(pk=lead.initiative_id)
        fresh = lead_of(user, lead.initiative.code)
        if fresh is None or fresh.pk != lead.pk:
            raise LeadsChanged
        answer = can_comment(fresh)
        if not answer.allowed:
            raise LeadsRefused(answer, fresh.initiative)
        if fresh.edit_version != base_version:
            raise LeadsChanged
        first = fresh.commented_at is None
        fresh.comment, fresh.commented_at = nfc(text).strip()[:LENGTH], now
        fresh.edit_version += 1
        fresh.save(update_fields=["comment", "commented_at", "edit_version"])
        if first:
            record(fresh.initiative, "lead_commented", Actor.of(user), "member", now)
    return fresh
