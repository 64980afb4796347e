"""Leads put in their place and taken back: one transaction, with history lines and notices."""

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many

from ..events import LEAD_ASSIGNED, LEAD_RELEASED
from ..models import HistoryEntry, LeadBatch, LeadMember, Round
from ..moves import Actor, Answer, Refused
from ..saying import say
from .looking import dossiers_kept, fingerprint


class LeadsRefused(Refused):
    """An assignment was not possible; `answer` says why."""


class LeadsChanged(Exception):
    """Leads or members changed after the page was drawn; nothing was written."""


def _no(reason, **params):
    return LeadsRefused(Answer("assign_leads", False, reason, params, who=("secretary",)))


def apply(user, round_, plan, how, *, seed="", seen=None, now=None):
    """Every dossier of `plan` ({initiative key: staff keys}) has exactly these leads afterwards.

    `seen` is the fingerprint of what the person was shown. Returns the batch, or None where nothing differs.
    Raises LeadsRefused, LeadsChanged.
    """
    now = now or timezone.now()
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
        kept = dossiers_kept(user, round_, now, lock=True)
        if seen is not None and seen != fingerprint(kept):
            raise LeadsChanged
        changes = {pk: _change(kept, pk, set(chosen)) for pk, chosen in plan.items()}
        changes = {pk: change for pk, change in changes.items() if any(change)}
        if not changes:
            return None
        actor = Actor.of(user)
        batch = LeadBatch.objects.create(
            round=round_,
            how=how,
            seed=seed,
            made_at=now,
            user=user,
            actor_name=actor.name,
            actor_code=actor.code,
        )
        _write(batch, kept, changes)
        _log(kept, changes, actor, now, "leads_assigned")
        announce_many(_notices(kept, changes))
    return batch


def _change(kept, pk, chosen):
    """(staff keys to add, leads to take off) of one dossier. Refuses whoever does not score it, and taking
    off whoever has written."""
    if pk not in kept:
        raise _no("only_secretary")
    dossier = kept[pk]
    strangers = chosen - set(dossier.eligible)
    if strangers - dossier.lead_ids:
        raise _no("lead_not_scoring", code=dossier.code)
    off = [lead for lead in dossier.leads if lead.staff_id not in chosen]
    still_score = (lead for lead in off if lead.staff_id in dossier.eligible)
    written = [lead.staff.full_name for lead in still_score if lead.commented_at]
    if written:
        raise _no("lead_wrote", names=", ".join(written), code=dossier.code)
    return chosen - dossier.lead_ids, off


def _write(batch, kept, changes):
    off = [lead.pk for _added, leads in changes.values() for lead in leads]
    LeadMember.objects.filter(pk__in=off).update(removed_by=batch)
    LeadMember.objects.bulk_create(
        LeadMember(
            initiative=kept[pk].initiative,
            evaluation_number=kept[pk].initiative.evaluation_number,
            staff_id=staff,
            added_by=batch,
        )
        for pk, (added, _off) in changes.items()
        for staff in sorted(added)
    )


def _log(kept, changes, actor, now, step):
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            initiative=kept[pk].initiative,
            at=now,
            transition=step,
            from_state=kept[pk].initiative.state,
            to_state=kept[pk].initiative.state,
            user=actor.user,
            actor_name=actor.name,
            actor_code=actor.code,
            actor_role="secretary",
        )
        for pk in changes
    )


def _notices(kept, changes):
    """Whoever leads now and whoever no longer does hear of it, by code alone."""
    for pk, (added, off) in changes.items():
        dossier = kept[pk]
        people = [dossier.eligible[staff].user for staff in sorted(added)]
        yield say(LEAD_ASSIGNED, people, dossier.initiative, comment_address(dossier.initiative))
        yield say(
            LEAD_RELEASED, [lead.staff.user for lead in off], dossier.initiative, "/sang-kien/phieu-cham/"
        )


def comment_address(initiative):
    return f"/sang-kien/hoi-dong/phu-trach/{initiative.code}/y-kien/"


# ---- taking back


def last_batch(round_):
    """The assignment that would be taken back next, or None."""
    return LeadBatch.objects.filter(round=round_, undone_at__isnull=True).first()


def may_undo(user, batch, now=None):
    """Whether the last assignment of a round can be taken back: an `Answer`."""
    now = now or timezone.now()
    return _may_undo(batch, dossiers_kept(user, batch.round, now))


def _may_undo(batch, kept):
    def no(reason, **params):
        return Answer("undo_leads", False, reason, params, who=("secretary",))

    rows = [*batch.added.all(), *batch.removed.all()]
    if last_batch(batch.round) != batch:
        return no("not_the_last")
    if any(row.initiative_id not in kept for row in rows):
        return no("leads_closed")
    if any(row.commented_at for row in batch.added.all()):
        return no("lead_wrote_since")
    return Answer("undo_leads", True, who=("secretary",))


def undo(user, batch, now=None):
    """The last assignment is taken back as a whole: who was added goes, who was taken off is back."""
    now = now or timezone.now()
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=batch.round_id)
        batch = LeadBatch.objects.select_related("round").get(pk=batch.pk)
        kept = dossiers_kept(user, batch.round, now, lock=True)
        answer = _may_undo(batch, kept)
        if not answer.allowed:
            raise LeadsRefused(answer)
        added = list(batch.added.select_related("staff__user"))
        removed = list(batch.removed.select_related("staff__user"))
        LeadMember.objects.filter(pk__in=[lead.pk for lead in added]).delete()
        LeadMember.objects.filter(pk__in=[lead.pk for lead in removed]).update(removed_by=None)
        batch.undone_at = now
        batch.save(update_fields=["undone_at"])
        _log(kept, {lead.initiative_id for lead in [*added, *removed]}, Actor.of(user), now, "leads_undone")
        announce_many(_undo_notices(kept, added, removed))
    return batch


def _undo_notices(kept, added, removed):
    for lead in added:
        initiative = kept[lead.initiative_id].initiative
        yield say(LEAD_RELEASED, [lead.staff.user], initiative, "/sang-kien/phieu-cham/")
    for lead in removed:
        initiative = kept[lead.initiative_id].initiative
        yield say(LEAD_ASSIGNED, [lead.staff.user], initiative, comment_address(initiative))
