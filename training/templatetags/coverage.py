"""`{% load coverage %}`: figures as they are written: floored, "100" only when nobody is missing."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from vietnamese.numbers import format_decimal

from ..board import plots
from ..board.words import state_look

register = template.Library()
_HARD_SPACE = "\u00a0"


@register.filter
def share_number(percent):
    """ "93,1" or "100"; "không có đối tượng" for None. `percent` is the floored text of `Figures`."""
    if percent is None:
        return _("nobody concerned")
    return "100" if percent == "100.0" else format_decimal(percent, 1)


@register.filter
def share(percent):
    """The same with its sign: "93,1 %"."""
    number = share_number(percent)
    return number if percent is None else f"{number}{_HARD_SPACE}%"


@register.simple_tag
def behind(asked, state="", unit="", own=False):
    """The address of the people behind a number."""
    return people_address(asked, state, unit, own)


def people_address(asked, state="", unit="", own=False):
    more = {name: value for name, value in (("state", state), ("unit", unit), ("own", own and "1")) if value}
    address = f"{reverse('training:coverage_people')}?{asked.query}"
    return f"{address}&{urlencode(more)}" if more else address


@register.simple_tag
def bar(figures, longest):
    return plots.bar(figures, longest)


@register.inclusion_tag("components/state.html")
def standing_state(state, overdue=False):
    """The badge of a person's state; missing people are overdue after the day due."""
    tone, icon_name, label = state_look(state, overdue)
    return {"tone": tone, "icon_name": icon_name, "label": label}
