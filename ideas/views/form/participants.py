"""Item 12 of the application: who took part in the first use."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ideas.drafts import lock_for_editing, mark_edited
from ideas.forms.people import ParticipantForm
from ideas.models import FirstUseParticipant

from .doors import for_writers, step_url


@for_writers
def edit(request, initiative, pk=None):
    """One participant, new or known."""
    person = get_object_or_404(initiative.participants, pk=pk) if pk else None
    posted = request.POST if request.method == "POST" else request.kept_post
    initial = {name: getattr(person, name) for name in ParticipantForm.base_fields} if person else {}
    form = ParticipantForm(posted, initial=initial)
    if request.method == "POST" and form.is_valid():
        _keep(request, initiative, person, form.values())
        messages.success(request, _("Saved: %(name)s.") % {"name": form.cleaned_data["full_name"]})
        return redirect(step_url(initiative, 3))
    context = {"initiative": initiative, "person": person, "form": form}
    return render(request, "ideas/form/participant.html", context)


def _keep(request, initiative, person, values):
    with transaction.atomic():
        locked = lock_for_editing(initiative, request.user)
        if person is None:
            last = locked.participants.aggregate(last=Max("order"))["last"] or 0
            FirstUseParticipant.objects.create(initiative=locked, order=last + 1, **values)
        else:
            locked.participants.filter(pk=person.pk).update(**values)
        mark_edited(locked, request.user)


@for_writers
def remove(request, initiative, pk):
    person = get_object_or_404(initiative.participants, pk=pk)
    if request.method == "POST":
        with transaction.atomic():
            locked = lock_for_editing(initiative, request.user)
            locked.participants.filter(pk=pk).delete()
            mark_edited(locked, request.user)
        messages.success(request, _("%(name)s was taken off.") % {"name": person.full_name})
        return redirect(step_url(initiative, 3))
    context = {
        "question": _("Take %(name)s off the list?") % {"name": person.full_name},
        "explanation": _("Only this row goes; the dossier stays as it is."),
        "action_label": _("Take off"),
        "danger": True,
        "back_url": step_url(initiative, 3),
    }
    return render(request, "confirm.html", context)
