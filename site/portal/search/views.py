"""/tim-kiem/: anybody, without an account, with or without accents."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trust.answers import asks_for_something, limited
from trust.limits import Requests

from ..sharing import shared
from . import registry
from .asking import MOST_LISTED, PAGE_SIZE, ask
from .meaning import did_you_mean
from .showing import extract, marked
from .words import asked_words

LONGEST = 200
SEARCHES = Requests("search", most=120, seconds=60)  # a common word costs some 35 ms of the database


@limited(SEARCHES, when=asks_for_something)
@require_safe
def search(request):
    """Results by kind and year; `q`, `loai`, `nam`, `page`. What makes no sense is set aside."""
    text = " ".join(request.GET.get("q", "")[:LONGEST].split())
    kinds = {source.code: source for source in registry.sources()}
    kind = request.GET.get("loai", "") if request.GET.get("loai") in kinds else ""
    year, page = _number(request.GET.get("nam", "")), _number(request.GET.get("page", "")) or 1
    answer, words = ask(text, kind, year, page), asked_words(text)
    context = {
        "q": text,
        "kind": kind,
        "year": year,
        "answer": answer,
        "hits": [_hit(entry, words, kinds) for entry in answer.entries],
        "kinds": [(source, answer.kinds[code]) for code, source in kinds.items() if code in answer.kinds],
        "years": sorted(answer.years.items(), reverse=True),
        "of_all_kinds": sum(answer.kinds.values()),
        "of_all_years": sum(answer.years.values()),
        "page_obj": Paginator(range(answer.listed), PAGE_SIZE).page(answer.page),
        "most_listed": MOST_LISTED,
        "meant": did_you_mean(text) if words and not answer.total and not (kind or year) else "",
        "asked": bool(words),
        "crumbs": [(_("Search"), "")],
    } | shared(
        reverse("portal:search"),
        _("Search"),
        _("Type a word or two, with or without accents: news, initiatives, documents, training sessions."),
        is_rated=False,
    )
    return render(request, "portal/search.html", context)


def _hit(entry, words, kinds):
    return {
        "source": kinds.get(entry.kind),
        "url": entry.url,
        "title": marked(entry.title, words),
        "extract": extract(entry.text, words),
        "detail": entry.detail,
        "day": entry.day,
    }


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
