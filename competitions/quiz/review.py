"""What a person sees of their own sitting: while it runs without any hint, afterwards with marks."""

from dataclasses import dataclass

from ..models import Choice, Question
from ..phases import PhaseCode, phase_at


@dataclass(frozen=True)
class Asked:
    """One question of a paper; `chosen` the key of the answer given, None where none was."""

    number: int
    pk: int
    text: str
    choices: tuple[tuple[int, str], ...]
    chosen: int | None


@dataclass(frozen=True)
class Marked:
    """One question once entries are closed."""

    number: int
    text: str
    own: str  # "" where it was left open
    right: str
    is_right: bool
    explanation: str


def asked(sitting):
    """[Asked] in the order of the paper; neither which answer is right nor why is even read."""
    texts = dict(Question.objects.filter(pk__in=_questions(sitting)).values_list("pk", "text"))
    choices = dict(Choice.objects.filter(question__in=texts).values_list("pk", "text"))
    chosen = dict(sitting.answers.values_list("question", "choice"))
    return [
        Asked(number, pk, texts[pk], tuple((key, choices[key]) for key in keys), chosen.get(pk))
        for number, (pk, keys) in enumerate(sitting.paper, start=1)
    ]


def may_be_shown(sitting, now):
    """Whether marks are shown: handed in, and nobody can sit it any more."""
    entries = sitting.entry.competition.window(PhaseCode.ENTRY)
    return sitting.handed_in_at is not None and entries is not None and phase_at([entries], now).is_over


def marked(sitting, now):
    """[Marked] in the order of the paper; nothing before it may be shown."""
    if not may_be_shown(sitting, now):
        return []
    questions = Question.objects.filter(pk__in=_questions(sitting)).prefetch_related("choices")
    found = {question.pk: question for question in questions}
    chosen = dict(sitting.answers.values_list("question", "choice"))
    return [
        _marked(number, found[pk], chosen.get(pk))
        for number, (pk, _keys) in enumerate(sitting.paper, start=1)
    ]


def _marked(number, question, chosen):
    choices = {choice.pk: choice for choice in question.choices.all()}
    own = choices.get(chosen)
    right = next(choice for choice in choices.values() if choice.is_right)
    return Marked(
        number, question.text, own.text if own else "", right.text, own == right, question.explanation
    )


def _questions(sitting):
    return [pk for pk, _keys in sitting.paper]
