"""A result in words, for pages and papers. Codes stay codes until here."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vietnamese.numbers import format_decimal, round_half_up

from .result import (
    BELOW_PASS,
    COMPLETE_AGAIN,
    CRITERION_BELOW,
    CRITERION_ELIMINATES,
    FAIL,
    GROUP_BELOW,
    NO_COMPLETE_SHEET,
    PASS,
)

_VERDICTS = {
    PASS: lambda: pgettext("result of scoring", "passes"),
    COMPLETE_AGAIN: lambda: pgettext("result of scoring", "to be completed and scored again"),
    FAIL: lambda: pgettext("result of scoring", "does not pass"),
}
_REASONS = {
    NO_COMPLETE_SHEET: lambda: _("No sheet is complete yet."),
    BELOW_PASS: lambda: _("The mean total is %(value)s, under %(bound)s."),
    CRITERION_BELOW: lambda: _("“%(subject)s”: the mean is %(value)s, under the minimum of %(bound)s."),
    CRITERION_ELIMINATES: lambda: _(
        "“%(subject)s”: the mean is %(value)s, under %(bound)s. This criterion alone decides."
    ),
    GROUP_BELOW: lambda: _("Group “%(subject)s”: the mean is %(value)s, under the minimum of %(bound)s."),
}


def verdict_words(verdict):
    """The verdict in the language in use; "" while there is none."""
    return _VERDICTS[verdict]() if verdict else ""


def grade_label(rubric, code):
    """The label of a grade by its code, "" for none."""
    return next((grade.label for grade in rubric.grades if grade.code == code), "")


def reason_sentence(rubric, reason):
    """Why the sheets did not (yet) pass the dossier: one sentence with the figure and its bound."""
    if reason.value is None:
        return _REASONS[reason.code]()
    return _REASONS[reason.code]() % {
        "subject": _name(rubric, reason),
        "value": below(reason.value, reason.bound),
        "bound": format_decimal(reason.bound),
    }


def below(value, bound):
    """`value` with two decimals, or as many more as it takes to be seen to lie under `bound`."""
    value, places = Fraction(value), 2
    while round_half_up(value, places) >= bound and value < bound:
        places += 1
    return format_decimal(value, places)


def _name(rubric, reason):
    if not reason.subject:
        return ""
    find = rubric.group if reason.code == GROUP_BELOW else rubric.criterion
    return find(reason.subject).name
