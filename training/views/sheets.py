"""The signed sheet: printed, signed in the room, its scan kept."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from papers.qr import qr_code
from people.kept_post import keep_post
from trust.storage import serve_private

from .. import roll, sheets
from ..answers import Refused
from ..forms.steps import SheetForm
from .found import back, crumbs, find_managed, page_of, say_why

SPARE_LINES = range(5)  # for whoever comes without being on the list


@require_safe
@never_cache
@keep_post
def sheet(request, code):
    session = find_managed(request, code)
    context = {
        "session": session,
        "lines": roll.lines(session),
        "spare": SPARE_LINES,
        "qr": qr_code(settings.SITE_URL + session.get_absolute_url()),
        "crumbs": crumbs(session, _("Sheet to sign")),
    }
    return render(request, "training/roll/sheet.html", context)


@require_POST
@keep_post(page=page_of("session"))
def upload(request, code):
    session = find_managed(request, code)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["sheet"]))
        return back(session, "#ban-ky")
    try:
        sheets.keep(session, form.cleaned_data["sheet"], request.user)
    except Refused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("The scan of the signed sheet is kept."))
    return back(session, "#ban-ky")


@require_safe
@never_cache
@keep_post
def scan(request, code, pk):
    """The scan holds names and signatures: for whoever runs the session alone."""
    session = find_managed(request, code)
    kept = get_object_or_404(session.sheet_scans, pk=pk)
    return serve_private(kept.file, kept.file_name, kept.content_type, inline=True)
