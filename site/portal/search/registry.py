"""Who has something to be found: each app registers its sources in AppConfig.ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Found:
    """A published thing. `object_id` is its key within the source; `text` what is searched beside the title,
    plain, all of it public; `detail` the small line below a result."""

    object_id: str
    title: str
    url: str
    text: str = ""
    detail: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Source:
    """A kind of things. `published(ids)` gives those of `ids` that everybody may read now, of all things
    where `ids` is None; one that is not given is forgotten."""

    code: str
    label: str  # lazy
    icon: str
    published: Callable[[list[str] | None], Iterable[Found]]


_sources: dict[str, Source] = {}


def register_source(source: Source):
    _sources[source.code] = source


def source(code) -> Source:
    return _sources[code]


def sources() -> list[Source]:
    return list(_sources.values())
