"""Results of a recognised initiative: reading them, writing them down, verifying them."""

from .deciding import decide, verify
from .reading import evidence, ledger
from .writing import adopt, end, indicator, measure

__all__ = ["adopt", "decide", "end", "evidence", "indicator", "ledger", "measure", "verify"]
