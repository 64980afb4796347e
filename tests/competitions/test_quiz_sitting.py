"""A sitting by the server's clock: begun once, answered in time, handed in once and for all."""

import json
from datetime import timedelta
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from competitions import completeness, jobs, workflow
from competitions.models import Answer, Entry, EntryHistory, EntryVersion, Phase, Sitting
from competitions.moves import CLOCK, Actor, Refused
from competitions.quiz import paper, review, sitting
from competitions.quiz.sitting import SittingRefused
from notifications.models import OutboxMail
from people.roles import Role
from tests.competitions import builders
from tests.competitions.quiz_builders import HOUR, actor, begun, draft, quiz, right_of, wrong_of
from tests.competitions.test_vote_casting import at_once
from tests.ideas.builders import make_user

one_thread = pytest.mark.django_db
many_threads = pytest.mark.django_db(transaction=True)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def refusal(act, *args, **kwargs):
    with pytest.raises(SittingRefused) as refused:
        act(*args, **kwargs)
    return refused.value.refusal.code


def fresh(sat):
    return Sitting.objects.select_related("entry__competition").get(pk=sat.pk)


# ---- the paper


@given(
    st.dictionaries(st.integers(1, 500), st.lists(st.integers(), min_size=2, max_size=6, unique=True)),
    st.integers(0, 30),
    st.integers(),
)
def test_a_paper_is_drawn_from_the_bank_without_repeating(bank, number, seed):
    drawn = paper.draw(bank, number, Random(seed))
    keys = [question for question, _choices in drawn]
    assert len(keys) == len(set(keys)) == min(number, len(bank))
    assert all(sorted(choices) == sorted(bank[question]) for question, choices in drawn)
    assert drawn == paper.draw(bank, number, Random(seed))


def test_papers_differ():
    bank = {n: [10 * n + c for c in range(4)] for n in range(20)}
    assert len({str(paper.draw(bank, 10)) for _draw in range(20)}) == 20


# ---- beginning


@one_thread
def test_a_sitting_begins_with_a_paper_and_its_minutes():
    competition = quiz()
    now = timezone.now()
    sat = begun(competition, now)
    assert (sat.started_at, sat.ends_at) == (now, now + 20 * MINUTE)
    assert len(sat.paper) == 4 and all(len(choices) == 4 for _question, choices in sat.paper)
    assert (sat.handed_in_at, sat.right, sat.seconds) == (None, None, None)
    assert sat.entry.state == "draft" and not OutboxMail.objects.exists()


@one_thread
@pytest.mark.parametrize(
    ("edge", "offset", "reason"),
    [
        ("opens_at", -1, "entries_not_open_yet"),
        ("opens_at", 0, ""),
        ("opens_at", 1, ""),
        ("closes_at", -1, ""),
        ("closes_at", 0, "entries_closed"),
        ("closes_at", 1, "entries_closed"),
    ],
)
def test_it_begins_in_the_entry_window_to_the_second(edge, offset, reason):
    competition = quiz()
    entry = draft(competition)
    moment = getattr(competition.window("entry"), edge) + offset * SECOND
    if reason:
        assert refusal(sitting.start, entry, actor(entry), moment) == reason
        assert not Sitting.objects.exists()
    else:
        assert sitting.start(entry, actor(entry), moment).started_at == moment


@one_thread
def test_whoever_could_not_hand_in_does_not_begin():
    competition = quiz(min_age=16, team_most=2)
    young = draft(competition, builders.participant())
    unasked = draft(competition, builders.participant(birth_date="1990-01-01"), consents=False)
    other = builders.participant()
    whole = draft(competition, builders.participant(birth_date="1990-01-01"))
    user = make_user("tochuc", "", Role.ORGANISER)
    builders.may_organise(user, competition)
    organiser = draft(competition, builders.participant(user=user, birth_date="1990-01-01"))
    elsewhere = builders.entry(builders.competition(), other)
    reasons = {
        "age": refusal(sitting.start, young, actor(young)),
        "consent": refusal(sitting.start, unasked, actor(unasked)),
        "not the leader": refusal(sitting.start, whole, Actor.of(participant=other)),
        "organiser": refusal(sitting.start, organiser, actor(organiser)),
        "no quiz": refusal(sitting.start, elsewhere, actor(elsewhere)),
    }
    assert reasons == {
        "age": "birth_date_missing",
        "consent": "consent_missing",
        "not the leader": "only_leader",
        "organiser": "organises_or_judges",
        "no quiz": "no_quiz",
    }
    assert sitting.start(whole, actor(whole)).pk


