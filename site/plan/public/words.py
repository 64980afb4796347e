"""What readers are told of a published figure: number, day and source, each in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from ..models import TaskState
from ..targets import wording
from ..targets.standing import Standing
from .freezing import HELD_BACK

# How each state is judged, for everybody; `targets.standing` is the rule itself.
RULES = {
    Standing.MET: gettext_lazy(
        "The figure reaches the goal the plan sets. A target without a number is reached when the leading "
        "unit says so; a limit (“at most”) is kept when the time is over and it was never passed."
    ),
    Standing.ON_TRACK: gettext_lazy(
        "The goal is not reached yet, but the figure is at least what is expected of the year, or as far as "
        "an even way to it asks for on the day of the figure. What must hold at all times is on track while "
        "it holds."
    ),
    Standing.AT_RISK: gettext_lazy(
        "The year is not over and the figure is less than the even way to what is expected asks for on "
        "its day."
    ),
    Standing.LATE: gettext_lazy(
        "The time is over and what was expected is not reached, or a limit was passed."
    ),
    Standing.NO_DATA: gettext_lazy(
        "There is no figure yet, or nothing was set to compare it with, or it speaks of fewer than five "
        "people and is not published."
    ),
    Standing.NOTHING: gettext_lazy("There was nothing to count in this time: neither reached nor late."),
}
FREQUENCIES = {
    "yearly": gettext_lazy("every year"),
    "continuous": gettext_lazy("at all times"),
    "once": gettext_lazy("once"),
}
LATE_TASK = pgettext_lazy("task", "late")


def value_of(target) -> str:
    """The figure; "" where there is none, and where it may not be told."""
    held = target.held
    if held is None or not held.is_public:
        return ""
    if not held.definition.is_measurable and held.is_met is None:
        return ""
    return wording.value_of(held)


def value_or_why_not(target) -> str:
    if target.verdict.reason == HELD_BACK:
        return _("not published: fewer than five people")
    return value_of(target) or _("no figure yet")


def out_of(target) -> str:
    """ "846 of 1.000" behind a percentage."""
    held = target.held
    return (
        wording.out_of(held)
        if held and held.definition.is_share and held.measure.numerator is not None
        else ""
    )


def goal_of(target) -> str:
    return wording.goal_of(target.held.definition if target.held else target.definition)


def when_of(target) -> str:
    """When the plan asks for it: "by 2030", "every year"."""
    if target.frequency in FREQUENCIES:
        return str(FREQUENCIES[target.frequency])
    return _("by %(year)s") % {"year": target.due_year} if target.due_year else ""


def expected_of(target, year) -> str:
    expected = target.expected.get(year)
    return "" if expected is None else wording.with_unit(expected, target.definition.measured_in)


def day_of(target) -> str:
    return short_date(target.held.as_of) if target.held else ""


def source_of(target) -> str:
    """Who counted, and from what: "the portal counts it from attendance lists …", "reported by …"."""
    held = target.held
    if held is None:
        return ""
    if held.is_computed:
        return wording.counted_from(held.source)
    told = _("reported by %(units)s") % {"units": ", ".join(held.units)} if held.units else _("reported")
    return f"{told}; {held.definition.source}" if held.definition.source else told


def part_of_units(target) -> str:
    """Where several units lead and not all of them have reported: whose figures lack."""
    held, leads = target.held, len(target.leads)
    if held is None or held.is_computed or leads < 2 or len(held.units) >= leads:
        return ""
    return _("figures of %(have)s of %(leads)s leading units") % {"have": len(held.units), "leads": leads}


def why(target) -> str:
    """The rule, applied."""
    if target.verdict.reason == HELD_BACK:
        return _("The figure speaks of fewer than five people and is not published.")
    return _Judged(target).words()


class _Judged:
    """A published target as `targets.wording.why` asks for it."""

    def __init__(self, target):
        self._target = target
        self.held, self.definition = target.held, target.definition
        self.year, self.verdict, self.asked_by = target.year, target.verdict, target.asked_by

    def words(self):
        return wording.why(self)


def years_in_words(target, years) -> str:
    """The small plot as a sentence."""
    return "; ".join(_of_year(target, year) for year in years) + "."


def _of_year(target, year):
    one = target.of_year(year)
    value, expected = value_of(one) if one else "", expected_of(target, year)
    told = value or _("no figure")
    if expected:
        told = _("%(value)s, expected %(expected)s") % {"value": told, "expected": expected}
    return f"{year}: {told}"


def counts_in_words(counts) -> str:
    parts = [f"{Standing(code).label} {counts[code]}" for code in STANDINGS if counts.get(code)]
    return ", ".join(parts)


STANDINGS = [
    *(Standing.MET, Standing.ON_TRACK, Standing.AT_RISK, Standing.LATE),
    *(Standing.NO_DATA, Standing.NOTHING),
]


def task_state(code) -> str:
    return str(LATE_TASK if code == "late" else TaskState(code).label)


def figure_of_task(figure) -> str:
    """ "3, as of 30/11/2026, counted by this portal from …"."""
    return _("%(number)s as of %(day)s, %(source)s") % {
        "number": format_decimal(figure["number"]),
        "day": short_date(figure["as_of"]),
        "source": wording.counted_from(figure["source"]),
    }
