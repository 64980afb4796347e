"""The plan's work area in the menu, for whoever works with the plan; its public page has its own."""

from django.utils.translation import pgettext_lazy

from config.navigation import NavItem, add_nav_item

from .access import works_with_the_plan

WORK = "/ke-hoach/dieu-hanh/"


def add_entries():
    add_nav_item(
        NavItem(30, pgettext_lazy("menu", "Plan work"), WORK, shown_to=lambda r: works_with_the_plan(r.user))
    )
