"""The history of a report in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vietnamese.dates import short_date

_WORDS = {
    "asked": gettext_lazy("Asked for"),
    "submitted": gettext_lazy("Sent as version %(version)s"),
    "accepted": gettext_lazy("Version %(version)s accepted"),
    "returned": gettext_lazy("Version %(version)s returned, to be sent again by %(resend_by)s"),
    "reopened": gettext_lazy("Accepted version %(version)s reopened, to be sent again by %(resend_by)s"),
    "excused": gettext_lazy("No report needed"),
    "asked_again": gettext_lazy("Asked for after all"),
    "took_over": gettext_lazy("Reports for %(unit)s as well"),
    "urged": pgettext_lazy("report", "Urged"),
    "day_moved": gettext_lazy("Last day moved from %(from)s to %(to)s"),
    "period_changed": gettext_lazy("The period was changed"),
}


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    who: str
    words: str
    note: str
    is_late: bool


def lines(report) -> list[HistoryLine]:
    """What happened last on top."""
    return [_line(change) for change in report.changes.order_by("-at", "-pk")]


def _line(change):
    data = dict(change.data)
    if "last_day" in data:
        data["from"], data["to"] = map(_day, data["last_day"])
    if "resend_by" in data:
        data["resend_by"] = _day(data["resend_by"])
    words = str(_WORDS[change.change]) % data if change.change in _WORDS else change.change
    if change.change == "excused" and data.get("name"):
        words = f"{words}. " + _("Reported by %(unit)s") % {"unit": data["name"]}
    if change.change == "asked_again" and data.get("resend_by"):
        words = f"{words}. " + _("To be sent by %(day)s") % {"day": data["resend_by"]}
    return HistoryLine(change.at, change.actor_name, words, change.note, bool(data.get("late")))


def _day(text):
    return short_date(date.fromisoformat(text))
