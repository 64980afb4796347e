"""Who reads which report, who writes in it, who works on the periods."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from people.units import UnitTree

from ..access import coordinates, reads_all, reported_units, works_with_the_plan
from ..models import UnitReport


def visible_to(user, day=None):
    """All for the coordinator and the leaders of the ward; those of their own units for who reports."""
    if reads_all(user):
        return UnitReport.objects.all()
    units = reported_units(user, day) if works_with_the_plan(user) else ()
    return UnitReport.objects.filter(unit__in=units) if units else UnitReport.objects.none()


def writes(user, report, day=None) -> bool:
    """The unit's reporters and its head; nobody else, the coordinator included. Of a page's own report this
    is known already (`report_for`); a row that was locked is asked about anew."""
    own = getattr(report, "units_of", {}).get((user.pk, day or timezone.localdate()))
    return report.unit_id in (reported_units(user, day) if own is None else own)


def _door(view, allowed, sentence, methods, page):
    keep = keep_post(page=page) if page else keep_post

    @require_http_methods(methods)
    @never_cache
    @keep
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not allowed(request.user):
            raise PermissionDenied(sentence())
        return view(request, *args, **kwargs)

    return guarded


def _decorator(allowed, sentence):
    def with_options(view=None, *, methods=("GET", "HEAD"), page=None):
        def decorate(decorated):
            return _door(decorated, allowed, sentence, list(methods), page)

        return decorate(view) if view else decorate

    return with_options


FORM = ("GET", "HEAD", "POST")
ACT = ("POST",)
for_insiders = _decorator(
    works_with_the_plan, lambda: _("This page is for those who carry out the plan or report on it.")
)
for_readers = _decorator(
    reads_all, lambda: _("The board is for the plan's coordinator and the leaders of the ward.")
)
for_coordinators = _decorator(coordinates, lambda: _("The plan's coordinator does this."))


def report_for(user, pk):
    """The report with what its pages show; 404 out of sight. With it the tree of units, and the reader's own
    units: a page asks for both once."""
    today, tree = timezone.localdate(), UnitTree.load()
    own = reported_units(user, today, tree)
    shown = UnitReport.objects.select_related("period", "unit", "taken_over_by")
    report = get_object_or_404(shown if reads_all(user) else shown.filter(unit__in=own), pk=pk)
    report.tree, report.units_of = tree, {(user.pk, today): own}
    return report


def for_who_sees_it(view=None, *, methods=("GET", "HEAD"), page=None):
    """`view(request, report, …)` for whoever may read the report of the address."""

    def decorate(decorated):
        @require_http_methods(list(methods))
        @never_cache
        @(keep_post(page=page) if page else keep_post)
        @wraps(decorated)
        def guarded(request, pk, **kwargs):
            return decorated(request, report_for(request.user, pk), **kwargs)

        return guarded

    return decorate(view) if view else decorate
