"""Pictures of public pages: in the sizes a page shows them in, as AVIF and WebP, made before anybody asks.

A page says with `pictures()` which picture it shows in which cut. The worker makes the files when the page is
published, since AVIF takes seconds; a page draws what is there, in one query for all its pictures. The
original is never handed out, and no file made here holds more than the picture itself (`bare_pictures`).
"""

import logging
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import Filter, Picture

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cut:
    """How pictures are shown in one place: `widths` of the files, `sizes` as HTML has it, `shape` width to
    height, cut around the focal point (None: uncut)."""

    widths: tuple[int, ...]
    sizes: str
    shape: tuple[int, int] | None = None
    formats: tuple[str, ...] = ("avif", "webp")

    @cached_property
    def specs(self):
        """As Wagtail names the files, the widest first."""
        return [f"{self._cut(w)}|format-{name}" for w in sorted(self.widths)[::-1] for name in self.formats]

    @cached_property
    def filters(self):
        """The same as Wagtail's filters, which read their name once."""
        return [Filter(spec) for spec in self.specs]

    def _cut(self, width):
        if self.shape is None:
            return f"width-{width}"
        across, down = self.shape
        return f"fill-{width}x{width * down // across}"


CUTS = {
    "article": Cut(
        (480, 800, 1200),
        "(min-width: 80rem) 50rem, (min-width: 62rem) calc(100vw - 30rem), calc(100vw - 2rem)",
        (16, 9),
    ),
    "body": Cut((480, 800, 1200), "(min-width: 44rem) 40rem, calc(100vw - 2rem)"),
    "row": Cut((180, 360), "(min-width: 48rem) 11rem, 5.5rem", (4, 3)),
    "share": Cut((1200,), "", (40, 21), ("jpeg",)),  # not every network reads WebP
}
PUBLIC_SPECS = frozenset(spec for cut in CUTS.values() for spec in cut.specs)


# ---- what is there


def prefetch(images):
    """Asks once for the files of all these pictures; drawing them asks nothing after that."""
    prefetch_related_objects(list(images), files())


def files(of="", cut=None):
    """The same for a query and one cut: `public_articles().prefetch_related(files("picture", "row"))`."""
    specs = CUTS[cut].specs if cut else PUBLIC_SPECS
    rows = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
    return Prefetch(f"{of}__renditions" if of else "renditions", rows, to_attr="prefetched_renditions")


def renditions(image, cut):
    """{spec: file} of a prefetched picture, one of each width; empty until the worker has made them all."""
    specs = CUTS[cut].specs
    found = {each.spec: file for each, file in image.find_existing_renditions(*CUTS[cut].filters).items()}
    if len(found) < len(specs):
        return {}
    # A picture smaller than the widest cut yields files of one width: each is named once.
    widths = {(spec.rpartition("-")[2], found[spec].width): spec for spec in specs}
    return {spec: found[spec] for spec in widths.values()}


def drawn(image, cut, alt=None, lazy=True):
    """<picture> with its sources, or nothing. `alt` None: the words are those of the picture's block."""
    found = renditions(image, cut)
    if not found:
        return ""
    loading = {"loading": "lazy", "decoding": "async"} if lazy else {"fetchpriority": "high"}
    words = {} if alt is None else {"alt": alt}
    attributes = {"sizes": CUTS[cut].sizes, "class": "img-fluid rounded-3", **loading, **words}
    return Picture(found, attributes).__html__()


# ---- what has to be made


def make(pictures):
    """Makes the missing files of `(picture, cut)`; how many. A picture that cannot be read is passed over."""
    wanted = {}
    for image, cut in pictures:
        wanted.setdefault(image.pk, (image, []))[1].extend(CUTS[cut].filters)
    prefetch(image for image, _filters in wanted.values())
    return sum(_make(image, list(dict.fromkeys(filters))) for image, filters in wanted.values())


def _make(image, filters):
    there = image.find_existing_renditions(*filters)
    missing = [each for each in filters if each not in there]
    try:
        image.prefetched_renditions += [_rendition(image, each) for each in missing]
    except (OSError, ValueError):
        log.exception("picture %s cannot be read", image.pk)
        return 0
    return len(missing)


def _rendition(image, each):
    """One after the other and with the temporary file closed, where Wagtail draws three at once."""
    with image.generate_rendition_file(each) as drawn_file:
        rendition, _created = image.renditions.get_or_create(
            filter_spec=each.spec,
            focal_point_key=each.get_cache_key(image),
            defaults={"file": drawn_file},
        )
    return rendition
