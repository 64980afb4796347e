"""What all pages of papers do alike: hand a file out, take number, date and signed file in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.files import store_signed_file
from ideas.forms.papers import PaperForm
from ideas.moves import Answer, Refused
from ideas.papers.drawing import drawn
from ideas.papers.showing import words
from ideas.reasons import sentence
from papers.documents.faces import FACES
from papers.documents.issuers import symbol_of
from papers.office import PaperChanged, PaperRefused, next_number
from trust.storage import serve_private
from trust.uploads import UploadRefused


def require_face(face):
    if face not in FACES:
        raise Http404


def require_offer(offer):
    """404 for a paper that does not exist here, 403 with the reason for one that cannot be made."""
    if offer is None:
        raise Http404
    require_allowed(offer.answer)
    return offer


def require_allowed(answer):
    if not answer.allowed:
        raise PermissionDenied(words(answer))


def hand_out(file):
    """A drawn paper as a download; it is kept by no cache between."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def hand_out_offer(offer, face):
    require_face(face)
    return hand_out(drawn(require_offer(offer), face))


def hand_out_signed(offer):
    """The signed file of a paper for whoever may draw it up."""
    require_offer(offer)
    if offer.paper is None or not offer.paper.file:
        raise Http404
    return serve_private(offer.paper.file, offer.paper.file_name, "application/pdf")


def registering(request, offer, *, register, crumbs, back):
    """The page that takes number, date and file; `register(**typed)` is the door."""
    require_offer(offer)
    require_allowed(offer.registers)
    proposed = _proposed(offer)
    if request.method != "POST":
        form = PaperForm(request.kept_post, offer=offer, proposed=proposed)
        return _page(request, offer, form, crumbs, back)
    form = PaperForm(request.POST, request.FILES, offer=offer, proposed=proposed)
    status = 422
    if form.is_valid():
        try:
            _take(form, register)
        except PaperChanged:
            form.add_error(None, _changed_words())
            status = 409
        except UploadRefused as refused:
            form.add_error("file", refused)
        except PaperRefused as refused:
            answer = Answer("paper", False, refused.code, refused.params, field=refused.field)
            form.add_error(refused.field if refused.field in form.fields else None, sentence(answer))
        except Refused as refused:
            form.add_error(None, words(refused.answer))
        else:
            messages.success(request, _("Saved: %(paper)s.") % {"paper": offer.kind.label})
            return redirect(back)
    return _page(request, offer, form, crumbs, back, status)


def _take(form, register):
    """The file is stored before the transaction, as every upload is."""
    uploaded = form.cleaned_data.get("file")
    register(**form.typed(), file=store_signed_file(uploaded, "papers") if uploaded else None)


def _proposed(offer):
    if not offer.kind.series:
        return ""
    symbol = symbol_of(offer.kind.issuer, offer.kind.series)
    return next_number(offer.kind.code, symbol, timezone.localdate())


def _changed_words():
    return _("Somebody entered something about this paper meanwhile. Look at it again, then send once more.")


def _page(request, offer, form, crumbs, back, status=200):
    context = {
        "offer": offer,
        "paper": offer.paper,
        "changes": list(offer.paper.changes.all()) if offer.paper else [],
        "form": form,
        "crumbs": crumbs,
        "back": back,
    }
    return render(request, "ideas/papers/register.html", context, status=status)
