"""Who comes in: an entry for those who are or were in it, for everybody else 404."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ... import reasons
from ...entering import steps
from ...entering.handing_in import with_content
from ...entering.permits import NotEditable, leads, place_of, refusal_to_answer, refusal_to_edit
from ...models import Entry
from ...phases import PhaseCode
from ...visitors import participant_required


def own_entry(participant, pk):
    """One's own entry in any state, with all its pages look at."""
    entry = with_content(Entry.objects.ever_of(participant)).filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def for_entrants(view=None, *, methods=("GET", "HEAD", "POST"), refusal=None):
    """`view(request, entry, …)` for the people of an entry. Unknown visitors prove a mailbox first, and what
    they typed is kept. `refusal(entry, participant, now)`: where it answers, the page of the entry with the
    reason in words."""
    if view is None:
        return lambda decorated: for_entrants(decorated, methods=methods, refusal=refusal)

    @require_http_methods(list(methods))
    @never_cache
    @participant_required("enter")
    @wraps(view)
    def guarded(request, pk, **kwargs):
        entry = own_entry(request.participant, pk)
        refused = refusal and refusal(entry, request.participant, timezone.now())
        if refused:
            return turned_away(request, entry, refused)
        try:
            return view(request, entry, **kwargs)
        except NotEditable as closed:
            return turned_away(request, entry, closed.refusal)

    return guarded


def for_leaders(view=None, *, step=""):
    """The same for whoever may write in the entry now. `step`: 404 where this entry has no such step."""
    if view is None:
        return lambda decorated: for_leaders(decorated, step=step)

    def refusal(entry, participant, now):
        if refused := refusal_to_edit(entry, participant, now):
            return refused
        return has_step(entry, participant, step) if step else None

    return for_entrants(view, refusal=refusal)


def has_step(entry, participant, code):
    """404 where the entry has no such step for this person."""
    if code not in steps.codes_of(entry.competition, is_leader=leads(entry, participant)):
        raise Http404


def for_places(view):
    """The same for everybody in the entry, about themselves."""
    return for_entrants(view, refusal=lambda entry, participant, now: refusal_to_answer(entry, participant))


def turned_away(request, entry, refusal):
    messages.warning(request, reasons.sentence(refusal))
    return redirect(entry)


def step_page(request, entry, code, context, *, status=200):
    """One step with its surroundings: which one of how many, when entries close, the way back."""
    now, participant = timezone.now(), request.participant
    line = steps.steps_of(entry, participant, now, code)
    number = next(index for index, step in enumerate(line, 1) if step.here)
    shared = {
        "entry": entry,
        "competition": entry.competition,
        "window": entry.competition.window(PhaseCode.ENTRY),
        "steps": line,
        "number": number,
        "count": len(line),
        "rest": len(line) - number,
        "step_title": steps.TITLES[code],
        "previous": steps.before(entry, participant, code),
        "place": place_of(entry, participant),
        "participant": participant,
    }
    return render(request, f"competitions/entering/step_{code}.html", shared | context, status=status)


def go_on(request, entry, code):
    """After saving: the next step, or where the pressed button leads."""
    if request.POST.get("then") == "later":
        return redirect(entry)
    return redirect(steps.after(entry, request.participant, code))
