"""The paper of a programme: drawn as PDF and Word, the signed file; the last day of each year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from papers.documents import draw, freeze
from papers.documents.faces import FACES
from people.kept_post import keep_post
from trust.storage import serve_private

from ..access import coordinates
from ..books import book_at
from ..forms.programme import TermForm
from ..programme import issuing, public, terms
from .books import address, crumbs, door, entry_of

ASKS = ["GET", "HEAD", "POST"]
SLUG = "chuong-trinh"


@require_safe
@door
def paper(request, book, rights, pk, face):
    """As it stands now; what was issued, as it was frozen."""
    if book.slug != SLUG or face not in FACES:
        raise Http404
    entry = entry_of(book, rights, pk)
    registered = issuing.paper_of(entry)
    data = registered.data if registered else freeze(issuing.document_of(entry)).data
    number, issued_on = (registered.number, registered.issued_on) if registered else ("", None)
    drawn = draw(data, face, number, issued_on)
    response = HttpResponse(drawn.content, content_type=drawn.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{SLUG}-{entry.year}.{face}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@door
def signed(request, book, rights, pk):
    if book.slug != SLUG:
        raise Http404
    return _signed(entry_of(book, rights, pk))


@require_safe
def public_signed(request, year):
    """For everybody, where whoever issued it said so."""
    return _signed(get_object_or_404(public.issued(), year=year, file_is_public=True), everybody=True)


def _signed(entry, *, everybody=False):
    registered = issuing.paper_of(entry)
    if registered is None or not registered.file:
        raise Http404
    return serve_private(
        registered.file, registered.file_name, "application/pdf", inline=True, public=everybody
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def term(request):
    """The last day of each year's programme; coordinators set it."""
    if not coordinates(request.user):
        raise PermissionDenied(_("The plan coordinator sets this day."))
    month, day = terms.month_and_day()
    typed = request.POST if request.method == "POST" else request.kept_post or None
    form, status = TermForm(typed, initial={"term": f"{day}/{month}"}), 200
    book = book_at(SLUG)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                terms.set_term(*form.cleaned_data["term"], request.user)
            except ValidationError as refused:
                form.add_error("term", refused)
            else:
                messages.success(request, _("Saved."))
                return redirect(address(book))
    title = _("Last day of the work programme")
    context = {
        "form": form,
        "words": {"title": title, "action": _("Save"), "happens": _("Reminders follow the new day.")},
        "back": address(book),
        "crumbs": crumbs(book, here=title),
    }
    return render(request, "plan/books/form.html", context, status=status)
