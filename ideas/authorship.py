"""Authors of a dossier: who may write in it, who has confirmed, and what a change undoes."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from guardian.shortcuts import assign_perm, remove_perm

from notifications.events import announce
from people.service import position_of, primary_unit_of
from vietnamese.text import name_key, nfc

from .application.keeping import template_in_force
from .events import AUTHOR_REMOVED, CONFIRM_SHARE, SHARE_CONFIRMED, SHARE_DECLINED
from .history import record
from .models import Author, Counter, Initiative
from .moves import Actor
from .shares import WHOLE, missing_share
from .text import title_key

SENT_AGAIN_WITHIN = timedelta(minutes=10)

PERMISSIONS = ("read_dossier", "edit_dossier")
CONFIRMABLE = ("draft", "submitted", "supplement_requested", "accepted", "evaluating", "evaluated")


def new_code(year, ward="HD"):
    """SK-2026-HD15: kind, year, ward and running number. Call inside the transaction that uses it."""
    return f"SK-{year}-{ward}{Counter.take(f'initiative:{year}'):02d}"


def start_dossier(user, title, *, keyed_from_paper=False, is_sample=False, now=None, form_template=None):
    """A new draft. Its creator is the main author with the whole share; a clerk keying paper is not.

    It is written under the form in force that day, or under `form_template`: the one that was printed.
    """
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
            form_template=form_template or template_in_force(timezone.localdate(now)),
        )
        if actor.staff and not keyed_from_paper:
            initiative.unit = primary_unit_of(actor.staff, timezone.localdate(now))
        initiative.save()
        if not keyed_from_paper and actor.staff:
            add_author(initiative, staff=actor.staff, share=WHOLE, is_main=True)
        role = "records_clerk" if keyed_from_paper else "main_author"
        record(initiative, "create", actor, role, now, from_state="")
    return initiative


def begun_just_now(user, title, *, keyed_from_paper, now=None):
    """The draft of this name that the person began a moment ago and nobody has written in since, or None: the
    answer was lost on its way, and the form is sent a second time."""
    again = Initiative.objects.filter(
        created_by=user,
        title_key=title_key(title),
        keyed_from_paper=keyed_from_paper,
        state="draft",
        edit_version=0,
        created_at__gt=(now or timezone.now()) - SENT_AGAIN_WITHIN,
    )
    return again.order_by("-pk").first()


def add_author(initiative, *, share, staff=None, is_main=False, **outside):
    """A row of the author table; a person of the roster gets the right to read and write the dossier."""
    values = described(staff) if staff else outside
    author = Author.objects.create(
        initiative=initiative,
        staff=staff,
        order=(initiative.authors.aggregate(last=Max("order"))["last"] or 0) + 1,
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
        _log_answer(locked, "confirm_share", user, author, now)
        _tell_main_author(locked, SHARE_CONFIRMED)
    return True


def decline_share(initiative, user, share, reason, now=None):
    """A co-author says why they do not agree with the share shown. False if it is not theirs to answer now.

    Nothing is undone by it: the main author reads the reason and changes the shares, or asks again.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = Initiative.objects.select_for_update().get(pk=initiative.pk)
        author = may_confirm(locked, user)
        if author is None or author.share != share:
            return False
        _log_answer(locked, "decline_share", user, author, now, reason)
        _tell_main_author(locked, SHARE_DECLINED)
    return True


def _log_answer(initiative, what, user, author, now, reason=""):
    details = {"share": str(author.share)}
    record(initiative, what, Actor.of(user), "co_author", now, reason, details)


def _tell_main_author(initiative, event):
    main = initiative.main_author
    keyed_by = [initiative.created_by] if initiative.keyed_from_paper else []
    announce(
        event,
        [main.staff.user if main and main.staff else None, *keyed_by],
        subject=initiative.code,
        link=f"{initiative.get_absolute_url()}sua/2/",
        refresh=(f"initiative:{initiative.pk}",),
    )


