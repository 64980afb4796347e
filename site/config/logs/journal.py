"""The formatter of production's log, and who else writes to it: Daphne, errors nobody caught."""

import copy
import logging
import sys
import threading
from datetime import UTC, datetime

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from . import scrubbing

_access = logging.getLogger("portal.access")


class JournalFormatter(JsonFormatter):
    """One object a line: time, level, logger, message, the request's number and page, error and trace."""

    def __init__(self):
        super().__init__(json_ensure_ascii=False)

    def format(self, record):
        shown = copy.copy(record)  # other handlers see the record as it came
        shown.msg, shown.args = _message(record), None
        shown.exc_info = shown.exc_text = shown.stack_info = None
        shown.error = record.exc_info[1] if record.exc_info else None
        return super().format(shown)

    def add_fields(self, log_data, record, message_dict):
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = record.message
        log_data.update(_whence(record))
        for name, given in record.__dict__.items():
            if name not in RESERVED_ATTRS and name not in _TAKEN and not name.startswith("_"):
                log_data.setdefault(name, scrubbing.value(given))
        if record.error is not None:
            log_data["error"] = type(record.error).__name__
            log_data["trace"] = scrubbing.trace(record.error)


_TAKEN = frozenset({"error", "request", "message"})


def _message(record):
    """The words of the code with harmless things filled in; "%" signs nobody meant to fill stay."""
    template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    if not record.args:
        return scrubbing.words(template)
    try:
        return template % scrubbing.value(record.args)
    except (TypeError, ValueError, KeyError):  # a place for a number that got a text
        return scrubbing.words(template)


def _whence(record):
    """The request's number and page, or the job or command: the same as in the audit trail."""
    from trust.audit.context import current_process, current_request
    from trust.audit.recording import route_of

    request = getattr(record, "request", None) or current_request()
    if request is not None and hasattr(request, "method"):
        return {"request_id": getattr(request, "request_id", ""), "place": route_of(request)}
    process = current_process()
    return {"place": f"{process[0]} {process[1]}"} if process else {}


def tell_access(_generator, protocol, action, details):
    """A line for a request or a socket, without address, query and codes. Takes the place of Daphne's, which
    writes the whole address with its query and the reader's network address."""
    if protocol == "http" and action == "complete":
        facts = {
            "status": details["status"],
            "ms": round(details["time_taken"] * 1000),
            "bytes": details["size"],
        }
        _access.info("%s %s", details["method"], details["path"], extra=facts)
    elif protocol == "websocket" and action in ("connected", "rejected", "disconnected"):
        _access.info("socket %s %s", action, details["path"])


def take_over():
    """For a server and the worker: Daphne's access log and errors nobody caught become lines as well."""
    from daphne.access import AccessLogGenerator

    AccessLogGenerator.__call__ = tell_access
    sys.excepthook = _uncaught
    threading.excepthook = lambda caught: _uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)


def _uncaught(kind, error, trace):
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("portal").critical("an error nobody caught", exc_info=(kind, error, trace))


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"journal": {"()": "config.logs.journal.JournalFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "journal"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own would mail whole reports, with what was typed, to ADMINS.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
    },
}
