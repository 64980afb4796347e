"""One step of a session as a page: GET explains and asks, POST takes it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from .. import workflow
from ..answers import Refused
from ..forms.steps import STEPS
from .found import back, crumbs, deny, find_managed, typed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def step(request, code, step):
    """Everything about the step comes from `forms.steps.STEPS`; whether it may be taken from the workflow."""
    if step not in STEPS:
        raise Http404
    session = find_managed(request, code)
    shown = STEPS[step]
    form = shown.form(typed(request), session=session)
    if request.method != "POST":
        deny(workflow.may(session, step, request.user))
    elif form.is_valid():
        try:
            workflow.move(session, step, request.user, **form.cleaned_data)
        except Refused as refused:
            if refused.answer.reason == "wrong_state":  # somebody was quicker, or clicked twice
                messages.warning(request, refused.answer.words)
                return back(session)
            field = refused.answer.field
            form.add_error(field if field in form.fields else None, refused.answer.words)
        else:
            messages.success(request, shown.done)
            return back(session)
    context = {"session": session, "step": shown, "form": form, "crumbs": crumbs(session, shown.title)}
    return render(request, "training/session/step.html", context, status=422 if form.errors else 200)
