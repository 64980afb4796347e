"""What a competition still lacks before it may be announced; asked by the organiser's pages, before it is
sent for approval, and wherever Wagtail publishes.

The row is locked while it goes out, as it is by every act of an organiser: what was complete stays complete.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from notifications.events import Announcement, announce_many

from . import events, telling
from .acts import log
from .models import Blueprint, CompetitionPage
from .models.result import PrizeKind
from .phases import PhaseCode, faults, phase_at
from .quiz.bank import bank_faults


@dataclass(frozen=True)
class Lack:
    """`code` says what is missing, `where` the organiser's page that mends it (the name of its address)."""

    code: str
    where: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pair(self):
        return self.code, self.where


class NotReady(Exception):
    """A competition was about to be published that lacks something."""

    def __init__(self, competition, lacks):
        self.competition, self.lacks = competition, lacks
        super().__init__(", ".join(lack.code for lack in lacks))


# ---- what is asked, by the page that answers it


def _texts(page, plan, first):
    if not page.summary.strip():
        yield Lack("summary_missing", "texts")
    if not page.contact_name.strip() or not (page.contact_email or page.contact_phone.strip()):
        yield Lack("contact_missing", "texts")


def _rules(page, plan, first):
    texts = {block.value["code"]: block.value["text"].strip() for block in page.rules}
    for article in plan.articles:
        if article.required and not texts.get(article.code):
            yield Lack("article_missing", "rules", {"heading": article.heading})


def _entrance(page, plan, first):
    if page.blueprint == Blueprint.FORUM and not page.place.strip():
        yield Lack("place_missing", "entrance")
    if page.blueprint in (Blueprint.IDEAS, Blueprint.PHOTOS):
        if not page.words_most and not page.files_most:
            yield Lack("entry_is_empty", "entrance")
        if page.window(PhaseCode.FINAL) and page.window(PhaseCode.PRELIMINARY) and not page.finalists:
            yield Lack("finalists_missing", "entrance")
    if page.blueprint == Blueprint.QUIZ and not (page.questions_each and page.minutes):
        yield Lack("quiz_size_missing", "entrance")


def _phases(page, plan, first):
    windows = [phase.window for phase in page.phases.all()]
    given = {window.code for window in windows}
    for phase in plan.phases:
        if not phase.optional and phase.code not in given:
            yield Lack("phase_missing", "phases", {"phase": phase.code})
    for fault in faults(windows):
        yield Lack("phase_faulty", "phases", {"phase": fault.phase})
    opening = [window for window in windows if window.code == plan.phases[0].code]
    if first and phase_at(opening, timezone.now()).is_over:
        yield Lack("first_phase_over", "phases", {"phase": opening[0].code})


def _prizes(page, plan, first):
    if not plan.prizes:
        return
    prizes = list(page.prizes.all())
    has_vote = page.window(PhaseCode.VOTE) is not None
    if not any(prize.kind == PrizeKind.RANKED for prize in prizes):
        yield Lack("prizes_missing", "prizes")
    if any(prize.kind == PrizeKind.FAVOURITE for prize in prizes) and not has_vote:
        yield Lack("favourite_without_vote", "prizes")


def _jury(page, plan, first):
    if not plan.is_judged:
        return
    seats = page.judges.filter(ended_at__isnull=True).count()
    if page.judges_each < 1 or seats < page.judges_each:
        yield Lack("judges_few", "jury", {"count": seats, "needed": max(1, page.judges_each)})
    if page.rubric_id is None:
        yield Lack("rubric_missing", "entrance")


def _share(page, plan, first):
    if page.vote_share and not page.window(PhaseCode.VOTE):
        yield Lack("share_without_vote", "vote_share")


def _questions(page, plan, first):
    for refusal in bank_faults(page):
        yield Lack(refusal.code, "questions", refusal.params)


@dataclass(frozen=True)
class Part:
    """A part of a competition that is complete or not."""

    code: str
    asks: Callable
    applies: Callable = lambda plan: True


PARTS = (
    Part("rules", _rules),
    Part("texts", _texts),
    Part("entrance", _entrance),
    Part("phases", _phases),
    Part("prizes", _prizes, lambda plan: bool(plan.prizes)),
    Part("vote_share", _share, lambda plan: plan.phase(PhaseCode.VOTE) is not None),
    Part("jury", _jury, lambda plan: plan.is_judged),
    Part("questions", _questions, lambda plan: plan.code == Blueprint.QUIZ),
)


def lacks_by_part(page, *, first=None) -> dict[str, list[Lack]]:
    """{part: what it lacks} of every part this kind of competition has; a constant number of queries.
    `first`: whether it is to go out for the first time, where the page cannot tell any more."""
    from .blueprints import plan_of

    plan, first = plan_of(page.blueprint), not page.is_out if first is None else first
    return {part.code: list(part.asks(page, plan, first)) for part in PARTS if part.applies(plan)}


def what_is_missing(page, *, first=None) -> list[Lack]:
    """Everything `page` lacks, in the order of the work. Its texts are asked of the object itself (hand in
    the revision that is to go out), its phases, prizes and jury of the rows."""
    return [lack for lacks in lacks_by_part(page, first=first).values() for lack in lacks]


def latest(competition):
    """The competition as its latest revision says it."""
    return competition.get_latest_revision_as_object()


# ---- wherever Wagtail publishes


def guard(page):
    """Raises NotReady where saving `page` would publish it incomplete. Inside a transaction; locks the
    row."""
    row = CompetitionPage.objects.select_for_update(of=("self",), no_key=True).get(pk=page.pk)
    if row.live and row.live_revision_id == page.live_revision_id:
        return
    if lacks := what_is_missing(page, first=not row.is_out):
        raise NotReady(page, lacks)


def may_go_out(page, revision) -> bool:
    """Asked before a revision is published or scheduled. One whose hour has come is held back and told, so
    that the clock goes on to the next page; anybody else's attempt raises NotReady."""
    draft = revision.as_object()
    lacks = what_is_missing(draft, first=not page.is_out)
    if not lacks:
        return True
    if revision.approved_go_live_at is None:
        raise NotReady(draft, lacks)
    _hold_back(page, revision, lacks)
    return False


def _hold_back(page, revision, lacks):
    with transaction.atomic():
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(page, "not_published", None, missing=[lack.code for lack in lacks])
        told = telling.organisers_of(page)
        announce_many([Announcement(events.NOT_PUBLISHED, told, page.written_at, page.code)])


def note_publication(sender, instance, revision=None, **kwargs):
    """A receiver of `page_published`: its line in the log; organisers are told, whoever sent it for approval
    by the portal's own notice."""
    first = not instance.changes.filter(act="announced").exists()
    user = get_active_log_context().user
    with transaction.atomic():
        log(
            instance, "announced" if first else "text_published", user, revision=getattr(revision, "pk", None)
        )
        asked = (
            instance.workflow_states.order_by("-created_at").values_list("requested_by", flat=True).first()
        )
        told = [
            person for person in telling.organisers_of(instance) if person.pk not in (asked, user and user.pk)
        ]
        event = events.ANNOUNCED if first else events.TEXT_PUBLISHED
        announce_many([Announcement(event, told, instance.written_at, instance.code)])
