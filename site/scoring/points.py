"""Reading the points a member typed. One reader for web form, autosave, Excel and keyed paper sheets.

"8,5" and "8.5" are the same number; what could be read in two ways ("1.234") is refused, never guessed.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from vietnamese.numbers import format_decimal, parse_decimal

MISSING = "missing"
NOT_A_NUMBER = "not_a_number"
OUT_OF_RANGE = "out_of_range"
NOT_ON_STEP = "not_on_step"


class ScoreRefused(ValueError):
    """Points that cannot be taken. `code` is stable; `message` names the criterion and its range."""

    def __init__(self, code, criterion=None):
        self.code = code
        self.criterion = criterion
        super().__init__(code)

    @property
    def message(self):
        if self.criterion is None:
            return _PLAIN_SENTENCES[self.code]()
        return _SENTENCES[self.code]() % {
            "criterion": self.criterion.name,
            "max": format_decimal(self.criterion.max_points),
            "step": format_decimal(self.criterion.step),
        }

    def __str__(self):
        return self.message


# Functions, so that the sentence is in the language of whoever reads it.
_SENTENCES = {
    MISSING: lambda: _("“%(criterion)s” has no points yet. Type a number from 0 to %(max)s."),
    NOT_A_NUMBER: lambda: _("“%(criterion)s”: type a number from 0 to %(max)s in figures, for example 8.5."),
    OUT_OF_RANGE: lambda: _("“%(criterion)s” takes 0 to %(max)s points. Type a number in that range."),
    NOT_ON_STEP: lambda: _("“%(criterion)s” goes from 0 to %(max)s in steps of %(step)s. Type the nearest."),
}
_PLAIN_SENTENCES = {
    MISSING: lambda: _("No points yet. Type a number."),
    NOT_A_NUMBER: lambda: _("Type the points in figures, for example 8.5."),
    OUT_OF_RANGE: lambda: _("The points are out of range. Type a number from 0 up."),
    NOT_ON_STEP: lambda: _("The points are not on a step. Type the nearest step."),
}


def parse_points(text, criterion=None):
    """The exact number typed, by comma or point, at most two decimals. Raises `ScoreRefused`.

    Blanks around it are ignored (a paste). Thousands marks, signs, exponents, NaN and digits of other
    scripts are refused. A negative number is out of range. Nothing typed is missing, which is not zero.
    """
    text = "" if text is None else str(text).strip()
    if not text:
        raise ScoreRefused(MISSING, criterion)
    try:
        number = parse_decimal(text.replace("\N{MINUS SIGN}", "-"), places=2, grouping=False)
    except ValueError as error:
        raise ScoreRefused(NOT_A_NUMBER, criterion) from error
    if number.is_signed():
        raise ScoreRefused(OUT_OF_RANGE, criterion)
    return number


def check_points(criterion, value):
    """`value` as it may be kept for `criterion`: a Decimal in range and on a step. Raises `ScoreRefused`."""
    if value is None:
        raise ScoreRefused(MISSING, criterion)
    if criterion.comment_only or not isinstance(value, Decimal) or not value.is_finite():
        raise ScoreRefused(NOT_A_NUMBER, criterion)
    if not 0 <= value <= criterion.max_points:
        raise ScoreRefused(OUT_OF_RANGE, criterion)
    if value % criterion.step:
        raise ScoreRefused(NOT_ON_STEP, criterion)
    return value


def read_points(criterion, text):
    """Parse and check in one: the Decimal to keep. Raises `ScoreRefused` naming the criterion."""
    return check_points(criterion, parse_points(text, criterion))


def range_hint(criterion):
    """The line under the field: step and, where there is one, the minimum."""
    step = _("In steps of %(step)s.") % {"step": format_decimal(criterion.step)}
    if criterion.min_mean is None:
        return step
    figures = {"minimum": format_decimal(criterion.min_mean)}
    minimum = _("A mean under %(minimum)s fails this criterion.") % figures
    return f"{step} {minimum}"
