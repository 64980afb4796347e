"""How readers rated each page, for editors: in Wagtail's reports, and as CSV or Excel from there."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from people.roles import Role, has_role

from .models import Answer
from .rating import SHOWN_DAYS, rated_pages

READERS = (Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)
URL_NAME = "portal_rating_report"


class RatingReport(ReportView):
    """Most answers first; the last 90 days."""

    page_title = _("Ratings by readers")
    header_icon = "view"
    index_url_name = URL_NAME
    no_results_message = _("No reader has rated a page yet.")
    columns = [
        TitleColumn("title", label=_("Page"), get_url=lambda page: page.path),
        Column("path", label=_("Address")),
        Column("yes", label=_("Yes")),
        Column("partly", label=_("Partly")),
        Column("no", label=pgettext_lazy("useful", "No")),
    ]
    list_export = ["title", "path", *Answer.values]
    export_headings = {
        "title": _("Page"),
        "path": _("Address"),
        "yes": _("Yes"),
        "partly": _("Partly"),
        "no": pgettext_lazy("useful", "No"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not has_role(request.user, *READERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return _("The last %(days)d days") % {"days": SHOWN_DAYS}

    def get_queryset(self):
        return rated_pages()

    def get_filename(self):
        return "danh-gia"
