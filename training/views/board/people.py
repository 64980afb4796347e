"""Why: the people behind a number, and the dated facts behind a person."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post
from people.models import Staff

from ...access import may_see_reasons
from ...board import asking
from ...board.people import behind as people_behind
from ...board.standing import NO_UNIT, latest_freeze
from ...board.words import GROUP_WORDS
from ...coverage.why import why as why_of

PAGE_SIZE = 50


def crumbs(asked, *more):
    return [(_("Training"), "/dao-tao/"), (_("Coverage"), f"/dao-tao/ty-le/?{asked.query}"), *more]


@require_safe
@never_cache
@keep_post
def behind(request):
    asked = asking.read(request.user, request.GET)
    unit = request.GET.get("unit", "")
    found = people_behind(asked, request.GET.get("state", ""), unit, request.GET.get("own") == "1")
    page = Paginator(found.people, PAGE_SIZE).get_page(request.GET.get("page"))
    groups = [(code, words, code == found.group) for code, words in GROUP_WORDS.items()]
    context = {
        "asked": asked,
        "found": found,
        "nowhere": unit == NO_UNIT,
        "page_obj": page,
        "groups": groups,
        "heading": GROUP_WORDS[found.group],
        "crumbs": crumbs(asked, (GROUP_WORDS[found.group], "")),
    }
    return render(request, "training/coverage/people.html", context)


@require_safe
@never_cache
@keep_post
def why(request, staff_code):
    """One person: to whoever reads their unit, and to the person."""
    person = Staff.objects.filter(staff_code=staff_code).first()
    is_own = bool(person and person.user_id == request.user.pk)
    asked = asking.read(request.user, request.GET, needs_scope=not is_own)
    if person is None:
        raise Http404
    with_reasons = may_see_reasons(request.user)
    found = why_of(person, asked.policy, asked.day, tree=asked.tree, with_reasons=with_reasons)
    if not is_own and not asked.scope.covers(found.judgement.unit):
        raise Http404
    freeze = latest_freeze(asked) if asked.is_past else None
    context = {
        "asked": asked,
        "person": person,
        "found": found,
        "unit": asked.tree.by_key.get(found.judgement.unit),
        "freeze": freeze,
        "frozen": freeze.rows.filter(staff_code=staff_code).first() if freeze else None,
        "crumbs": crumbs(asked, (person.full_name, ""))
        if asked.scope
        else [(_("Training"), "/dao-tao/"), (_("Coverage"), "")],
    }
    return render(request, "training/coverage/why.html", context)
