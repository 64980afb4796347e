"""The plan of a meeting: a new one, and another time, place or agenda for one that stands."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ideas import meetings
from ideas.forms.meeting import MeetingForm
from ideas.meetings import MeetingChanged, MeetingRefused
from ideas.models.meeting import MeetingState
from ideas.moves import Actor
from ideas.reasons import sentence
from ideas.sitting import Sitting
from people.kept_post import keep_post

from .found import changed_words, crumbs_of_meetings, holds_a_seat, meeting_or_404, title_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def plan(request):
    """A new meeting. 404 for who holds no seat, 403 for members who do not plan."""
    kept = meetings.appointments_kept_by(request.user)
    if not kept:
        if not holds_a_seat(request.user):
            raise Http404
        raise PermissionDenied(_("Only the council's secretary plans meetings."))
    appointment = kept[0]
    form = MeetingForm(_data(request), free=meetings.can_be_put_on(appointment))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = meetings.plan_meeting(
                request.user,
                appointment,
                starts_at=form.starts_at,
                place=form.cleaned_data["place"],
                initiatives=list(form.cleaned_data["initiatives"]),
            )
        except MeetingRefused as refused:
            _show(form, refused)
        else:
            messages.success(request, _("The meeting is planned and every seat is invited."))
            return redirect(meeting)
    context = {"form": form, "crumbs": crumbs_of_meetings((_("Plan a meeting"), "")), "meeting": None}
    return render(request, "ideas/meeting/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def change(request, pk):
    """Another time, place or agenda."""
    meeting = meeting_or_404(request, pk)
    sitting, actor = Sitting(meeting), Actor.of(request.user)
    if not sitting.may_run(actor) or meeting.state == MeetingState.CLOSED:
        raise PermissionDenied(_("Only the council's secretary changes a meeting, before it is closed."))
    begun = meeting.state != MeetingState.PLANNED
    free = meetings.can_be_put_on(meeting.appointment, meeting)
    form = MeetingForm(_data(request), initial=_plan_of(meeting), free=free, begun=begun)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change_meeting(
                request.user,
                meeting,
                starts_at=meeting.starts_at if begun else form.starts_at,
                place=meeting.place if begun else form.cleaned_data["place"],
                initiatives=list(form.cleaned_data["initiatives"]),
                base_version=form.cleaned_data.get("version") or 0,
            )
        except MeetingRefused as refused:
            _show(form, refused)
        except MeetingChanged:
            form.add_error(None, changed_words())
            status = 409
        else:
            messages.success(request, _("Saved. Everybody invited is told when something changed."))
            return redirect(meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "version": meeting.edit_version,
        "crumbs": crumbs_of_meetings(
            (title_of(meeting), meeting.get_absolute_url()), (_("Change the meeting"), "")
        ),
    }
    return render(request, "ideas/meeting/plan.html", context, status=status)


def _plan_of(meeting):
    local = timezone.localtime(meeting.starts_at)
    return {
        "day": local.date(),
        "time": local.time(),
        "place": meeting.place,
        "version": meeting.edit_version,
        "initiatives": list(
            meeting.items.filter(recorded_at__isnull=True).values_list("initiative_id", flat=True)
        ),
    }


def _data(request):
    return request.POST if request.method == "POST" else request.kept_post


def _show(form, refused):
    field = refused.answer.field
    form.add_error(field if field in form.fields else None, sentence(refused.answer))
