"""What the public reads about initiatives: recognised ones, and of them only what is named here.

Nothing else of a dossier's row is even loaded: no confidential part, no amounts, no birth dates, nothing the
first users said.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from portal import search, sitemap
from portal.stamp import raise_stamp
from vietnamese.text import fold

from .access import PUBLISHED
from .models import Author, Decision, DecisionKind, Field, Initiative

FOUND_AS = "initiative"  # their kind in the search
_SENTENCE_END = re.compile(r"(?<=[.;])\s+|\n")
_LOADED = (
    "code",
    "title",
    "title_key",
    "state",
    "kind",
    "public_summary",
    "description",
    "benefit_by_author",
    "is_sample",
    "state_since",
    "field__name",
    "field__code",
    "unit__name",
    "unit__code",
)


@dataclass(frozen=True)
class Card:
    """A recognised initiative as the public reads it."""

    code: str
    title: str
    summary: str
    description: str
    promised: str  # the benefit as the authors see it, the line their certificate carries too
    kind: str
    field: str
    unit: str
    authors: tuple[str, ...]
    decision_number: str
    decided_on: date | None
    is_sample: bool

    @property
    def url(self):
        return f"/sang-kien/{self.code}/"

    @property
    def promised_in_short(self):
        """Its first sentence, for lists."""
        return _SENTENCE_END.split(self.promised.strip(), maxsplit=1)[0].rstrip(";")


def follow(initiatives, states_before):
    """After a step: where it touched what the public may read, kept pages are old and the search is told."""
    if {*states_before, *(initiative.state for initiative in initiatives)} & {*PUBLISHED}:
        raise_stamp()
        search.refresh(FOUND_AS, [initiative.pk for initiative in initiatives])


def follow_names(sender, created=False, **kwargs):
    """A receiver: a unit or a field is called otherwise, and stands so on every card of it."""
    if not created:
        raise_stamp()
        search.refresh(FOUND_AS)


def found(ids):
    """What the search knows of initiatives: what stands on their cards, without the authors' names."""
    rows = published() if ids is None else published().filter(pk__in=ids)
    rows = list(rows)
    for row, card in zip(rows, cards(rows), strict=True):
        yield search.Found(
            object_id=str(row.pk),
            title=card.title,
            url=card.url,
            text=f"{card.summary} {card.description} {card.promised} {card.field}",
            detail=" · ".join(filter(None, [card.code, card.unit])),
            day=card.decided_on,
        )


def addresses():
    """Their list and every card, for search engines."""
    yield sitemap.Address("/sang-kien/")
    for code, since in published().values_list("code", "state_since"):
        yield sitemap.Address(f"/sang-kien/{code}/", since)


def published():
    """Recognised initiatives with their decision, the latest decision first."""
    return (
        Initiative.objects.published()
        .select_related("field", "unit")
        .only(*_LOADED)
        .annotate(
            decided_on=_of_the_decision("decided_on"),
            decision_number=_of_the_decision("number"),
        )
        .order_by("-decided_on", "-pk")
    )


def is_recognised(code):
    return Initiative.objects.published().filter(code=code).exists()


def days_of_recognition(since, until):
    """The days of the decisions that recognised what is published now, the earliest first."""
    rows = Initiative.objects.published().annotate(day=_of_the_decision("decided_on"))
    return list(rows.filter(day__range=(since, until)).order_by("day").values_list("day", flat=True))


def _of_the_decision(name):
    """A field of the decision that recognised an initiative, the last one where there were several."""
    decisions = Decision.objects.filter(initiative=OuterRef("pk"), kind=DecisionKind.RECOGNISE)
    return Subquery(decisions.order_by("-pk").values(name)[:1])


def cards(initiatives):
    """`initiatives` of `published()` as cards; one query for all their authors."""
    initiatives = list(initiatives)
    names = {}
    rows = Author.objects.filter(initiative__in=initiatives).order_by("order", "pk")
    for initiative_id, name in rows.values_list("initiative_id", "full_name"):
        names.setdefault(initiative_id, []).append(name)
    return [_card(initiative, tuple(names.get(initiative.pk, ()))) for initiative in initiatives]


def _card(initiative, authors):
    return Card(
        code=initiative.code,
        title=initiative.title,
        summary=initiative.public_summary,
        description=initiative.description,
        promised=initiative.benefit_by_author,
        kind=initiative.get_kind_display(),
        field=initiative.field.name if initiative.field else "",
        unit=initiative.unit.name if initiative.unit else "",
        authors=authors,
        decision_number=initiative.decision_number or "",
        decided_on=initiative.decided_on,
        is_sample=initiative.is_sample,
    )


def find(rows, *, text="", field="", unit="", year=None):
    """Those of `published()` whose title holds all words of `text` (marks set aside), narrowed."""
    for word in fold(text).split()[:12]:
        rows = rows.filter(title_key__contains=word)
    if field:
        rows = rows.filter(field__code=field)
    if unit:
        rows = rows.filter(unit__code=unit)
    if year:
        rows = rows.filter(Q(decided_on__gte=date(year, 1, 1)) & Q(decided_on__lt=date(year + 1, 1, 1)))
    return rows


def choices():
    """What the list can be narrowed by: only what recognised initiatives have. `(fields, units, years)`."""
    recognised = Initiative.objects.published()
    fields = Field.objects.filter(pk__in=recognised.values("field")).values_list("code", "name")
    units = (
        recognised.filter(unit__isnull=False)
        .order_by("unit__order", "unit__code")
        .values_list("unit__code", "unit__name")
        .distinct()
    )
    years = Decision.objects.filter(kind=DecisionKind.RECOGNISE, initiative__in=recognised).dates(
        "decided_on", "year", order="DESC"
    )
    return list(fields), list(units), [day.year for day in years]
