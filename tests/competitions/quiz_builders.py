"""A quiz with its bank, its entrants and their sittings."""

from datetime import timedelta

from django.utils import timezone

from competitions.models import Choice, Question
from competitions.moves import Actor
from competitions.quiz import sitting
from tests.competitions import builders

HOUR = timedelta(hours=1)


def quiz(now=None, *, questions=6, questions_each=4, minutes=20, **fields):
    """A published quiz whose entries have been taken for an hour, with a bank of `questions`."""
    now = (now or timezone.now()).replace(second=0, microsecond=0)
    windows = [("entry", now - HOUR, now + 5 * HOUR)]
    values = {"blueprint": "quiz", "questions_each": questions_each, "minutes": minutes}
    values |= {"words_most": 0, "files_most": 0, "phases": windows}
    competition = builders.competition(now, **(values | fields))
    bank(competition, questions)
    return competition


def bank(competition, number):
    """Questions of four answers each; the second one is right."""
    for n in range(number):
        question = Question.objects.create(
            competition=competition, text=f"Câu hỏi thử {n}", explanation=f"Giải thích thử {n}", order=n
        )
        Choice.objects.bulk_create(
            Choice(question=question, text=f"Đáp án {n}{letter}", is_right=letter == "B", order=order)
            for order, letter in enumerate("ABCD")
        )


def draft(competition, person=None, **fields):
    """The draft entry the form of entrants leaves behind."""
    return builders.entry(competition, person or builders.participant(), title="", text="", **fields)


def actor(entry):
    return Actor.of(participant=builders.leader_of(entry))


def begun(competition, now=None, person=None):
    entry = draft(competition, person)
    return sitting.start(entry, actor(entry), now)


def right_of(sat, number):
    """The key of the right answer to question `number`."""
    return Choice.objects.get(question=sat.paper[number - 1][0], is_right=True).pk


def wrong_of(sat, number):
    return Choice.objects.filter(question=sat.paper[number - 1][0], is_right=False).first().pk
