"""The bank of questions: complete or not, changed until the competition is out and never after."""

from django.db import transaction

from vietnamese.text import nfc

from ..models import Blueprint, Choice, CompetitionPage, Question
from ..moves import Refusal

LEAST_ANSWERS, MOST_ANSWERS = 2, 6


class BankRefused(Exception):
    """The bank was not changed; `refusal` says why."""

    def __init__(self, refusal):
        self.refusal = refusal
        super().__init__(refusal.code)


def bank_faults(competition):
    """[Refusal] why this quiz cannot be announced yet; empty for a complete bank, and for what is no quiz.
    Codes: too_few_questions (count, needed), question_incomplete (number of the question in the bank)."""
    if competition.blueprint != Blueprint.QUIZ:
        return []
    questions = list(competition.questions.prefetch_related("choices"))
    found = []
    needed = max(competition.questions_each, 1)
    if len(questions) < needed:
        found.append(Refusal("too_few_questions", {"count": len(questions), "needed": needed}))
    for number, question in enumerate(questions, start=1):
        if not is_whole(question):
            found.append(Refusal("question_incomplete", {"number": number}))
    return found


def is_whole(question):
    """Two to six answers, exactly one of them right."""
    choices = list(question.choices.all())
    right = sum(choice.is_right for choice in choices)
    return right == 1 and LEAST_ANSWERS <= len(choices) <= MOST_ANSWERS


def same_text(text):
    """Under which key two texts say the same: letter case and blanks aside, never the marks."""
    return " ".join(nfc(text).casefold().split())


def change_refusal(competition):
    """Why the bank may not be changed, or None. Once the competition was out, everybody gets the same."""
    if competition.live or competition.first_published_at is not None:
        return Refusal("already_published")
    return None


def put(competition, question, *, text, explanation, choices):
    """Adds a question (`question` None) or changes one; `choices` [(text, is_right)] in order."""
    with transaction.atomic():
        locked = _locked(competition)
        if question is None:
            question = Question(competition=locked, order=_next_order(locked))
        question.text, question.explanation = text, explanation
        question.save()
        question.choices.all().delete()
        _add_choices([(question, choices)])
    return question


def remove(competition, question):
    with transaction.atomic():
        _locked(competition)
        question.delete()


def add_all(competition, given, *, replace=False):
    """Adds many at once, [(text, explanation, choices)]; with `replace` those before them go."""
    with transaction.atomic():
        locked = _locked(competition)
        if replace:
            locked.questions.all().delete()
        first = _next_order(locked)
        made = Question.objects.bulk_create(
            Question(competition=locked, text=text, explanation=explanation, order=first + number)
            for number, (text, explanation, _choices) in enumerate(given)
        )
        _add_choices(zip(made, (choices for _text, _explanation, choices in given), strict=True))
    return len(made)


def _locked(competition):
    rows = CompetitionPage.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.get(pk=competition.pk)
    if refusal := change_refusal(locked):
        raise BankRefused(refusal)
    return locked


def _next_order(competition):
    last = competition.questions.order_by("-order").values_list("order", flat=True).first()
    return 0 if last is None else last + 1


def _add_choices(pairs):
    Choice.objects.bulk_create(
        Choice(question=question, text=text, is_right=is_right, order=order)
        for question, choices in pairs
        for order, (text, is_right) in enumerate(choices)
    )
