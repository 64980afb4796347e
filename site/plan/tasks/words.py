"""Words about tasks: lanes, lines of the history."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from plan.models import TaskState
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from . import timing
from .money import source_words

LANE_LABELS = {
    timing.OVERDUE: gettext_lazy("Overdue"),
    timing.MONTH: gettext_lazy("This month"),
    timing.QUARTER: gettext_lazy("This quarter"),
    timing.LATER: gettext_lazy("Later"),
    timing.UNDATED: gettext_lazy("No due date yet"),
    timing.CLOSED: gettext_lazy("Done or no longer needed"),
}
_CHANGES = {
    "added": gettext_lazy("Added by the ward"),
    "edited": gettext_lazy("Changed"),
    "assigned": gettext_lazy("Assigned"),
    "dropped": gettext_lazy("No longer needed"),
    "reopened": gettext_lazy("Opened again"),
    "progress": gettext_lazy("Progress"),
    "step_added": gettext_lazy("Step added"),
    "step_edited": gettext_lazy("Step changed"),
    "step_done": gettext_lazy("Step done"),
    "step_opened": gettext_lazy("Step not done after all"),
    "step_removed": gettext_lazy("Step removed"),
    "file_added": gettext_lazy("File added"),
    "file_removed": gettext_lazy("File removed"),
    "commented": gettext_lazy("Comment written"),
    "comment_withdrawn": gettext_lazy("Comment taken back"),
    "urged": gettext_lazy("Urged"),
    "asked": pgettext_lazy("task", "Exchanged views, asked"),
    "officer_named": gettext_lazy("Official in charge named"),
    "officer_ended": gettext_lazy("No longer in charge"),
    "money_added": gettext_lazy("Budget line added"),
    "money_edited": gettext_lazy("Budget line changed"),
    "money_removed": gettext_lazy("Budget line removed"),
    "money_published": gettext_lazy("Budget line made public"),
    "money_taken_back": gettext_lazy("Budget line taken back from the public page"),
}


def line_of(change):
    """A line of the history for the template: what, details, the reason, who, when."""
    return {
        "title": _CHANGES.get(change.change, change.change),
        "details": [words for words in _details(change) if words],
        "note": change.note,
        "who": change.actor_name,
        "at": change.at,
    }


def _details(change):
    data = change.data
    if "due" in data:
        yield _due(data)
    if data.get("lead"):
        yield _("leads: %(units)s") % {"units": ", ".join(data["lead"])}
    if data.get("co"):
        yield _("co-operates: %(units)s") % {"units": ", ".join(data["co"])}
    if "percent" in data:
        yield f"{TaskState(data['state']).label}, {data['percent']}\u00a0%"
    if data.get("done_on"):
        yield _("on %(day)s") % {"day": _day(data["done_on"])}
    if data.get("last"):
        yield _("until %(day)s") % {"day": _day(data["last"])}
    if data.get("start"):
        yield _("from %(day)s") % {"day": _day(data["start"])}
    if "estimate" in data:
        yield money_words(data)
        if before := data.get("before"):
            yield _("before: %(words)s") % {"words": money_words(before)}
    if data.get("reason"):
        yield _("reason: %(words)s") % {"words": data["reason"]}


def _due(data):
    now = _day(data["due"]) if data["due"] else _("none")
    if data.get("due_before"):
        return _("due %(now)s, before: %(before)s") % {"now": now, "before": _day(data["due_before"])}
    return _("due %(now)s") % {"now": now}


def _day(text):
    return short_date(date.fromisoformat(text))


def money_words(figures):
    return _("%(year)s, %(source)s: estimate %(estimate)s, spent %(spent)s VND") % {
        "year": figures["year"],
        "source": source_words(figures["source"]),
        "estimate": format_decimal(figures["estimate"], 0),
        "spent": format_decimal(figures["spent"], 0),
    }
