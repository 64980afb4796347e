"""Which earlier initiatives resemble a text: a shortlist by marks, then the words of the shortlist exactly.

Two queries whatever there is. The order depends on the texts and keys alone, so it is the same on every
database, in every process.
"""

from dataclasses import dataclass
from heapq import nlargest

from django.db.models import F

from .kept import compared_of
from .scoring import Resemblance, resemblance
from .words import TEXT_BITS, Compared

MOST = 3  # shown at once
SHORTLIST = 20  # by the title, and as many by problem and solution


@dataclass(frozen=True)
class Hit:
    """An initiative that resembles the text asked about."""

    pk: int
    code: str
    title: str
    state: str
    compared: Compared
    resemblance: Resemblance


def similar_to(asked, rows, most=MOST):
    """Up to `most` hits for a `Compared` among `rows` (of `similarity.access`), the likest first; of equally
    like ones the newer first."""
    if not (asked.title_marks or asked.text_marks):
        return []
    listed = rows.filter(pk__in=shortlist(asked, rows)).defer("title_marks", "text_marks")
    hits = [
        Hit(row.pk, row.code, row.title, row.state, compared, found)
        for row in listed.annotate(code=F("initiative__code"), state=F("initiative__state"))
        if (found := resemblance(asked, compared := compared_of(row)))
    ]
    return sorted(hits, key=lambda hit: (-hit.resemblance.weight, -hit.pk))[:most]


def shortlist(asked, rows):
    """Keys of the rows whose marks promise most."""
    by_title, by_text = [], []
    title, text = asked.title_marks, asked.text_marks
    in_title, in_text = title.bit_count(), text.bit_count()
    for pk, title_bytes, text_bytes in rows.values_list("pk", "title_marks", "text_marks"):
        other = int.from_bytes(title_bytes, "big")
        shared = (title & other).bit_count()
        if shared:
            by_title.append((_promise_of_title(shared, in_title, other.bit_count()), pk))
        other = int.from_bytes(text_bytes, "big")
        more = (text & other).bit_count() * TEXT_BITS - in_text * other.bit_count()  # than by chance
        if more > 0:
            by_text.append((more, pk))
    return {pk for listed in (by_title, by_text) for _promise, pk in nlargest(SHORTLIST, listed)}


def _promise_of_title(shared, one, other):
    """As `scoring.title_score` weighs it: the same, or within the longer one."""
    return max(200 * shared // (one + other), 80 * shared // min(one, other))
