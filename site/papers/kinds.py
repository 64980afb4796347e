"""The kinds of certificate. An app with a kind of its own adds it in `AppConfig.ready`."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class CertificateKind:
    """`template` is a file of papers/typst; `number_format` takes the running number of the year;
    `title_label` names the title on the verification page."""

    code: str
    label: str
    template: str
    number_format: str
    title_label: str

    def number(self, sequence):
        return self.number_format.format(number=sequence)


_kinds: dict[str, CertificateKind] = {}


def add_kind(kind):
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"Two kinds of certificate are called {kind.code}")
    return kind


def kind_of(code):
    """The kind, or KeyError for one no app has added."""
    return _kinds[code]


INITIATIVE = add_kind(
    CertificateKind(
        code="initiative",
        label=_("Initiative certificate"),
        template="certificate_initiative.typ",
        number_format="{number:02d}/GCN-UBND",
        title_label=_("Initiative"),
    )
)
