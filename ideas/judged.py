"""The version a sheet judges, as text to read: from what was frozen at its submission, not from the row."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from vietnamese.numbers import format_decimal

from .models import Field, Initiative, Kind

_DESCRIBED = (
    "problem",
    "prior_state",
    "description",
    "novelty",
    "difference",
    "applicability",
    "conditions",
)
_BENEFITS = ("benefit_by_author", "benefit_by_users")


@dataclass(frozen=True)
class Passage:
    """One item of the form that was filled in."""

    label: str
    text: str
    is_confidential: bool = False


@dataclass(frozen=True)
class JudgedFile:
    name: str
    size: int
    url: str  # empty where the file itself is no longer kept
    is_confidential: bool


@dataclass(frozen=True)
class Judged:
    number: int
    title: str
    facts: list
    description: list
    benefits: list
    files: list


def judged(version):
    """The version in parts. `version.initiative` should be loaded; two queries (fields, files)."""
    frozen = json.loads(version.payload)
    return Judged(
        number=version.number,
        title=frozen["title"],
        facts=_facts(frozen),
        description=_passages(frozen, _DESCRIBED) + _passages(frozen, ("confidential_part",), secret=True),
        benefits=_amount(frozen) + _passages(frozen, _BENEFITS),
        files=_files(frozen, version.initiative),
    )


def _label(name):
    label = str(Initiative._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _passages(frozen, names, *, secret=False):
    return [Passage(_label(name), frozen[name], secret) for name in names if frozen.get(name)]


def _amount(frozen):
    amount = frozen.get("benefit_amount")
    if not amount:
        return []
    return [Passage(_label("benefit_amount"), format_decimal(Decimal(amount)))]


def _facts(frozen):
    field = Field.objects.filter(code=frozen["field"]).first() if frozen["field"] else None
    kind = Kind(frozen["kind"]).label if frozen["kind"] else ""
    authors = ", ".join(
        f"{author['full_name']} ({format_decimal(Decimal(author['share']), 2)}\u00a0%)"
        for author in frozen["authors"]
    )
    facts = [
        (_("Authors"), authors),
        (_label("field"), field.name if field else ""),
        (_label("kind"), str(kind)),
        (_label("first_applied_on"), _day(frozen["first_applied_on"])),
        (_label("trial_applied_on"), _day(frozen["trial_applied_on"])),
        (_label("investor"), frozen["investor"]),
    ]
    return [(label, text) for label, text in facts if text]


def _day(text):
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _files(frozen, initiative):
    kept = {attachment.sha256: attachment for attachment in initiative.attachments.all()}
    return [
        JudgedFile(
            name=file["name"],
            size=file["size"],
            url=_address(initiative, kept.get(file["sha256"])),
            is_confidential=file["is_confidential"],
        )
        for file in frozen["attachments"]
    ]


def _address(initiative, attachment):
    return f"{initiative.get_absolute_url()}tep/{attachment.pk}/" if attachment else ""