def objections(initiative):
    """{staff code: reason} of co-authors who did not agree with the share they still have."""
    waiting = {
        (author.staff.staff_code, str(author.share))
        for author in initiative.authors.all()
        if author.staff and not author.is_confirmed
    }
    if not waiting:
        return {}
    said = initiative.history.filter(transition="decline_share").values_list(
        "actor_code", "details", "reason"
    )
    return {code: reason for code, details, reason in said if (code, details.get("share")) in waiting}


# ---- changing who shares in it; each runs inside the transaction of the edit, the row being locked


class AlreadyAuthor(Exception):
    """The same person is in the author table already."""


def change_shares(initiative, shares):
    """Writes `{author: share}`. Any difference voids what was confirmed; none voids nothing."""
    changed = [author for author, share in shares.items() if author.share != share]
    for author in changed:
        Author.objects.filter(pk=author.pk).update(share=shares[author])
    if changed:
        start_confirming_anew(initiative)


def start_confirming_anew(initiative):
    """Voids all confirmations and asks for new ones, once there is a whole to agree on."""
    void_confirmations(initiative)
    initiative._prefetched_objects_cache = {}
    if not missing_share(author.share for author in initiative.authors.all()):
        ask_to_confirm(initiative)


def join(initiative, *, share, staff=None, **outside):
    """One more author; the first of a dossier keyed from paper is the main one. Raises `AlreadyAuthor`."""
    values = described(staff) if staff else outside
    if is_author(initiative, staff, values["full_name"], values["birth_date"]):
        raise AlreadyAuthor(values["full_name"])
    first = not initiative.authors.exists()
    author = add_author(initiative, staff=staff, share=share, is_main=first, **({} if staff else outside))
    if first and staff:
        initiative.unit = primary_unit_of(staff, timezone.localdate())
        initiative.save(update_fields=["unit"])
    start_confirming_anew(initiative)
    return author


def is_author(initiative, staff, full_name, birth_date, besides=None):
    """Whether this person is in the table: the same roster row, or the same name and date of birth."""
    key = name_key(full_name)
    return any(
        (staff is not None and author.staff_id == staff.pk)
        or (name_key(author.full_name) == key and author.birth_date == birth_date)
        for author in initiative.authors.all()
        if author.pk != besides
    )


def leave_out(initiative, author):
    """Takes a co-author off; they are told. The main author stays."""
    if author.is_main:
        raise ValueError("the main author is handed over, not removed")
    account = author.staff.user if author.staff else None
    drop_author(author)
    start_confirming_anew(initiative)
    announce(AUTHOR_REMOVED, [account], subject=initiative.code, link="/sang-kien/ho-so/")


def confirms_by_scan(initiative, author):
    """Whether this co-author signs on paper: no account to click with, or the whole dossier is on paper."""
    has_account = author.staff is not None and author.staff.user is not None
    return not author.is_main and (initiative.keyed_from_paper or not has_account)


def describe(initiative, author, values):
    """How the application describes an author. Another name or day of birth is another person: all confirm
    anew; anything else leaves confirmations alone."""
    is_other = any(
        values.get(name, getattr(author, name)) != getattr(author, name)
        for name in ("full_name", "birth_date")
        if author.staff_id is None
    )
    Author.objects.filter(pk=author.pk).update(**values)
    if is_other:
        start_confirming_anew(initiative)


def confirm_by_scan(author, attachment, now=None):
    """The signed paper of a co-author who has no account, or of a paper dossier, stands for the click."""
    author.confirmed_at = now or timezone.now()
    author.confirmation_scan = attachment
    author.save(update_fields=["confirmed_at", "confirmation_scan"])


def remind(initiative, author):
    """Asks one co-author again. False where there is nobody to ask or nothing to answer."""
    if author.is_confirmed or not (author.staff and author.staff.user):
        return False
    announce(
        CONFIRM_SHARE,
        [author.staff.user],
        subject=initiative.code,
        link=f"{initiative.get_absolute_url()}xac-nhan/",
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
