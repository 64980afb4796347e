"""What every page of the plan's work area draws."""

from datetime import date, datetime

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import urlize
from django.utils.translation import gettext as _

from plan.consolidation.showing import change_in_words
from plan.models import named
from plan.tabs import tabs_for
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

register = template.Library()


@register.inclusion_tag("plan/_tabs.html", takes_context=True)
def plan_tabs(context):
    request = context["request"]
    tabs = tabs_for(request.user, request.path)
    return {"tabs": tabs, "current": next((tab for tab in tabs if tab["current"]), None)}


register.filter("named", named)
register.simple_tag(change_in_words, name="consolidation_change")


@register.filter(needs_autoescape=True)
def as_shown(value, autoescape=True):
    """A value of a book as people read it: days, moments, numbers, lists; addresses in text are links."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M, %d/%m/%Y}"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return format_decimal(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value) or "–"
    return linebreaksbr(urlize(str(value), nofollow=True, autoescape=autoescape), autoescape=False)
