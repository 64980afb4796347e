"""Which session a page is about, and the answers all these pages give when it cannot go on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import listing
from ..access import may_manage
from ..models import Session


def find(request, code):
    """The session of an address; 404 where this person may not see it."""
    rows = listing.visible_to(request.user).select_related("organiser__staff")
    try:
        return rows.get(code=code)
    except Session.DoesNotExist:
        raise Http404 from None


def find_managed(request, code):
    """The same for whoever runs it; 403 with the sentence for everybody else who sees it."""
    session = find(request, code)
    if not may_manage(request.user, session):
        raise PermissionDenied(_("Only the training officer and the session's organiser can do this."))
    return session


def deny(answer):
    """403 with the sentence unless it is allowed."""
    if not answer.allowed:
        raise PermissionDenied(answer.words)


def typed(request):
    """What a form is bound to: what was posted, else what was typed before signing in, else nothing."""
    return request.POST if request.method == "POST" else request.kept_post


def say_why(request, refused):
    """The refusal over the next page; nothing was written."""
    messages.error(request, refused.answer.words)


def back(session, anchor=""):
    return redirect(f"{session.get_absolute_url()}{anchor}")


def page_of(name):
    """For `keep_post`: the page where the form of a POST-only address stands."""
    return lambda request, code, *args, **kwargs: reverse(f"training:{name}", args=[code])


def crumbs(session=None, *here):
    """The way to a page of a session; without `session`, to a page of training."""
    way = [(_("Training"), reverse("training:home"))]
    if session is not None:
        way += [(session.code, session.get_absolute_url() if here else "")]
    return way + [(label, "") for label in here]
