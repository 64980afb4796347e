"""The entries of the main navigation that belong to initiatives: each person sees what they work with."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.navigation import NavItem, add_nav_item
from people.facts import add_fact, fact
from people.roles import Role, has_role

from .access import leads_today, may_start, sits_today

SITS, LEADS = "sits_on_the_council", "leads_the_council"  # facts of an account


def add_entries():
    add_fact(SITS, sits_today)
    add_fact(LEADS, leads_today)
    add_nav_item(NavItem(20, _("Initiatives"), "/sang-kien/"))
    add_nav_item(NavItem(21, pgettext_lazy("menu", "Ideas"), "/y-tuong/", for_reading=True))
    add_nav_item(NavItem(22, _("My dossiers"), "/sang-kien/ho-so/", shown_to=_writes))
    add_nav_item(NavItem(24, _("Score sheets"), "/sang-kien/phieu-cham/", shown_to=_scores))
    add_nav_item(NavItem(25, _("Paper sheets"), "/sang-kien/phieu-giay/", shown_to=_keys_papers))
    add_nav_item(NavItem(26, _("Council"), "/sang-kien/hoi-dong/", shown_to=_leads))
    add_nav_item(NavItem(26, _("Council"), "/sang-kien/hoi-dong/hop/", shown_to=_sits))
    add_nav_item(NavItem(26, _("Council"), "/sang-kien/hoi-dong/nhiem-ky/", shown_to=_keeps_records))
    add_nav_item(NavItem(28, _("Decisions"), "/sang-kien/quyet-dinh/", shown_to=_decides))


def _writes(request):
    return bool(may_start(request.user))


def _decides(request):
    return has_role(request.user, Role.HEAD, Role.DEPUTY_HEAD)


def _keys_papers(request):
    """Clerks; the council's officers have the way to a paper on the page of its dossier."""
    return has_role(request.user, Role.RECORDS_CLERK)


def _scores(request):
    return fact(request.user, SITS)


def _leads(request):
    return fact(request.user, LEADS)


def _sits(request):
    """Members and alternates have no board; their meetings are their door to the council."""
    return _scores(request) and not _leads(request)


def _keeps_records(request):
    return has_role(request.user, Role.ADMINISTRATOR) and not _scores(request)
