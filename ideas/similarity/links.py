"""How initiatives hang together: stated by whoever keeps the dossier, taken back with a reason, both in the
history of either dossier. Shown to whoever may read both; on the public card only where both are public."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ideas.access import PUBLISHED
from ideas.capacities import SECRETARY, acting_capacity
from ideas.history import record
from ideas.models import Initiative, InitiativeLink, LinkKind
from ideas.moves import Actor, Move
from ideas.refusing import Refused
from portal.stamp import raise_stamp

from .saying import link_words

LINKED, UNLINKED = "linked", "unlinked"
STEPS = (LINKED, UNLINKED)  # of the history: read by whoever may read the other dossier too
PUBLIC_KINDS = (LinkKind.CONTINUES, LinkKind.PART_OF)


@dataclass(frozen=True)
class Shown:
    """A link as it stands on one of its two dossiers."""

    pk: int
    words: str  # how this dossier hangs together with the other
    other: Initiative
    title: str  # as it was submitted, whatever its authors are writing now
    note: str
    made_at: object
    made_by_name: str

    @property
    def url(self):
        """The public card; whoever may read the dossier of one that has none is led on from there."""
        return f"/sang-kien/{self.other.code}/"


def keeps(user, initiative, now=None):
    """Whether this person does the secretary's work on the dossier (from `for_workflow()`)."""
    if initiative.state == "draft" or initiative.submitted_at is None:
        return False
    move = Move("link", Actor.of(user), now or timezone.now())
    return acting_capacity((SECRETARY,), initiative, move) is not None


# ---- stating and taking back


def make(initiative, user, other, kind, note, now=None):
    """States that `initiative` is similar to, continues or is part of `other`. Raises Refused."""
    now, note = now or timezone.now(), note.strip()
    if not note:
        raise Refused("link_note_missing", "note")
    with transaction.atomic():
        both = _lock(initiative.pk, other.pk)
        one = both[initiative.pk]
        if not keeps(user, one, now):
            raise Refused("only_secretary_links")
        two = _linkable(one, user, other)
        source, target = _directed(one, two, kind)
        _refuse_senseless(source, target, kind)
        link = InitiativeLink.objects.create(
            source=source,
            target=target,
            kind=kind,
            note=note,
            made_at=now,
            made_by=user,
            made_by_name=user.display_name,
        )
        _follow(link, LINKED, user, now, note)
    return link


def take_back(link, user, reason, now=None):
    """The link no longer stands; row and history stay. Raises Refused."""
    now, reason = now or timezone.now(), reason.strip()
    if not reason:
        raise Refused("link_reason_missing", "reason")
    with transaction.atomic():
        both = _lock(link.source_id, link.target_id)
        row = InitiativeLink.objects.select_for_update().get(pk=link.pk)
        row.source, row.target = both[row.source_id], both[row.target_id]
        if row.taken_back_at is not None:
            raise Refused("link_taken_back")
        if not any(keeps(user, one, now) for one in both.values()):
            raise Refused("only_secretary_links")
        row.taken_back_at, row.taken_back_by_name, row.taken_back_reason = now, user.display_name, reason
        row.save(update_fields=["taken_back_at", "taken_back_by_name", "taken_back_reason"])
        _follow(row, UNLINKED, user, now, reason)
    return row


def _lock(*pks):
    rows = Initiative.objects.select_for_update(of=("self",)).for_workflow()
    return {row.pk: row for row in rows.filter(pk__in=pks).order_by("pk")}


def _linkable(initiative, user, other):
    """The other one as this person may read it: what they may not read they learn nothing about here."""
    if initiative.pk == other.pk:
        raise Refused("link_to_itself", "code")
    found = _readable(user).filter(pk=other.pk, submitted_at__isnull=False).first()
    if found is None or found.state == "draft":
        raise Refused("link_unknown_code", "code")
    return found


def _directed(one, two, kind):
    if kind == LinkKind.SIMILAR and one.pk > two.pk:
        return two, one
    return one, two


def _refuse_senseless(source, target, kind):
    standing = InitiativeLink.objects.filter(kind=kind, taken_back_at__isnull=True)
    if standing.filter(source=source, target=target).exists():
        raise Refused("link_stands")
    if kind != LinkKind.SIMILAR and _leads_to(source.pk, target.pk, standing):
        raise Refused("link_goes_round", "code")


def _leads_to(wanted, start, standing):
    """Whether following `standing` from `start` arrives at `wanted`."""
    seen, ahead = set(), {start}
    while ahead:
        if wanted in ahead:
            return True
        seen |= ahead
        ahead = set(standing.filter(source__in=ahead).values_list("target", flat=True)) - seen
    return False


def _follow(link, step, user, now, reason):
    """A line in both histories; kept public pages are old where the link stood on them."""
    for one, other in ((link.source, link.target), (link.target, link.source)):
        details = {"link": link.kind, "is_source": one.pk == link.source_id, "other": other.code}
        record(one, step, Actor.of(user), SECRETARY.code, now, reason, details=details)
    if link.kind in PUBLIC_KINDS and link.source.state in PUBLISHED and link.target.state in PUBLISHED:
        raise_stamp()


# ---- reading


def _readable(user):
    """Whose dossier, or at least whose public card, this person may read."""
    dossiers = Initiative.objects.visible_to(user).values("pk")
    return Initiative.objects.filter(Q(pk__in=dossiers) | Q(state__in=PUBLISHED))


def shown_on(initiative, user):
    """Standing links of a dossier this person reads, to others they may read as well; two queries."""
    return _shown(initiative, _readable(user))


def shown_in_public(initiative):
    """Links of a published initiative to others that are published, and only of a kind everybody may read."""
    return _shown(initiative, Initiative.objects.published(), PUBLIC_KINDS)


def _shown(initiative, others, kinds=LinkKind.values):
    standing = InitiativeLink.objects.filter(
        Q(source=initiative.pk) | Q(target=initiative.pk), kind__in=kinds, taken_back_at__isnull=True
    )
    links = list(standing)
    wanted = {link.target_id if link.source_id == initiative.pk else link.source_id for link in links}
    found = {}
    if wanted:
        others = others.filter(pk__in=wanted).annotate(submitted_title=F("compared_text__title"))
        found = {other.pk: other for other in others.only("code", "state")}
    return [
        Shown(
            link.pk,
            link_words(link.kind, is_source=link.source_id == initiative.pk),
            found[pk],
            found[pk].submitted_title,
            link.note,
            link.made_at,
            link.made_by_name,
        )
        for link in links
        if (pk := link.target_id if link.source_id == initiative.pk else link.source_id) in found
    ]


def readable_history(user, initiative):
    """The history without lines about links to dossiers this person may not read: neither the other's code
    nor that there is one."""
    entries = list(initiative.history.order_by("-at", "-pk"))
    named = {entry.details.get("other") for entry in entries if entry.transition in STEPS}
    if not named:
        return entries
    known = set(_readable(user).filter(code__in=named).values_list("code", flat=True))
    return [e for e in entries if e.transition not in STEPS or e.details.get("other") in known]
