"""`{% load vietnamese %}`: numbers and dates as they are written here. An empty value draws nothing."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vietnamese import dates, numbers

register = template.Library()


def _exact(value):
    """Figures a database computed may be floats: their shortest text is what was meant."""
    return Decimal(repr(value)) if isinstance(value, float) else value


@register.filter
def decimal(value, places=None):
    """`{{ value|decimal }}` as exact as it is, `{{ value|decimal:2 }}` rounded half-up: 1.234,50."""
    return "" if value in (None, "") else numbers.format_decimal(_exact(value), places)


@register.filter
def percent(value, places=1):
    """`{{ 93.1|percent }}`: "93,1 %" with a hard space. The value is in percent, not a share of 1."""
    return "" if value in (None, "") else numbers.format_percent(_exact(value), places)


@register.filter
def spoken_date(day):
    """ "thứ Sáu, 18/12/2026"."""
    return dates.spoken_date(day) if day else ""


@register.filter
def spoken_moment(moment):
    """ "17:00 thứ Sáu, 18/12/2026"."""
    return dates.spoken_moment(moment) if moment else ""


@register.filter
def days_left(due):
    """How far off a local date or a moment is, in words: "3 days left", "due today", "2 days overdue"."""
    if not due:
        return ""
    days = (dates.local_day(due) - timezone.localdate()).days
    if days > 0:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days) % {"count": -days}
    if isinstance(due, datetime) and due <= timezone.now():
        return _("overdue since %(time)s today") % {"time": f"{timezone.localtime(due):%H:%M}"}
    return _("due today")
