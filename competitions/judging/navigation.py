"""The entry of the main navigation that belongs to judges."""

from django.utils.translation import gettext_lazy as _

from config.navigation import NavItem, add_nav_item
from people.roles import Role, has_role


def add_entries():
    add_nav_item(NavItem(52, _("Judging"), "/cuoc-thi/cham/", shown_to=_judges))


def _judges(request):
    return has_role(request.user, Role.JUDGE)
