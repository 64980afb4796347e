"""A sitting, one question a page. What is allowed is asked of `quiz.sitting`."""

from functools import wraps

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.readable import readable

from ..lifecycle import EntryState
from ..models import Blueprint, CompetitionPage, Entry, Sitting
from ..moves import Actor, Refusal, Refused
from ..quiz import review, sitting, words
from ..quiz.forms import AnswerForm
from ..visitors import participant_required


def _entrants_own(view):
    """Gives the view the competition and this person's entry in it; whoever has none begins one first."""

    @wraps(view)
    @participant_required("enter")
    def found(request, slug, *args, **kwargs):
        published = readable(CompetitionPage.objects.filter(blueprint=Blueprint.QUIZ))
        competition = get_object_or_404(published.prefetch_related("phases"), slug=slug)
        entry = Entry.objects.of(request.participant).filter(competition=competition).first()
        if entry is None:
            return HttpResponseRedirect(f"/cuoc-thi/{slug}/du-thi/")
        entry.competition = competition
        return view(request, entry, *args, **kwargs)

    return found


def _running(view):
    """Gives the view the sitting while it is not handed in; otherwise the first page says what to do."""

    @wraps(view)
    def found(request, entry, *args, **kwargs):
        begun = _sitting_of(entry)
        if begun is None or begun.handed_in_at is not None:
            if _is_script(request):
                return JsonResponse({"message": _("The quiz is not running.")}, status=409)
            return redirect("competitions:quiz", entry.competition.slug)
        return view(request, begun, *args, **kwargs)

    return found


def _sitting_of(entry):
    begun = Sitting.objects.filter(entry=entry).first()
    if begun is not None:
        begun.entry = entry
    return begun


def _actor(request):
    return Actor.of(request.user, request.participant)


def _page(request, competition, template, context, status=200):
    context |= {"competition": competition, "home": reverse("competitions:quiz", args=[competition.slug])}
    return render(request, f"competitions/quiz/{template}.html", context, status=status)


@require_safe
@never_cache
@_entrants_own
def quiz(request, entry):
    """Before it: how many questions and minutes. While it runs: on to the questions. Afterwards: when it was
    handed in, and marks once entries are closed."""
    begun = _sitting_of(entry)
    if begun is None:
        return _before(request, entry)
    if begun.handed_in_at is None:
        return _go_on(request, begun)
    return _afterwards(request, begun)


def _before(request, entry, status=200):
    refusal = sitting.start_refusal(entry, _actor(request), timezone.now())
    context = {"entry": entry, "why": words.sentence(refusal) if refusal else ""}
    return _page(request, entry.competition, "before", context, status)


def _go_on(request, begun):
    """To the first question without an answer, or to handing in when there is none or the time is up."""
    slug = begun.entry.competition.slug
    if not sitting.time_of(begun).holds(timezone.now()):
        return redirect("competitions:quiz_hand_in", slug)
    still = (asked.number for asked in review.asked(begun) if asked.chosen is None)
    number = next(still, None)
    if number is None:
        return redirect("competitions:quiz_hand_in", slug)
    return redirect("competitions:quiz_question", slug, number)


def _afterwards(request, begun):
    now = timezone.now()
    shown = review.may_be_shown(begun, now)
    context = {
        "sitting": begun,
        "entry": begun.entry,
        "total": len(begun.paper),
        "answered": begun.answers.count(),
        "minutes": begun.seconds // 60,
        "seconds": begun.seconds % 60,
        "shown": shown,
        "marked": review.marked(begun, now),
        "closes_at": begun.entry.competition.window("entry").closes_at,
        "not_taken": begun.entry.state == EntryState.DRAFT,
    }
    return _page(request, begun.entry.competition, "afterwards", context)


@require_POST
@never_cache
@_entrants_own
def start(request, entry):
    try:
        begun = sitting.start(entry, _actor(request))
    except sitting.SittingRefused:
        return _before(request, entry, status=409)
    begun.entry = entry
    return _go_on(request, begun)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_entrants_own
@_running
def question(request, begun, number):
    """GET shows one question, POST keeps its answer and goes on to the next."""
    paper = review.asked(begun)
    if not 1 <= number <= len(paper):
        raise Http404
    here = paper[number - 1]
    form = AnswerForm(request.POST if request.method == "POST" else None, question=here)
    if request.method != "POST":
        if not sitting.time_of(begun).holds(timezone.now()):
            return redirect("competitions:quiz_hand_in", begun.entry.competition.slug)
        return _question(request, begun, paper, here, form)
    if not form.is_valid():
        if _is_script(request):
            return JsonResponse({"message": _("Choose one of the answers shown.")}, status=422)
        return _question(request, begun, paper, here, form, status=422)
    try:
        at = sitting.answer(begun, number, form.cleaned_data["choice"])
    except sitting.SittingRefused as refused:
        return _not_taken(request, begun, words.sentence(refused.refusal))
    if _is_script(request):
        saved = _("Saved at %(time)s") % {"time": f"{timezone.localtime(at):%H:%M:%S}"}
        return JsonResponse({"message": saved, "left": sitting.seconds_left(begun, at)})
    slug = begun.entry.competition.slug
    if number == len(paper):
        return redirect("competitions:quiz_hand_in", slug)
    return redirect("competitions:quiz_question", slug, number + 1)


def _is_script(request):
    return request.headers.get("Accept") == "application/json"


def _question(request, begun, paper, here, form, status=200):
    context = _clock(begun) | {
        "form": form,
        "here": here,
        "paper": paper,
        "total": len(paper),
        "before": here.number - 1,
        "after": here.number + 1 if here.number < len(paper) else None,
    }
    return _page(request, begun.entry.competition, "question", context, status)


def _clock(begun):
    left = sitting.seconds_left(begun, timezone.now())
    return {"left": left, "left_minutes": -(-left // 60), "ends_at": sitting.time_of(begun).closes_at}


def _not_taken(request, begun, why):
    """The time is up, or it was handed in elsewhere: said plainly, nothing saved."""
    if _is_script(request):
        return JsonResponse({"message": why}, status=409)
    begun.refresh_from_db(fields=["handed_in_at"])
    return _hand_in_page(request, begun, why, status=409)


def _hand_in_page(request, begun, why="", status=200):
    paper = review.asked(begun)
    context = _clock(begun) | {
        "paper": paper,
        "total": len(paper),
        "answered": sum(asked.chosen is not None for asked in paper),
        "is_over": not sitting.time_of(begun).holds(timezone.now()),
        "is_in": begun.handed_in_at is not None,
        "why": why,
    }
    return _page(request, begun.entry.competition, "hand_in", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_entrants_own
@_running
def hand_in(request, begun):
    """GET shows what is answered and asks once more, POST hands in; when the time is up, as of its end."""
    if request.method != "POST":
        return _hand_in_page(request, begun)
    try:
        sitting.hand_in(begun, _actor(request))
    except Refused as refused:
        refusal = Refusal(refused.answer.reason, refused.answer.params)
        return _hand_in_page(request, begun, words.sentence(refusal), status=409)
    return redirect("competitions:quiz", begun.entry.competition.slug)
