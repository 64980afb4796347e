"""Values of a frozen report in words, for page, paper and comparison alike. Pure over a payload's entries."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from people.models import Category
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from ..models import Comparator, TaskState
from ..targets.standing import Standing


def day(text):
    return short_date(date.fromisoformat(text)) if text else ""


def number(text):
    return format_decimal(Decimal(text)) if text is not None else ""


def with_measure(text, entry):
    """A figure with what it is measured in: "95,5 %", "3 lớp"."""
    return f"{number(text)}\u00a0{entry['measured_in']}".rstrip() if text is not None else ""


def figure_words(entry):
    """ "95,5 % (191/200)", "3 lớp"; nothing to count; "" where there is none."""
    if entry["value"] is not None:
        share = entry["denominator"] is not None and entry["measured_in"] == "%"
        counted = f" ({number(entry['numerator'])}/{number(entry['denominator'])})" if share else ""
        return with_measure(entry["value"], entry) + counted
    if entry["numerator"] is not None and entry["denominator"] == "0":
        return _("nothing to count")
    if entry["is_met"] is not None and entry["words"]:
        return _("reached") if entry["is_met"] else _("not reached yet")
    return ""


def goal_words(entry):
    """ "trên 80 %"."""
    if entry["goal"] is None:
        return ""
    comparator = f"{Comparator(entry['comparator']).label} " if entry["comparator"] else ""
    return f"{comparator}{with_measure(entry['goal'], entry)}"


def standing_words(entry):
    return str(Standing(entry["standing"]).label)


def state_words(entry):
    return str(TaskState(entry["state"]).label)


def progress_words(entry):
    return _("%(state)s, %(percent)s %%") % {"state": state_words(entry), "percent": entry["percent"]}


def category_words(code):
    return str(Category(code).label) if code in Category.values else code
