"""The entries of a competition, for its organisers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trust.storage import serve_private

from ... import workflow
from ...acts import log
from ...moves import Actor, Refused
from ...organising import entry_list, entry_page, late, words
from ...organising.entry_workbook import entries_workbook
from ...organising.forms.people import EntryReasonForm, FindEntryForm, LateForm
from ...organising.page import page
from ...organising.refusals import ActRefused
from ...phases import PhaseCode
from .found import for_organisers, go, readers_only, status_of, typed

PAGE_SIZE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@readers_only
def entries(request, competition):
    """`?trang-thai=` narrows to a state, `?q=` to a code or title."""
    rows = entry_list.entries_of(competition, request.user)
    wanted = request.GET.get("trang-thai", "")
    finder = FindEntryForm(request.GET)
    text = finder.cleaned_data["q"] if finder.is_valid() else ""
    found, count, counts = entry_list.survey(rows, wanted, text)
    paginator = Paginator(found.annotate(content=entry_list.latest_payload()), PAGE_SIZE)
    paginator.count = count  # known already: one query less
    shown = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "lines": entry_list.lines(shown),
        "counts": counts,
        "all_count": sum(count for _code, _label, count in counts),
        "wanted": wanted,
        "text": text,
        "finder": finder,
        "takes_late": not late.why_not_now(competition, request.user, timezone.now()),
        "entry_window": competition.window(PhaseCode.ENTRY),
    }
    return page(request, competition, "entries", "competitions/organising/entries.html", context)


@readers_only
def workbook(request, competition):
    """All of them as Excel; that it left the portal stands in the log."""
    content = entries_workbook(competition, entry_list.entries_of(competition, request.user))
    log(competition, "entries_exported", request.user)
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{competition.code}-bai-du-thi.xlsx"'
    return response


@readers_only
def entry(request, competition, pk):
    found = _find(request, competition, pk)
    now = timezone.now()
    answers = entry_page.steps_of(found, request.user, now)
    context = {
        "entry": found,
        "state_label": capfirst(str(entry_page.state_label(found))),
        "content": entry_page.content_of(found),
        "files": [
            {"file": file, "name": file.name, "size": file.size, "url": _file_url(competition, found, file)}
            for file in entry_page.files_of(found)
        ],
        "people": [_person(person) for person in entry_page.people_of(found, competition, now)],
        "acts": [
            {
                "code": answer.transition,
                "url": reverse(
                    "competitions:manage_entry_step", args=[competition.code, found.pk, answer.transition]
                )
                if answer.allowed
                else "",
                "label": _STEPS[answer.transition]["button"](),
                "why": "" if answer.allowed else words.refusal(answer.reason, answer.params),
            }
            for answer in answers
        ],
        "history": [(line, words.ENTRY_STEPS[line.transition]) for line in found.history.all()],
    }
    return page(request, competition, "entries", "competitions/organising/entry.html", context)


def _person(person):
    refusal = person.refusal
    return {
        "person": person,
        "refusal": words.refusal(refusal.code, refusal.params) if refusal else "",
    }


def _find(request, competition, pk):
    return get_object_or_404(entry_list.entries_of(competition, request.user), pk=pk)


def _file_url(competition, found, file):
    return reverse("competitions:manage_entry_file", args=[competition.code, found.pk, file.pk])


@readers_only
def entry_file(request, competition, pk, file):
    found = _find(request, competition, pk)
    kept = next((row for row in entry_page.files_of(found) if row.pk == file), None)
    if kept is None:
        raise Http404
    return serve_private(kept.file, kept.name, kept.content_type, inline=True)


_STEPS = {
    "refuse": {
        "button": lambda: _("Do not admit…"),
        "question": lambda code: _("Do not admit entry %(code)s?") % {"code": code},
        "explanation": lambda: _(
            "It is neither judged nor voted on. Whoever is in it is told and reads the reason."
        ),
        "action": lambda: _("Do not admit"),
        "done": lambda code: _("Entry %(code)s is not admitted.") % {"code": code},
    },
    "reinstate": {
        "button": lambda: _("Let it take part again…"),
        "question": lambda code: _("Let entry %(code)s take part again?") % {"code": code},
        "explanation": lambda: _("It is judged like the others. Whoever is in it is told."),
        "action": lambda: _("Let it take part again"),
        "done": lambda code: _("Entry %(code)s takes part again.") % {"code": code},
    },
}


@for_organisers
def entry_step(request, competition, pk, step):
    """Not admitting an entry, and taking that back: a page that asks, with a reason."""
    if step not in _STEPS:
        raise Http404
    found, asks, actor = _find(request, competition, pk), _STEPS[step], Actor.of(user=request.user)
    form = EntryReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            workflow.move(found, step, actor, reason=form.cleaned_data["reason"])
        except Refused as refused:
            answer = refused.answer
            form.add_error(
                answer.field if answer.field in form.fields else None,
                words.refusal(answer.reason, answer.params),
            )
        else:
            messages.success(request, asks["done"](found.code))
            return go(competition, "manage_entry", pk=found.pk)
    elif request.method != "POST" and not (answer := workflow.may(found, step, actor)).allowed:
        messages.warning(request, words.refusal(answer.reason, answer.params))
        return go(competition, "manage_entry", pk=found.pk)
    context = {
        "question": asks["question"](found.code),
        "explanation": asks["explanation"](),
        "action_label": asks["action"](),
        "confirm_form": form,
        "danger": step == "refuse",
        "back_url": reverse("competitions:manage_entry", args=[competition.code, found.pk]),
    }
    return render(request, "confirm.html", context, status=status_of(form))


@for_organisers
def take_late(request, competition):
    """A draft that came too late, of the person who wrote to the organisers."""
    form = LateForm(typed(request))
    why = late.why_not_now(competition, request.user, timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            taken = late.take_in(
                competition, request.user, form.cleaned_data["email"], form.cleaned_data["reason"]
            )
        except ActRefused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Entry %(code)s is taken in. Whoever is in it is told.") % {"code": taken.code}
            )
            return go(competition, "manage_entry", pk=taken.pk)
    context = {"form": form, "why": words.refusal(why) if why else ""}
    return page(
        request, competition, "entries", "competitions/organising/late.html", context, status=status_of(form)
    )
