"""The kinds of official paper. An app with papers of its own adds them in `AppConfig.ready`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PaperKind:
    """`code` is its word in addresses, `label` its name on pages (lazy), `issuer` the code of who issues it,
    `series` the abbreviation its numbers run under ("BB"); empty for a paper without a number."""

    code: str
    label: str = field(compare=False)  # a lazy text has another hash in another language
    issuer: str
    series: str = ""


_kinds: dict[str, PaperKind] = {}


def add_paper_kind(kind):
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"Two kinds of paper are called {kind.code}")
    return kind


def paper_kind(code):
    """The kind, or KeyError for one no app has added."""
    return _kinds[code]
