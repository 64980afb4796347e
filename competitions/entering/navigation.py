"""The entry of the main navigation for whoever has an entry, with an account or without."""

from django.utils.translation import gettext_lazy as _

from config.navigation import NavItem, add_nav_item

from .listing import has_entries


def add_entry():
    add_nav_item(NavItem(54, _("My entries"), "/cuoc-thi/bai-cua-toi/", shown_to=has_entries))
