"""One step of the workflow as a page: GET explains and asks, POST takes it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from trust.uploads import UploadRefused

from ... import workflow
from ...capacities import council_for
from ...forms.steps import STEPS
from ...moves import Actor, Move, Refused
from ...once import AlreadyTaken, last_seen, move_once, taken_since
from ...papers.offers import DossierPapers
from ...papers.showing import shown as shown_papers
from ...reasons import sentence
from ...storyline import done_words
from .found import crumbs, deny, find, too_late


@require_http_methods(["GET", "HEAD", "POST"])
@keep_post
@never_cache
def step(request, code, transition):
    """Everything about the step comes from `forms.steps.STEPS`; whether it may be taken from the workflow."""
    if transition not in STEPS:
        raise Http404
    initiative = find(request, code)
    answer = workflow.may(initiative, transition, request.user)
    if request.method == "POST":
        return _take(request, initiative, transition, answer)
    if not answer.allowed:
        deny(answer)
    form = _form(request, initiative, transition, request.kept_post)
    return _page(request, initiative, transition, form)


def _form(request, initiative, transition, data=None, files=None):
    seen = last_seen(initiative)
    return STEPS[transition].form(data, files, initiative=initiative, user=request.user, seen=seen)


def _take(request, initiative, transition, answer):
    seen = _seen(request, initiative)
    if answer.reason == "wrong_state" or taken_since(initiative, transition, seen):
        entry = taken_since(initiative, transition, seen)
        return too_late(request, initiative, entry) if seen or entry else deny(answer)
    if not answer.allowed and not answer.acting_as:
        deny(answer)
    form = _form(request, initiative, transition, request.POST, request.FILES)
    if not answer.allowed:
        form.refuse(None, sentence(answer))
    if not form.is_valid():
        return _page(request, initiative, transition, form)
    try:
        move_once(initiative, transition, request.user, seen, **_brought(form, initiative, transition))
    except AlreadyTaken as taken:
        return too_late(request, initiative, taken.entry)
    except UploadRefused as refused:
        form.refuse("file", refused)
    except Refused as refused:
        if refused.answer.reason == "wrong_state":
            return too_late(request, initiative)
        form.refuse(refused.answer.field, sentence(refused.answer))
    else:
        messages.success(request, _("%(done)s: %(code)s.") % _done(transition, initiative))
        return redirect(initiative)
    return _page(request, initiative, transition, form)


def _seen(request, initiative):
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _brought(form, initiative, transition):
    """What goes to the workflow. A signed file is stored only once nothing else stands in the way."""
    if hasattr(form, "promised"):
        asked = workflow.may(initiative, transition, form.user, data=form.promised(), asking=False)
        if not asked.allowed:
            raise Refused(asked, initiative)
    return form.brought()


def _done(transition, initiative):
    return {"done": done_words(transition), "code": initiative.code}


def _page(request, initiative, transition, form):
    shown = STEPS[transition]
    context = {
        "initiative": initiative,
        "step": shown,
        "form": form,
        "crumbs": crumbs(initiative, shown.title),
        "file_lost": form.is_bound and form.has_file,
        "papers": shown_papers(DossierPapers(request.user, initiative).for_step(transition)),
    }
    if shown.part:
        context |= _council_part(request, initiative)
    return render(request, "ideas/dossier/step.html", context)


def _council_part(request, initiative):
    """Who will score, or whose sheet is still out: names of seats, never a point."""
    move = Move("look", Actor.of(request.user), timezone.now())
    council = council_for(initiative, move)
    holders = {seat.staff_id: seat.staff for seat in council.seats if seat.staff_id}
    seats = {seat.pk: seat for seat in council.seats}
    return {
        "filled": council.fill(initiative),
        "needed": council.needed,
        "open_sheets": [
            (seats[sheet.seat_id], holders.get(sheet.staff_id))
            for sheet in initiative.current_sheets
            if sheet.is_open
        ],
        "sheet_count": len(initiative.current_sheets),
        "sent_count": sum(sheet.state == "submitted" for sheet in initiative.current_sheets),
    }
