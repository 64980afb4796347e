"""Who reads and who writes the consolidated report: the coordinator writes, the leaders of the ward read."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from ..access import coordinates, reads_all
from ..models import ReportPeriod
from .refusing import Refused

READ, FORM, ACT = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)


def may_read(user):
    return reads_all(user)


def may_write(user):
    return coordinates(user)


def require_writer(user):
    if not may_write(user):
        raise Refused("only_coordinator")


def _door(allowed, code):
    def with_options(*, methods=READ, page=None):
        def decorate(view):
            @require_http_methods(list(methods))
            @never_cache
            @(keep_post(page=page) if page else keep_post)
            @wraps(view)
            def guarded(request, *args, **kwargs):
                if not allowed(request.user):
                    raise PermissionDenied(Refused(code).sentence)
                return view(request, *args, **kwargs)

            return guarded

        return decorate

    return with_options


for_readers = _door(may_read, "only_readers")
for_writers = _door(may_write, "only_coordinator")


def find_period(code):
    return get_object_or_404(ReportPeriod.objects.select_related("consolidated"), code=code)
