"""Who comes in: the dossier of an address for those who write in it, for everybody else 404."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ideas.access import EDITABLE
from ideas.drafts import NotEditable
from ideas.models import Initiative
from people.kept_post import keep_post


def own_dossier(user, code):
    """One's own dossier in any state, with what the form and the workflow look at."""
    dossiers = Initiative.objects.written_by(user).for_workflow()
    read = dossiers.select_related("field", "edited_by__staff", "form_template")
    initiative = read.filter(code=code).first()
    if initiative is None:
        raise Http404
    return initiative


def for_writers(view):
    """`view(request, initiative, …)` for whoever may write in the dossier now.

    Signed out: what was typed is kept, and sign-in leads back. No longer a draft: its page, with a word why.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @keep_post
    @wraps(view)
    def guarded(request, code, **kwargs):
        initiative = own_dossier(request.user, code)
        if initiative.state not in EDITABLE:
            return no_longer_editable(request, initiative)
        try:
            return view(request, initiative, **kwargs)
        except NotEditable:
            return no_longer_editable(request, own_dossier(request.user, code))

    return guarded


def no_longer_editable(request, initiative):
    if request.method == "POST" and initiative.state == "submitted":
        messages.info(
            request,
            _("%(code)s was already submitted, receipt number %(number)s. Nothing was sent twice.")
            % {"code": initiative.code, "number": initiative.receipt_number},
        )
    else:
        messages.info(
            request,
            _("%(code)s can't be edited now. It stands at: %(state)s.")
            % {"code": initiative.code, "state": initiative.get_state_display()},
        )
    return redirect(initiative.get_absolute_url())


def step_url(initiative, step):
    return reverse("ideas:form_step", args=[initiative.code, step])
