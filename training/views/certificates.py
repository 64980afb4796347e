"""Certificates of attendance: issued by the organiser, read by their holder."""

from django.contrib import messages
from django.http import Http404
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from papers.certificates import ensure_pdf
from papers.codes import typed
from people.kept_post import keep_post
from trust.storage import serve_private

from .. import certificates
from ..answers import Refused
from .found import back, find_managed, page_of, say_why


@require_POST
@keep_post(page=page_of("session"))
def issue(request, code):
    session = find_managed(request, code)
    try:
        count = certificates.issue(session, request.user)
    except Refused as refused:
        say_why(request, refused)
    else:
        words = ngettext(
            "%(count)s certificate is issued. Its holder is told.",
            "%(count)s certificates are issued. Their holders are told.",
            count,
        )
        messages.success(request, words % {"count": count})
    return back(session, "#giay-chung-nhan")


@require_safe
@never_cache
@keep_post
def certificate(request, code):
    """The PDF; 404 for whoever may not read it, as for a code nobody has."""
    visible = certificates.certificates_visible_to(request.user)
    held = visible.filter(certificate__code=typed(code) or "").first()
    if held is None:
        raise Http404
    paper = ensure_pdf(held.certificate)
    return serve_private(paper.pdf, paper.file_name, "application/pdf")
