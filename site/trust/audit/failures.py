"""What broke: pages that end with an error, jobs of the worker. Only the kind of error is kept; what an error
says may hold what somebody typed."""

import logging
import sys

from django.core.signals import got_request_exception
from django.db import DatabaseError, transaction

from .recording import record

log = logging.getLogger(__name__)


def note_failure(action, error, **facts):
    """Records a failure on its own. Where the database is what failed, the log alone has it."""
    try:
        with transaction.atomic():
            record(action, outcome="failed", error=type(error).__name__, **facts)
    except DatabaseError:
        log.error("%s could not be recorded", action)


def _page_broke(sender, request=None, **kwargs):
    error = sys.exc_info()[1]
    if error is not None:
        note_failure("server.error", error, request=request)


def listen():
    got_request_exception.connect(_page_broke, dispatch_uid="audit-server-error")
