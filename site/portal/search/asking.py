"""Finds: two queries a page, whatever is asked and however much is found.

All words must stand in a thing, the last one may be begun. Titles weigh more than texts; among the best 200
those written with exactly the accents asked for come first.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection

from vietnamese.text import name_key

from ..models import SearchEntry
from .words import asked_words

PAGE_SIZE = 20
MOST_LISTED = 200
_SHOWN = ("id", "kind", "object_id", "title", "text", "detail", "url", "day", "year")


@dataclass
class Answer:
    """`total` things match; of them `listed` can be paged through. `kinds` and `years` count what each
    narrowing would leave, the other one kept."""

    entries: list = field(default_factory=list)
    total: int = 0
    page: int = 1
    kinds: dict = field(default_factory=dict)
    years: dict = field(default_factory=dict)

    @property
    def listed(self):
        return min(self.total, MOST_LISTED)

    @property
    def pages(self):
        return max(1, -(-self.listed // PAGE_SIZE))


@dataclass(frozen=True)
class _Dialect:
    tables: str
    index: str  # the part of `tables` that is enough where nothing is narrowed
    counted: str
    key: str
    matches: str
    weight: str
    lacks: str  # whether the exact text lacks what was typed
    begun: str
    joint: str

    def match(self, words):
        """The words in the database's own query language; they hold letters and digits only."""
        quoted = [f"{self.quote}{word}{self.quote}" for word in words]
        return self.joint.join(quoted) + self.begun

    @property
    def quote(self):
        return '"' if self.begun == "*" else "'"


_SQLITE = _Dialect(
    tables="portal_searchentry e JOIN portal_search_fts ON portal_search_fts.rowid = e.id",
    index="portal_search_fts",
    # The + keeps it to the small index of kinds and years: a word in most things would fetch as many rows.
    counted="portal_searchentry WHERE +id IN "
    "(SELECT rowid FROM portal_search_fts WHERE portal_search_fts MATCH %s)",
    key="portal_search_fts.rowid",
    matches="portal_search_fts MATCH %s",
    weight="bm25(portal_search_fts, 6.0, 1.0)",
    lacks="instr(exact, %s) = 0",
    begun="*",
    joint=" ",
)
_POSTGRESQL = _Dialect(
    tables="portal_searchentry e",
    index="portal_searchentry e",
    counted="portal_searchentry WHERE vector @@ to_tsquery('simple', %s)",
    key="e.id",
    matches="e.vector @@ to_tsquery('simple', %s)",
    weight="-ts_rank(e.vector, to_tsquery('simple', %s))",
    lacks="position(%s in exact) = 0",
    begun=":*",
    joint=" & ",
)


def ask(text, kind="", year=None, page=1) -> Answer:
    """What everybody may read and `text` names; any input is a query, none an error."""
    words = asked_words(text)
    if not words:
        return Answer()
    counts = _counts(words)
    answer = Answer(
        total=sum(n for (k, y), n in counts.items() if kind in ("", k) and year in (None, y)),
        kinds=_sums(counts, lambda k, y: k if year in (None, y) else None),
        years=_sums(counts, lambda k, y: y if kind in ("", k) else None),
    )
    answer.page = min(max(page, 1), answer.pages)
    if answer.total:
        answer.entries = _page(words, name_key(text), kind, year, answer.page)
    return answer


def finds(text) -> bool:
    """Whether anything is named so; one query."""
    words = asked_words(text)
    return bool(words) and bool(_counts(words))


def _dialect():
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


# What stands in the statements below is written in this file; whatever was typed goes as a parameter.


def _counts(words):
    """{(kind, year): how many}."""
    dialect = _dialect()
    sql = f"SELECT kind, year, count(*) FROM {dialect.counted} GROUP BY kind, year"  # noqa: S608 # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(sql, [dialect.match(words)])
        return {(kind, year): count for kind, year, count in cursor.fetchall()}


def _sums(counts, group):
    sums = Counter()
    for (kind, year), count in counts.items():
        if group(kind, year) is not None:
            sums[group(kind, year)] += count
    return dict(sums)


def _page(words, typed, kind, year, page):
    dialect = _dialect()
    match = dialect.match(words)
    narrowed, values = "", []
    if kind:
        narrowed, values = f"{narrowed} AND e.kind = %s", [*values, kind]
    if year:
        narrowed, values = f"{narrowed} AND e.year = %s", [*values, year]
    tables = dialect.tables if narrowed else dialect.index
    weighed = [match] * dialect.weight.count("%s")
    best = (
        f"SELECT {dialect.key} AS id, {dialect.weight} AS weight FROM {tables} "  # noqa: S608 # nosec B608
        f"WHERE {dialect.matches}{narrowed} ORDER BY weight, {dialect.key} DESC LIMIT {MOST_LISTED}"
    )
    shown = (
        f"SELECT id, weight, {dialect.lacks} AS lacks FROM ({best}) best "  # noqa: S608 # nosec B608
        "JOIN portal_searchentry USING (id) "
        f"ORDER BY lacks, weight, id DESC LIMIT {PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}"
    )
    sql = (
        f"SELECT {', '.join(_SHOWN)} FROM ({shown}) shown "  # noqa: S608 # nosec B608
        "JOIN portal_searchentry USING (id) ORDER BY lacks, weight, id DESC"
    )
    return list(SearchEntry.objects.raw(sql, [typed, *weighed, match, *values]))
