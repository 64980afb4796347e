"""Shares of authorship: exact decimals with two places that make 100.00 together. Pure functions."""

from decimal import Decimal

from vietnamese.numbers import parse_decimal

WHOLE = Decimal("100.00")
_CENT = Decimal("0.01")


class ShareRefused(ValueError):
    """`code` says what is wrong with a typed share."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def parse_share(text):
    """The share typed as "30", "30,5" or "30.25". Refuses three places, zero, negatives, over 100."""
    try:
        value = parse_decimal(text, grouping=False)
    except ValueError:
        raise ShareRefused("not_a_number") from None
    if value != value.quantize(_CENT):
        raise ShareRefused("too_many_places")
    if value <= 0:
        raise ShareRefused("not_positive")
    if value > WHOLE:
        raise ShareRefused("over_100")
    return value.quantize(_CENT)


def missing_share(shares):
    """How much the shares lack to make 100.00; negative where they exceed it."""
    return WHOLE - sum(shares, Decimal("0.00"))


def even_shares(count):
    """`count` shares as equal as two places allow, the first taking what is left over; 100.00 together."""
    share = (WHOLE / count).quantize(_CENT, rounding="ROUND_DOWN")
    return [WHOLE - share * (count - 1), *[share] * (count - 1)]
