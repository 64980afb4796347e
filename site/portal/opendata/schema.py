"""The OpenAPI description, drawn from the data sets themselves."""

from django.conf import settings
from django.urls import include, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from .problems import MEDIA_TYPE, ProblemSerializer

_PROBLEMS = {
    400: _("A query that makes no sense; the answer says what is allowed."),
    404: _("There is no such page."),
    429: _("Too many requests of one address in a minute; Retry-After says how many seconds to wait."),
}


def describe() -> dict:
    """OpenAPI 3.0 of every data set, in Vietnamese."""
    patterns = [path("du-lieu-mo/", include("portal.opendata.urls"))]
    with translation.override(settings.LANGUAGE_CODE):
        return SchemaGenerator(patterns=patterns).get_schema(request=None, public=True)


class DatasetSchema(AutoSchema):
    """Describes a view by the data set it shows."""

    def __init__(self, *, is_csv=False):
        super().__init__()
        self.is_csv = is_csv

    @property
    def dataset(self):
        return self.view.dataset

    def get_operation_id(self):
        return f"{self.dataset.slug}-{'csv' if self.is_csv else 'json'}"

    def get_summary(self):
        return f"{self.dataset.title} ({'CSV' if self.is_csv else 'JSON'})"

    def get_description(self):
        return f"{self.dataset.text} {self.dataset.frequency}"

    def get_tags(self):
        return [self.dataset.slug]

    def get_auth(self):
        return []

    def get_request_serializer(self):
        return None

    def get_override_parameters(self):
        if self.is_csv:
            return [_etag()]
        from .api import MOST_ON_A_PAGE, PAGE_SIZE

        return [
            _etag(),
            _number("page", _("The page, from 1."), 1, {"minimum": 1}),
            _number("page_size", _("Rows on a page."), PAGE_SIZE, {"minimum": 1, "maximum": MOST_ON_A_PAGE}),
        ]

    def get_response_serializers(self):
        statuses = (429,) if self.is_csv else (400, 404, 429)
        return {
            **self._found(),
            304: OpenApiResponse(description=_("Nothing changed since the ETag sent in If-None-Match.")),
            **{
                (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=_PROBLEMS[status])
                for status in statuses
            },
        }

    def _found(self):
        if self.is_csv:
            text = _("UTF-8 with its mark, comma between cells, the first row names the columns.")
            return {(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, description=text)}
        return {
            (200, "application/json"): OpenApiResponse(
                _page_of(self.dataset), description=_("One page of rows.")
            )
        }


def _etag():
    text = _("Changes with the content.")
    return OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200], description=text)


def _number(name, text, default, bounds):
    return OpenApiParameter(
        name, {"type": "integer", "default": default, **bounds}, OpenApiParameter.QUERY, description=text
    )


def _page_of(dataset):
    return inline_serializer(
        f"{dataset.schema_name}Page",
        {
            "dataset": serializers.CharField(),
            "title": serializers.CharField(),
            "version": serializers.CharField(),
            "source": serializers.CharField(help_text=_("who publishes it")),
            "licence": serializers.CharField(),
            "count": serializers.IntegerField(help_text=_("rows on all pages")),
            "page": serializers.IntegerField(),
            "page_size": serializers.IntegerField(),
            "pages": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True, help_text=_("address of the next page")),
            "previous": serializers.URLField(allow_null=True, help_text=_("address of the page before")),
            "results": dataset.serializer(many=True),
        },
    )
