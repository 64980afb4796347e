"""The application of one dossier as Word and PDF."""

from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas.access import EDITABLE
from ideas.application.faces import application_file, draft_application, submitted_application
from ideas.views.dossier.found import find, version_number
from ideas.views.form.doors import own_dossier
from ideas.views.papers.handing import hand_out, require_face
from people.kept_post import keep_post


@require_safe
@never_cache
@keep_post
def submitted(request, code, face):
    """The version last submitted, or `?ban=`, for whoever may open the dossier. 404 before a submission."""
    require_face(face)
    application = submitted_application(
        find(request, code), request.user, version_number(request.GET.get("ban"))
    )
    if application is None:
        raise Http404
    return hand_out(application_file(application, face))


@require_safe
@never_cache
@keep_post
def draft(request, code, face):
    """What its writers have so far, marked as a draft; 404 once nothing can be written any more."""
    require_face(face)
    initiative = own_dossier(request.user, code)
    if initiative.state not in EDITABLE:
        raise Http404
    return hand_out(application_file(draft_application(initiative), face))
