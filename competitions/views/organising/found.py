"""Who comes in to an organiser's page, and the answers all of them give."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.kept_post import keep_post

from ...access import require_organiser
from ...models import CompetitionPage
from ...organising import words


def for_organisers(view):
    """`view(request, competition, …)` for whoever organises the competition of the address: signed out, to
    sign-in with what was typed; without the role 403; another's competition is 404."""
    return require_http_methods(["GET", "HEAD", "POST"])(_guarded(view))


def readers_only(view):
    """The same for a page without a form."""
    return require_safe(_guarded(view))


def acts_only(page):
    """The same for an address that answers POST alone; `page`: the name of the page where its form stands."""

    def decorate(view):
        where = lambda request, code, **kwargs: reverse(f"competitions:{page}", args=[code])  # noqa: E731
        return require_POST(_guarded(view, where))

    return decorate


def _guarded(view, page=None):
    @never_cache
    @keep_post(page=page)
    @wraps(view)
    def inside(request, code, **kwargs):
        require_organiser(request.user)
        rows = CompetitionPage.objects.organised_by(request.user).prefetch_related("phases")
        return view(request, get_object_or_404(rows, code=code), **kwargs)

    return inside


def typed(request):
    """What a form is bound to: what was posted, else what was typed before signing in, else nothing."""
    return request.POST if request.method == "POST" else request.kept_post


def status_of(form):
    return 422 if form.errors else 200


def go(competition, name, **kwargs):
    return redirect(f"competitions:{name}", code=competition.code, **kwargs)


def say_why(request, refused):
    """The refusal over the next page; nothing was written."""
    messages.error(request, words.refusal(refused.code, refused.params))


def look_again(form, fresh, seen):
    """After somebody else's change: the form sends `seen` from now on, so that saving again is a choice made
    with open eyes; [(label, what is saved now)] of the fields that differ."""
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = str(seen)
    differing = []
    for name in fresh.fields:
        if name == "seen":
            continue
        mine, saved = form[name].value(), fresh[name].value()
        if _text(form[name], mine) != _text(fresh[name], saved):
            differing.append((fresh[name].label, _shown(fresh[name], saved)))
    return differing


def _text(bound, value):
    """As it stands in the box."""
    if value in (None, False):
        return ""
    return (
        str(bound.field.widget.format_value(value) or "")
        if hasattr(bound.field.widget, "format_value")
        else str(value)
    )


def _shown(bound, value):
    choices = dict(getattr(bound.field, "choices", ()))
    return capfirst(str(choices[value])) if value in choices else _text(bound, value)
