"""The entries of the main navigation that belong to competitions."""

from django.utils.translation import gettext_lazy as _

from config.navigation import NavItem, add_nav_item


def add_entries():
    add_nav_item(NavItem(45, _("Competitions"), "/cuoc-thi/"))
