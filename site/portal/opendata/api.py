"""What machines read under /du-lieu-mo/v1/: the same bytes for everybody, whoever is signed in, in whatever
language. Reading needs no key; each address has so many requests a minute."""

import hashlib

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView

from trust.limits import Requests
from trust.storage import FileInPieces

from . import csv_file
from .problems import Problem
from .registry import VERSION
from .schema import DatasetSchema, describe

REQUESTS = Requests("open-data", most=60, seconds=60)
PAGE_SIZE = 100
MOST_ON_A_PAGE = 500
MOST_DIGITS = 100
CACHED = "public, max-age=60"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
}


class OneFormat(BaseContentNegotiation):
    """Each address has one format: what the client says it would rather have changes nothing."""

    def select_parser(self, request, parsers):
        return None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class OpenView(APIView):
    """Reads only, knows nobody, counts addresses."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = ()
    permission_classes = ()
    content_negotiation_class = OneFormat
    schema = None

    def dispatch(self, request, *args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()  # now, in the language of the data and not of whoever asks
        return _finished(request, response)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not REQUESTS.take(request._request):
            raise Throttled(wait=REQUESTS.seconds)

    def options(self, request, *args, **kwargs):
        return HttpResponse(status=204, headers={"Allow": _CORS["Access-Control-Allow-Methods"]})


def _finished(request, response):
    if response.status_code == 200:
        if not response.streaming:
            response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["Cache-Control"] = CACHED
        response = _unless_known(request, response)
    else:
        response.headers["Cache-Control"] = "no-store"
    for name, value in _CORS.items():
        response.headers[name] = value
    response.headers["Content-Language"] = settings.LANGUAGE_CODE
    return response


def _unless_known(request, response):
    """304 where the reader has these very bytes; the file nobody will read is closed."""
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    if answer is not response and response.streaming:
        response.file_to_stream.close()
    return answer


class Rows(OpenView):
    """One data set as JSON, a page at a time."""

    dataset = None
    schema = DatasetSchema()

    def get(self, request):
        size = _whole(request, "page_size", PAGE_SIZE, MOST_ON_A_PAGE)
        number = _whole(request, "page", 1, None)
        paginator = Paginator(self.dataset.rows(), size)
        if number > paginator.num_pages:
            text = _("There is no page %(page)s: the last one is %(pages)s.")
            raise Problem(404, text, page=number, pages=paginator.num_pages)
        page = paginator.page(number)
        return Response(
            {
                "dataset": self.dataset.slug,
                "title": str(self.dataset.title),
                "version": VERSION,
                "source": settings.PORTAL["ward_committee"],
                "licence": str(settings.OPEN_DATA_LICENCE),
                "count": paginator.count,
                "page": number,
                "page_size": size,
                "pages": paginator.num_pages,
                "next": self._address(number + 1, size) if page.has_next() else None,
                "previous": self._address(number - 1, size) if page.has_previous() else None,
                "results": self.dataset.published(list(page.object_list)),
            }
        )

    def _address(self, number, size):
        site = settings.SITE_URL.rstrip("/")
        return f"{site}{self.dataset.json_url}?page={number}&page_size={size}"


def _whole(request, name, default, most):
    """The number a query gives; a problem that says what is allowed where it is none."""
    text = request.query_params.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
    if number >= 1 and (most is None or number <= most):
        return number
    if most is None:
        raise Problem(400, _("“%(name)s” is a whole number, 1 or more."), name=name)
    raise Problem(400, _("“%(name)s” is a whole number from 1 to %(most)s."), name=name, most=most)


class CsvFile(OpenView):
    """One data set as CSV, whole."""

    dataset = None
    schema = DatasetSchema(is_csv=True)

    def get(self, request):
        file, sha256 = csv_file.write(self.dataset)
        response = FileInPieces(
            file,
            as_attachment=True,
            filename=f"{self.dataset.slug}.csv",
            content_type="text/csv; charset=utf-8",
        )
        response.headers["ETag"] = f'"{sha256[:32]}"'
        return response


class Description(OpenView):
    """The OpenAPI description of all of this."""

    def get(self, request):
        return Response(describe())


class Unknown(OpenView):
    """An address of the data that names no data set."""

    def get(self, request, slug):
        raise NotFound
