"""What every page of the plan's work area draws."""

from django import template

from plan.tabs import tabs_for

register = template.Library()


@register.inclusion_tag("plan/_tabs.html", takes_context=True)
def plan_tabs(context):
    request = context["request"]
    return {"tabs": tabs_for(request.user, request.path)}
