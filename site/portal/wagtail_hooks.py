"""Wagtail's editor, cut to what editors of the ward need."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.redirects import views as redirect_views
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from people.roles import has_role

from . import editor_limits, moderation_mail, panels, rating_report, uploads
from .models import PlannedOutage
from .redirects import PortalRedirectForm

_IN_ENGLISH_ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")  # pages of Wagtail's makers
_ELSEWHERE = {"users", "groups"}  # accounts and roles are kept under /nhan-su/, with a log

# Wagtail names its form in these three places and has no setting for it.
redirect_views.RedirectForm = PortalRedirectForm
redirect_views.CreateView.form_class = PortalRedirectForm
redirect_views.EditView.form_class = PortalRedirectForm

uploads.distrust()
editor_limits.close_account_panels()
editor_limits.keep_formulas_out()
moderation_mail.turn_off()  # hooks are read when everything is ready


@hooks.register("construct_settings_menu")
def accounts_are_elsewhere(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in _ELSEWHERE]


@hooks.register("construct_help_menu")
def only_what_helps_here(request, menu_items):
    menu_items[:] = [item for item in menu_items if not item.name.startswith(_IN_ENGLISH_ELSEWHERE)]


@hooks.register("insert_global_admin_css")
def colours_of_the_portal():
    return format_html('<link rel="stylesheet" href="{}">', static("editor.css"))


@hooks.register("construct_reports_menu")
def history_is_for_those_who_write(request, menu_items):
    if not editor_limits.writes_pages(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]


@hooks.register("register_admin_urls")
def rating_report_address():
    return [
        path("reports/danh-gia/", rating_report.RatingReport.as_view(), name=rating_report.URL_NAME),
    ]


class _RatingItem(MenuItem):
    def is_shown(self, request):
        return has_role(request.user, *rating_report.READERS)


@hooks.register("register_reports_menu_item")
def rating_report_entry():
    address = reverse(rating_report.URL_NAME)
    return _RatingItem(_("Ratings by readers"), address, name="ratings", icon_name="view", order=50)


class OutageViewSet(SnippetViewSet):
    """Kept by administrators (`portal.tree`)."""

    model = PlannedOutage
    icon = "warning"
    list_display = ["affected", "starts_at", "ends_at", "announced_at"]
    add_to_settings_menu = True


register_snippet(OutageViewSet)


@hooks.register("construct_homepage_panels")
def what_is_new(request, shown):
    panels.add_to(request, shown)
