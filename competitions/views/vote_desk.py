"""The organiser's side of a vote: how many while it runs; once it is over the count, odd votes, voiding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.kept_post import keep_post

from .. import acts
from ..access import organised_or_404
from ..models import Entry, Vote
from ..organising.page import page
from ..voting import counting, looking, rules, voiding, words
from ..voting.casting import VoteRefused
from ..voting.forms import VoidForm

PAGE_SIZE = 50
MOST_AT_ONCE = 1000


def _competition_or_404(request, code):
    competition = organised_or_404(request.user, code=code)
    prefetch_related_objects([competition], "phases")
    if rules.time_of(competition, timezone.now()) is None:
        raise Http404
    return competition


def _desk_url(request, code, *args, **kwargs):
    return reverse("competitions:vote_desk", args=[code])


@require_safe
@never_cache
@keep_post
def desk(request, code):
    """While it runs the number of votes in all; after the close the count and what looks odd."""
    competition, now = _competition_or_404(request, code), timezone.now()
    time = rules.time_of(competition, now)
    context = {"time": time, "total": counting.total(competition)}
    if time.is_over:
        context |= _after_the_close(competition, now)
    return page(request, competition, "voting", "competitions/voting/desk.html", context)


def _after_the_close(competition, now):
    count = counting.latest(competition, now)
    if count is None:
        return {"count": None}
    figures = counting.figures_of(count)
    titles = dict(
        Entry.objects.filter(competition=competition, code__in=figures).values_list("code", "title")
    )
    rows = sorted(figures.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "count": count,
        "counted": sum(figures.values()),
        "rows": [(entry, titles[entry], votes) for entry, votes in rows],
        "findings": looking.odd_ones(competition),
        "voided": Vote.objects.filter(competition=competition, voided_at__isnull=False).count(),
        "void_why": _void_why(competition, now),
    }


def _void_why(competition, now):
    refusal = voiding.refusal_for(competition, now)
    return words.sentence(refusal) if refusal else ""


@require_POST
@keep_post(page=_desk_url)
def recount(request, code):
    """Counts again and says whether it agrees; the log keeps that it was asked."""
    competition, now = _competition_or_404(request, code), timezone.now()
    try:
        found = counting.recount(competition, now)
    except counting.NotOver:
        messages.warning(request, _("Not counted: the vote is not over."))
        return redirect("competitions:vote_desk", code)
    acts.log(competition, "votes_recounted", request.user, now=now, agrees=found.agrees)
    if found.agrees:
        messages.success(request, _("Counted again: the votes agree with the count that is kept."))
    else:
        messages.error(
            request,
            _(
                "Counted again: the votes differ from the count that is kept. "
                "Somebody changed them past the portal."
            ),
        )
    return redirect("competitions:vote_desk", code)


@require_safe
@never_cache
@keep_post
def votes(request, code):
    """Single votes after the close: all of them, or those of one finding (`?dau-hieu=`)."""
    competition, now = _competition_or_404(request, code), timezone.now()
    if not rules.time_of(competition, now).is_over:
        raise Http404
    findings = {finding.key: finding for finding in looking.odd_ones(competition)}
    chosen = findings.get(request.GET.get("dau-hieu", ""))
    rows = looking.votes_of(competition)
    rows = rows.filter(pk__in=chosen.votes) if chosen else rows
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "rows": [(vote, looking.masked(vote.participant)) for vote in shown],
        "findings": list(findings.values()),
        "chosen": chosen,
        "void_why": _void_why(competition, now),
    }
    return page(request, competition, "voting", "competitions/voting/votes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def void(request, code):
    """GET asks about the ticked votes, or about all of a finding; POST voids them with its reason."""
    competition, now = _competition_or_404(request, code), timezone.now()
    if not rules.time_of(competition, now).is_over:
        raise Http404
    keys = _chosen(request, competition)
    if not keys:
        messages.warning(request, _("Tick the votes first."))
        return redirect("competitions:votes", code)
    form = VoidForm(request.POST if request.method == "POST" else request.kept_post or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = voiding.void(request.user, competition, keys, form.cleaned_data["reason"], now)
        except VoteRefused as refused:
            form.add_error(None, words.sentence(refused.refusal))
        else:
            said = ngettext(
                "%(count)s vote was voided; the count was made anew.",
                "%(count)s votes were voided; the count was made anew.",
                count,
            )
            messages.success(request, said % {"count": count})
            return redirect("competitions:vote_desk", code)
    rows = looking.votes_of(competition).filter(pk__in=keys)
    context = {
        "form": form,
        "rows": [(vote, looking.masked(vote.participant)) for vote in rows],
        "void_why": _void_why(competition, now),
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, competition, "voting", "competitions/voting/void.html", context, status=status)


def _chosen(request, competition):
    """Keys of votes of this competition that still count: the ticked ones, or those of a finding."""
    given = request.POST if request.method == "POST" else request.kept_post or request.GET
    typed = [key for key in given.getlist("phieu") if key.isdecimal() and len(key) < 18][:MOST_AT_ONCE]
    if finding := given.get("dau-hieu"):
        found = {odd.key: odd.votes for odd in looking.odd_ones(competition)}
        typed = found.get(finding, ())
    counting_votes = Vote.objects.filter(competition=competition, voided_at__isnull=True, pk__in=typed)
    return list(counting_votes.order_by("pk").values_list("pk", flat=True))
