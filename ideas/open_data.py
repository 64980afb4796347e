"""Recognised initiatives as open data: what their public cards say, and of an author name, unit and position.

Nothing else of a dossier or a person is loaded. An author outside the roster may have typed a residence where
the form asks for the workplace, so theirs stays here.
"""

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.opendata import Dataset, register_dataset

from .benefits.public import results_of, uses_of
from .models import Author, HistoryEntry
from .publication import published

# The steps that change what is published.
_CHANGING = (
    "recognise",
    "correct",
    "revoke",
    *("benefit_verified", "benefit_returned", "measurement_verified", "measurement_returned"),
    *("adoption_verified", "adoption_returned", "adoption_ended"),
)


class _AuthorSerializer(serializers.Serializer):
    name = serializers.CharField(help_text=_("full name"))
    position = serializers.CharField(help_text=_("position, as in the dossier"), allow_blank=True)
    unit = serializers.CharField(
        help_text=_("unit, as in the dossier; empty for people outside the ward"), allow_blank=True
    )


class _BenefitSerializer(serializers.Serializer):
    """As text, so that every figure stays exact."""

    name = serializers.CharField(help_text=_("what is measured"))
    measured_in = serializers.CharField(help_text=_("unit of measure"))
    before = serializers.CharField(help_text=_("before the initiative, exact decimal"))
    promised = serializers.CharField(help_text=_("what the dossier promised, exact decimal"))
    measured = serializers.CharField(
        help_text=_("months after the recognition and the value measured then, as “3: 14.2, 6: 13.5”"),
        allow_blank=True,
    )


class _UseSerializer(serializers.Serializer):
    unit = serializers.CharField(help_text=_("unit that uses it"))
    since = serializers.CharField(help_text=_("day the use began"))
    until = serializers.CharField(
        help_text=_("last day of the use; empty while it goes on"), allow_blank=True
    )


class InitiativeSerializer(serializers.Serializer):
    code = serializers.CharField(help_text=_("code of the dossier"))
    title = serializers.CharField(help_text=_("name of the initiative"))
    field = serializers.CharField(help_text=_("field of application"), allow_blank=True)
    unit = serializers.CharField(help_text=_("unit it comes from"), allow_blank=True)
    year = serializers.IntegerField(help_text=_("year of recognition"), allow_null=True)
    decision_number = serializers.CharField(
        help_text=_("number of the decision that recognises it"), allow_blank=True
    )
    decided_on = serializers.DateField(help_text=_("day of that decision"), allow_null=True)
    authors = _AuthorSerializer(
        many=True, help_text=_("authors in the order of the dossier: name, position, unit")
    )
    benefits = _BenefitSerializer(
        many=True, help_text=_("verified figures: before, promised, measured after 3, 6 and 12 months")
    )
    uses = _UseSerializer(many=True, help_text=_("units that use it, confirmed by their heads"))
    url = serializers.URLField(help_text=_("its public page"))
    is_sample = serializers.BooleanField(help_text=_("whether it is sample data"))


def records(initiatives):
    """Those of `published()` as values; four queries for all their authors, figures and uses."""
    authors, site = _authors_of(initiatives), settings.SITE_URL.rstrip("/")
    results, uses = results_of(initiatives), uses_of(initiatives)
    return [
        {
            "code": row.code,
            "title": row.title,
            "field": row.field.name if row.field else "",
            "unit": row.unit.name if row.unit else "",
            "year": row.decided_on.year if row.decided_on else None,
            "decision_number": row.decision_number or "",
            "decided_on": row.decided_on,
            "authors": authors.get(row.pk, []),
            "benefits": [_benefit(result) for result in results.get(row.pk, ())],
            "uses": [_use(use) for use in uses.get(row.pk, ())],
            "url": f"{site}/sang-kien/{row.code}/",
            "is_sample": row.is_sample,
        }
        for row in initiatives
    ]


def _benefit(result):
    return {
        "name": result.name,
        "measured_in": result.measured_in,
        "before": exact(result.baseline),
        "promised": exact(result.promised),
        "measured": ", ".join(f"{one.months}: {exact(one.value)}" for one in result.readings),
    }


def _use(use):
    last = use.last_day.isoformat() if use.last_day else ""
    return {"unit": use.unit, "since": use.since.isoformat(), "until": last}


def exact(value):
    """A decimal as machines read it: 1234.5, without zeros nobody measured."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _authors_of(initiatives):
    """{initiative key: its authors}."""
    rows = Author.objects.filter(initiative__in=initiatives).order_by("order", "pk")
    found = {}
    for key, name, position, unit, staff in rows.values_list(
        "initiative_id", "full_name", "job_title", "workplace", "staff_id"
    ):
        shown = {"name": name, "position": position, "unit": unit if staff else ""}
        found.setdefault(key, []).append(shown)
    return found


def last_change():
    """The day something was last recognised, corrected, revoked, measured or taken into use."""
    last = HistoryEntry.objects.filter(transition__in=_CHANGING).aggregate(last=Max("at"))["last"]
    return timezone.localdate(last) if last else None


def register():
    register_dataset(
        Dataset(
            slug="sang-kien",
            title=_("Recognised initiatives"),
            text=_(
                "Every initiative the ward has recognised and not revoked, with its decision, its authors, "
                "what was promised and measured, and the units that use it. Of a person nothing but name, "
                "position and unit."
            ),
            frequency=_("Changes with each decision."),
            serializer=InitiativeSerializer,
            rows=published,
            records=records,
            last_change=last_change,
        )
    )