@one_thread
def test_a_bank_that_is_too_small_begins_nothing():
    entry = draft(quiz(questions=3))
    assert refusal(sitting.start, entry, actor(entry)) == "bank_incomplete"


@one_thread
def test_beginning_again_is_the_same_sitting():
    competition = quiz()
    first = begun(competition)
    again = sitting.start(first.entry, actor(first.entry), timezone.now() + 5 * MINUTE)
    assert (again.pk, again.paper, again.ends_at) == (first.pk, first.paper, first.ends_at)


@one_thread
def test_withdrawing_and_entering_anew_is_no_second_try():
    competition = quiz()
    person = builders.participant()
    sat = begun(competition, person=person)
    sitting.hand_in(sat, actor(sat.entry))
    workflow.move(sat.entry, "withdraw", Actor.of(participant=person))
    anew = draft(competition, person)
    assert refusal(sitting.start, anew, actor(anew)) == "already_sat"
    with pytest.raises(IntegrityError), transaction.atomic():  # and the database says so too
        Sitting.objects.create(
            entry=anew,
            competition=competition,
            participant=person,
            paper=[],
            started_at=timezone.now(),
            ends_at=timezone.now(),
        )


# ---- answering


@one_thread
def test_an_answer_is_kept_at_once_and_the_last_one_counts():
    sat = begun(quiz())
    now = timezone.now()
    sitting.answer(sat, 1, wrong_of(sat, 1), now)
    sitting.answer(sat, 1, right_of(sat, 1), now + SECOND)
    sitting.answer(sat, 2, wrong_of(sat, 2), now + SECOND)
    kept = {a.question_id: (a.choice_id, a.at) for a in Answer.objects.all()}
    assert kept == {
        sat.paper[0][0]: (right_of(sat, 1), now + SECOND),
        sat.paper[1][0]: (wrong_of(sat, 2), now + SECOND),
    }


@one_thread
@pytest.mark.parametrize("end", ["its own", "the close of entries"])
@pytest.mark.parametrize(("offset", "taken"), [(-1, True), (0, False), (1, False)])
def test_answers_are_taken_until_the_very_second(end, offset, taken):
    competition = quiz()
    start = timezone.now().replace(microsecond=0)
    if end == "the close of entries":
        start = competition.window("entry").closes_at - 7 * MINUTE
    sat = begun(competition, start)
    ends = start + (20 * MINUTE if end == "its own" else 7 * MINUTE)
    assert sitting.time_of(sat).closes_at == ends
    if taken:
        assert sitting.answer(sat, 1, right_of(sat, 1), ends + offset * SECOND) == ends - SECOND
    else:
        assert refusal(sitting.answer, sat, 1, right_of(sat, 1), ends + offset * SECOND) == "time_is_up"
    assert Answer.objects.exists() is taken


@one_thread
def test_the_seconds_left_are_nought_at_the_end_and_not_before():
    now = timezone.now()
    sat = begun(quiz(now), now)
    tick = timedelta(milliseconds=1)
    left = [sitting.seconds_left(sat, sat.ends_at + n * tick) for n in (-1001, -1000, -999, -1, 0, 1)]
    assert left == [2, 1, 1, 1, 0, 0]


@one_thread
def test_only_answers_of_that_very_question_are_taken():
    sat = begun(quiz())
    assert refusal(sitting.answer, sat, 1, right_of(sat, 2)) == "no_such_answer"
    assert not Answer.objects.exists()


@one_thread
def test_nothing_is_taken_once_it_is_handed_in():
    sat = begun(quiz())
    sitting.answer(sat, 1, right_of(sat, 1))
    sitting.hand_in(sat, actor(sat.entry))
    assert refusal(sitting.answer, sat, 1, wrong_of(sat, 1)) == "handed_in"
    assert refusal(sitting.answer, sat, 2, right_of(sat, 2)) == "handed_in"
    assert fresh(sat).right == 1 and Answer.objects.get().choice_id == right_of(sat, 1)


