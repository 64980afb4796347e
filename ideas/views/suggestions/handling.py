"""The ward's side: the list, one idea, and every step taken with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post
from trust.consents import standing

from ...forms.idea import AnswerForm, AssignForm, CloseForm, ReasonForm
from ...models import Idea, IdeaState, Initiative
from ...refusing import Refused
from ...suggestions import access, codes, consents, growing, log, published, storyline, triage

ASKS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 30
_TABS = {
    "moi": IdeaState.RECEIVED,
    "don-vi": IdeaState.ASSIGNED,
    "da-tra-loi": IdeaState.ANSWERED,
    "dong": IdeaState.CLOSED,
}


@require_safe
@keep_post
@never_cache
def ideas(request):
    """Those this person may read; `?xem=` names a state. What waits stands with its day, first due on top."""
    rows = Idea.objects.visible_to(request.user)
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))
    tab = request.GET.get("xem", "")
    if tab and tab not in _TABS:
        raise Http404
    shown = rows.filter(state=_TABS[tab]) if tab else rows.filter(state__in=triage.OPEN)
    if not tab and not access.is_handler(request.user) and not counts.keys() & set(triage.OPEN):
        tab, shown = "da-tra-loi", rows.filter(state=IdeaState.ANSWERED)
    waits = tab in ("", "moi", "don-vi")
    order = ("answer_due_on", "pk") if waits else ("-state_since", "-pk")
    page = Paginator(shown.distinct().select_related("unit").order_by(*order), PAGE_SIZE)
    context = {
        "page_obj": page.get_page(request.GET.get("page")),
        "waits": waits,
        "tabs": _tabs(counts, tab),
        "crumbs": [(str(published.LABEL), "/y-tuong/"), (_("Handling"), "")],
    }
    return render(request, "ideas/suggestions/handle_list.html", context)


def _tabs(counts, current):
    waiting = sum(counts.get(state, 0) for state in triage.OPEN)
    yield "", _("Waiting for an answer"), waiting, current == ""
    labels = {
        "moi": pgettext("ideas", "New"),
        "don-vi": _("With a unit"),
        "da-tra-loi": pgettext("ideas", "Answered"),
        "dong": pgettext("ideas", "Closed"),
    }
    for tab, state in _TABS.items():
        if counts.get(state):
            yield tab, labels[tab], counts[state], current == tab


def find(request, number):
    """The idea with this number; 404 where this person may not read it."""
    rows = Idea.objects.visible_to(request.user).select_related("unit", "duplicate_of", "contact").distinct()
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@require_safe
@keep_post
@never_cache
def idea(request, number):
    found = find(request, number)
    refused = {step: triage.refusal(step, found, request.user) for step in triage.STEPS}
    growth = growing.growth_of(found)
    reads_contact = access.may_read_contact(request.user, found)
    context = {
        "idea": found,
        "may": {step for step, why in refused.items() if why is None},
        "growing": growing.refusal(found, request.user),
        "growth": growth,
        "may_read_dossier": growth
        and Initiative.objects.visible_to(request.user).filter(pk=growth.initiative_id).exists(),
        "contact": getattr(found, "contact", None) if reads_contact else None,
        "reads_contact": reads_contact,
        "agreed": storyline.consent_words(standing(found.subject)) if reads_contact else (),
        "entries": storyline.told(found, with_people=access.is_handler(request.user)),
        "public_url": published.address_of(found.number) if found.is_public else "",
        "crumbs": _crumbs(found),
    }
    return render(request, "ideas/suggestions/handle.html", context)


def _crumbs(idea, *here):
    way = [(str(published.LABEL), "/y-tuong/"), (_("Handling"), "/y-tuong/xu-ly/")]
    if not here:
        return [*way, (idea.number, "")]
    return [*way, (idea.number, idea.get_absolute_url()), (here[0], "")]


# ---- the steps


@require_http_methods(ASKS)
@keep_post
@never_cache
def assign(request, number):
    words = {
        "title": _("Hand it to a unit"),
        "action": _("Hand over"),
        "happens": _("The head of the unit is told and answers by the same day."),
    }
    return _step(
        request,
        number,
        "assign",
        AssignForm,
        words,
        lambda idea, form: triage.assign(idea, request.user, form.cleaned_data["unit"], seen=form.seen_entry),
        _("Handed over. The head of the unit is told."),
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def answer(request, number):
    words = {
        "title": _("Answer the idea"),
        "action": _("Send the answer"),
        "happens": _(
            "The sender reads the answer by the tracking code, and is told where an e-mail was left."
        ),
    }
    return _step(
        request,
        number,
        "answer",
        AnswerForm,
        words,
        lambda idea, form: triage.answer(idea, request.user, _answered(form), seen=form.seen_entry),
        _("Answered."),
        may_publish=lambda idea: consents.PUBLISH in standing(idea.subject),
    )


def _answered(form):
    names = ("outcome", "answer", *form.PUBLIC)
    return triage.Answered(**{name: form.cleaned_data[name] for name in names if name in form.cleaned_data})


@require_http_methods(ASKS)
@keep_post
@never_cache
def close(request, number):
    words = {
        "title": _("Close without an answer"),
        "action": _("Close the idea"),
        "is_danger": True,
        "happens": _("The tracking page says that it is closed and why. It can be opened again."),
    }
    return _step(
        request,
        number,
        "close",
        CloseForm,
        words,
        lambda idea, form: triage.close(
            idea,
            request.user,
            form.cleaned_data["why"],
            duplicate_of=form.cleaned_data["duplicate_of"],
            seen=form.seen_entry,
        ),
        _("Closed."),
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def reopen(request, number):
    words = {
        "title": _("Open the idea again"),
        "action": _("Open again"),
        "is_danger": True,
        "happens": _(
            "It waits for an answer again, by the same day. A published idea leaves the public list."
        ),
    }
    return _step(
        request,
        number,
        "reopen",
        ReasonForm,
        words,
        lambda idea, form: triage.reopen(
            idea, request.user, form.cleaned_data["reason"], seen=form.seen_entry
        ),
        _("Opened again."),
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def renew(request, number):
    words = {
        "title": _("Give a new tracking code"),
        "action": _("Make the old code void"),
        "is_danger": True,
        "happens": _(
            "The old code opens nothing any more. The sender gets the new one from you or by e-mail."
        ),
    }

    def done(idea, form):
        renewed = triage.renew(idea, request.user, form.cleaned_data["reason"], seen=form.seen_entry)
        messages.info(request, _("The new code: %(code)s") % {"code": codes.shown(renewed.code)})

    return _step(request, number, "renew", ReasonForm, words, done, _("The old code is void."))


def _step(request, number, step, form_class, words, take, done, **options):
    """Draws the form of a step, takes it, and says why not. A second click finds the step taken: a word, and
    the idea's page."""
    found = find(request, number)
    if refused := triage.refusal(step, found, request.user):
        if request.method == "POST" and not refused.code.startswith("only_"):
            messages.warning(request, refused.sentence)
            return redirect(found)
        raise PermissionDenied(refused.sentence)
    data = request.POST if request.method == "POST" else request.kept_post or None
    values = {name: value(found) for name, value in options.items()}
    form = form_class(data, idea=found, seen=log.last_seen(found), **values)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                take(found, form)
            except Refused as refused:
                form.refuse(refused)
                status = 409 if refused.code == "idea_changed" else 422
                if status == 409:
                    form.data = _seen_now(form.data, found)
            else:
                messages.success(request, done)
                return redirect(found)
        else:
            status = 422
    context = {"idea": found, "form": form, "step": words, "crumbs": _crumbs(found, words["title"])}
    return render(request, "ideas/suggestions/handle_step.html", context, status=status)


def _seen_now(data, idea):
    """What was typed, beside the log as it stands: whoever looked may send again."""
    data = data.copy()
    data["seen"] = log.last_seen(idea)
    return data


@require_http_methods(ASKS)
@keep_post
@never_cache
def grow(request, number):
    """A dossier of one's own begins with what the resident wrote."""
    found = find(request, number)
    if refused := growing.refusal(found, request.user):
        if request.method == "POST" and refused.code == "idea_grows_already":
            messages.warning(request, refused.sentence)
            return redirect(found)
        raise PermissionDenied(refused.sentence)
    if request.method == "POST":
        try:
            initiative = growing.start(found, request.user)
        except Refused as refused:
            messages.warning(request, refused.sentence)
            return redirect(found)
        return redirect("ideas:form_step", initiative.code, 1)
    context = {
        "idea": found,
        "title": growing.title_of(found),
        "crumbs": _crumbs(found, _("Make an initiative of it")),
    }
    return render(request, "ideas/suggestions/grow.html", context)
