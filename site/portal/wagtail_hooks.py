"""Wagtail's editor, cut to what editors of the ward need."""

from wagtail import hooks
from wagtail.contrib.redirects import views as redirect_views

from .redirects import PortalRedirectForm

_ELSEWHERE = {"users", "groups"}  # accounts and roles are kept under /nhan-su/, with a log

# Wagtail names its form in these three places and has no setting for it.
redirect_views.RedirectForm = PortalRedirectForm
redirect_views.CreateView.form_class = PortalRedirectForm
redirect_views.EditView.form_class = PortalRedirectForm


@hooks.register("construct_settings_menu")
def accounts_are_elsewhere(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in _ELSEWHERE]
