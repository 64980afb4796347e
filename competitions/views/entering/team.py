"""The team: inviting, taking back, taking off; answering an invitation, leaving."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.errors import too_many
from trust.limits import Requests

from ... import reasons
from ...entering import team
from ...entering.permits import NotEditable
from ...entering.reading import team_of
from ...forms.about import JoinForm
from ...forms.team import InviteForm
from ...phases import PhaseCode
from ...visitors import participant_required
from .doors import for_entrants, for_leaders, step_page

INVITED = Requests("entry-invitation", most=30, seconds=3600)  # each is a letter to somebody


@for_leaders(step="team")
def entry_team(request, entry):
    posted = request.POST if request.method == "POST" else request.kept_post
    form = InviteForm(posted)
    if request.method == "POST" and form.is_valid():
        if not INVITED.take(request):
            return too_many(request, INVITED.minutes)
        try:
            invitation = team.invite(entry, request.participant, **form.cleaned_data)
        except NotEditable as refused:
            if refused.refusal.code in ("wrong_state", "only_leader", "entries_closed"):
                raise
            form.refuse(refused.refusal)
        else:
            messages.success(request, _("%(name)s was asked to join.") % {"name": invitation.full_name})
            return redirect(request.path)
    places = team_of(entry)
    waiting = [i for i in entry.invitations.all() if i.answer == team.WAITING]
    context = {
        "form": form,
        "places": places,
        "waiting": waiting,
        "declined": [i for i in entry.invitations.all() if i.answer == "declined"],
        "free": entry.competition.team_most - len(places) - len(waiting),
    }
    status = 422 if form.errors and request.method == "POST" else 200
    return step_page(request, entry, "team", context, status=status)


@for_leaders
def invitation_take_back(request, entry, invitation):
    found = next((i for i in entry.invitations.all() if i.pk == invitation), None)
    back = reverse("competitions:entry_team", args=[entry.pk])
    if found is None:
        raise Http404
    if request.method == "POST":
        taken = team.take_back(entry, request.participant, invitation)
        _say_taken(request, taken, found)
        return redirect(back)
    context = {
        "question": _("Take the invitation of %(name)s back?") % {"name": found.full_name},
        "explanation": _("The link in the letter then leads nowhere."),
        "action_label": pgettext("invitation", "Take back"),
        "danger": True,
        "back_url": back,
    }
    return render(request, "confirm.html", context)


def _say_taken(request, taken, found):
    if taken:
        messages.success(request, _("The invitation of %(name)s was taken back.") % {"name": found.full_name})
    else:
        messages.warning(request, _("%(name)s answered before.") % {"name": found.full_name})


@for_leaders
def member_remove(request, entry, place):
    found = next((p for p in team_of(entry) if p.pk == place and p.role == "member"), None)
    back = reverse("competitions:entry_team", args=[entry.pk])
    if found is None:
        raise Http404
    name = {"name": str(found.participant)}
    if request.method == "POST":
        team.remove(entry, request.participant, place)
        messages.success(request, _("%(name)s is no longer in the team.") % name)
        return redirect(back)
    context = {
        "question": _("Take %(name)s off the team?") % name,
        "explanation": _hand_in_again(entry),
        "action_label": _("Take off"),
        "danger": True,
        "back_url": back,
    }
    return render(request, "confirm.html", context)


@for_entrants(refusal=lambda entry, participant, now: team.refusal_to_leave(entry, participant))
def team_leave(request, entry):
    """A member gives their place up."""
    if request.method == "POST":
        team.leave(entry, request.participant)
        messages.success(request, _("You left the team. The leader was told."))
        return redirect("competitions:my_entries")
    context = {
        "question": _("Leave the team of this entry?"),
        "explanation": _("Your consents for this competition end with it. The leader is told."),
        "action_label": _("Leave the team"),
        "danger": True,
        "back_url": entry.get_absolute_url(),
    }
    return render(request, "confirm.html", context)


def _hand_in_again(entry):
    if entry.state == "submitted":
        return _("The version that was handed in still names them. Hand the entry in again afterwards.")
    return _("They are told. Their consents for this competition end with it.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@participant_required("enter")
def invitation(request, pk):
    """Whose entry it is, what one says about oneself, what one agrees to; yes or no."""
    found = team.invitations_of(request.participant).filter(pk=pk).first()
    if found is None:
        raise Http404
    refusal = team.refusal_to_join(found, request.participant, timezone.now())
    posted = request.POST if request.method == "POST" else request.kept_post
    form = JoinForm(found.entry.competition, request.participant, posted)
    if request.method == "POST":
        if "decline" in request.POST:
            return _declined(request, found)
        if refusal is None and form.is_valid() and _joined(request, found, form):
            messages.success(request, _("You are in the team now."))
            return redirect(found.entry)
    context = {
        "invitation": found,
        "entry": found.entry,
        "competition": found.entry.competition,
        "window": found.entry.competition.window(PhaseCode.ENTRY),
        "places": found.entry.participations.filter(ended_at__isnull=True).select_related("participant"),
        "is_waiting": found.answer == team.WAITING,
        "refusal": reasons.sentence(refusal) if refusal else "",
        "form": form,
        "participant": request.participant,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "competitions/entering/invitation.html", context, status=status)


def _joined(request, found, form):
    try:
        team.join(found, request.participant, form.answers(), form.wanted())
    except NotEditable as refused:
        form.refuse(refused.refusal)
        return False
    return True


def _declined(request, found):
    if team.decline(found):
        messages.success(request, _("You do not join. The leader was told."))
    else:
        messages.info(request, _("This invitation is over."))
    return redirect("competitions:my_entries")
