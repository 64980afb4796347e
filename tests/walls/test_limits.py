"""A limit refuses in words, says when to come back, counts one network apart from another, and stands in the
trail once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from config.urls import CHOICES
from tests.portal.builders import site
from trust.answers import asks_for_something, limited
from trust.audit.models import AuditEvent
from trust.limits import Requests, WrongTries

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def view(**how):
    return limited(Requests("test", most=2, seconds=600), **how)(lambda request: HttpResponse("ok"))


def statuses(guarded, requests):
    for request in requests:
        request.user = AnonymousUser()
    return [guarded(request).status_code for request in requests]


def test_the_third_sending_of_one_network_is_refused_and_noted_once(rf):
    posts = [rf.post("/", REMOTE_ADDR="203.0.113.7") for _each in range(4)]
    assert statuses(view(), posts) == [200, 200, 429, 429]
    assert statuses(view(), [rf.post("/", REMOTE_ADDR="203.0.113.8")]) == [200]
    event = AuditEvent.objects.get(action="limit.reached")
    assert (event.outcome, event.facts) == ("refused", {"limit": "test"})


def test_the_refusal_is_a_page_in_words_with_the_time_to_come_back(client):
    site()
    for _each in range(CHOICES.most):
        assert client.post("/co-chu/", {"size": "large"}).status_code == 302
    answer = client.post("/co-chu/", {"size": "large"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert "<h1>" in answer.content.decode() and "10" in answer.content.decode()


def test_reading_is_not_counted_where_sending_is(rf):
    assert statuses(view(), [rf.get("/") for _each in range(5)]) == [200] * 5


def test_a_search_is_counted_and_the_bare_page_is_not(rf):
    guarded = view(when=asks_for_something)
    assert statuses(guarded, [rf.get("/") for _each in range(3)]) == [200] * 3
    assert statuses(guarded, [rf.get("/?q=so") for _each in range(3)]) == [200, 200, 429]


def test_an_address_of_version_six_counts_as_its_network(rf):
    posts = [rf.post("/", REMOTE_ADDR=f"2001:db8:1:2::{each}") for each in range(1, 4)]
    assert statuses(view(), posts) == [200, 200, 429]


def test_wrong_tries_are_noted_when_they_are_used_up(rf):
    limit, request = WrongTries("codes", most=2, seconds=600), rf.get("/")
    limit.add(request)
    assert not AuditEvent.objects.exists()
    limit.add(request)
    assert limit.used_up(request)
    assert AuditEvent.objects.get().facts == {"limit": "codes"}
