"""Number, date and signed file of a paper, entered after it was signed outside: one transaction, logged."""

from django.db import transaction
from django.utils import timezone

from papers.office import Registration, register

from ..history import record as record_history
from ..meetings.telling import refresh_pages
from ..models import Initiative, Meeting
from ..moves import Actor, Refused
from .offers import DossierPapers, MeetingPapers


def register_meeting_paper(user, meeting, code, *, now=None, **typed):
    """The registered paper of a meeting; `typed`: number, issued_on, file (stored), reason, seen.

    Raises Refused, `papers.office.PaperRefused` and `PaperChanged`.
    """
    with transaction.atomic():
        meeting = (
            Meeting.objects.select_for_update(of=("self",)).select_related("appointment").get(pk=meeting.pk)
        )
        papers = MeetingPapers(user, meeting)
        paper = enter(user, papers.offer(code), typed, now)
        refresh_pages(papers.sitting)
    return paper


def register_dossier_paper(user, initiative, code, *, now=None, **typed):
    """The registered paper about a dossier, with a line in its history; see `register_meeting_paper`."""
    with transaction.atomic():
        rows = Initiative.objects.select_for_update(of=("self",)).for_workflow()
        initiative = rows.prefetch_related("decisions").get(pk=initiative.pk)
        papers = DossierPapers(user, initiative)
        offer = papers.offer(code)
        seen = offer.paper.edit_version if offer.paper else 0
        paper = enter(user, offer, typed, now)
        if paper.edit_version != seen:
            details = {"name": paper.number, **({"sha256": paper.file_sha256} if paper.file else {})}
            record_history(
                initiative,
                "paper_registered",
                Actor.of(user),
                papers.role(offer.kind),
                now or timezone.now(),
                reason=typed.get("reason", ""),
                details=details,
            )
    return paper


def enter(user, offer, typed, now):
    """Number, date and file of one offer; call it inside the transaction that locked what it is about."""
    if not offer.registers.allowed:
        raise Refused(offer.registers)
    actor = Actor.of(user)
    registration = Registration(
        number=typed.get("number", ""),
        issued_on=typed["issued_on"],
        file=typed.get("file"),
        reason=typed.get("reason", ""),
        seen=typed.get("seen", 0),
        not_before=offer.not_before,
        actor={"user": actor.user, "actor_name": actor.name, "actor_code": actor.code},
    )
    return register(offer.kind.code, offer.subject, offer.document(), registration, now=now)
