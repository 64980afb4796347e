"""Wagtail's editor, cut to what editors of the ward need."""

from wagtail import hooks

_ELSEWHERE = {"users", "groups"}  # accounts and roles are kept under /nhan-su/, with a log


@hooks.register("construct_settings_menu")
def accounts_are_elsewhere(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in _ELSEWHERE]
