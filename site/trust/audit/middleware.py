"""First in the chain: gives each request a number, and notes what every page has in common: who was refused,
who took a file made from data."""

import logging
import uuid

from django.db import DatabaseError, transaction
from django.utils.decorators import sync_only_middleware

from .context import answering
from .recording import record

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"  # on the answer, so that an error page and the log can be laid side by side


@sync_only_middleware
def audited(get_response):
    def middleware(request):
        request.request_id = uuid.uuid4().hex
        with answering(request):
            response = get_response(request)
            _note(request, response)
        response.headers[HEADER] = request.request_id
        return response

    return middleware


def _note(request, response):
    refused = response.status_code == 403
    if not refused and not _is_export(request, response):
        return
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return
    try:
        with transaction.atomic():
            if refused:
                record("access.refused", outcome="refused", keys=_keys(request))
            else:
                record("data.exported", keys=_keys(request), type=_type(response))
    except DatabaseError:
        log.exception("an event could not be recorded")
        if not refused:
            raise  # nobody takes data along unseen


def _is_export(request, response):
    """A download that is not public; files kept as they came have their own event (trust.storage)."""
    return (
        response.status_code == 200
        and request.method != "HEAD"
        and response.headers.get("Content-Disposition", "").startswith("attachment")
        and not getattr(response, "is_told", False)
        and "public" not in response.headers.get("Cache-Control", "")
    )


def _keys(request):
    """The numbers in the address. Codes in it may open something, and stay out."""
    match = request.resolver_match
    return [value for value in match.kwargs.values() if isinstance(value, int)][:20] if match else []


def _type(response):
    return response.headers.get("Content-Type", "").split(";")[0][:80]
