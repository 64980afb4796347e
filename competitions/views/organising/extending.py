"""More time for a phase: asked, shown with everything that moves, then done."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import extending
from ...organising import words
from ...organising.forms.phases import ExtendForm
from ...organising.page import page
from ...organising.refusals import ActRefused
from ...phases import PhaseCode
from .found import for_organisers, go, status_of, typed


@for_organisers
def extend(request, competition):
    now = timezone.now()
    windows = extending.extendable(competition, now)
    form = ExtendForm(windows, typed(request))
    context = {"form": form, "windows": [(PhaseCode(w.code).label, w) for w in windows]}
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["confirmed"]:
                return _extend(request, competition, form)
            return _confirm(request, competition, form, now)
        except ActRefused as refused:
            form.refuse(refused)
            form.data = form.data.copy()
            form.data.pop("confirmed", None)
    if not windows:
        context["why"] = words.refusal("phase_over" if competition.is_out else "not_out_yet")
    return page(
        request, competition, "manage", "competitions/organising/extend.html", context, status=status_of(form)
    )


def _extend(request, competition, form):
    data = form.cleaned_data
    extending.extend(
        competition, data["phase"], data["closes_at"], request.user, reason=data["reason"], seen=data["seen"]
    )
    messages.success(request, _("More time is given. Everybody who takes part is told."))
    return go(competition, "manage")


def _confirm(request, competition, form, now):
    """Nothing is written yet: the dates before and after, who is told."""
    data = form.cleaned_data
    kept = {phase.code: phase.window for phase in competition.phases.all()}
    windows = extending.plan(competition, data["phase"], data["closes_at"], now)
    form.data = form.data.copy()
    form.data["seen"] = kept[data["phase"]].closes_at.isoformat()
    form.data["confirmed"] = "on"
    context = {
        "hidden": [(name, form[name].value()) for name in form.fields],
        "form": form,
        "moved": [(PhaseCode(w.code).label, kept[w.code], w) for w in windows if w != kept[w.code]],
        "told": extending.entrants(competition).count(),
        "reason": data["reason"],
    }
    return page(request, competition, "manage", "competitions/organising/extend_confirm.html", context)
