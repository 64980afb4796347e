"""The ward's report: its periods, its draft, a section, the paper."""

from .papers import annexes, issue, paper, signed
from .report import begin, differences, periods, renew, report
from .sections import autosave, redraft, section
from .signing import signer

__all__ = [
    "annexes",
    "autosave",
    "begin",
    "differences",
    "issue",
    "paper",
    "periods",
    "redraft",
    "renew",
    "report",
    "section",
    "signed",
    "signer",
]
