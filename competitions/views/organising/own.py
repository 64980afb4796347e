"""An organiser's own competitions, and a new one from a blueprint."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post

from ... import blueprints
from ...access import require_organiser
from ...models import CompetitionPage
from ...organising import words
from ...organising.forms.phases import MakeForm, initial_of
from ...organising.refusals import ActRefused
from ...organising.stand import approvals, next_moment, stand
from ...phases import PhaseCode
from .found import status_of, typed

PAGE_SIZE = 20


@require_safe
@never_cache
@keep_post
def organise(request):
    """Own competitions, the latest first: where each stands and what comes next."""
    require_organiser(request.user)
    rows = CompetitionPage.objects.organised_by(request.user).order_by("-pk")
    page = Paginator(rows.select_related("latest_revision").prefetch_related("phases"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    now, waiting = timezone.now(), approvals(page.object_list)
    lines = [_line(competition, waiting.get(competition.pk, ""), now) for competition in page]
    return render(request, "competitions/organising/own.html", {"page_obj": page, "lines": lines})


def _line(competition, approval, now):
    code = stand(competition, approval=approval, now=now)
    coming = next_moment(competition, now)
    return {
        "competition": competition,
        "kind": competition.get_blueprint_display(),
        "stand": code,
        "stand_label": capfirst(str(words.STANDS[code])),
        "coming": coming and {"what": coming[0], "phase": PhaseCode(coming[1]).label, "at": coming[2]},
    }


@require_safe
@never_cache
@keep_post
def choose(request):
    """Which kind of competition."""
    require_organiser(request.user)
    return render(request, "competitions/organising/choose.html", {"plans": blueprints.all_plans().values()})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def make(request, kind):
    """Title and dates; everything else comes with the kind."""
    require_organiser(request.user)
    if kind not in blueprints.all_plans():
        raise Http404
    plan = blueprints.plan_of(kind)
    needed = [w for w in blueprints.proposed(plan) if not plan.phase(w.code).optional]
    form = MakeForm(plan, typed(request), initial=initial_of(needed))
    if request.method == "POST" and form.is_valid():
        try:
            made = blueprints.make(kind, form.cleaned_data["title"], form.windows, request.user)
        except ActRefused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("%(code)s is made as a draft. Nobody sees it yet.") % {"code": made.code}
            )
            return redirect("competitions:manage", code=made.code)
    context = {"form": form, "plan": plan}
    return render(request, "competitions/organising/make.html", context, status=status_of(form))
