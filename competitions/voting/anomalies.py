"""What looks odd about the votes. Pure: hints for people, who decide; nothing is voided by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

NETWORK_VOTES, NETWORK_SPAN = 10, timedelta(minutes=10)  # a household or an office does not do that
BURST_VOTES, BURST_SPAN = 20, timedelta(minutes=1)
DOMAIN_VOTES = 5
# Where people have their mailboxes, and domains that only public bodies and schools are given.
_USUAL = """
gmail.com yahoo.com yahoo.com.vn outlook.com outlook.com.vn hotmail.com live.com icloud.com me.com
proton.me protonmail.com zoho.com viettel.com.vn vnpt.vn fpt.com.vn
"""
USUAL_DOMAINS = frozenset(_USUAL.split())
USUAL_ENDINGS = (".gov.vn", ".edu.vn")


@dataclass(frozen=True)
class VoteRow:
    """A vote as far as this asks. `network` and `domain` are "" where they are not known, or not asked."""

    pk: int
    entry: str
    at: datetime
    network: str = ""
    domain: str = ""


@dataclass(frozen=True)
class Finding:
    """`code` same_network, burst or unusual_domain; `votes` their keys in order of time; `entries` the codes
    they went to, `domain` for the last kind."""

    code: str
    votes: tuple[int, ...]
    entries: tuple[str, ...]
    first: datetime
    last: datetime
    domain: str = ""

    @property
    def key(self):
        """Names it in an address, the same as long as the votes are."""
        return f"{self.code}-{self.votes[0]}"


def findings(rows: Iterable[VoteRow]) -> list[Finding]:
    """All there is, by kind and then by time; the order of `rows` plays no part."""
    rows = sorted(rows, key=lambda row: (row.at, row.pk))
    return [*_same_network(rows), *_bursts(rows), *_domains(rows)]


def _same_network(rows):
    for group in _by(rows, "network"):
        for run in _runs(group, NETWORK_VOTES, NETWORK_SPAN):
            yield _finding("same_network", run)


def _bursts(rows):
    for group in _by(rows, "entry"):
        for run in _runs(group, BURST_VOTES, BURST_SPAN):
            yield _finding("burst", run)


def _domains(rows):
    for group in _by(rows, "domain"):
        domain = group[0].domain
        usual = domain in USUAL_DOMAINS or domain.endswith(USUAL_ENDINGS)
        if not usual and len(group) >= DOMAIN_VOTES:
            yield _finding("unusual_domain", group, domain)


def _by(rows, name):
    """Groups of one value, those without one left out; in order of their first vote."""
    groups = defaultdict(list)
    for row in rows:
        if value := getattr(row, name):
            groups[value].append(row)
    return groups.values()


def _runs(rows, most, span):
    """The parts of `rows` (in order of time) where within `span` there are at least `most`; parts that
    overlap are one."""
    run_begins = run_ends = None
    first = 0
    for last, row in enumerate(rows):
        while row.at - rows[first].at >= span:
            first += 1
        if last - first + 1 < most:
            continue
        if run_ends is not None and first <= run_ends:
            run_ends = last
            continue
        if run_ends is not None:
            yield rows[run_begins : run_ends + 1]
        run_begins, run_ends = first, last
    if run_ends is not None:
        yield rows[run_begins : run_ends + 1]


def _finding(code, rows, domain=""):
    entries = tuple(sorted({row.entry for row in rows}))
    return Finding(code, tuple(row.pk for row in rows), entries, rows[0].at, rows[-1].at, domain)
