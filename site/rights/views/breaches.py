"""The register of breaches: entering one, notifying the authority within 72 hours, closing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post

from .. import breaches
from ..forms.breach import AuthorityForm, BreachForm, CloseForm
from ..models import Breach
from ..refusing import Refused
from .officer import check_officer
from .public import ASKS, way_to


def _way(*more):
    title = _("Breaches of data protection")
    return way_to((title, "/quyen-du-lieu/su-co/"), *more) if more else way_to((title, ""))


def _find(number):
    found = Breach.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@require_safe
@keep_post
@never_cache
def register(request):
    check_officer(request)
    context = {"rows": Breach.objects.order_by("-found_at", "-pk"), "crumbs": _way(), "now": timezone.now()}
    return render(request, "rights/officer/breaches.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def new(request):
    check_officer(request)
    form = BreachForm(_data(request))
    words = {
        "title": _("Enter a breach"),
        "action": pgettext("breach", "Enter it"),
        "happens": _("The 72 hours to notify the authority run from when it was found."),
    }
    return _form(request, None, form, words, lambda: breaches.keep(request.user, form.values()))


@require_safe
@keep_post
@never_cache
def one(request, number):
    check_officer(request)
    found = _find(number)
    context = {
        "found": found,
        "entries": [(_STEPS[entry.step](), entry) for entry in found.entries.order_by("-at", "-pk")],
        "is_late": found.authority_told_at is None and found.tell_by < timezone.now(),
        "crumbs": _way((found.number, "")),
    }
    return render(request, "rights/officer/breach.html", context)


_STEPS = {
    "entered": lambda: pgettext("breach", "Entered"),
    "changed": lambda: pgettext("breach", "Changed"),
    "authority_told": lambda: _("Authority notified"),
    "closed": lambda: pgettext("breach", "Closed"),
}


@require_http_methods(ASKS)
@keep_post
@never_cache
def change(request, number):
    check_officer(request)
    found = _find(number)
    names = ("found_at", "happened_at", "what", "data", "people", "measures")
    form = BreachForm(_data(request), initial=_start(found, *names))
    words = {
        "title": _("Add what was found out"),
        "action": pgettext("breach", "Save it"),
        "happens": _("The log keeps what it said before."),
    }
    return _form(
        request,
        found,
        form,
        words,
        lambda: breaches.change(found, request.user, form.values(), version=form.seen_version),
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def tell(request, number):
    check_officer(request)
    found = _find(number)
    form = AuthorityForm(_data(request), initial=_start(found))
    words = {
        "title": _("The authority was notified"),
        "action": _("Record it"),
        "happens": _("The clock of 72 hours stops at this moment."),
    }

    def take():
        given = form.cleaned_data
        breaches.tell_authority(
            found,
            request.user,
            given["at"],
            given["paper"],
            given["late_reason"],
            version=form.seen_version,
        )

    return _form(request, found, form, words, take)


@require_http_methods(ASKS)
@keep_post
@never_cache
def close(request, number):
    check_officer(request)
    found = _find(number)
    form = CloseForm(_data(request), initial=_start(found, "measures", "people_told_at"))
    words = {
        "title": _("Close the breach"),
        "action": pgettext("breach", "Close it"),
        "happens": _("It stays in the register; nothing is changed in it any more."),
    }

    def take():
        given = form.cleaned_data
        breaches.close(
            found, request.user, given["measures"], given["people_told_at"], version=form.seen_version
        )

    return _form(request, found, form, words, take)


def _data(request):
    return request.POST if request.method == "POST" else request.kept_post or None


def _start(found, *names):
    return {"version": found.edit_version} | {name: getattr(found, name) for name in names}


def _form(request, found, form, words, take):
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = take() or found
            except Refused as refused:
                form.refuse(refused)
                if refused.code == "changed":
                    status, form.data = 409, form.data.copy()
                    form.data["version"] = _find(found.number).edit_version
            else:
                messages.success(request, pgettext("breach", "Saved."))
                return redirect(done)
    title = words["title"]
    here = [(found.number, found.get_absolute_url())] if found else []
    context = {"found": found, "form": form, "step": words, "crumbs": _way(*here, (title, ""))}
    return render(request, "rights/officer/breach_form.html", context, status=status)
