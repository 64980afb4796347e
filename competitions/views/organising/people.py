"""The jury and the organisers of a competition."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...blueprints import plan_of
from ...organising import team, words
from ...organising.forms.people import AccountForm, ReasonForm
from ...organising.overview import part_lines
from ...organising.page import page
from ...organising.refusals import ActRefused
from .found import for_organisers, go, status_of, typed

_ADD = {"judge": (team.may_judge, team.appoint), "organiser": (team.may_join, team.add_organiser)}


@for_organisers
def jury(request, competition):
    """Two forms on one page; the button says which one was sent."""
    judged = plan_of(competition.blueprint).is_judged
    posted = typed(request)
    sent = posted.get("add", "") if posted else ""
    forms = {
        kind: AccountForm(people(competition), posted if kind == sent else None, prefix=kind)
        for kind, (people, _act) in _ADD.items()
        if judged or kind == "organiser"
    }
    if request.method == "POST":
        if sent not in forms:
            raise Http404
        form = forms[sent]
        if form.is_valid() and _add(request, competition, sent, form):
            return go(competition, "jury")
    context = {
        "judged": judged,
        "forms": forms,
        "seats": team.seats(competition),
        "organisers": team.organiser_rows(competition),
        "part": "jury",
        "part_title": words.PARTS["jury"],
        "parts": part_lines(competition, "jury"),
    }
    status = max(status_of(form) for form in forms.values())
    return page(request, competition, "manage", "competitions/organising/jury.html", context, status=status)


def _add(request, competition, kind, form):
    account = form.cleaned_data["account"]
    try:
        _ADD[kind][1](competition, account, request.user)
    except ActRefused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("%(name)s is added and told.") % {"name": account.display_name})
    return True


@for_organisers
def release(request, competition, pk):
    seat = get_object_or_404(team.seats(competition), pk=pk)
    asks = {
        "question": _("Take %(name)s off the jury?") % {"name": seat.user.display_name},
        "explanation": _("The person is told. They can be appointed again."),
        "action_label": _("Take off the jury"),
    }
    return _take_off(
        request,
        competition,
        asks,
        lambda reason: team.release(competition, seat, request.user, reason=reason),
    )


@for_organisers
def remove_organiser(request, competition, pk):
    permission = get_object_or_404(team.organiser_rows(competition), pk=pk)
    asks = {
        "question": _("Take %(name)s off the organisers?") % {"name": permission.user.display_name},
        "explanation": _("The person is told and no longer sees these pages."),
        "action_label": _("Take off the organisers"),
    }

    def act(reason):
        team.remove_organiser(competition, permission.pk, request.user, reason=reason)

    return _take_off(request, competition, asks, act, leaves=permission.user_id == request.user.pk)


def _take_off(request, competition, asks, act, *, leaves=False):
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except ActRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Done. The person is told."))
            return _leave() if leaves else go(competition, "jury")
    back = reverse("competitions:jury", args=[competition.code])
    context = asks | {"confirm_form": form, "danger": True, "back_url": back}
    return render(request, "confirm.html", context, status=status_of(form))


def _leave():
    from django.shortcuts import redirect

    return redirect("competitions:organise")
