"""Words of freezes."""

from django import template

from ..freezing.words import UNASSIGNED, state_of

register = template.Library()


@register.filter
def frozen_state(code):
    """The word of a state; both ways of being exempt have one."""
    return state_of(code)


@register.filter
def frozen_unit(row):
    """The unit's name as frozen."""
    return row.unit_name or UNASSIGNED
