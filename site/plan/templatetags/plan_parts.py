"""What every page of the plan's work area draws."""

from django import template

from plan.consolidation.showing import change_in_words
from plan.tabs import tabs_for

register = template.Library()


@register.inclusion_tag("plan/_tabs.html", takes_context=True)
def plan_tabs(context):
    request = context["request"]
    return {"tabs": tabs_for(request.user, request.path)}


register.simple_tag(change_in_words, name="consolidation_change")
