"""What everybody reads: recognised initiatives, and nothing of any other; and a certificate's PDF for the few
who hold or keep it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.certificates import ensure_pdf
from papers.codes import typed
from people.kept_post import keep_post
from portal.public_page import public_page
from portal.sharing import shared
from trust.answers import asks_for_something, limited
from trust.limits import Requests
from trust.storage import serve_private

from .. import publication
from ..benefits.public import results_of, uses_of
from ..certificates import certificates_visible_to
from ..forms.public import InitiativeSearch
from ..models import Initiative
from ..similarity.links import shown_in_public
from ..suggestions.growing import credit_of

PAGE_SIZE = 20


@limited(Requests("initiative-search", most=120, seconds=60), when=asks_for_something)
@require_safe
@public_page("page", *InitiativeSearch.base_fields)
def initiative_list(request):
    """Recognised initiatives, found by title, field, unit and year."""
    fields, units, years = publication.choices()
    form = InitiativeSearch(request.GET, fields=fields, units=units, years=years)
    asked = form.asked()
    page = Paginator(publication.find(publication.published(), **asked), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page_obj": page,
        "cards": publication.cards(page.object_list),
        "asked_for": any(asked.values()),
        "narrowed": any(value for name, value in asked.items() if name != "text"),
        "crumbs": [(_("Initiatives"), "")],
    } | shared(
        "/sang-kien/",
        _("Recognised initiatives"),
        _("Each was scored by the council and recognised by a decision of the ward."),
    )
    return render(request, "ideas/public/list.html", context)


@require_safe
@public_page()
def card(request, code):
    """A recognised initiative. Of any other the public learns nothing, not even that it exists; whoever may
    read the dossier is led to it."""
    found = publication.published().filter(code=code).first()
    if found is None:
        dossier = Initiative.objects.visible_to(request.user).filter(code=code).first()
        if dossier is None:
            raise Http404
        return redirect(dossier)
    shown = publication.cards([found])[0]
    context = {
        "card": shown,
        "crumbs": [(_("Initiatives"), "/sang-kien/"), (shown.code, "")],
        "results": results_of([found]).get(found.pk, ()),
        "uses": uses_of([found]).get(found.pk, ()),
        "credit": credit_of(found),
        "links": shown_in_public(found),
        "may_read_dossier": Initiative.objects.visible_to(request.user).filter(pk=found.pk).exists(),
    } | shared(shown.url, shown.title, shown.summary, kind="article")
    return render(request, "ideas/public/card.html", context)


@require_safe
@never_cache
@keep_post
def certificate(request, code):
    """The PDF; 404 for whoever may not read it, as for a code nobody has."""
    held = certificates_visible_to(request.user).filter(certificate__code=typed(code) or "").first()
    if held is None:
        raise Http404
    paper = ensure_pdf(held.certificate)
    return serve_private(paper.pdf, paper.file_name, "application/pdf")
