"""The register of requests: the list, one request with its clocks and history, every step taken with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import check_role
from people.kept_post import keep_post
from people.roles import Role

from .. import erasing, following, handling, identity, log, workbooks
from ..forms import handling as forms
from ..models import RequestState, RightsRequest
from ..models.request import OPEN
from ..refusing import Refused
from .public import ASKS, way_to

PAGE_SIZE = 30
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABS = {
    "moi": RequestState.RECEIVED,
    "cho": RequestState.WAITING,
    "lam": RequestState.IN_HAND,
    "xong": RequestState.DONE,
    "tu-choi": RequestState.REFUSED,
    "rut": RequestState.DROPPED,
}


def way_inside(*more):
    title = _("Data-rights requests")
    return way_to((title, "/quyen-du-lieu/so/"), *more) if more else way_to((title, ""))


def check_officer(request):
    check_role(request.user, Role.DATA_PROTECTION_OFFICER)


@require_safe
@keep_post
@never_cache
def register(request):
    """`?xem=` names a state; what is open stands first, the earliest due on top."""
    check_officer(request)
    rows = RightsRequest.objects.visible_to(request.user)
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    tab = request.GET.get("xem", "")
    if tab and tab not in _TABS:
        raise Http404
    shown = rows.filter(state=_TABS[tab]) if tab else rows.filter(state__in=OPEN)
    order = ("due_on", "pk") if not tab or _TABS[tab] in OPEN else ("-state_since", "-pk")
    page = Paginator(shown.order_by(*order), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "states": list(_tabs(counts, tab)), "crumbs": way_inside()}
    return render(request, "rights/officer/register.html", context)


def _tabs(counts, current):
    yield "", _("Open requests"), sum(counts.get(state, 0) for state in OPEN), current == ""
    for tab, state in _TABS.items():
        if counts.get(state) or tab == current:
            yield tab, state.label.capitalize(), counts.get(state, 0), current == tab


@require_safe
@keep_post
@never_cache
def export(request):
    check_officer(request)
    content = workbooks.requests(RightsRequest.objects.visible_to(request.user))
    return as_file(content, f"so-yeu-cau-du-lieu-{timezone.localdate():%Y-%m-%d}.xlsx")


def as_file(content, name):
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def find(request, number):
    return get_object_or_404(RightsRequest.objects.visible_to(request.user), number=number)


@require_safe
@keep_post
@never_cache
def one(request, number):
    check_officer(request)
    found = find(request, number)
    may = [name for name in handling.STEPS if handling.refusal(name, found, request.user) is None]
    blocked = {
        name: refused.sentence
        for name in ("carry_out", "erase", "copy")
        if found.is_open and (refused := handling.refusal(name, found, request.user))
        if refused.code in ("identity_first", "answer_first", "copy_first")
    }
    context = {
        "found": found,
        "may": may,
        "links": {name: (step.slug, step.label, step.look) for name, step in STEPS.items() if name in may},
        "blocked": list(dict.fromkeys(blocked.values())),
        "entries": [(following.said(entry), entry) for entry in found.entries.order_by("-at", "-pk")],
        "copies": found.copies.all(),
        "erasure": getattr(found, "erasure", None),
        "crumbs": way_inside((found.number, "")),
    }
    return render(request, "rights/officer/one.html", context)


@dataclass(frozen=True)
class Step:
    slug: str
    label: Any
    title: Any
    action: Any
    happens: Any
    form: type
    done: Any
    look: str = "secondary"


STEPS = {
    "answer": Step(
        "tra-loi",
        gettext_lazy("Give the first answer"),
        gettext_lazy("First answer"),
        gettext_lazy("Send the first answer"),
        gettext_lazy("The sender reads it with the day by which it will be carried out."),
        forms.AnswerForm,
        gettext_lazy("Answered. The sender is told."),
        "primary",
    ),
    "identify": Step(
        "doi-chieu",
        gettext_lazy("Note that the sender came in person"),
        gettext_lazy("Who the sender is"),
        gettext_lazy("Note it"),
        gettext_lazy("What is asked may then be done with the data of this person."),
        forms.IdentifyForm,
        gettext_lazy("Noted."),
    ),
    "copy": Step(
        "ban-sao",
        gettext_lazy("Have a copy of the data made"),
        gettext_lazy("A copy of the data"),
        gettext_lazy("Have it made"),
        gettext_lazy(
            "The sender alone takes it, by the tracking code, for 7 days. You do not see what is in it."
        ),
        forms.CopyForm,
        gettext_lazy("It is being made; the sender is told when it is ready."),
    ),
    "carry_out": Step(
        "xong",
        gettext_lazy("Carried out"),
        gettext_lazy("It is carried out"),
        gettext_lazy("Settle it"),
        gettext_lazy("The request is settled; the sender reads what was done."),
        forms.CarryOutForm,
        gettext_lazy("Settled. The sender is told."),
        "primary",
    ),
    "ask_more": Step(
        "hoi-them",
        gettext_lazy("Ask the sender for more"),
        gettext_lazy("Ask the sender for more"),
        gettext_lazy("Send the question"),
        gettext_lazy("The sender answers by the tracking code. The term goes on."),
        forms.AskMoreForm,
        gettext_lazy("Sent. The sender is told."),
    ),
    "extend": Step(
        "gia-han",
        gettext_lazy("Extend the term…"),
        gettext_lazy("Extend the term"),
        gettext_lazy("Extend it"),
        gettext_lazy("Once, by the days of the decree. The sender reads why and by when."),
        forms.ExtendForm,
        gettext_lazy("Extended. The sender is told."),
    ),
    "refuse": Step(
        "tu-choi",
        gettext_lazy("Refuse it…"),
        gettext_lazy("Refuse the request"),
        gettext_lazy("Refuse it"),
        gettext_lazy("The request is settled; the sender reads why and may complain."),
        forms.RefuseForm,
        gettext_lazy("Refused. The sender is told."),
        "danger",
    ),
}
_BY_SLUG = {step.slug: name for name, step in STEPS.items()}


def _take(name, found, user, form):
    """Calls the rule of a step with what its form holds."""
    given = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
    rule = getattr(handling, {"copy": "ask_copy"}.get(name, name))
    words = [given.pop(key) for key in ("text", "reason", "note") if key in given]
    return rule(found, user, *words, seen=form.seen_entry, **given)


@require_http_methods(ASKS)
@keep_post
@never_cache
def step(request, number, step):
    """Draws the form of a step, takes it, and says why not. A second click finds the step taken."""
    check_officer(request)
    found = find(request, number)
    if step not in _BY_SLUG:
        raise Http404
    name, words = _BY_SLUG[step], STEPS[_BY_SLUG[step]]
    if refused := handling.refusal(name, found, request.user):
        messages.warning(request, refused.sentence)
        return redirect(found)
    data = request.POST if request.method == "POST" else request.kept_post or None
    form, status = words.form(data, request_row=found, seen=log.last_seen(found)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _take(name, found, request.user, form)
            except Refused as refused:
                status = _refuse(form, refused, found)
            else:
                messages.success(request, words.done)
                return redirect(found)
    context = {"found": found, "form": form, "step": words, "crumbs": _way_to_step(found, words.title)}
    return render(request, "rights/officer/step.html", context, status=status)


@require_http_methods(ASKS)
@keep_post
@never_cache
def erase(request, number):
    """The preview of an erasure, and the button that carries out exactly what it says."""
    check_officer(request)
    found = find(request, number)
    if refused := handling.refusal("erase", found, request.user):
        messages.warning(request, refused.sentence)
        return redirect(found)
    plan = erasing.plan_for(identity.person_of(found))
    data = request.POST if request.method == "POST" else request.kept_post or None
    form = forms.EraseForm(
        data, request_row=found, seen=log.last_seen(found), initial={"plan": plan.fingerprint}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                erasing.erase(found, request.user, given["text"], given["plan"], seen=form.seen_entry)
            except Refused as refused:
                status = _refuse(form, refused, found)
                form.data = _with(form.data, plan=plan.fingerprint)
            else:
                messages.success(request, _("Erased. The sender is told."))
                return redirect(found)
    context = {
        "found": found,
        "form": form,
        "lines": list(erasing.shown(plan)),
        "typed": erasing.typed_elsewhere(),
        "crumbs": _way_to_step(found, pgettext("data rights", "Erase")),
    }
    return render(request, "rights/officer/erase.html", context, status=status)


def _refuse(form, refused, found):
    form.refuse(refused)
    if refused.code not in ("changed", "plan_changed"):
        return 422
    form.data = _with(form.data, seen=log.last_seen(found))
    return 409


def _with(data, **values):
    data = data.copy()
    for name, value in values.items():
        data[name] = value
    return data


def _way_to_step(found, title):
    return way_inside((found.number, found.get_absolute_url()), (title, ""))
