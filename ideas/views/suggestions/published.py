"""Answered ideas as everybody reads them; the same to everybody, kept in front."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.public_page import public_page
from portal.sharing import shared

from ...suggestions import published

PAGE_SIZE = 20
LIST = "/y-tuong/da-tra-loi/"


@require_safe
@public_page("page")
def ideas(request):
    page = Paginator(published.published(), PAGE_SIZE).get_page(request.GET.get("page"))
    title = _("Ideas the ward has answered")
    context = {
        "page_obj": page,
        "cards": published.cards(page.object_list),
        "crumbs": [(str(published.LABEL), "/y-tuong/"), (_("Answered"), "")],
    } | shared(LIST, title, _("What residents proposed and what came of it."))
    return render(request, "ideas/suggestions/list.html", context)


@require_safe
@public_page()
def idea(request, number):
    found = published.published().filter(number=number).first()
    if found is None:
        raise Http404
    card = published.cards([found])[0]
    context = {
        "card": card,
        "crumbs": [(str(published.LABEL), "/y-tuong/"), (_("Answered"), LIST), (card.number, "")],
    } | shared(card.url, card.title, card.text, kind="article")
    return render(request, "ideas/suggestions/idea.html", context)
