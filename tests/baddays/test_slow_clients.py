"""Clients that send letter by letter, and answers that never come (straight at the web process; nginx, which
stands before it, ends such requests after 15 seconds)."""

import contextlib
import socket
import time

import pytest

from tests.portal.builders import site

CLIENTS = 300


@pytest.fixture
def crowd():
    lines = []
    yield lines
    for line in lines:
        line.close()


def half_a_request(port):
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    line.sendall(b"POST /tai-khoan/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n")
    return line


def test_three_hundred_clients_that_send_letter_by_letter_hold_nobody_up(open_portal, crowd):
    portal = open_portal("sqlite")
    site()
    portal.web.start()
    visitor = portal.visitor()
    assert visitor.get("/").status == 200
    crowd += [half_a_request(portal.web.port) for _ in range(CLIENTS)]
    for letter in b"X-A: b":
        for line in crowd:
            line.send(bytes([letter]))
        began = time.monotonic()
        assert visitor.get("/tai-khoan/login/").status == 200
        assert time.monotonic() - began < 10


def test_an_answer_that_takes_longer_than_the_http_timeout_is_ended_with_503(open_portal):
    portal = open_portal("sqlite")
    portal.web.options = ("--http-timeout", "2")
    portal.web.start()
    began = time.monotonic()
    answer = portal.visitor().get("/cham/15/")
    assert (answer.status, time.monotonic() - began < 12) == (503, True)
    assert portal.visitor().get("/tai-khoan/login/").status == 200


@pytest.mark.long
def test_half_a_request_that_falls_silent_is_hung_up_on_after_a_minute(open_portal, crowd):
    portal = open_portal("sqlite")
    portal.web.start()
    crowd.append(half_a_request(portal.web.port))
    crowd[0].settimeout(100)
    began = time.monotonic()
    with contextlib.suppress(ConnectionError):
        assert crowd[0].recv(100) == b""
    assert 50 < time.monotonic() - began < 90
