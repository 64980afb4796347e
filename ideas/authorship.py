"""Authors of a dossier: who may write in it, who has confirmed, and what a change undoes."""

from django.db import transaction
from django.utils import timezone
from guardian.shortcuts import assign_perm, remove_perm

from notifications.events import announce
from people.service import position_of, primary_unit_of
from vietnamese.text import nfc

from .events import CONFIRM_SHARE, SHARE_CONFIRMED
from .models import Author, Counter, HistoryEntry, Initiative
from .moves import Actor
from .shares import WHOLE
from .text import title_key

PERMISSIONS = ("read_dossier", "edit_dossier")
CONFIRMABLE = ("draft", "submitted", "supplement_requested", "accepted", "evaluating", "evaluated")


def new_code(year, ward="HD"):
    """SK-2026-HD15: kind, year, ward and running number. Call inside the transaction that uses it."""
    return f"SK-{year}-{ward}{Counter.take(f'initiative:{year}'):02d}"


def start_dossier(user, title, *, keyed_from_paper=False, is_sample=False, now=None):
    """A new draft. Its creator is the main author with the whole share; a clerk keying paper is not."""
    now = now or timezone.now()
    actor = Actor.of(user)
    with transaction.atomic():
        initiative = Initiative(
            code=new_code(timezone.localdate(now).year),
            title=nfc(title),
            title_key=title_key(title),
            created_by=user,
            edited_by=user,
            keyed_from_paper=keyed_from_paper,
            is_sample=is_sample,
            state_since=now,
        )
        if actor.staff and not keyed_from_paper:
            initiative.unit = primary_unit_of(actor.staff, timezone.localdate(now))
        initiative.save()
        if not keyed_from_paper and actor.staff:
            add_author(initiative, staff=actor.staff, share=WHOLE, is_main=True)
        HistoryEntry.objects.create(
            initiative=initiative,
            at=now,
            transition="create",
            from_state="",
            to_state=initiative.state,
            user=user,
            actor_name=actor.name,
            actor_code=actor.code,
            actor_role="records_clerk" if keyed_from_paper else "main_author",
        )
    return initiative


def add_author(initiative, *, share, staff=None, is_main=False, **outside):
    """A row of the author table; a person of the roster gets the right to read and write the dossier."""
    values = described(staff) if staff else outside
    author = Author.objects.create(
        initiative=initiative,
        staff=staff,
        order=initiative.authors.count() + 1,
        share=share,
        is_main=is_main,
        **values,
    )
    if staff and staff.user:
        grant(initiative, staff.user)
    return author


def described(staff, day=None):
    """How the form describes a person of the roster; values, so that the dossier keeps them."""
    day = day or timezone.localdate()
    unit = primary_unit_of(staff, day)
    return {
        "full_name": staff.full_name,
        "birth_date": staff.birth_date,
        "workplace": unit.name if unit else "",
        "job_title": position_of(staff, day),
        "qualification": staff.qualification,
    }


def grant(initiative, user):
    for permission in PERMISSIONS:
        assign_perm(f"ideas.{permission}", user, initiative)


def drop_author(author):
    """Takes an author off a draft, with the rights that came with it."""
    if author.staff and author.staff.user:
        for permission in PERMISSIONS:
            remove_perm(f"ideas.{permission}", author.staff.user, author.initiative)
    author.delete()


def void_confirmations(initiative):
    """A change of shares or authors: every co-author confirms anew (design §4)."""
    Author.objects.filter(initiative=initiative, is_main=False).update(
        confirmed_at=None, confirmation_scan=None
    )


def may_confirm(initiative, user):
    """The row this person can confirm now, or None."""
    staff = getattr(user, "staff", None)
    if staff is None or initiative.state not in CONFIRMABLE:
        return None
    return next((a for a in initiative.authors.all() if a.staff_id == staff.pk and not a.is_confirmed), None)


def confirm_share(initiative, user, share, now=None):
    """A co-author confirms the share shown to them. False if it has changed meanwhile or is not theirs."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = Initiative.objects.select_for_update().get(pk=initiative.pk)
        author = may_confirm(locked, user)
        if author is None or author.share != share:
            return False
        author.confirmed_at = now
        author.save(update_fields=["confirmed_at"])
        actor = Actor.of(user)
        HistoryEntry.objects.create(
            initiative=locked,
            at=now,
            transition="confirm_share",
            from_state=locked.state,
            to_state=locked.state,
            user=user,
            actor_name=actor.name,
            actor_code=actor.code,
            actor_role="co_author",
            details={"share": str(author.share)},
        )
        main = locked.main_author
        if main and main.staff and main.staff.user:
            announce(
                SHARE_CONFIRMED,
                [main.staff.user],
                subject=locked.code,
                link=f"{locked.get_absolute_url()}sua/2/",
                refresh=(f"initiative:{locked.pk}",),
            )
    return True


def ask_to_confirm(initiative):
    """Tells the co-authors who have not confirmed; inside the transaction of the change."""
    waiting = [
        author.staff.user
        for author in initiative.authors.select_related("staff__user")
        if not author.is_confirmed and author.staff and author.staff.user
    ]
    announce(
        CONFIRM_SHARE,
        waiting,
        subject=initiative.code,
        link=f"{initiative.get_absolute_url()}xac-nhan/",
        refresh=(f"initiative:{initiative.pk}",),
    )
