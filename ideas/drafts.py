"""Saving a dossier one step at a time, two people at once included.

A page carries, for each field, the fingerprint of what was stored when it was drawn (its *base*). When it
comes back, a field the person left alone keeps what others saved meanwhile, a field nobody else touched takes
what was typed, and one that both changed is a clash: nothing of the step is written before a person chooses.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from editing.merging import kept_base, merge

from .authorship import change_shares
from .models import Initiative
from .text import title_key

FIELDS_OF_STEP = {
    1: ("title", "kind", "field_id", "problem"),
    2: (),  # one share for each author, see `share_name`
    3: ("first_applied_on", "trial_applied_on", "first_use_ended_on", "investor", "uses_public_money"),
    4: ("prior_state", "description", "novelty", "applicability", "conditions", "difference"),
    5: ("benefit_by_author", "benefit_amount", "benefit_by_users", "public_summary"),
    6: ("has_confidential_part", "confidential_part"),
    7: (),
}


class NotEditable(Exception):
    """The dossier left the states it can be written in while somebody was typing."""


class Conflict(Exception):
    """Nothing was written: `clashes` wait for a choice. `by` saved at `at`."""

    def __init__(self, clashes, initiative):
        self.clashes = clashes
        self.by = initiative.edited_by
        self.at = initiative.edited_at
        super().__init__(", ".join(clash.name for clash in clashes))


@dataclass(frozen=True)
class Saved:
    """What a save did: the names written, and the fingerprints of what now stands as it was typed."""

    initiative: Initiative
    changed: tuple
    at: datetime
    base: dict = field(default_factory=dict)


def share_name(author):
    return f"share-{author.pk}"


def stored_answers(initiative, step):
    """{name: value} of one step as it stands in the database."""
    if step == 2:
        return {share_name(author): author.share for author in initiative.authors.all()}
    return {name: getattr(initiative, name) for name in FIELDS_OF_STEP[step]}


def base_of(initiative, step):
    return {name: fingerprint(value) for name, value in stored_answers(initiative, step).items()}


def save_step(initiative, user, step, answers, base, now=None):
    """Writes what the person changed of one step. Raises `Conflict` and `NotEditable`.

    `answers` holds checked values only; names it lacks are left alone. A name without base counts as
    changed by the person on purpose.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_for_editing(initiative, user)
        stored = stored_answers(locked, step)
        wanted, clashes = merge({n: v for n, v in answers.items() if n in stored}, stored, base)
        if clashes:
            raise Conflict(clashes, locked)
        if wanted:
            _write(locked, step, wanted)
            mark_edited(locked, user)
    standing = {**stored, **wanted}
    return Saved(locked, tuple(wanted), now, kept_base(answers, standing))


def lock_for_editing(initiative, user):
    """The dossier's row, locked, if this person may still write in it. Call inside a transaction."""
    editable = Initiative.objects.editable_by(user).select_for_update(of=("self",))
    locked = editable.filter(pk=initiative.pk).first()
    if locked is None:
        raise NotEditable(initiative.code)
    return locked


def mark_edited(initiative, user):
    """Every saved edit raises the version, so that an older page notices."""
    initiative.edit_version += 1
    initiative.edited_by = user
    initiative.save(update_fields=["edit_version", "edited_by", "edited_at"])


def _write(initiative, step, wanted):
    if step == 2:
        shares = {author: wanted.get(share_name(author), author.share) for author in initiative.authors.all()}
        change_shares(initiative, shares)
        return
    for name, value in wanted.items():
        setattr(initiative, name, value)
    names = list(wanted)
    if "title" in wanted:
        initiative.title_key = title_key(initiative.title)
        names.append("title_key")
    initiative.save(update_fields=names)