# ---- handing in


@one_thread
def test_handing_in_marks_numbers_and_freezes():
    now = timezone.now().replace(microsecond=0)
    sat = begun(quiz(now), now)
    for number, choice in ((1, right_of(sat, 1)), (2, wrong_of(sat, 2)), (3, right_of(sat, 3))):
        sitting.answer(sat, number, choice, now + MINUTE)
    done = sitting.hand_in(sat, actor(sat.entry), now + 5 * MINUTE + 7 * SECOND)
    assert (done.right, done.seconds, done.handed_in_at) == (2, 307, now + 307 * SECOND)
    entry = Entry.objects.get(pk=sat.entry_id)
    assert (entry.state, entry.number, entry.submitted_at) == ("submitted", 1, now + 307 * SECOND)
    frozen = json.loads(EntryVersion.objects.get(entry=entry).payload)["sitting"]
    assert (frozen["right"], frozen["seconds"]) == (2, 307)
    assert frozen["answers"][:2] == [[sat.paper[0][0], right_of(sat, 1)], [sat.paper[1][0], wrong_of(sat, 2)]]
    assert frozen["answers"][3] == [sat.paper[3][0], None]
    line = EntryHistory.objects.get(entry=entry)
    assert (line.transition, line.actor_role, line.at) == ("submit", "leader", now + 307 * SECOND)
    assert OutboxMail.objects.get().to == builders.leader_of(entry).email


@one_thread
def test_handing_in_twice_changes_nothing():
    sat = begun(quiz())
    first = sitting.hand_in(sat, actor(sat.entry))
    again = sitting.hand_in(sat, actor(sat.entry), timezone.now() + MINUTE)
    assert (again.handed_in_at, again.seconds) == (first.handed_in_at, first.seconds)
    assert EntryVersion.objects.count() == OutboxMail.objects.count() == 1


@one_thread
@pytest.mark.parametrize("end", ["its own", "the close of entries"])
@pytest.mark.parametrize(("offset", "step"), [(-1, "submit"), (0, "submit_at_end"), (1, "submit_at_end")])
def test_around_its_end_a_person_or_the_clock_hands_in(end, offset, step):
    competition = quiz()
    start = timezone.now().replace(microsecond=0)
    if end == "the close of entries":
        start = competition.window("entry").closes_at - 7 * MINUTE
    sat = begun(competition, start)
    ends = sitting.time_of(sat).closes_at
    done = sitting.hand_in(sat, actor(sat.entry), ends + offset * SECOND)
    assert done.handed_in_at == min(ends, ends + offset * SECOND)
    line = EntryHistory.objects.get()
    by_whom = ("leader", "Người Dự Thi") if step == "submit" else ("clock", "Đồng hồ hệ thống")
    assert (line.transition, (line.actor_role, line.actor_name)) == (step, by_whom)
    entry = Entry.objects.get(pk=sat.entry_id)
    assert (entry.state, entry.submitted_at, line.at) == (
        "submitted",
        done.handed_in_at,
        ends + offset * SECOND,
    )


@one_thread
def test_the_clock_hands_in_what_ran_out_and_nothing_else():
    now = timezone.now().replace(microsecond=0)
    competition = quiz(now)
    over, running = begun(competition, now - 20 * MINUTE), begun(competition, now - 19 * MINUTE)
    sitting.answer(over, 1, right_of(over, 1), now - 10 * MINUTE)
    jobs.hand_in_quizzes(now)
    assert (fresh(over).right, fresh(over).seconds, fresh(over).handed_in_at) == (1, 1200, now)
    assert fresh(running).handed_in_at is None and fresh(running).entry.state == "draft"
    jobs.hand_in_quizzes(now)
    assert EntryVersion.objects.count() == 1


