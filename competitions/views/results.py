"""The results from draft to publication, for organisers and whoever checks them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competitions.access import organised_or_404
from competitions.forms.results import DecisionForm, DraftForm
from competitions.judging.places import fraction
from competitions.models import Award, ResultState
from competitions.moves import Refused
from competitions.organising.page import page
from competitions.organising.tabs import Tab
from competitions.results import checking, drafting, publishing
from competitions.results.access import organises, seen_or_404
from competitions.results.basis import basis_of, may_draft
from competitions.results.excel import workbook
from competitions.results.words import fault_sentence, sentence
from people.kept_post import keep_post
from scoring.forms import ReasonForm
from scoring.result import half_up

TAB = "results"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _overview(request, code, *args, **kwargs):
    return f"/cuoc-thi/to-chuc/{code}/ket-qua/"


def _back(competition):
    return redirect("competitions:results", competition.code)


def _page(request, competition, template, context, status=200):
    """Organisers have their tabs; a publisher who does not organise sees this one page of the competition."""
    if organises(request.user, competition):
        return page(request, competition, TAB, template, context, status=status)
    own = [Tab(TAB, pgettext("competition", "Results"), _overview(request, competition.code))]
    shared = {"competition": competition, "tabs": own, "current_tab": TAB}
    return render(request, template, shared | context, status=status)


# ---- where the results stand


@never_cache
@require_safe
@keep_post
def results(request, code):
    """Draft, check, publication: what stands, what comes next and who does it."""
    competition = seen_or_404(request.user, code)
    now = timezone.now()
    kept = drafting.kept(competition)
    mine = organises(request.user, competition)
    context = {
        "kept": kept,
        "mine": mine,
        "drafting": may_draft(competition, now) if mine else None,
        "checking": checking.may_check(competition, kept, request.user, now),
        "sending_back": checking.may_send_back(competition, kept, request.user),
        "publishing": publishing.may_publish(competition, kept, request.user, now),
        "sent_back": checking.sent_back(competition, kept),
        "prizes": _prizes(kept),
        "ranking": _ranking(competition, kept),
    }
    return _page(request, competition, "competitions/results/results.html", context)


def _ranking(competition, kept):
    """[(line of the payload, title, figures)] of what was drafted."""
    if kept is None:
        return []
    lines = drafting.payload_in(kept)["ranking"]
    titles = dict(
        competition.entries.filter(code__in=[line["entry"] for line in lines]).values_list("code", "title")
    )
    figures = ("score", "marks")
    return [
        (line, titles.get(line["entry"], ""), {name: half_up(fraction(line[name])) for name in figures})
        for line in lines
    ]


def _prizes(kept):
    """[(prize of the payload, its `Award` or None)]."""
    if kept is None:
        return []
    awards = {}
    if kept.state == ResultState.PUBLISHED:
        for award in Award.objects.filter(result_list=kept).select_related("entry"):
            awards[award.prize_id, award.entry.code] = award
    lines = drafting.payload_in(kept)["prizes"]
    return [(line, awards.get((line["prize"], line["entry"]))) for line in lines]


# ---- drafting


@never_cache
@keep_post
def draft(request, code):
    """Who gets which prize; the ranking proposes, the organiser decides and says why where it does not."""
    competition = organised_or_404(request.user, code=code)
    now = timezone.now()
    kept = drafting.kept(competition)
    if kept is not None and kept.state == ResultState.PUBLISHED:
        return _back(competition)
    try:
        basis = basis_of(competition, now)
    except Refused as refused:
        messages.error(request, sentence(refused.answer))
        return _back(competition)
    form = _draft_form(competition, basis, kept, _posted(request))
    if request.method == "POST" and form.is_valid() and _draft(request, competition, form):
        messages.success(request, _("The draft is kept. Somebody else checks it now."))
        return _back(competition)
    titles = dict(competition.entries.values_list("code", "title"))
    context = {
        "form": form,
        "rows": form.rows(),
        "ranking": [(place, titles[place.key], basis, _figures(basis, place.key)) for place in basis.ranking],
    }
    status = 422 if form.errors else 200
    return page(request, competition, TAB, "competitions/results/draft.html", context, status=status)


def _posted(request):
    return request.POST if request.method == "POST" else request.kept_post


def _draft_form(competition, basis, kept, data):
    choices = drafting.choices_in(drafting.payload_in(kept)) if kept else None
    note, seen = (kept.note, kept.sha256) if kept else ("", "")
    return DraftForm(drafting.offers(competition, basis), data, kept=choices, seen=seen, note=note)


def _draft(request, competition, form):
    cleaned = form.cleaned_data
    try:
        drafting.draft(competition, request.user, form.choices, seen=cleaned["seen"], note=cleaned["note"])
    except drafting.PrizesRefused as refused:
        for fault in refused.faults:
            form.add_fault(fault, fault_sentence(fault))
        return False
    except Refused as refused:
        form.add_error(None, sentence(refused.answer))
        return False
    return True


def _figures(basis, code):
    standing = basis.standings[code]
    return {
        "score": half_up(basis.scores[code].value),
        "marks": half_up(standing.marks),
        "votes": standing.votes,
        "seconds": standing.seconds,
    }


# ---- the second person


@never_cache
@require_POST
@keep_post(page=_overview)
def check(request, code):
    competition = seen_or_404(request.user, code)
    try:
        checking.check(competition, request.user, seen=request.POST.get("seen", ""))
    except Refused as refused:
        if refused.answer.reason in ("own_draft", "only_checkers", "takes_part"):
            raise PermissionDenied(sentence(refused.answer)) from refused
        messages.error(request, sentence(refused.answer))
    else:
        messages.success(request, _("The results are checked. They can be published now."))
    return _back(competition)


@never_cache
@keep_post
def send_back(request, code):
    competition = seen_or_404(request.user, code)
    answer = checking.may_send_back(competition, drafting.kept(competition), request.user)
    if not answer.allowed:
        raise PermissionDenied(sentence(answer))
    form = ReasonForm(_posted(request), help_text=_("Whoever drafted the results reads this."))
    if request.method == "POST" and form.is_valid():
        try:
            checking.send_back(competition, request.user, form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, sentence(refused.answer))
        else:
            messages.success(request, _("The results are sent back. The drafter is told."))
        return _back(competition)
    context = {
        "question": _("Send the results back?"),
        "explanation": _("They are a draft again. Nothing of them was public."),
        "action_label": _("Send back"),
        "confirm_form": form,
        "back_url": _overview(request, code),
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


# ---- publishing


@never_cache
@keep_post
def publish(request, code):
    """Number and date of the decision, then everything at once; asking twice is asking once."""
    competition = seen_or_404(request.user, code)
    kept = drafting.kept(competition)
    if kept is not None and kept.state == ResultState.PUBLISHED:
        return _back(competition)
    answer = publishing.may_publish(competition, kept, request.user, timezone.now())
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    form = DecisionForm(_posted(request), initial={"seen": kept.sha256, "on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        return _publish(request, competition, form.cleaned_data)
    context = {
        "form": form,
        "kept": kept,
        "mine": organises(request.user, competition),
        "prizes": _prizes(kept),
    }
    status = 422 if form.errors else 200
    return _page(request, competition, "competitions/results/publish.html", context, status=status)


def _publish(request, competition, typed):
    try:
        publishing.publish(competition, request.user, **typed)
    except Refused as refused:
        if refused.answer.reason != "results_are_out":
            messages.error(request, sentence(refused.answer))
    else:
        messages.success(request, _("The results are published. Everybody who took part is told."))
    return _back(competition)


# ---- afterwards


@never_cache
@keep_post
def withdraw_award(request, code, pk):
    """A prize is taken back; nobody moves up by it."""
    competition = organised_or_404(request.user, code=code)
    award = get_object_or_404(
        Award.objects.select_related("result_list__competition", "entry", "prize"),
        result_list__competition=competition,
        pk=pk,
    )
    answer = publishing.may_withdraw(award, request.user)
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    form = ReasonForm(_posted(request), help_text=_("Stands in the log; the people of the entry read it."))
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw_award(award, request.user, form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, sentence(refused.answer))
        else:
            messages.success(request, _("The prize is taken back. Its certificates are revoked."))
        return _back(competition)
    names = {"prize": award.prize.name, "code": award.entry.code}
    context = {
        "question": _("Take %(prize)s back from %(code)s?") % names,
        "explanation": _("Its certificates are revoked and the public page changes. Nobody moves up."),
        "action_label": _("Take the prize back"),
        "confirm_form": form,
        "danger": True,
        "back_url": _overview(request, code),
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@keep_post
def results_workbook(request, code):
    """Ranking and prizes with names, for the organisers."""
    competition = organised_or_404(request.user, code=code)
    kept = drafting.kept(competition)
    if kept is None:
        raise Http404
    response = HttpResponse(workbook(competition, kept), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ket-qua-{competition.code}.xlsx"'
    return response
