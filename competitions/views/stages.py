"""The organiser's pages of judging: how far each stage is, and every act on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competitions.access import organised_or_404
from competitions.forms.judging import ShortlistForm
from competitions.judging import board, closing, finalists, handing_out
from competitions.judging import organising as further
from competitions.judging.stages import SLUGS, seats_of, stages_of
from competitions.judging.words import sentence
from competitions.models import EntrySheet, Stage
from competitions.moves import Refused
from competitions.organising.page import page
from people.kept_post import keep_post
from scoring.forms import ReasonForm
from scoring.result import half_up

TAB = "judging"


def _competition(request, code):
    return organised_or_404(request.user, code=code)


def _stage(competition, slug):
    stage = SLUGS.get(slug)
    if stage not in stages_of(competition):
        raise Http404
    return stage


def _back(competition):
    return redirect("competitions:stages", competition.code)


def _board_page(request, code, *args, **kwargs):
    """Where the form of an act that only answers POST stands."""
    return f"/cuoc-thi/to-chuc/{code}/cham/"


# ---- the board


def _boards(competition):
    seats = seats_of(competition)
    return {
        "competition": competition,
        "boards": board.boards(competition, timezone.now(), seats),
        "seats": seats,
    }


@never_cache
@require_safe
@keep_post
def stages(request, code):
    """Who judges what and how far it is; points and places only of what is closed."""
    competition = _competition(request, code)
    return page(request, competition, TAB, "competitions/judging/stages.html", _boards(competition))


@never_cache
@require_safe
@keep_post
def stages_board(request, code):
    """The board alone, fetched anew by the page when something changed."""
    return render(request, "competitions/judging/_board.html", _boards(_competition(request, code)))


# ---- acts


@never_cache
@keep_post
def assign(request, code, stage):
    """Hands the entries out; asks first."""
    competition = _competition(request, code)
    stage = _stage(competition, stage)
    if request.method == "POST":
        try:
            made = handing_out.assign_stage(competition, stage, request.user)
        except Refused as refused:
            messages.error(request, sentence(refused.answer))
        else:
            words = ngettext(
                "%(count)s sheet is handed out. The judges are told.",
                "%(count)s sheets are handed out. The judges are told.",
                len(made),
            )
            messages.success(request, words % {"count": len(made)})
        return _back(competition)
    answer = handing_out.may_assign(competition, stage, timezone.now())
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    each = len(seats_of(competition)) if stage == Stage.FINAL else competition.judges_each
    context = {
        "question": _("Hand the entries out to the judges?"),
        "explanation": _(
            "Each entry goes to %(each)s judges, drawn by lot in even shares. "
            "From then on the rubric is fixed."
        )
        % {"each": each},
        "action_label": _("Hand out"),
    }
    return _confirm(request, competition, context)


@never_cache
@require_POST
@keep_post(page=_board_page)
def top_up(request, code, stage):
    """Hands out what is missing after judges came or went."""
    competition = _competition(request, code)
    try:
        made = handing_out.top_up(competition, _stage(competition, stage), request.user)
    except Refused as refused:
        messages.error(request, sentence(refused.answer))
        return _back(competition)
    if made:
        words = ngettext(
            "%(count)s sheet is handed out. The judges are told.",
            "%(count)s sheets are handed out. The judges are told.",
            len(made),
        )
        messages.success(request, words % {"count": len(made)})
    else:
        messages.info(request, _("Nothing to hand out: nobody free is left, or nothing is missing."))
    return _back(competition)


@never_cache
@require_POST
@keep_post(page=_board_page)
def remind(request, code, stage):
    """Asks the judges for the sheets still out."""
    competition = _competition(request, code)
    try:
        told = further.remind(competition, _stage(competition, stage), request.user)
    except Refused as refused:
        messages.error(request, sentence(refused.answer))
        return _back(competition)
    words = ngettext("%(count)s judge was reminded.", "%(count)s judges were reminded.", told)
    messages.success(request, words % {"count": told})
    return _back(competition)


@never_cache
@keep_post
def close(request, code, stage):
    """Closes a stage; says first what is missing."""
    competition = _competition(request, code)
    stage = _stage(competition, stage)
    answer = closing.may_close(competition, stage, timezone.now())
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    lacking = closing.missing(competition, stage)
    form = _reason_form(request) if lacking.open else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            closing.close_stage(
                competition, stage, request.user, reason=form.cleaned_data["reason"] if form else ""
            )
        except Refused as refused:
            messages.error(request, sentence(refused.answer))
        else:
            messages.success(request, _("The stage is closed. Points and places show from now on."))
        return _back(competition)
    explanation = _("What was sent is frozen and ranked. Judges can no longer change anything.")
    if lacking.open:
        words = ngettext(
            "%(count)s sheet was not sent and does not count.",
            "%(count)s sheets were not sent and do not count.",
            lacking.open,
        )
        explanation = f"{words % {'count': lacking.open}} {explanation}"
    context = {
        "question": _("Close this stage?"),
        "explanation": explanation,
        "action_label": _("Close the stage"),
        "confirm_form": form,
    }
    return _confirm(request, competition, context, form)


@never_cache
@keep_post
def reopen(request, code, stage):
    competition = _competition(request, code)
    stage = _stage(competition, stage)
    answer = closing.may_reopen(competition, stage, timezone.now())
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    form = _reason_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            closing.reopen_stage(competition, stage, request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, sentence(refused.answer))
        else:
            messages.success(request, _("The stage is open again. Points and places are hidden."))
        return _back(competition)
    context = {
        "question": _("Reopen this stage?"),
        "explanation": _(
            "The frozen result stays in the record. A shortlist drawn from it is dropped. "
            "The reason is logged."
        ),
        "action_label": _("Reopen the stage"),
        "confirm_form": form,
        "danger": True,
    }
    return _confirm(request, competition, context, form)


@never_cache
@keep_post
def give_back(request, code, pk):
    """A sent sheet goes back to its judge, with the reason."""
    competition = _competition(request, code)
    sheet = get_object_or_404(
        EntrySheet.objects.select_related("judge__user", "entry", "competition"),
        competition=competition,
        pk=pk,
    )
    answer = further.may_give_back(sheet)
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    form = _reason_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            further.give_sheet_back(request.user, sheet, form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, sentence(refused.answer))
        else:
            messages.success(request, _("The sheet is with its judge again."))
        return _back(competition)
    names = {"name": sheet.judge.user.display_name, "code": sheet.entry.code}
    context = {
        "question": _("Give the sheet of %(name)s for %(code)s back?") % names,
        "explanation": _("The judge can change it and sends it again. The reason is logged."),
        "action_label": _("Give the sheet back"),
        "confirm_form": form,
    }
    return _confirm(request, competition, context, form)


@never_cache
@keep_post
def shortlist(request, code):
    """Draws the shortlist; asks for a choice where entries tie at its edge."""
    competition = _competition(request, code)
    answer = finalists.may_choose(competition)
    if not answer.allowed:
        messages.error(request, sentence(answer))
        return _back(competition)
    edge, ranking = finalists.edge_of(competition, closing.latest_result(competition, Stage.PRELIMINARY))
    form = ShortlistForm(edge, request.POST if request.method == "POST" else request.kept_post)
    if request.method == "POST" and form.is_valid():
        try:
            rows = finalists.choose_finalists(
                competition, request.user, form.cleaned_data["chosen"], reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(refused.answer.field or None, sentence(refused.answer))
        else:
            words = ngettext(
                "%(count)s entry is in the final round. Everybody is told.",
                "%(count)s entries are in the final round. Everybody is told.",
                len(rows),
            )
            messages.success(request, words % {"count": len(rows)})
            return _back(competition)
    context = {"form": form, "edge": edge, "ranking": _shown(competition, ranking)}
    status = 422 if form.errors else 200
    return page(request, competition, TAB, "competitions/judging/shortlist.html", context, status=status)


def _shown(competition, ranking):
    titles = dict(competition.entries.filter(code__in=[p.key for p in ranking]).values_list("code", "title"))
    return [(place, titles[place.key], half_up(place.score)) for place in ranking]


def _reason_form(request):
    help_text = _("The reason stands in the log of the competition.")
    return ReasonForm(request.POST if request.method == "POST" else request.kept_post, help_text=help_text)


def _confirm(request, competition, context, form=None):
    context = context | {"back_url": _board_page(request, competition.code)}
    status = 422 if form is not None and form.errors else 200
    return render(request, "confirm.html", context, status=status)
