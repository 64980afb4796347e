"""The entries of the main navigation that belong to competitions: each person sees what they work with."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.navigation import NavItem, add_nav_item
from people.facts import add_fact
from people.roles import Role, has_role

from .entering.listing import HAS_ENTERED, entries_of_account, has_entries


def add_entries():
    add_fact(HAS_ENTERED, entries_of_account)
    add_nav_item(NavItem(45, _("Competitions"), "/cuoc-thi/", for_reading=True))
    add_nav_item(
        NavItem(46, pgettext_lazy("navigation", "Organise"), "/cuoc-thi/to-chuc/", shown_to=_organises)
    )
    add_nav_item(NavItem(52, _("Judging"), "/cuoc-thi/cham/", shown_to=_judges))
    add_nav_item(NavItem(54, _("My entries"), "/cuoc-thi/bai-cua-toi/", shown_to=has_entries))


def _organises(request):
    return has_role(request.user, Role.ORGANISER)


def _judges(request):
    return has_role(request.user, Role.JUDGE)
