"""Signed decisions: read by whoever may open the dossier."""

from django.http import Http404
from django.views.decorators.http import require_safe

from people.kept_post import keep_post
from trust.storage import serve_private

from .found import find


@require_safe
@keep_post
def decision_file(request, code, pk):
    """The signed PDF of one decision about this very dossier."""
    initiative = find(request, code)
    decision = next((d for d in initiative.decisions.all() if d.pk == pk and d.file), None)
    if decision is None:
        raise Http404
    return serve_private(decision.file, decision.file_name, "application/pdf")