@one_thread
def test_a_worker_that_stood_still_catches_up_as_of_the_end():
    now = timezone.now().replace(microsecond=0)
    competition = quiz(now)
    closes = competition.window("entry").closes_at
    early, late = begun(competition, closes - HOUR), begun(competition, closes - 3 * MINUTE)
    sitting.answer(late, 2, right_of(late, 2), closes - SECOND)
    back = closes + timedelta(days=2)
    assert sitting.hand_in_run_out(back) == 2
    assert (fresh(early).handed_in_at, fresh(early).seconds) == (closes - 40 * MINUTE, 1200)
    assert (fresh(late).handed_in_at, fresh(late).seconds, fresh(late).right) == (closes, 180, 1)
    for sat in (early, late):
        entry = fresh(sat).entry
        assert (entry.state, entry.submitted_at, entry.is_late) == (
            "submitted",
            fresh(sat).handed_in_at,
            False,
        )
        assert entry.versions.get().submitted_at == entry.submitted_at
        assert entry.history.get().at == back  # the log does not pretend it happened earlier


@one_thread
def test_one_that_cannot_be_handed_in_keeps_none_of_the_others_waiting(monkeypatch):
    now = timezone.now()
    competition = quiz(now)
    broken, whole = begun(competition, now - 40 * MINUTE), begun(competition, now - 30 * MINUTE)
    mark = sitting._mark

    def failing(sat, at):
        if sat.pk == broken.pk:
            raise RuntimeError("disk full")
        mark(sat, at)

    monkeypatch.setattr(sitting, "_mark", failing)
    sitting.hand_in_run_out(now)
    assert fresh(broken).handed_in_at is None
    assert fresh(whole).entry.state == "submitted"


@one_thread
def test_an_entry_withdrawn_meanwhile_stays_withdrawn():
    now = timezone.now()
    sat = begun(quiz(now), now - 30 * MINUTE)
    workflow.move(sat.entry, "withdraw", actor(sat.entry))
    sitting.hand_in_run_out(now)
    assert fresh(sat).handed_in_at and fresh(sat).entry.state == "withdrawn"
    assert not EntryVersion.objects.exists()


@one_thread
def test_who_may_no_longer_enter_is_not_handed_in_by_the_clock():
    now = timezone.now()
    competition = quiz(now)
    user = make_user("canbo")
    sat = begun(competition, now - 30 * MINUTE, builders.participant(user=user))
    competition.judges.create(user=user, appointed_at=now)
    sitting.hand_in_run_out(now)
    assert fresh(sat).handed_in_at and fresh(sat).entry.state == "draft"


@one_thread
def test_a_person_whose_entry_is_not_taken_loses_nothing():
    now = timezone.now()
    competition = quiz(now)
    user = make_user("canbo")
    sat = begun(competition, now, builders.participant(user=user))
    competition.judges.create(user=user, appointed_at=now)
    with pytest.raises(Refused) as refused:
        sitting.hand_in(sat, actor(sat.entry), now + MINUTE)
    assert refused.value.answer.reason == "organises_or_judges"
    assert fresh(sat).handed_in_at is None and fresh(sat).entry.state == "draft"


# ---- the door


@one_thread
def test_a_quiz_entry_is_complete_when_it_was_sat():
    competition = quiz()
    entry = draft(competition)
    assert workflow.may(entry, "submit", actor(entry)).reason == "sitting_missing"
    sat = sitting.start(entry, actor(entry))
    entry = Entry.objects.get(pk=entry.pk)
    assert workflow.may(entry, "submit", actor(entry)).reason == "sitting_open"
    sitting.hand_in(sat, actor(entry))
    assert list(completeness.lacks(Entry.objects.get(pk=entry.pk))) == []


@one_thread
def test_nobody_but_the_clock_hands_in_at_the_end_and_not_before_it():
    now = timezone.now()
    organiser = make_user("tochuc", "", Role.ORGANISER)
    sat = begun(quiz(now, organiser=organiser), now)
    entry = sat.entry
    imposter = Actor(name=CLOCK.name)
    for who in (actor(entry), Actor.of(user=organiser), imposter, Actor.of()):
        assert workflow.may(entry, "submit_at_end", who, now=now + HOUR).reason == "only_clock"
    asked = [workflow.may(entry, "submit_at_end", CLOCK, now=now + m * MINUTE).reason for m in (19, 20)]
    assert asked == ["sitting_still_runs", "sitting_open"]
    unsat = draft(sat.competition)
    assert workflow.may(unsat, "submit_at_end", CLOCK).reason == "sitting_missing"
    for step in ("submit", "withdraw", "refuse", "submit_late"):
        assert workflow.may(entry, step, CLOCK, now=now).reason.startswith(("only_", "wrong_state"))


