"""What the OpenAPI description promises is what is answered, for requests made up by schemathesis."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from portal.opendata import api
from portal.opendata.registry import all_datasets
from portal.opendata.schema import describe
from tests.ideas import builders
from trust.limits import Requests

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EXAMPLES = 25
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.fixture
def _one_connection():
    """The test's transaction outlives each request, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_data_set_is_described_in_vietnamese():
    described = describe()
    assert described["openapi"].startswith("3.")
    assert sorted(described["paths"]) == sorted(
        url for one in all_datasets() for url in (one.json_url, one.csv_url)
    )
    assert described["info"]["title"] == "Dữ liệu mở của phường"
    assert {tuple(methods) for methods in described["paths"].values()} == {("get",)}


@pytest.mark.usefixtures("_one_connection")
def test_the_answers_keep_the_contract(monkeypatch):
    monkeypatch.setattr(api, "REQUESTS", Requests("open-data-contract", most=10**9, seconds=60))
    builders.recognised(builders.make_ward())
    schema = schemathesis.openapi.from_dict(describe())
    schema.app = closing(get_wsgi_application())
    asked = {}
    for found in schema.get_all_operations():
        _try(found.ok(), asked)
    assert set(asked) == set(describe()["paths"])
    for one in all_datasets():
        assert (asked[one.json_url], asked[one.csv_url]) == ({200, 400, 404}, {200})


def closing(application):
    """Closes each answer once it is read, as servers do and the client of schemathesis does not."""

    def served(environ, start_response):
        answer = application(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()

    return served


def _try(operation, asked):
    """Requests that fit the description and requests that break it, each answer held against every check."""
    modes = [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if len(operation.query) else [])]
    for mode in modes:

        @settings(
            max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
            suppress_health_check=QUIET, phases=[Phase.explicit, Phase.generate],
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_it(case):
            answer = case.call_and_validate()
            asked.setdefault(case.operation.path, set()).add(answer.status_code)

        keeps_it()
