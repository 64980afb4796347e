"""`config.server` with a real process: how it goes."""

import json
import signal
import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bench.server import Daphne
from config import server as config_server
from tests.notifications.builders import child_environment, make_user, session_cookie

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds


@pytest.fixture
def served():
    with Daphne(child_environment()) as server:
        yield server


def half_a_request(server, body=b"size=larger"):
    """A POST of which only a part has arrived, and what is missing."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    head = (
        f"POST /co-chu/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    line.sendall(head.encode() + body[:4])
    time.sleep(0.3)
    return line, body[4:]


def everything(line):
    answer = b""
    with line:
        while piece := line.recv(65536):
            answer += piece
    return answer


def refuses(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def test_sockets_are_told_to_come_back_and_nothing_new_is_accepted_while_a_request_finishes(served):
    cookie = session_cookie(make_user("lan"))
    with connect(served.socket_address, origin=served.origin, additional_headers={"Cookie": cookie}) as page:
        page.send(json.dumps({"last": 0}))
        assert json.loads(page.recv(PATIENCE)) == {"rows": [], "unread": 0}
        line, rest = half_a_request(served)
        served.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(PATIENCE)
        assert closed.value.rcvd.code == config_server.SERVICE_RESTART
    until(lambda: refuses(served.port))
    assert served.process.poll() is None, "a request is in progress"
    line.sendall(rest)
    answer = everything(line)
    assert answer.startswith(b"HTTP/1.1 302 Found\r\n")
    assert b"Cookie: co_chu=larger;" in answer
    assert served.process.wait(PATIENCE) == 0


def test_a_request_that_never_ends_is_not_waited_for_beyond_the_grace(served, tmp_path):
    slow = Daphne({**child_environment(), "SERVER_GRACE": "1"})
    with slow:
        line, _rest = half_a_request(slow)
        began = time.monotonic()
        slow.process.send_signal(signal.SIGTERM)
        assert slow.process.wait(PATIENCE) == 1
        assert 1 <= time.monotonic() - began < 8
        line.close()


def test_an_idle_process_goes_at_once(served):
    began = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(PATIENCE) == 0
    assert time.monotonic() - began < 5


def test_systemd_hears_that_it_serves_lives_and_stops(tmp_path):
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(address)
        heard.settimeout(PATIENCE)
        told = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "400000"}
        with Daphne({**child_environment(), **told}) as server:
            assert heard.recv(100) == b"READY=1"
            assert [heard.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(PATIENCE)
            left = []
            while not left or left[-1] != b"STOPPING=1":
                left.append(heard.recv(100))
            assert set(left) <= {b"WATCHDOG=1", b"STOPPING=1"}


def test_without_systemd_nobody_is_told(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert config_server._tell_systemd("READY=1") is False
