"""Words for codes of people."""

from django import template

from people.roles import Role

register = template.Library()


@register.filter
def role_label(code):
    """The role's name; the code itself for one that is no more."""
    return Role(code).label if code in Role.values else code
