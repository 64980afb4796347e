"""What Wagtail's editor lets people do that is decided elsewhere here, or by nobody."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.admin.views import account
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from people.roles import Role, has_role

from .opendata.csv_file import cell

# All that is open to somebody who may enter the editor and writes no page.
_WITHOUT_PAGES = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_dismissibles",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "portal_rating_report",
}
_CLOSED = (
    account.NameEmailSettingsPanel,
    account.AvatarSettingsPanel,
    account.NotificationsSettingsPanel,
)
_OUTAGES = "wagtailsnippets_portal_plannedoutage"


class EditorDoor:
    """Middleware: administrators keep planned outages and read ratings. Wagtail itself shows whoever enters
    its choosers, lists and confirmations, drafts of pages among them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        found = request.resolver_match
        if not found.route.startswith("quan-tri/") or not found.url_name or writes_pages(request.user):
            return
        is_theirs = _OUTAGES in found.namespaces or found.url_name in _WITHOUT_PAGES
        if has_role(request.user, Role.ADMINISTRATOR) and not is_theirs:
            raise PermissionDenied(
                _("Administrators announce outages here. Pages are written by editors and publishers.")
            )


def writes_pages(user):
    return user.is_superuser or has_role(user, Role.EDITOR, Role.PUBLISHER)


def _off(panel):
    return False


def close_account_panels():
    """A name is the roster's, and nobody changes their own; pictures of people are kept nowhere; notices go
    by the portal's own preferences. Left are the looks of the editor. Wagtail has no setting for it."""
    for panel in _CLOSED:
        panel.is_active = _off


def keep_formulas_out():
    """Of every list that can be taken along as CSV: Wagtail sees to Excel alone."""
    SpreadsheetExportMixin.custom_value_preprocess[str] = {SpreadsheetExportMixin.FORMAT_CSV: cell}
