"""Score sheets: fill in, keep, send, stand aside, read and print. Every way in asks two questions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ideas import evaluation
from ideas.access import may_read_sheet
from ideas.evaluation import SheetRefused, can_declare, can_score
from ideas.judged import judged
from ideas.leads import commenting
from ideas.models import Initiative, ScoreSheet
from ideas.reasons import sentence
from ideas.sheet_list import my_sheets, progress_of, waiting_among
from people.kept_post import keep_post
from scoring.desk import Desk
from scoring.standing import shown, standing


class CouncilDesk(Desk):
    """A council member's sheet beside the version of the dossier it judges."""

    refused = SheetRefused
    list_url = "ideas:sheets"
    sheet_template = "ideas/council/sheet.html"
    send_template = "ideas/council/sheet_send.html"
    read_template = "ideas/council/sheet_read.html"
    recuse_template = "ideas/council/sheet_recuse.html"
    recusal_help = _("For example: I work in the authors' team. The council's officers can read this.")

    def find(self, user, pk):
        sheet = (
            ScoreSheet.objects.select_related("staff__user", "seat__appointment", "version", "alternate")
            .prefetch_related("points")
            .filter(pk=pk)
            .first()
        )
        if sheet is None:
            raise Http404
        sheet.initiative = sheet.version.initiative = Initiative.objects.for_workflow().get(
            pk=sheet.initiative_id
        )
        if can_score(user, sheet).allowed or may_read_sheet(user, sheet):
            return sheet
        raise Http404

    def rubric(self, sheet):
        return sheet.initiative.rubric.rubric

    def code(self, sheet):
        return sheet.initiative.code

    def may(self, user, sheet):
        return can_score(user, sheet)

    def may_stand_aside(self, user, sheet):
        return can_declare(user, sheet)

    def read(self, request, sheet, answer):
        if answer.reason == "conflict_not_declared":
            return _ask_for_declaration(request, sheet)
        return super().read(request, sheet, answer)

    def may_read(self, user, sheet):
        return may_read_sheet(user, sheet)

    def sentence(self, answer):
        return sentence(answer)

    def save(self, user, sheet, points, comment, **more):
        return evaluation.save_sheet(user, sheet, points, comment, **more)

    def submit(self, user, sheet, points, comment, **more):
        return evaluation.submit_sheet(user, sheet, points, comment, **more)

    def recuse(self, user, sheet, reason):
        return evaluation.declare_conflict(user, sheet, reason)

    def about(self, user, sheet):
        return {
            "initiative": sheet.initiative,
            "judged": judged(sheet.version),
            "papers": sheet.papers.filter(settled_at__isnull=False),
        }

    def progress(self, user):
        return progress_of(user)


DESK = CouncilDesk()


def _ask_for_declaration(request, sheet):
    """What is judged and who wrote it, and the two answers; the sheet itself comes after the first."""
    context = {"sheet": sheet, "initiative": sheet.initiative, "judged": judged(sheet.version)}
    return render(request, "ideas/council/sheet_declare.html", context)


@never_cache
@keep_post
def sheet(request, pk):
    return DESK.fill(request, pk)


@never_cache
@require_POST
def sheet_autosave(request, pk):
    return DESK.autosave(request, pk)


@never_cache
@keep_post
def sheet_send(request, pk):
    return DESK.send(request, pk)


@never_cache
@keep_post
def sheet_recuse(request, pk):
    """A member declares what connects them with the dossier; an alternate takes the seat."""
    return DESK.stand_aside(request, pk)


@require_POST
@keep_post(page=lambda request: reverse("ideas:sheets"))
def declare(request):
    """No conflict of interest in the ticked dossiers, from the member's list or from one sheet's page."""
    ticked = [int(pk) for pk in request.POST.getlist("sheet")[:200] if pk.isascii() and pk.isdigit()]
    own = waiting_among(request.user, ticked)
    if not own:
        messages.warning(request, _("Tick at least one initiative."))
        return redirect("ideas:sheets")
    try:
        count = evaluation.confirm_no_conflict(request.user, own)
    except SheetRefused as refused:
        raise PermissionDenied(sentence(refused.answer)) from refused
    words = ngettext(
        "No conflict of interest declared for %(count)s initiative.",
        "No conflict of interest declared for %(count)s initiatives.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect(own[0].get_absolute_url() if "one" in request.POST else "ideas:sheets")


@never_cache
@require_safe
@keep_post
def sheet_print(request, pk):
    """One's own sheet, or one that may be read, on a page of paper."""
    found = DESK.find(request.user, pk)
    if not may_read_sheet(request.user, found):
        raise Http404
    rubric = DESK.rubric(found)
    context = {
        "sheet": found,
        "initiative": found.initiative,
        "rows": shown(found, rubric),
        "standing": standing(found, rubric),
        "judged": judged(found.version),
        "rubric": rubric,
    }
    return render(request, "ideas/council/sheet_print.html", context)


# ---- a member's list


@never_cache
@require_safe
@keep_post
def sheets(request):
    """Everything this member scores or scored, with how many sheets are in: counts alone."""
    lines = my_sheets(request.user)
    context = {
        "leads": commenting.open_leads_of(request.user),
        "undeclared": [line for line in lines if line.waits_for_declaration],
        "to_do": [line for line in lines if line.is_to_do],
        "done": [line for line in lines if not line.is_to_do],
        "progress": progress_of(request.user),
    }
    return render(request, "ideas/council/sheets.html", context)


@never_cache
@require_safe
@keep_post
def sheet_row(request, pk):
    """One row of the list, fetched anew by the page when something changed."""
    line = next(iter(my_sheets(request.user, pk=pk)), None)
    if line is None:
        raise Http404
    return render(request, "ideas/council/sheet_row.html", {"line": line})