@one_thread
def test_a_quiz_is_not_handed_in_anew_nor_late_without_a_sitting():
    organiser = make_user("tochuc", "", Role.ORGANISER)
    competition = quiz(organiser=organiser)
    sat = begun(competition)
    entry = sitting.hand_in(sat, actor(sat.entry)).entry
    entry = Entry.objects.get(pk=entry.pk)
    assert workflow.may(entry, "resubmit", actor(entry)).reason == "quiz_is_sat_once"
    late = draft(competition)
    after = competition.window("entry").closes_at
    asked = workflow.may(
        late, "submit_late", Actor.of(user=organiser), now=after, data={"reason": "Mất mạng"}
    )
    assert asked.reason == "sitting_missing"


# ---- what is shown


@one_thread
@pytest.mark.parametrize(("offset", "shown"), [(-1, False), (0, True), (1, True)])
def test_marks_are_shown_from_the_close_of_entries(offset, shown):
    now = timezone.now()
    competition = quiz(now)
    sat = begun(competition, now)
    sitting.answer(sat, 1, wrong_of(sat, 1))
    sat = sitting.hand_in(sat, actor(sat.entry))
    moment = competition.window("entry").closes_at + offset * SECOND
    assert review.may_be_shown(sat, moment) is shown
    found = review.marked(sat, moment)
    assert bool(found) is shown
    if shown:
        first, second = found[0], found[1]
        assert (first.is_right, bool(first.own), first.right[-1]) == (False, True, "B")
        assert (second.is_right, second.own) == (False, "")
        assert first.explanation.startswith("Giải thích thử")


@one_thread
def test_a_window_moved_meanwhile_moves_the_end():
    now = timezone.now().replace(second=0, microsecond=0)
    competition = quiz(now)
    sat = begun(competition, now)
    Phase.objects.filter(competition=competition).update(closes_at=now + 10 * MINUTE)
    assert refusal(sitting.answer, sat, 1, right_of(sat, 1), now + 10 * MINUTE) == "time_is_up"
    Phase.objects.filter(competition=competition).update(closes_at=now + 9 * HOUR)
    assert sitting.answer(sat, 1, right_of(sat, 1), now + 19 * MINUTE)


# ---- races


@many_threads
def test_beginning_in_ten_windows_is_one_sitting():
    competition = quiz()
    entry = draft(competition)
    who = actor(entry)
    seen = []
    outcomes = at_once(10, lambda n: seen.append(str(sitting.start(entry, who).paper)) or entry)
    assert outcomes == ["Entry"] * 10
    assert Sitting.objects.count() == 1 and len(set(seen)) == 1


@many_threads
def test_two_windows_answering_one_question_leave_one_answer():
    sat = begun(quiz())
    choices = sat.paper[0][1]
    outcomes = at_once(12, lambda n: sitting.answer(sat, 1, choices[n % 4]))
    assert outcomes == ["datetime"] * 12
    assert Answer.objects.count() == 1 and Answer.objects.get().choice_id in choices


@many_threads
def test_person_and_clock_handing_in_together_hand_in_once():
    now = timezone.now()
    sat = begun(quiz(now), now - 20 * MINUTE)
    who = actor(sat.entry)
    acts = (lambda: sitting.hand_in(sat, who), lambda: sitting.hand_in_run_out(timezone.now()))
    at_once(8, lambda n: acts[n % 2]())
    assert EntryVersion.objects.count() == EntryHistory.objects.count() == OutboxMail.objects.count() == 1
    assert fresh(sat).handed_in_at == fresh(sat).ends_at


@many_threads
def test_an_answer_racing_the_handing_in_is_marked_or_refused():
    for _round in range(3 if connection.vendor == "sqlite" else 10):
        sat = begun(quiz())
        who, right = actor(sat.entry), right_of(sat, 1)
        acts = (lambda: sitting.answer(sat, 1, right), lambda: sitting.hand_in(sat, who))  # noqa: B023
        outcome = at_once(2, lambda n: acts[n]())[0]  # noqa: B023
        kept = Answer.objects.filter(sitting=sat).count()
        assert (outcome, fresh(sat).right, kept) in (("datetime", 1, 1), ("SittingRefused", 0, 0))
