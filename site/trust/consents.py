"""Consent per purpose: given, looked up, withdrawn. Free, informed, per purpose, never ticked beforehand
(Luật 91/2025 Đ.9, NĐ 356/2025 Đ.6); withdrawing is as easy as giving (Đ.10).

An app registers its purposes in `AppConfig.ready`; their words are what the page shows and what is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from .models import Consent
from .persons import Person


@dataclass(frozen=True)
class Purpose:
    """`text`: which data, for what, who handles it, until when. `needed`: without it the thing cannot be done
    at all, and the page says so."""

    code: str
    label: str | Promise
    text: str | Promise
    needed: bool = False


_purposes: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> Purpose:
    if _purposes.setdefault(purpose.code, purpose) != purpose:
        raise ValueError(f"Two purposes are called {purpose.code}")
    return purpose


def purpose_of(code) -> Purpose:
    """The purpose, or KeyError for one no app has registered."""
    return _purposes[code]


def standing(subject) -> dict[str, Consent]:
    """{purpose: the consent in force} of one subject."""
    return {c.purpose: c for c in Consent.objects.filter(subject=subject, withdrawn_at__isnull=True)}


def given(subject, purposes) -> bool:
    """Whether all of `purposes` stand."""
    return set(purposes) <= standing(subject).keys()


def set_consents(subject, wanted, asked, now):
    """Brings what stands to `wanted`: new ones are given in the words of today, those of `asked` that are not
    wanted any more are withdrawn. Codes nobody asked about stay. Returns (given, withdrawn) codes."""
    wanted, asked = set(wanted), set(asked)
    if wanted - asked:
        raise ValueError(f"consents nobody asked for: {sorted(wanted - asked)}")
    with transaction.atomic():
        kept = {c.purpose: c for c in _locked(subject)}
        gone = [kept[code] for code in asked - wanted if code in kept]
        for consent in gone:
            consent.withdrawn_at = now
        Consent.objects.bulk_update(gone, ["withdrawn_at"])
        new = sorted(wanted - kept.keys())
        Consent.objects.bulk_create(
            [Consent(subject=subject, purpose=code, wording=wording_of(code), given_at=now) for code in new],
            ignore_conflicts=True,  # two windows at once: one consent
        )
    return new, sorted(c.purpose for c in gone)


def wording_of(code):
    """The words a person agrees to, in the language they read them in."""
    purpose = purpose_of(code)
    with translation.override(translation.get_language() or "vi"):
        return f"{purpose.label}\n{purpose.text}"


def _locked(subject):
    rows = Consent.objects.filter(subject=subject, withdrawn_at__isnull=True).order_by("pk")
    return rows.select_for_update()


# ---- what a person agreed to, wherever it was asked


@dataclass(frozen=True)
class Held:
    """Consents asked for one thing: `subject` as they are kept under, `title` names it in words,
    `purposes` may still be answered. `ends_with`: {purpose: address} of those whose withdrawal ends the
    thing itself; there it is done."""

    subject: str
    title: str
    purposes: tuple[str, ...] = ()
    link: str = ""
    ends_with: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Holder:
    """An app that asks for consents. `of_person(person)`: everything this person was asked;
    `by_code(text)`: the keys of whoever holds that tracking code, None where it is not of this app;
    `keys_of(request)`: those of whoever proved a mailbox in this session. `change(held, wanted, now)`
    gives and withdraws, does what a withdrawal means, and answers whether anything changed.
    `way_in(address)`: where people without an account make themselves known, and come back to
    `address`."""

    code: str
    of_person: Callable[[Person], list]
    change: Callable
    by_code: Callable = lambda text: None
    keys_of: Callable = lambda request: {}
    way_in: Callable | None = None
    way_in_label: str | Promise = ""


_holders: dict[str, Holder] = {}


def register_holder(holder: Holder) -> Holder:
    """Adds an app that asks for consents; call it in `AppConfig.ready`."""
    if _holders.setdefault(holder.code, holder) != holder:
        raise ValueError(f"Two holders of consents are called {holder.code}")
    return holder


def holders() -> list[Holder]:
    return list(_holders.values())


def proof_of(subjects) -> dict[str, list[Consent]]:
    """{subject: every consent ever given, the oldest first}, withdrawn ones too; one query."""
    found = {subject: [] for subject in subjects}
    for row in Consent.objects.filter(subject__in=found).order_by("given_at", "pk"):
        found[row.subject].append(row)
    return found
