"""The coverage of the ward as open data: totals by requirement and year, none of fewer than five people."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.opendata import Dataset, register_dataset

from . import ward_totals


class CoverageSerializer(serializers.Serializer):
    year = serializers.IntegerField(help_text=_("year of the requirement"))
    requirement = serializers.CharField(help_text=_("code of the requirement"))
    name = serializers.CharField(help_text=_("name of the requirement"))
    as_of = serializers.DateField(help_text=_("day the figures speak of"))
    trained = serializers.IntegerField(help_text=_("people trained"))
    missing = serializers.IntegerField(help_text=_("people who had to be trained by then and were not"))
    exempt = serializers.IntegerField(help_text=_("people exempt"))
    not_due = serializers.IntegerField(help_text=_("people for whom it was not yet due"))
    population = serializers.IntegerField(help_text=_("everybody the requirement concerns"))
    percent = serializers.FloatField(
        help_text=_("trained of trained and missing, floored to one decimal; empty where there are none"),
        allow_null=True,
    )
    is_final = serializers.BooleanField(help_text=_("whether the year's figures are frozen"))


def totals():
    """Those of the last three years that may be shown, the latest first within a requirement."""
    groups = ward_totals.last_years(timezone.localdate())
    return [total for group in groups for total in group if total.figures is not None]


def records(rows):
    return [
        {
            "year": total.year,
            "requirement": total.code,
            "name": total.name,
            "as_of": total.as_of,
            "trained": total.figures.trained,
            "missing": total.figures.missing,
            "exempt": total.figures.exempt,
            "not_due": total.figures.not_due,
            "population": total.figures.population,
            "percent": None if total.figures.official is None else float(total.figures.official),
            "is_final": bool(total.sha256),
        }
        for total in rows
    ]


def last_change():
    """The latest day the figures speak of: a year that is not frozen is counted anew every day."""
    return max((total.as_of for total in totals()), default=None)


def register():
    register_dataset(
        Dataset(
            slug="do-phu-dao-tao",
            title=_("Training coverage of the ward"),
            text=_(
                "How many of those who had to be trained were, by requirement and year: totals of the ward "
                "for this year and the two before. Totals of fewer than five people are left out."
            ),
            frequency=_("Counted every day; a frozen year changes only by an amendment."),
            serializer=CoverageSerializer,
            rows=totals,
            records=records,
            last_change=last_change,
        )
    )
