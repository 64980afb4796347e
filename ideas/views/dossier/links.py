"""Links between initiatives: the secretary states one, or takes it back with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from ...forms.links import MakeLinkForm, TakeBackForm
from ...models import Initiative, InitiativeLink
from ...refusing import Refused
from ...similarity import links
from .found import crumbs, find

ASKS = ["GET", "HEAD", "POST"]
_QUICKER = ("link_stands", "link_taken_back")  # somebody else did it meanwhile


@require_http_methods(ASKS)
@keep_post
@never_cache
def link(request, code):
    """States a link. `?ma=` is the code of the other one, from the list of similar initiatives."""
    initiative = _find(request, code)
    form = MakeLinkForm(_typed(request), initial={"code": request.GET.get("ma", "")[:20]})
    words = {
        "title": _("Link to another initiative"),
        "action": _("Link them"),
        "happens": _(
            "The link stands on both dossiers for whoever may read both, and in both histories. Once both "
            "are recognised everybody reads which one continues the other or is part of it; that two are "
            "similar never becomes public."
        ),
    }

    def take():
        values = form.cleaned_data
        other = Initiative.objects.filter(code=form.typed_code).first()
        if other is None:
            raise Refused("link_unknown_code", "code")
        links.make(initiative, request.user, other, values["kind"], values["note"])

    return _answer(request, initiative, form, words, take, _("Linked."))


@require_http_methods(ASKS)
@keep_post
@never_cache
def unlink(request, code, pk):
    initiative = _find(request, code)
    shown = next((one for one in links.shown_on(initiative, request.user) if one.pk == pk), None)
    if shown is None:
        if request.method == "POST" and _was_taken_back(initiative, pk):
            messages.warning(request, Refused("link_taken_back").sentence)
            return redirect(initiative)
        raise Http404
    form = TakeBackForm(_typed(request))
    words = {
        "title": _("Take the link back"),
        "action": _("Take the link back"),
        "is_danger": True,
        "happens": _(
            "The link leaves both dossiers. That it stood, and why it no longer does, stays in the history."
        ),
    }

    def take():
        row = InitiativeLink.objects.get(pk=pk)
        links.take_back(row, request.user, form.cleaned_data["reason"])

    return _answer(request, initiative, form, words, take, _("Taken back."), shown=shown)


def _find(request, code):
    initiative = find(request, code)
    if not links.keeps(request.user, initiative):
        raise PermissionDenied(Refused("only_secretary_links").sentence)
    return initiative


def _was_taken_back(initiative, pk):
    """Whether this dossier had that link: whoever keeps it may know."""
    rows = InitiativeLink.objects.filter(pk=pk, taken_back_at__isnull=False)
    return rows.filter(source=initiative.pk).exists() or rows.filter(target=initiative.pk).exists()


def _typed(request):
    return request.POST if request.method == "POST" else request.kept_post or None


def _answer(request, initiative, form, words, take, done, **more):
    """GET draws the form, POST carries it out or draws it again with what is wrong."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                take()
            except Refused as refused:
                form.refuse(refused)
                status = 409 if refused.code in _QUICKER else 422
            else:
                messages.success(request, done)
                return redirect(initiative)
    context = {
        "initiative": initiative,
        "form": form,
        "step": words,
        "crumbs": crumbs(initiative, words["title"]),
    }
    return render(request, "ideas/similar/link.html", context | more, status=status)
