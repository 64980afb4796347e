"""Targets in words: goal, figure, and why the state is what it is. For pages, Excel and notices alike."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from config.figure_sources import words_of_source
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal, round_half_up

from ..models import Comparator, Part

_GOALS = {
    Comparator.ABOVE: gettext_lazy("above %(goal)s"),
    Comparator.AT_LEAST: gettext_lazy("at least %(goal)s"),
    Comparator.AT_MOST: gettext_lazy("at most %(goal)s"),
}
_WHY = {
    "no_figure": gettext_lazy("No figure of %(year)s was reported yet."),
    "no_words": gettext_lazy("No unit has said yet how far it is in %(year)s."),
    "not_all_said": gettext_lazy("Not every leading unit has said yet how far it is in %(year)s."),
    "over_without": gettext_lazy("The time is over and no figure was reported."),
    "over_not_met": gettext_lazy("The time is over and the target is not reached."),
    "nothing_to_count": gettext_lazy(
        "There was nothing to count in this time (out of 0): no percentage, neither reached nor late."
    ),
    "said_met": gettext_lazy("The target has no number; the unit says that it is reached."),
    "under_way": gettext_lazy(
        "The target has no number; the unit says what is done and that it is not reached yet."
    ),
    "exceeded": gettext_lazy("%(value)s passes the limit: %(goal)s."),
    "not_exceeded": gettext_lazy("%(value)s keeps the limit (%(goal)s); it counts until the time is over."),
    "never_exceeded": gettext_lazy("The limit was kept until the end: %(goal)s."),
    "goal_reached": gettext_lazy("%(value)s reaches the goal: %(goal)s."),
    "reached_so_far": gettext_lazy(
        "%(value)s reaches the goal (%(goal)s); it is to hold until the year is over."
    ),
    "expected_reached": gettext_lazy("%(value)s reaches what is expected of %(year)s: %(needed)s."),
    "expected_missed": gettext_lazy(
        "%(year)s is over: %(value)s stays below what was expected of it, %(needed)s."
    ),
    "ahead_of_pace": gettext_lazy(
        "%(value)s as of %(day)s; the way to what is expected of %(year)s (%(expected)s), spread evenly "
        "over the year, "
        "asks for %(needed)s by that day."
    ),
    "behind_pace": gettext_lazy(
        "%(value)s as of %(day)s is less than the %(needed)s which the even way to what is expected of "
        "%(year)s "
        "(%(expected)s) asks for by that day."
    ),
    "no_expected": gettext_lazy(
        "Nobody has said what is expected of %(year)s, so there is nothing to compare %(value)s with. The "
        "coordinator "
        "sets it."
    ),
}


def with_unit(number, measured_in):
    """84,6 % with a hard space; 3 mô hình."""
    return f"{format_decimal(number)}\u00a0{measured_in}".rstrip()


def goal_of(definition) -> str:
    """ "trên 80 %", "ít nhất 1 - 2 lớp"; "" for a target without a number."""
    if not definition.is_measurable or definition.goal is None:
        return ""
    goal = with_unit(definition.goal, definition.measured_in)
    if definition.goal_upper is not None:
        goal = (
            f"{format_decimal(definition.goal)} - {with_unit(definition.goal_upper, definition.measured_in)}"
        )
    return str(_GOALS.get(definition.comparator, "%(goal)s")) % {"goal": goal}


def value_of(held) -> str:
    """The figure of a `Held`; "" where there is none."""
    if held is None:
        return ""
    if not held.definition.is_measurable:
        return pgettext("target", "reached") if held.is_met else pgettext("target", "not reached yet")
    return measure_words(held.measure, held.definition)


def measure_words(measure, definition) -> str:
    if measure.is_nothing:
        return _("nothing to count")
    if measure.value is None:
        return ""
    return with_unit(measure.value, definition.measured_in)


def out_of(held) -> str:
    """ "846 of 1.000" behind a percentage."""
    if held is None or held.measure.denominator is None:
        return ""
    numbers = {
        "numerator": format_decimal(held.measure.numerator),
        "denominator": format_decimal(held.measure.denominator),
    }
    return _("%(numerator)s of %(denominator)s") % numbers


def expected_of(line, year=None) -> str:
    """What is expected of the year; "" where nobody has said."""
    expected = line.expected.get(year or line.year)
    return "" if expected is None else with_unit(expected, line.definition.measured_in)


def why(line) -> str:
    """The rule, applied to this target in this year."""
    verdict, held = line.verdict, line.held
    definition = held.definition if held else line.definition
    expected = line.asked_by(definition).expected_of(line.year)
    needed = verdict.needed
    facts = {
        "year": line.year,
        "value": value_of(held),
        "goal": goal_of(definition),
        "day": short_date(held.as_of) if held else "",
        "expected": with_unit(expected, definition.measured_in) if expected is not None else "",
        "needed": with_unit(round_half_up(needed, 1), definition.measured_in) if needed is not None else "",
    }
    return str(_WHY[verdict.reason]) % facts


def counted_from(source) -> str:
    """Where the portal has a figure of its own from; `source` is the code it was computed with."""
    words = words_of_source(source)
    if not words:
        return _("counted by this portal")
    return _("counted by this portal from %(words)s") % {"words": words}


def units_missing(line) -> str:
    """Where several units lead: whose figures are in the sum and how many lack."""
    leads = len(line.lead_units)
    if leads < 2 or line.is_computed:
        return ""
    there = {unit for unit, year in line.by_unit if year == line.year}
    have = sum(unit.pk in there for unit in line.lead_units)
    words = ngettext(
        "figures of %(have)s of %(leads)s leading unit",
        "figures of %(have)s of %(leads)s leading units",
        leads,
    )
    return words % {"have": have, "leads": leads}


def details_of(change) -> list[str]:
    """What a line of a target's history changed: the years and numbers, the units, the version."""
    data = change.data
    if change.change == "expected_changed":
        return [_expected(name, data) for name in sorted(data["after"])]
    if change.change == "definition_changed":
        words = _("version %(version)s, in force from %(day)s")
        day = short_date(date.fromisoformat(data["in_force_on"]))
        return [words % {"version": data["version"], "day": day}]
    if change.change == "definition_confirmed":
        return [_("version %(version)s") % {"version": data["version"]}]
    said = [*_units(data.get("units", ()))]
    if data.get("before"):
        before = "; ".join(_units(data["before"]))
        said.append(_("before: %(words)s") % {"words": before})
    return said


def _expected(name, data):
    numbers = {"year": name.removeprefix("expected_")}
    for moment in ("before", "after"):
        number = data[moment][name]
        numbers[moment] = _("none") if number is None else format_decimal(Decimal(number))
    return _("%(year)s: %(after)s (before: %(before)s)") % numbers


def _units(named):
    for part, words in ((Part.LEAD, _("leads: %(units)s")), (Part.COORDINATE, _("co-operates: %(units)s"))):
        if units := [name for name, its in named if its == part]:
            yield words % {"units": ", ".join(units)}
