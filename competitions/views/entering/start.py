"""The way into a competition: going on with one's entry, or beginning it with the questions about oneself."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ... import reasons
from ...entering import about, steps
from ...entering.handing_in import with_content
from ...entering.permits import NotEditable, refusal_to_start
from ...entering.starting import current_entry, start
from ...forms.about import AboutForm
from ...lifecycle import EntryState
from ...models import Blueprint, CompetitionPage
from ...phases import PhaseCode
from ...visitors import participant_required
from .doors import for_places, go_on, step_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@participant_required("enter")
def enter(request, slug):
    takes_some = CompetitionPage.objects.live().exclude(blueprint=Blueprint.FORUM)
    competition = get_object_or_404(takes_some.prefetch_related("phases"), slug=slug)
    found = current_entry(competition, request.participant)
    if found is not None:
        return redirect(_where_it_goes_on(found, request.participant))
    now = timezone.now()
    status = 422 if request.method == "POST" else 200
    if refusal := refusal_to_start(competition, request.participant, now):
        return _page(request, competition, {"refusal": reasons.sentence(refusal)}, status=status)
    posted = request.POST if request.method == "POST" else request.kept_post
    form = AboutForm(competition, request.participant, posted)
    if request.method == "POST" and form.is_valid():
        try:
            entry = start(competition, request.participant, form.answers())
        except NotEditable as closed:
            form.refuse(closed.refusal)
        else:
            return redirect(steps.after(_fresh(entry), request.participant, "about"))
    return _page(request, competition, {"form": form}, status=status)


def _where_it_goes_on(entry, participant):
    if entry.state != EntryState.DRAFT:
        return entry.get_absolute_url()
    return steps.next_open(_fresh(entry), participant, timezone.now())


def _fresh(entry):
    return with_content().get(pk=entry.pk)


def _page(request, competition, context, *, status=200):
    codes = steps.codes_of(competition)
    shared = {
        "competition": competition,
        "window": competition.window(PhaseCode.ENTRY),
        "participant": request.participant,
        "number": 1,
        "count": len(codes),
        "rest": len(codes) - 1,
    }
    return render(request, "competitions/entering/start.html", shared | context, status=status)


@for_places
def entry_about(request, entry):
    """The same questions once more, for a change."""
    posted = request.POST if request.method == "POST" else request.kept_post
    form = AboutForm(entry.competition, request.participant, posted)
    if request.method == "POST" and form.is_valid():
        about.keep(entry, request.participant, form.answers())
        return go_on(request, entry, "about")
    status = 422 if request.method == "POST" else 200
    return step_page(request, entry, "about", {"form": form}, status=status)
