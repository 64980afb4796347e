"""Consents, the look at everything, handing in, the receipt, withdrawing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import reasons, workflow
from ...completeness import lacks
from ...consenting import NEEDED
from ...entering import agreeing, handing_in, steps
from ...entering.permits import NotEditable
from ...entering.reading import files_of, team_of, version_of
from ...forms.about import ConsentsForm
from ...lifecycle import EntryState
from ...moves import Actor
from .doors import for_entrants, for_leaders, for_places, go_on, own_entry, step_page


def actor_of(request):
    return Actor.of(request.user, request.participant)


@for_places
def entry_consents(request, entry):
    posted = request.POST if request.method == "POST" else request.kept_post
    form = ConsentsForm(entry.competition, request.participant, posted)
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.agree(entry, request.participant, form.wanted())
        except NotEditable as refused:
            if not refused.refusal.code.startswith("consent_"):
                raise
            form.refuse(refused.refusal)
        else:
            return _agreed(request, entry, form)
    status = 422 if request.method == "POST" else 200
    return step_page(request, entry, "consents", {"form": form}, status=status)


def _agreed(request, entry, form):
    """A draft without the needed consent is kept, and the page says that it cannot be handed in so."""
    if entry.state == EntryState.SUBMITTED:
        messages.success(request, _("Your consents were saved."))
        return redirect(entry)
    if set(NEEDED) - set(form.wanted()) and request.POST.get("then") != "later":
        form.add_error("consents", reasons.words_of("consent_needed"))
        return step_page(request, entry, "consents", {"form": form}, status=422)
    return go_on(request, entry, "consents")


@for_leaders(step="submit")
def entry_submit(request, entry):
    """Everything as it will be read; the button, or why not."""
    if request.method == "POST":
        return _hand_in(request, entry)
    return _submit_page(request, entry)


def _submit_page(request, entry, status=200, refusal=""):
    now = timezone.now()
    answer = handing_in.ask(entry, actor_of(request), now)
    context = {
        "answer": answer,
        "reason": reasons.sentence(answer),
        "who_can": reasons.who_can(answer),
        "refusal": refusal,
        "missing": _missing(entry, request.participant, now),
        "files": files_of(entry),
        "places": team_of(entry),
        "seen": len(entry.versions.all()),
        "is_again": entry.state == EntryState.SUBMITTED,
        "version": handing_in.counting_version(entry),
        "purposes": agreeing.asked_of(request.participant, entry.competition),
    }
    return step_page(request, entry, "submit", context, status=status)


def _missing(entry, participant, now):
    """Everything that is still to do, each with the way there."""
    lines = [
        {"text": reasons.sentence(lack), "url": steps.address(entry, _step_of(lack))} for lack in lacks(entry)
    ]
    covered = {"content", "files"}
    for step in steps.steps_of(entry, participant, now):
        if step.state == "missing" and step.code not in covered:
            lines.append({"text": step.title, "url": step.url})
    return lines


def _step_of(lack):
    return "files" if lack.field == "files" else "content"


def _hand_in(request, entry):
    try:
        seen = int(request.POST.get("seen", ""))
    except ValueError:
        seen = len(entry.versions.all())
    try:
        handed_in = handing_in.hand_in(entry, actor_of(request), seen)
    except workflow.Refused as refused:
        if refused.answer.reason in ("handed_in_already", "wrong_state"):
            messages.info(request, reasons.sentence(refused.answer))
            return redirect(entry)
        fresh = own_entry(request.participant, entry.pk)
        return _submit_page(request, fresh, status=422, refusal=reasons.sentence(refused.answer))
    return redirect("competitions:entry_receipt", handed_in.pk)


@for_entrants(methods=("GET", "HEAD"))
def entry_receipt(request, entry):
    """What was taken in and when: to print or to keep."""
    latest = handing_in.counting_version(entry)
    if latest is None:
        raise Http404
    context = {
        "entry": entry,
        "competition": entry.competition,
        "version": version_of(entry, latest.number),
        "participant": request.participant,
        "is_open": handing_in.still_open(entry, timezone.now()),
        "window": entry.competition.window("entry"),
    }
    return render(request, "competitions/entering/receipt.html", context)


@for_entrants
def entry_withdraw(request, entry):
    """Asks, then takes the entry out of the competition."""
    answer = workflow.may(entry, "withdraw", actor_of(request))
    if not answer.allowed:
        messages.warning(request, reasons.sentence(answer))
        return redirect(entry)
    if request.method == "POST":
        try:
            workflow.move(entry, "withdraw", actor_of(request))
            messages.success(request, _("The entry was withdrawn."))
        except workflow.Refused as refused:
            messages.warning(request, reasons.sentence(refused.answer))
        return redirect(entry)
    context = {
        "question": _("Withdraw the entry %(code)s?") % {"code": entry.code or entry.title or ""},
        "explanation": _(
            "It no longer takes part. What was handed in stays kept with the day it was withdrawn; the "
            "consents of its people for this competition end."
        ),
        "action_label": _("Withdraw the entry"),
        "danger": True,
        "back_url": entry.get_absolute_url(),
    }
    return render(request, "confirm.html", context)
