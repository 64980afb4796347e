"""Draft decisions about several dossiers that wait for the head."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas import deciding, workflow
from ideas.forms.papers import DraftDecisionForm
from ideas.models import Initiative
from ideas.papers.decisions import recognition
from ideas.papers.drawing import drawn_document
from ideas.papers.loading import decision_record
from people.access import check_role
from people.kept_post import keep_post
from people.roles import Role

from .handing import hand_out, require_face


@require_safe
@never_cache
@keep_post
def drafts(request):
    """Which dossiers one draft decision recognises, as Word or PDF."""
    waiting = _recognisable(request)
    return _page(request, DraftDecisionForm(waiting=waiting), waiting)


@require_safe
@never_cache
@keep_post
def draft(request, face):
    """The draft about the dossiers named `?ma=`; the page again where one cannot be recognised."""
    require_face(face)
    waiting = _recognisable(request)
    form = DraftDecisionForm(request.GET, waiting=waiting)
    if not form.is_valid():
        return _page(request, form, waiting, status=422)
    chosen = form.cleaned_data["ma"].values_list("pk", flat=True)
    rows = Initiative.objects.for_workflow().prefetch_related("decisions").filter(pk__in=list(chosen))
    record = decision_record(list(rows.order_by("code")), request.user, "recognise")
    return hand_out(drawn_document(recognition(record), face, "du-thao-quyet-dinh-cong-nhan"))


def _recognisable(request):
    """Dossiers this person could recognise now, as a queryset. 403 for whoever decides nothing."""
    check_role(request.user, Role.HEAD, Role.DEPUTY_HEAD)
    rows, lookups = deciding.waiting(request.user), {}
    able = [
        initiative.pk
        for initiative in rows.for_workflow()
        if workflow.may(initiative, "recognise", request.user, lookups=lookups).allowed
    ]
    if not able and not deciding.decides(request.user):
        raise PermissionDenied(_("Only the head of the ward, or a deputy with a delegation, decides."))
    return rows.filter(pk__in=able)


def _page(request, form, waiting, status=200):
    crumbs = [
        (_("My work"), "/viec-cua-toi/"),
        (_("Waiting for a decision"), "/sang-kien/quyet-dinh/"),
        (_("Draft decision"), ""),
    ]
    context = {"form": form, "waiting": waiting, "crumbs": crumbs}
    return render(request, "ideas/papers/drafts.html", context, status=status)
