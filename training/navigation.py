"""The entries of the menus that belong to training, the yearly extract among them."""

from django.utils.translation import gettext_lazy as _

from config.navigation import ACCOUNT, WORK, NavItem, add_nav_item, add_own_item
from people.roles import Role, has_role


def _has_staff(request):
    return getattr(request.user, "staff", None) is not None


def _takes_those_of_a_unit(request):
    """By role, which every page has asked for already; `extracts.access` says which units."""
    return has_role(request.user, Role.UNIT_HEAD, Role.PERSONNEL_OFFICER)


def add_entries():
    add_nav_item(NavItem(40, _("Training"), "/dao-tao/"))
    own = NavItem(10, _("My yearly extract"), "/dao-tao/ho-so/trich-luc/", shown_to=_has_staff)
    add_own_item(ACCOUNT, own)
    add_own_item(WORK, own)
    of_units = NavItem(
        20,
        _("Yearly extracts of a unit"),
        "/dao-tao/ho-so/trich-luc-don-vi/",
        shown_to=_takes_those_of_a_unit,
    )
    add_own_item(WORK, of_units)
