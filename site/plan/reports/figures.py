"""What may be typed as a figure of a target, and how it is kept: exact, as plain text ("95.5"). Pure."""

from decimal import Decimal

from vietnamese.numbers import parse_decimal

PLACES = 4  # as `ReportedValue` keeps them
_LARGEST = Decimal(10) ** 16 - 1


class FigureRefused(ValueError):
    """Not a figure to keep; `code` says why."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def typed_figure(text) -> Decimal:
    """ "95,5" and "95.5" are the same figure. Raises FigureRefused."""
    try:
        figure = parse_decimal(text)
    except ValueError:
        raise FigureRefused("not_a_number") from None
    if figure < 0:
        raise FigureRefused("negative")
    if -figure.as_tuple().exponent > PLACES:
        raise FigureRefused("too_many_places")
    if figure > _LARGEST:
        raise FigureRefused("too_large")
    return figure


def kept(figure) -> str:
    """The figure as plain text, without needless zeros; "" for none."""
    if figure is None:
        return ""
    text = format(Decimal(figure), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read(text) -> Decimal | None:
    return Decimal(text) if text else None


def is_more_than_all(numerator, denominator) -> bool:
    """Whether a share would come to more than 100 %. Nothing out of nothing is "nothing to count"."""
    return numerator is not None and denominator is not None and numerator > denominator
