"""Taking a freeze: version 1 once its day has come, later versions as amendments with a reason.

Nothing is ever changed or deleted: an amendment stands beside what it amends.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obligations import ledger
from people.units import UnitTree
from vietnamese.dates import short_date
from vietnamese.text import nfc

from .. import coverage
from ..access import is_training_officer
from ..coverage import Policy
from ..models import CoverageSnapshot, Requirement, SnapshotRow
from ..reminding.subjects import FREEZE, of_freeze
from .checklist import checklist
from .records import figures_of, hash_of, kept_values, live_rows, payload_of, samples_among, stored_rows

Label = CoverageSnapshot.Label
_AT_ONCE = 500


class Refused(Exception):
    """The freeze is not taken. `code` is stable, `words` say why, `field` names the field they belong to."""

    def __init__(self, code, words, field=""):
        self.code, self.words, self.field = code, words, field
        super().__init__(code)


def as_of(policy: Policy, label: str) -> date:
    """The day a freeze speaks of: the evaluation day of the policy, or the last of the year. Always in the
    year, as every as-of date is."""
    first, last = policy.window[0], coverage.last_day(policy.year)
    return last if label == Label.YEAR_END else min(max(policy.evaluation_on, first), last)


def latest(requirement: int, year: int, label: str) -> CoverageSnapshot | None:
    """The version that holds; `requirement` is a key."""
    found = CoverageSnapshot.objects.filter(requirement=requirement, year=year, label=label)
    return found.order_by("-version").first()


def may_freeze(policy: Policy, label: str, user, now: datetime, items=None) -> Refused | None:
    """Why it can't be taken now, or None. Asked by the page first and by `freeze` again. `items`: the
    checklist, where the caller has it."""
    if not is_training_officer(user):
        return Refused("not_yours", _("The training officer takes freezes."))
    day = as_of(policy, label)
    if timezone.localdate(now) < day:
        words = _("The freeze is as of %(day)s and can be taken from that day on.")
        return Refused("too_early", words % {"day": short_date(day)})
    blocking = [item for item in items or checklist(policy, day, now) if item.blocks]
    if blocking:
        words = ngettext(
            "%(count)s item of the checklist is open.",
            "%(count)s items of the checklist are open.",
            len(blocking),
        )
        return Refused("checklist", words % {"count": len(blocking)})
    return None


def freeze(policy: Policy, label: str, user, now: datetime, *, reason="", seen=0) -> CoverageSnapshot:
    """Takes the freeze, or amends the one there is. Raises Refused.

    `seen` is the version the person had before their eyes, 0 for none: whoever presses twice, or while
    somebody else does, is told instead of making another version. The policy is read again: what was asked as
    "what if" is never frozen.
    """
    with transaction.atomic():
        Requirement.objects.select_for_update(no_key=True).get(pk=policy.requirement)
        policy = coverage.policy_of(policy.code, policy.year)
        former = latest(policy.requirement, policy.year, label)
        reason = nfc(reason).strip()
        _check_former(former, seen, reason)
        if refused := may_freeze(policy, label, user, now):
            raise refused
        tree = UnitTree.load()
        rows = live_rows(policy, as_of(policy, label), tree)
        if former and not _differs(former, rows, policy, tree):
            raise Refused("nothing_changed", _("Nothing has changed since version %s.") % former.version)
        snapshot = _new(policy, label, user, now, rows)
        if former:
            snapshot.version, snapshot.reason = former.version + 1, reason
        _store(snapshot, rows, policy, tree)
        ledger.fulfil(FREEZE, of_freeze(policy.code, policy.year, label), now=now)
    return snapshot


def _check_former(former, seen, reason):
    version = former.version if former else 0
    if version != seen:
        words = _("Version %(version)s was taken by %(name)s meanwhile. Read it first.")
        raise Refused("meanwhile", words % {"version": version, "name": former.taken_by_name})
    if former and not reason:
        raise Refused("reason", _("Say why the freeze is amended."), "reason")


def _differs(former, rows, policy, tree):
    return rows != stored_rows(former) or kept_values(former)["policy"] != policy.as_values(tree)


def _new(policy, label, user, now, rows):
    figures = figures_of(rows)
    return CoverageSnapshot(
        requirement_id=policy.requirement,
        year=policy.year,
        label=label,
        as_of=as_of(policy, label),
        taken_at=now,
        taken_by=user,
        taken_by_name=nfc(user.display_name),
        trained=figures.trained,
        exempt=figures.exempt,
        not_due=figures.not_due,
        missing=figures.missing,
    )


def _store(snapshot, rows, policy, tree):
    snapshot.payload = payload_of(snapshot, rows, policy.as_values(tree), samples_among(rows))
    snapshot.sha256 = hash_of(snapshot.payload)
    snapshot.save()
    SnapshotRow.objects.bulk_create(
        (SnapshotRow(snapshot=snapshot, **row._asdict()) for row in rows), batch_size=_AT_ONCE
    )
