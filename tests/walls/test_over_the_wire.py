"""What a client may send over the wire to make two servers disagree, or the portal believe it: asked of a
real daphne, byte for byte."""

import socket

import pytest

from bench.server import Daphne

NEXT = b"GET /static/portal.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
PATIENCE = 15  # seconds; what is refused is closed at once


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Without a database: what is asked here needs none."""
    folder = tmp_path_factory.mktemp("wire")
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
        "SECRET_KEY": "only-for-the-wire-" + "0123456789abcdef" * 4,
        "MEDIA_ROOT": f"{folder}/media",
        "ALLOWED_HOSTS": "127.0.0.1",
        "REDIS_URL": "",
    }
    with Daphne(environment) as running:
        yield running


def statuses(server, *pieces):
    """The status of every answer that comes back on one connection."""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as line:
        line.sendall(b"".join(pieces))
        line.settimeout(PATIENCE)
        received = b""
        try:
            while piece := line.recv(65536):
                received += piece
        except TimeoutError:
            pass
        except ConnectionResetError:
            pass
    return [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]


def request(*headers, line=b"GET /static/portal.css HTTP/1.1", body=b""):
    return b"\r\n".join([line, *headers]) + b"\r\n\r\n" + body


def test_a_plain_request_is_answered_once(server):
    assert statuses(server, request(b"Host: 127.0.0.1", b"Connection: close")) == [200]


def test_two_requests_are_two_answers_so_that_the_count_means_something(server):
    assert statuses(server, request(b"Host: 127.0.0.1"), NEXT) == [200, 200]


@pytest.mark.parametrize(
    "headers",
    [
        (b"Content-Length: 0", b"Content-Length: 55"),
        (b"Content-Length: 5, 6",),
        (b"Content-Length: -1",),
        (b"Content-Length: +5",),
        (b"Content-Length: 0x10",),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
        (b"Transfer-Encoding: chunked, identity",),
        (b"Content-Length : 5",),
    ],
)
def test_a_length_two_servers_could_read_in_two_ways_hides_no_second_request(server, headers):
    answered = statuses(
        server, request(b"Host: 127.0.0.1", *headers, line=b"POST /static/portal.css HTTP/1.1", body=NEXT)
    )
    assert len(answered) <= 1 or 400 in answered
    assert answered == [] or answered[0] == 400


def test_with_both_lengths_the_chunks_count_and_what_follows_is_no_secret(server):
    """RFC 9112 §6.1: Transfer-Encoding overrides Content-Length, or the request is refused."""
    answered = statuses(
        server,
        request(
            b"Host: 127.0.0.1",
            b"Content-Length: 4",
            b"Transfer-Encoding: chunked",
            line=b"POST /static/portal.css HTTP/1.1",
            body=b"0\r\n\r\n",
        ),
    )
    assert answered in ([], [400])


@pytest.mark.parametrize(
    "headers",
    [
        (b"Host: evil.example",),
        (b"Host: 127.0.0.1", b"Host: evil.example"),
        (b"Host: 127.0.0.1@evil.example",),
    ],
)
def test_a_page_is_drawn_for_our_own_host_alone(server, headers):
    answered = statuses(server, request(*headers, b"Connection: close", line=b"GET /xac-minh/ HTTP/1.1"))
    assert answered in ([], [400])


@pytest.mark.parametrize("line", [b"GET /../../etc/passwd HTTP/1.1", b"GET /static/../../manage.py HTTP/1.1"])
@pytest.mark.parametrize(
    "coded",
    [
        lambda line: line,
        lambda line: line.replace(b"..", b"%2e%2e"),
        lambda line: line.replace(b"/..", b"%2f.."),
    ],
)
def test_no_path_leads_out_of_a_folder(server, line, coded):
    answered = statuses(server, request(b"Host: 127.0.0.1", b"Connection: close", line=coded(line)))
    assert answered and answered[0] in (
        400,
        404,
        500,
        503,
    )  # without a database our own 404 page cannot be drawn


def test_headers_without_end_are_cut_off(server):
    answered = statuses(server, request(b"Host: 127.0.0.1", b"X: " + b"a" * 200_000))
    assert answered in ([], [400])
