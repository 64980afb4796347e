"""What was wrong with a request, as application/problem+json (RFC 9457), in Vietnamese and English."""

from http import HTTPStatus

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
# What the framework itself refuses.
_OF_STATUS = {
    404: _("There is no such data set."),
    405: _("Open data is read, not written: GET, HEAD and OPTIONS."),
    429: _("Too many requests from one address. Wait a minute and try again."),
}


class Problem(APIException):
    """`text` may hold named places for `values`."""

    def __init__(self, status, text, **values):
        super().__init__(str(text))
        self.status_code, self.text, self.values = status, text, values


class ProblemSerializer(serializers.Serializer):
    type = serializers.CharField(help_text=_("always about:blank"))
    title = serializers.CharField(help_text=_("the status in words"))
    status = serializers.IntegerField(help_text=_("the HTTP status"))
    detail = serializers.CharField(help_text=_("what to do, in Vietnamese"))
    detail_en = serializers.CharField(help_text=_("what to do, in English"))


def as_problem(error, context):
    """The REST framework's exception handler; None (so a server error) for what nobody foresaw."""
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    text = getattr(error, "text", None) or _OF_STATUS.get(status)
    if text is None:  # of the editor's interface, which asks this handler too
        return response
    response.content_type = MEDIA_TYPE
    response.data = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": _said(text, error, "vi"),
        "detail_en": _said(text, error, "en"),
    }
    return response


def _said(text, error, language):
    with translation.override(language):
        return str(text) % getattr(error, "values", {})
