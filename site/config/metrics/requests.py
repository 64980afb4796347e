"""What this process did: requests by view and status, their time and queries, open sockets."""

import time
from contextlib import contextmanager

from django.db import connection
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Summary,
    disable_created_metrics,
)
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

disable_created_metrics()  # a second series for each, of no use to anybody here
registry = CollectorRegistry()
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)
GCCollector(registry=registry)

ANSWERS = Counter(
    "hungdao_answers_total",
    "Answers of this process, kept pages and static files included, by status.",
    ["status"],
    registry=registry,
)
REQUESTS = Counter(
    "hungdao_requests_total",
    "Requests that reached a view, by the name of the view, method and status.",
    ["view", "method", "status"],
    registry=registry,
)
SECONDS = Histogram(
    "hungdao_request_seconds",
    "Seconds from the first middleware to the answer, all views together.",
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=registry,
)
VIEW_SECONDS = Summary("hungdao_view_seconds", "The same by view.", ["view"], registry=registry)
QUERIES = Counter("hungdao_queries_total", "Database queries, by view.", ["view"], registry=registry)
QUERY_SECONDS = Counter(
    "hungdao_query_seconds_total", "Seconds in database queries, by view.", ["view"], registry=registry
)
SOCKETS = Gauge("hungdao_sockets", "Open sockets of this process.", registry=registry)

_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def measured(get_response):
    """Middleware, the outermost: what everything below it took."""

    def middleware(request):
        began = time.perf_counter()
        with _queries_counted() as spent:
            response = get_response(request)
        _note(request, response.status_code, time.perf_counter() - began, spent)
        return response

    return middleware


@contextmanager
def _queries_counted():
    """A list of the seconds of each query."""
    spent = []

    def wrapper(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(wrapper):
        yield spent


def _note(request, status, seconds, spent):
    view = _view_of(request)
    method = request.method if request.method in _METHODS else "other"
    REQUESTS.labels(view, method, status).inc()
    SECONDS.observe(seconds)
    VIEW_SECONDS.labels(view).observe(seconds)
    QUERIES.labels(view).inc(len(spent))
    QUERY_SECONDS.labels(view).inc(sum(spent))


def _view_of(request):
    """As the addresses name it, or their pattern; never the address asked for."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match.route) if match else "none"
