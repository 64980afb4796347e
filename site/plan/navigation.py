"""The plan's work area in the menu, for whoever works with the plan; its public page has its own."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from config.navigation import NavItem, add_nav_item
from people.roles import Role, has_role

from .access import works_with_the_plan

WORK = "/ke-hoach/dieu-hanh/"

GROUPS = "/ke-hoach/dieu-hanh/to-dan-pho/"


def work_area(user):
    """The first crumb of every page inside; words alone for whoever sees that page without working with the
    plan."""
    return pgettext("menu", "Plan work"), WORK if works_with_the_plan(user) else ""


def _keeps_groups_alone(request):
    """Administrators add residential groups without working with the plan."""
    return has_role(request.user, Role.ADMINISTRATOR) and not works_with_the_plan(request.user)


def add_entries():
    add_nav_item(NavItem(86, _("Residential groups"), GROUPS, shown_to=_keeps_groups_alone))
    add_nav_item(
        NavItem(30, pgettext_lazy("menu", "Plan work"), WORK, shown_to=lambda r: works_with_the_plan(r.user))
    )
