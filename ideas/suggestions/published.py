"""What everybody reads of ideas: answered ones whose sender agreed, in the ward's words. Nothing of the
sender, nothing as it was sent; of a dossier that grew from it nothing before the recognition."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ideas.access import PUBLISHED
from ideas.models import Idea, IdeaGrowth
from portal import search, sitemap
from portal.stamp import raise_stamp

FOUND_AS = "idea"  # their kind in the search
LABEL = gettext_lazy("Ideas of residents")
_LOADED = (
    "number",
    "public_title",
    "public_text",
    "answer",
    "outcome",
    "answered_at",
    "answered_for",
    "state",
    "is_public",
    "is_sample",
)


@dataclass(frozen=True)
class Card:
    """A published idea. `initiatives` are [(code, title)] of recognised initiatives that grew from it."""

    number: str
    title: str
    text: str
    answer: str
    outcome: str
    outcome_label: str
    answered_at: datetime
    answered_for: str
    is_sample: bool
    initiatives: tuple

    @property
    def url(self):
        return address_of(self.number)


def address_of(number):
    return f"/y-tuong/da-tra-loi/{number}/"


def published():
    """The latest answer first."""
    grown = IdeaGrowth.objects.filter(initiative__state__in=PUBLISHED).select_related("initiative")
    grown = grown.only("idea", "initiative__code", "initiative__title", "initiative__state")
    return (
        Idea.objects.published()
        .only(*_LOADED)
        .prefetch_related(Prefetch("growths", grown, to_attr="recognised_growths"))
        .order_by("-answered_at", "-pk")
    )


def cards(ideas):
    return [
        Card(
            number=idea.number,
            title=idea.public_title,
            text=idea.public_text,
            answer=idea.answer,
            outcome=idea.outcome,
            outcome_label=idea.get_outcome_display(),
            answered_at=idea.answered_at,
            answered_for=idea.answered_for,
            is_sample=idea.is_sample,
            initiatives=tuple((g.initiative.code, g.initiative.title) for g in idea.recognised_growths),
        )
        for idea in ideas
    ]


def follow(ideas):
    """After a step that touched what the public may read: kept pages are old, the search is told."""
    raise_stamp()
    search.refresh(FOUND_AS, [str(idea.pk) for idea in ideas])


def found(ids):
    """What the search knows of them."""
    rows = list(published() if ids is None else published().filter(pk__in=ids))
    for row, card in zip(rows, cards(rows), strict=True):
        yield search.Found(
            object_id=str(row.pk),
            title=card.title,
            url=card.url,
            text=f"{card.text} {card.answer}",
            detail=" · ".join(filter(None, [card.number, str(card.outcome_label).capitalize()])),
            day=row.answered_at.date(),
        )


def addresses():
    """The letter box, the list and every published idea, for search engines."""
    yield sitemap.Address("/y-tuong/")
    yield sitemap.Address("/y-tuong/da-tra-loi/")
    for number, at in (
        Idea.objects.published().order_by("-answered_at", "-pk").values_list("number", "answered_at")
    ):
        yield sitemap.Address(address_of(number), at)


def a_resident():
    """Who stands where no name may."""
    return _("a resident")
