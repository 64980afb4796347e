"""One sitting: begun once, answered while its time runs, handed in by the person or by the clock.

The server's clock alone decides. The time of a sitting is a window `[begin, end)`; its end is the end of the
minutes or the close of entries, whichever comes first.
"""

import logging
import math

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import rules, workflow
from ..capacities import LEADER
from ..lifecycle import EntryState
from ..models import Answer, Blueprint, Choice, CompetitionPage, Entry, Sitting
from ..moves import CLOCK, Move, Refusal, Refused
from ..phases import MINUTE, PhaseCode, Window
from . import bank, paper

log = logging.getLogger(__name__)


class SittingRefused(Exception):
    """Nothing was begun or saved; `refusal` says why."""

    def __init__(self, refusal):
        self.refusal = refusal
        super().__init__(refusal.code)


def time_of(sitting):
    """The `Window` in which answers are taken."""
    entries = sitting.entry.competition.window(PhaseCode.ENTRY)
    ends = [sitting.ends_at, *([entries.closes_at] if entries else [])]
    return Window("sitting", sitting.started_at, min(ends))


def seconds_left(sitting, now):
    """Whole seconds, a begun one counted: 0 when its time is up and not before, so that no page that counts
    on from here hands in while an answer would still be taken."""
    return max(0, math.ceil((time_of(sitting).closes_at - now).total_seconds()))


# ---- beginning


def start_refusal(entry, actor, now):
    """Why this person cannot begin the quiz of this entry, or None. Everything that handing it in will ask is
    asked before: nobody sits for nothing."""
    move = Move("start", actor, now)
    if entry.competition.blueprint != Blueprint.QUIZ:
        return Refusal("no_quiz")
    if entry.state != EntryState.DRAFT:
        return Refusal("wrong_state", {"state": entry.state})
    if not LEADER.holds(entry, move):
        return Refusal("only_leader")
    asked = (
        rules.entries_are_taken,
        rules.may_enter,
        rules.team_has_answered,
        rules.consents_are_given,
        _has_not_sat,
        _bank_is_whole,
    )
    return next((refusal for rule in asked if (refusal := rule(entry, move))), None)


def _has_not_sat(entry, move):
    """In another entry of theirs, withdrawn since."""
    own = Sitting.objects.filter(competition=entry.competition, participant=move.actor.participant)
    return Refusal("already_sat") if own.exists() else None


def _bank_is_whole(entry, move):
    return Refusal("bank_incomplete") if bank.bank_faults(entry.competition) else None


def start(entry, actor, now=None):
    """Begins the sitting; the one that was begun already where there is one, in whichever window."""
    with transaction.atomic():
        rows = Entry.objects.select_for_update(of=("self",)).select_related("competition")
        locked = rows.get(pk=entry.pk)
        begun = Sitting.objects.filter(entry=locked).first()
        if begun is not None:
            return begun
        moment = now or timezone.now()
        if refusal := start_refusal(locked, actor, moment):
            raise SittingRefused(refusal)
        try:
            with transaction.atomic():
                return _begin(locked, actor.participant, moment)
        except IntegrityError:  # in another entry of theirs, this very moment
            raise SittingRefused(Refusal("already_sat")) from None


def _begin(entry, participant, moment):
    competition = entry.competition
    answers = {}
    for question, choice in Choice.objects.filter(question__competition=competition).values_list(
        "question", "pk"
    ):
        answers.setdefault(question, []).append(choice)
    return Sitting.objects.create(
        entry=entry,
        competition=competition,
        participant=participant,
        paper=paper.draw(answers, competition.questions_each),
        started_at=moment,
        ends_at=moment + competition.minutes * MINUTE,
    )


# ---- answering


def answer(sitting, number, choice, now=None):
    """Keeps the answer to question `number` (from 1) at once and says the moment. From whichever window it
    comes, a later one replaces it."""
    with transaction.atomic():
        locked = _lock(sitting)
        moment = now or timezone.now()
        if locked.handed_in_at is not None:
            raise SittingRefused(Refusal("handed_in", {"at": locked.handed_in_at}))
        if not time_of(locked).holds(moment):
            raise SittingRefused(Refusal("time_is_up", {"at": time_of(locked).closes_at}))
        question, choices = locked.paper[number - 1]
        if choice not in choices:
            raise SittingRefused(Refusal("no_such_answer"))
        Answer.objects.update_or_create(
            sitting=locked, question_id=question, defaults={"choice_id": choice, "at": moment}
        )
    return moment


# ---- handing in


def hand_in(sitting, actor, now=None):
    """Marks the sitting and hands its entry in; once: handed in before, it stays as it was.

    Before its end the person does it, at this moment. After it the clock has done it at the end, whoever
    asks and however late. Raises `Refused` where the person's entry is not taken; then nothing is changed.
    """
    with transaction.atomic():
        CompetitionPage.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.competition_id)
        locked = _lock(sitting)
        if locked.handed_in_at is not None:
            return locked
        moment, time = now or timezone.now(), time_of(locked)
        if time.holds(moment):
            _mark(locked, moment)
            workflow.move(locked.entry, "submit", actor, now=moment)
        else:
            _mark(locked, time.closes_at)
            _hand_in_at_end(locked, moment)
    return locked


def _hand_in_at_end(sitting, moment):
    """An entry withdrawn or not allowed by now stays where it is; its sitting is over all the same."""
    try:
        with transaction.atomic():
            workflow.move(sitting.entry, "submit_at_end", CLOCK, now=moment)
    except Refused as refused:
        log.info("entry %s was not handed in at its end: %s", sitting.entry_id, refused.answer.reason)


def _mark(sitting, at):
    sitting.right = sitting.answers.filter(choice__is_right=True).count()
    sitting.seconds = int((at - sitting.started_at).total_seconds())
    sitting.handed_in_at = at
    sitting.save(update_fields=["right", "seconds", "handed_in_at"])


def hand_in_run_out(now):
    """What the clock does: every sitting whose time is up, however long ago; how many there were."""
    still = Sitting.objects.filter(handed_in_at__isnull=True).select_related("entry__competition")
    still = still.prefetch_related("entry__competition__phases").order_by("ends_at", "pk")
    due = [sitting for sitting in still if not time_of(sitting).holds(now)]
    for sitting in due:
        try:
            hand_in(sitting, CLOCK, now)
        except Exception:  # one that cannot be handed in keeps none of the others waiting
            log.exception("sitting %s could not be handed in", sitting.pk)
    return len(due)


def _lock(sitting):
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("entry__competition")
    return rows.get(pk=sitting.pk)
