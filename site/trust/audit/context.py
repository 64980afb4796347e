"""On whose behalf the code runs: the request being answered, or the command or worker that runs.

So that a workflow function deep below a view writes who and from where without being handed the request.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_request = ContextVar("audit-request", default=None)
_process = ContextVar("audit-process", default=None)


@contextmanager
def answering(request):
    """While this request is answered, it is what `record` writes down."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


@contextmanager
def running(source, place, account=""):
    """While a command or the worker runs. `source`: "command" or "worker"; `place`: which one;
    `account`: of the server's operating system."""
    token = _process.set((source, place, account))
    try:
        yield
    finally:
        _process.reset(token)


def current_request():
    return _request.get()


def current_process():
    """(source, place, account of the operating system) or None."""
    return _process.get()
