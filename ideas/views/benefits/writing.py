"""Writing results down: a figure, a measurement, the use by a unit."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from people.models import Unit

from ...benefits import ledger, owing
from ...benefits.terms import MONTHS
from ...forms.benefit import AdoptionForm, EndForm, IndicatorForm, MeasurementForm
from ...refusing import Refused
from .reading import crumbs, find

ASKS = ["GET", "HEAD", "POST"]
# Another window was quicker: the page with what stands now, not an error by a field.
CONFLICTS = ("claim_changed", "claim_is_verified", "adopted_already")


def back(initiative):
    return redirect(owing.address_of(initiative))


def forbid(refused):
    if refused is not None:
        raise PermissionDenied(refused.sentence)


def typed(request):
    return request.POST if request.method == "POST" else request.kept_post or None


def page(request, initiative, form, words, status=200, **more):
    context = {
        "initiative": initiative,
        "form": form,
        "step": words,
        "back": owing.address_of(initiative),
        "file_lost": request.method == "POST" and form.is_multipart(),
        "crumbs": crumbs(initiative, words["title"]),
        **more,
    }
    return render(request, "ideas/benefits/step.html", context, status=status)


def taken(request, form, take, done, initiative, draw):
    """POST: takes the step and goes back, or draws the form again with what is wrong."""
    if not form.is_valid():
        return draw(422)
    try:
        take()
    except Refused as refused:
        form.refuse(refused)
        return draw(409 if refused.code in CONFLICTS else 422)
    messages.success(request, done)
    return back(initiative)


@require_http_methods(ASKS)
@keep_post
@never_cache
def indicator(request, code, pk=None):
    """A figure: new, or one that is not verified yet."""
    initiative, rights = find(request, code)
    forbid(rights.write_refusal())
    row = None
    if pk is not None:
        row = next((one for one in initiative.indicators.all() if one.pk == pk), None)
        if row is None:
            raise Http404
        if row.is_verified:
            forbid(Refused("claim_is_verified"))
    names = ("name", "measured_in", "baseline", "promised", "lower_is_better")
    initial = {name: getattr(row, name) for name in names} | {"seen": row.edit_version} if row else None
    form = IndicatorForm(typed(request), initial=initial)
    words = {
        "title": _("A figure to measure"),
        "action": _("Save and ask to verify"),
        "happens": _("The head of the unit or the secretary verifies it; then it is measured three times."),
    }

    def draw(status=200):
        return page(request, initiative, form, words, status, suggestions=form.suggestions)

    if request.method != "POST":
        return draw()

    def take():
        ledger.write_indicator(initiative, request.user, form.figure(), indicator=row, seen=form.seen_version)

    return taken(request, form, take, _("Saved. It waits to be verified."), initiative, draw)


@require_http_methods(ASKS)
@keep_post
@never_cache
def measure(request, code, pk, months):
    """What was measured 3, 6 or 12 months after the recognition, with its evidence."""
    initiative, rights = find(request, code)
    figure = next((one for one in initiative.indicators.all() if one.pk == pk), None)
    if figure is None or months not in MONTHS:
        raise Http404
    forbid(rights.write_refusal())
    row = next((one for one in figure.measurements.all() if one.months == months), None)
    if row and row.is_verified:
        forbid(Refused("claim_is_verified"))
    if not figure.is_verified:
        forbid(Refused("indicator_not_verified"))
    has_file = bool(row) and any(one.removed_at is None for one in row.files.all())
    initial = {name: getattr(row, name) for name in ("value", "measured_on", "source")} if row else {}
    initial["seen"] = row.edit_version if row else 0
    files = request.FILES if request.method == "POST" else None
    form = MeasurementForm(typed(request), files, initial=initial, needs_file=not has_file)
    words = {
        "title": _("Measurement after %(months)s months") % {"months": months},
        "action": _("Save and ask to verify"),
        "happens": _("Everybody reads the figure once somebody else has verified it."),
    }

    def draw(status=200):
        return page(request, initiative, form, words, status, figure=figure)

    if request.method != "POST":
        return draw()

    def take():
        file = form.cleaned_data["file"]
        stored = ledger.store_evidence([file]) if file else ()
        ledger.write_measurement(
            figure, months, request.user, form.measured(), stored, seen=form.seen_version
        )

    return taken(request, form, take, _("Saved. It waits to be verified."), initiative, draw)


@require_http_methods(ASKS)
@keep_post
@never_cache
def adopt(request, code):
    """A unit uses it: written by its head, or by the authors and confirmed by that head."""
    initiative, rights = find(request, code)
    forbid(rights.adoption_refusal())
    units = Unit.objects.order_by("order", "code")
    if not (rights.is_author or rights.is_secretary):
        units = units.filter(pk__in=rights.headed)
    form = AdoptionForm(typed(request), units=units)
    words = {
        "title": _("A unit uses it"),
        "action": _("Save"),
        "happens": _("The head of that unit confirms it; then it stands on the public page."),
    }

    def draw(status=200):
        return page(request, initiative, form, words, status)

    if request.method != "POST":
        return draw()

    def take():
        values = form.cleaned_data
        ledger.write_adoption(initiative, request.user, values["unit"], values["start_on"], values["how"])

    return taken(request, form, take, _("Saved."), initiative, draw)


@require_http_methods(ASKS)
@keep_post
@never_cache
def end(request, code, pk):
    """The unit uses it no more."""
    initiative, rights = find(request, code)
    row = next((one for one in initiative.adoptions.all() if one.pk == pk), None)
    if row is None:
        raise Http404
    forbid(rights.adoption_refusal(row.unit_id))
    form = EndForm(typed(request))
    words = {
        "title": _("The use has ended"),
        "action": _("Save"),
        "happens": _("%(unit)s stands on the public page with the last day of its use.")
        % {"unit": row.unit.name},
    }

    def draw(status=200):
        return page(request, initiative, form, words, status)

    if request.method != "POST":
        return draw()

    def take():
        ledger.end_adoption(row, request.user, form.cleaned_data["last_day"])

    return taken(request, form, take, _("Saved."), initiative, draw)
