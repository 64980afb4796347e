"""The plan's targets and tasks as open data: what was published last, of every year."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.opendata import Dataset, register_dataset

from . import reading, words
from .frozen import targets_of


class TargetSerializer(serializers.Serializer):
    """Numbers as exact text: 84.6, never 84.599999."""

    year = serializers.IntegerField(help_text=_("year the figures speak of"))
    code = serializers.CharField(help_text=_("code of the target"))
    group = serializers.CharField(help_text=_("heading of the plan it stands under"))
    text = serializers.CharField(help_text=_("the target in the plan's words"))
    indicator = serializers.CharField(help_text=_("what is measured"), allow_blank=True)
    counted = serializers.CharField(help_text=_("what is counted"), allow_blank=True)
    out_of = serializers.CharField(help_text=_("out of what; empty for a count"), allow_blank=True)
    counted_from = serializers.CharField(help_text=_("where the figures are to come from"), allow_blank=True)
    definition_version = serializers.IntegerField(help_text=_("version of the definition it is measured by"))
    comparator = serializers.CharField(
        help_text=_("how the figure is to stand to the goal: > above, >= at least, <= at most"),
        allow_blank=True,
    )
    goal = serializers.CharField(help_text=_("goal of the plan, exact decimal"), allow_null=True)
    goal_upper = serializers.CharField(
        help_text=_("upper bound where the plan names two numbers"), allow_null=True
    )
    measured_in = serializers.CharField(help_text=_("unit of measure"), allow_blank=True)
    due_year = serializers.IntegerField(help_text=_("year by which it is to be reached"), allow_null=True)
    expected = serializers.CharField(help_text=_("what is expected of the year"), allow_null=True)
    value = serializers.CharField(
        help_text=_("the figure, shares in percent floored to one decimal"), allow_null=True
    )
    numerator = serializers.CharField(help_text=_("counted, exact decimal"), allow_null=True)
    denominator = serializers.CharField(help_text=_("out of, exact decimal"), allow_null=True)
    is_met = serializers.BooleanField(
        help_text=_("whether a target without a number is reached"), allow_null=True
    )
    state = serializers.CharField(
        help_text=_("code of the state: met, on_track, at_risk, late, no_data, nothing")
    )
    as_of = serializers.DateField(help_text=_("day of the figure"), allow_null=True)
    source = serializers.CharField(help_text=_("who counted it, from what"), allow_blank=True)
    is_computed = serializers.BooleanField(help_text=_("whether the portal counted it"), allow_null=True)
    is_held_back = serializers.BooleanField(
        help_text=_("whether it speaks of fewer than five people and is not told")
    )
    lead_units = serializers.CharField(help_text=_("units that lead it"), allow_blank=True)
    published_on = serializers.DateField(help_text=_("day it was published"))
    url = serializers.URLField(help_text=_("page of the public progress"))
    is_sample = serializers.BooleanField(help_text=_("whether it is sample data"))


class TaskSerializer(serializers.Serializer):
    code = serializers.CharField(help_text=_("code of the task"))
    section = serializers.CharField(help_text=_("section of the plan"))
    group = serializers.CharField(help_text=_("heading of the plan it stands under"))
    text = serializers.CharField(help_text=_("the task in the plan's words"))
    is_invited = serializers.BooleanField(
        help_text=_("whether the plan asks an organisation for it instead of ordering it")
    )
    state = serializers.CharField(help_text=_("code of the state: todo, doing, done, dropped"))
    is_late = serializers.BooleanField(help_text=_("whether it was due and is not done"))
    due_on = serializers.DateField(help_text=_("last day"), allow_null=True)
    lead_units = serializers.CharField(help_text=_("units that lead it"), allow_blank=True)
    co_units = serializers.CharField(help_text=_("units that co-operate"), allow_blank=True)
    published_on = serializers.DateField(help_text=_("day it was published"))
    url = serializers.URLField(help_text=_("page of the public progress"))
    is_sample = serializers.BooleanField(help_text=_("whether it is sample data"))


def target_rows():
    """(publication, target) of the last publication of each year, the latest year first."""
    return [
        (publication, one) for publication in _last_of_all_years() for one in targets_of(publication.payload)
    ]


def _last_of_all_years():
    shown = reading.shown(reading.Asked())
    every = {**shown.others, shown.year: shown.publication}
    return [every[year] for year in sorted(every, reverse=True) if every[year] is not None]


def target_records(rows):
    return [_target(publication, one) for publication, one in rows]


def _target(publication, one):
    held, site = one.held, settings.SITE_URL.rstrip("/")
    definition = held.definition if held else one.definition
    told = held if held and held.is_public else None
    has_number = told is not None and definition.is_measurable
    return {
        "year": one.year,
        "code": one.code,
        "group": one.group_name,
        "text": one.text,
        "indicator": definition.indicator,
        "counted": definition.numerator,
        "out_of": definition.denominator,
        "counted_from": definition.source,
        "definition_version": definition.version,
        "comparator": definition.comparator if definition.is_measurable else "",
        "goal": _text(definition.goal),
        "goal_upper": _text(definition.goal_upper),
        "measured_in": definition.measured_in,
        "due_year": one.due_year,
        "expected": _text(one.expected.get(one.year)),
        "value": _text(told.measure.value) if has_number else None,
        "numerator": _text(told.measure.numerator) if has_number else None,
        "denominator": _text(told.measure.denominator) if has_number and definition.is_share else None,
        "is_met": told.is_met if told and not definition.is_measurable else None,
        "state": one.standing.value,
        "as_of": held.as_of if held else None,
        "source": words.source_of(one),
        "is_computed": held.is_computed if held else None,
        "is_held_back": held is not None and not held.is_public,
        "lead_units": "; ".join(one.leads),
        "published_on": publication.day,
        "url": site + reverse("plan:progress_target", args=[one.code]),
        "is_sample": publication.is_sample,
    }


def _text(number):
    return None if number is None else format(number, "f")


def task_rows():
    """(publication, task) of the publication everybody sees first."""
    shown = reading.shown(reading.Asked())
    return [(shown.publication, task) for task in shown.tasks]


def task_records(rows):
    site = settings.SITE_URL.rstrip("/")
    return [
        {
            "code": task.code,
            "section": task.section,
            "group": task.group_name,
            "text": task.text,
            "is_invited": task.is_invited,
            "state": task.state,
            "is_late": task.is_late,
            "due_on": task.due_on,
            "lead_units": "; ".join(task.leads),
            "co_units": "; ".join(task.coordinates),
            "published_on": publication.day,
            "url": f"{site}{reverse('plan:progress_tasks')}#{task.code}",
            "is_sample": publication.is_sample,
        }
        for publication, task in rows
    ]


def last_change():
    days = [publication.day for publication in _last_of_all_years()]
    return max(days, default=None)


def last_change_of_tasks():
    publication = reading.shown(reading.Asked()).publication
    return publication.day if publication else None


def register():
    for slug, title, text, serializer, rows, records, changed in (
        (
            "chi-tieu",
            _("Targets of the plan"),
            _(
                "The 42 targets with definition, goal, what is expected and what was reached, by year, as "
                "last published. Figures of fewer than five people are left out, and so is all that units "
                "typed in words."
            ),
            TargetSerializer,
            target_rows,
            target_records,
            last_change,
        ),
        (
            "nhiem-vu",
            _("Tasks of the plan"),
            _("The 61 tasks of parts V and VII with their units, last day and state, as last published."),
            TaskSerializer,
            task_rows,
            task_records,
            last_change_of_tasks,
        ),
    ):
        register_dataset(
            Dataset(
                slug=slug,
                title=title,
                text=text,
                frequency=_("With each publication of the plan's figures."),
                serializer=serializer,
                rows=rows,
                records=records,
                last_change=changed,
            )
        )
