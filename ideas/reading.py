"""What a dossier says, as its reader gets it: the version last submitted, or an earlier one, with its hash.

A draft has no version yet and is read as it stands. While authors complete a dossier, everybody else keeps
reading what was submitted.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from .application.filling import WITHHELD, filled
from .models import Field, Initiative, Kind
from .storyline import short_hash
from .versions import canonical, content_of, digest

_FACTS = (
    "kind",
    "field",
    "investor",
    "uses_public_money",
    "first_applied_on",
    "trial_applied_on",
    "first_use_ended_on",
    "benefit_amount",
)
_TEXTS = (
    "public_summary",
    "problem",
    "prior_state",
    "description",
    "novelty",
    "applicability",
    "conditions",
    "benefit_by_author",
    "benefit_by_users",
)


@dataclass(frozen=True)
class Part:
    """One field: its label, its text, and whether it differs from the version before."""

    name: str
    label: str
    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Reading:
    """The text of a dossier. `version` is None for a draft; `is_intact` compares content and hash."""

    title: str
    facts: list
    texts: list
    participants: list
    confidential: Part | None
    attachments: list
    items: tuple = ()  # the same in the order, numbers and words of the form (application.filling)
    version: object = None
    is_intact: bool = True
    is_current: bool = True
    changed: tuple = ()

    @property
    def code(self):
        return short_hash(self.version.sha256) if self.version else ""


def reading_of(initiative, number=None, *, opens_confidential=True):
    """The current version, or version `number`; None where there is no such version.

    `initiative.versions` should be prefetched. Without `opens_confidential` the confidential part says only
    that there is one.
    """
    template = initiative.form_template.template

    def read(*given, **more):
        return _read(template, opens_confidential, *given, **more)

    versions = sorted(initiative.versions.all(), key=lambda version: version.number)
    if not versions:
        return read(json.loads(canonical(content_of(initiative))), None) if number is None else None
    at = len(versions) - 1 if number is None else number - 1
    if not 0 <= at < len(versions):
        return None
    before = json.loads(versions[at - 1].payload) if at else None
    values = json.loads(versions[at].payload)
    return read(values, before, versions[at], is_current=at == len(versions) - 1)


def _read(template, opens_confidential, values, before, version=None, is_current=True):
    changed = {name for name in values if before is not None and values[name] != before.get(name, "")}

    def part(name, text):
        label = capfirst(Initiative._meta.get_field(name).verbose_name)
        return Part(name, label, text, name in changed)

    secret = values["confidential_part"] if values["has_confidential_part"] else ""
    secret = secret if opens_confidential or not secret else WITHHELD
    facts = [part(name, text) for name in _FACTS if (text := _fact(name, values[name]))]
    field_name = next((fact.text for fact in facts if fact.name == "field"), "")
    return Reading(
        title=values["title"],
        facts=facts,
        texts=[part(name, values[name]) for name in _TEXTS if values[name]],
        participants=values["participants"],
        confidential=part("confidential_part", secret) if secret else None,
        attachments=values["attachments"],
        items=filled(
            template, values, field_name=field_name, before=before, opens_confidential=opens_confidential
        ),
        version=version,
        is_intact=version is None or digest(version.payload.encode()) == version.sha256,
        is_current=is_current,
        changed=tuple(sorted(changed)),
    )


def _fact(name, value):
    if value in (None, ""):
        return ""
    if name == "kind":
        return capfirst(Kind(value).label)
    if name == "field":
        return Field.objects.filter(code=value).values_list("name", flat=True).first() or value
    if name == "uses_public_money":
        return _("Yes") if value else _("No")
    if name == "benefit_amount":
        return _("%(amount)s VND") % {"amount": format_decimal(Decimal(value), 0)}
    if name.endswith("_on"):
        return short_date(date.fromisoformat(value))
    return value
