"""What everybody reads of the library: published models, their pictures and where they were taken up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.figures import Figure, Value
from people.models import containing
from portal import search, sitemap

from ..models import BookFile, Replication, Showcase, ShowcaseState

FOUND_AS = "showcase"
LABEL = _("Model examples")


def published():
    """The latest first; with what a page shows, in four queries."""
    pictures = BookFile.objects.filter(removed_at__isnull=True, content_type__in=("image/jpeg", "image/png"))
    return (
        Showcase.objects.filter(state=ShowcaseState.PUBLISHED, struck_at__isnull=True)
        .select_related("unit__residential_end", "where__residential_end")
        .prefetch_related(
            Prefetch("files", pictures.exclude(alt=""), to_attr="pictures"),
            Prefetch("replications", Replication.objects.order_by("start_on", "pk"), to_attr="places"),
        )
        .order_by("-published_at", "-pk")
    )


@dataclass(frozen=True)
class Summary:
    models: int
    replications: int
    as_of: date


def models_published(day: date) -> int:
    """How many were published by a day."""
    return len(_by(day))


def _by(day):
    rows = Showcase.objects.filter(state=ShowcaseState.PUBLISHED, struck_at__isnull=True)
    return [pk for pk, at in rows.values_list("pk", "published_at") if timezone.localdate(at) <= day]


def summary(day: date | None = None) -> Summary:
    """How many were published by a day and how many places have taken one up and still do."""
    day = day or timezone.localdate()
    keys = _by(day)
    places = Replication.objects.filter(containing(day), showcase__in=keys)
    return Summary(len(keys), places.count(), day)


def _models(year, day):
    """E4 has no number in the plan: built and taken up, at least once."""
    found = summary(day)
    return Value(found.models, None, None, bool(found.models and found.replications), day, "plan.showcase")


def figures():
    yield Figure("E4", _("Model examples published"), _models)


def follow(entry, user, now, created):
    """After each write, inside its transaction: the search is told."""
    search.refresh(FOUND_AS, [entry.pk])


def found(ids):
    for row in published() if ids is None else published().filter(pk__in=ids):
        yield search.Found(
            object_id=str(row.pk),
            title=row.title,
            url=row.get_absolute_url(),
            text=" ".join([row.text, row.who, row.results, row.how_to]),
            detail=(row.where or row.unit).name,
            day=timezone.localdate(row.published_at),
        )


def addresses():
    yield sitemap.Address("/ke-hoach/mo-hinh/")
    rows = Showcase.objects.filter(state=ShowcaseState.PUBLISHED, struck_at__isnull=True)
    for row in rows.order_by("-published_at", "-pk"):
        yield sitemap.Address(row.get_absolute_url(), row.published_at)
