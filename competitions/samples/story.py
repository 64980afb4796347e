"""What happened in each sample competition up to the moment of loading."""

from datetime import timedelta
from decimal import Decimal

from ..judging import closing, finalists, handing_out, writing
from ..models import Choice, EntrySheet, Signer, Stage
from ..moves import Actor
from ..quiz import bank, sitting
from ..results import basis, checking, drafting, publishing
from ..voting import ballot, casting
from . import entries, people, setting

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_VOTERS = 26


def open_one(written, today, now):
    """Takes entries: some are handed in, one is being written."""
    page = setting.announce(setting.make(written, "ideas", today))
    for entry in written["entries"]:
        entries.hand_in(page, entry, now)
    for draft in written["drafts"]:
        entries.write(page, draft, now)
    return page


def judged_one(written, today, now):
    """Handed out; two judges have begun."""
    page = setting.announce(setting.make(written, "ideas", today, finalists=4))
    for entry in written["entries"]:
        entries.hand_in(page, entry, now)
    begins = page.window(Stage.PRELIMINARY).opens_at
    handing_out.assign_stage(page, Stage.PRELIMINARY, people.account("tochuc"), now=begins, seed=1)
    sheets = EntrySheet.objects.filter(competition=page, judge__user__username__in=setting.JUDGES[:2])
    for sheet in sheets.order_by("pk")[:5]:
        _send(page, sheet, 7, begins + _DAY)
    return page


def voted_one(written, today, now):
    """Put to the vote; some have voted."""
    page = setting.make(written, "photos", today, vote_share=Decimal(20))
    page.prizes.create(name="Bức ảnh được yêu thích", kind="favourite", amount=500_000, order=9)
    page = setting.announce(page)
    handed_in = [entries.hand_in(page, entry, now, n) for n, entry in enumerate(written["entries"])]
    begins, voted_on = page.window("vote").opens_at, ballot.ballot_of(page)
    for number, voter in enumerate(people.voters(_VOTERS)):
        chosen = handed_in[(number * number + number // 3) % len(handed_in)]
        casting.cast(voted_on, chosen.code, voter, now=begins + (number + 1) * _HOUR)
    return page


def settled_one(written, today, now):
    """Judged in two rounds; drafted, checked by a second person, published, with certificates."""
    organiser = people.account("tochuc")
    page = setting.announce(setting.make(written, "ideas", today))
    quality = {}
    for entry in written["entries"]:
        quality[entries.hand_in(page, entry, now).pk] = entry["points"]
    for stage in (Stage.PRELIMINARY, Stage.FINAL):
        begins = page.window(stage).opens_at
        handing_out.assign_stage(page, stage, organiser, now=begins, seed=1)
        for sheet in EntrySheet.objects.filter(competition=page, stage=stage).order_by("pk"):
            _send(page, sheet, quality[sheet.entry_id], begins + _DAY)
        closing.close_stage(page, stage, organiser, now=begins + 2 * _DAY)
        if stage == Stage.PRELIMINARY:
            finalists.choose_finalists(page, organiser, now=begins + 3 * _DAY)
    _publish(page, organiser)
    return page


def _send(page, sheet, quality, now):
    """A whole sheet: `quality` tenths of each criterion's points, the judge's own hand a point up or down."""
    criteria = page.rubric.rubric.criteria
    points = {c.code: Decimal(int(c.max_points * quality / 10)) for c in criteria if not c.comment_only}
    generous = next(iter(points))
    points[generous] -= sheet.judge_id % 2
    comment = "Bài nêu rõ việc làm được ngay, có số liệu."
    writing.submit_sheet(sheet.judge.user, sheet, points, comment, base_version=sheet.edit_version, now=now)


def _publish(page, organiser):
    over = page.window(Stage.FINAL).closes_at
    found = drafting.offers(page, basis.basis_of(page, over + _DAY))
    choices = {offer.slot.name: drafting.Choice(offer.proposed) for offer in found}
    draft = drafting.draft(page, organiser, choices, seen="", now=over + _DAY)
    checking.check(page, people.account("duyetbai"), seen=draft.sha256, now=over + 2 * _DAY)
    day = (over + 3 * _DAY).date()
    publishing.publish(
        page,
        organiser,
        seen=draft.sha256,
        number="215/QĐ-UBND",
        on=day,
        signed_as=Signer.HEAD,
        signer_name=people.account("lanhdao").display_name,
        now=over + 3 * _DAY,
    )


def quiz(written, today, now):
    """A quiz that can be taken; some have taken it."""
    page = setting.make(written, "quiz", today, questions_each=10, minutes=15)
    bank.add_all(page, [_question(question) for question in written["questions"]])
    page = setting.announce(page)
    for taker in written["takers"]:
        _sit(page, taker, now)
    return page


def _question(written):
    answers = [(written["right"], True), *((wrong, False) for wrong in written["wrong"])]
    return written["text"], written["why"], answers


def _sit(page, taker, now):
    """A sitting with as many right answers as the text says, in that many seconds."""
    begun = now - timedelta(days=taker["days_ago"])
    entry, person, _begun = entries.begin(page, taker, begun)
    actor = Actor.of(participant=person)
    under_way = sitting.start(entry, actor, now=begun)
    rights = dict(
        Choice.objects.filter(question__competition=page, is_right=True).values_list("question", "pk")
    )
    for number, (question, choices) in enumerate(under_way.paper, start=1):
        right = rights[question]
        wrong = next(choice for choice in choices if choice != right)
        chosen = right if number <= taker["right"] else wrong
        sitting.answer(under_way, number, chosen, now=begun + timedelta(seconds=number))
    sitting.hand_in(under_way, actor, now=begun + timedelta(seconds=taker["seconds"]))
