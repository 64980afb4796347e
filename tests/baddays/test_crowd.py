"""More sockets than there is room for are refused, and everything else goes on."""

import asyncio
import contextlib
import resource
from pathlib import Path

import pytest

from notifications.room import MOST_OF_ONE_PERSON
from tests.notifications.builders import make_user, session_cookie
from tests.portal.builders import site

ROOM = 300
FILES = 1024  # as a unit without LimitNOFILE
AT_ONCE = 100


async def knock(web, cookie):
    """(status of the handshake, the line where it stays open)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web.port)
    lines = [
        "GET /ws/notifications/ HTTP/1.1",
        f"Host: 127.0.0.1:{web.port}",
        f"Origin: {web.origin}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        f"Cookie: {cookie}",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    status = int((await asyncio.wait_for(reader.readline(), 100)).split()[1])
    if status != 101:
        await leave([writer])
        return status, None
    return status, writer


async def leave(lines):
    for line in lines:
        line.close()
        with contextlib.suppress(ConnectionError):
            await line.wait_closed()


async def storm(web, cookies, count):
    """Statuses and open lines of `count` handshakes, so many at once."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(number):
        async with places:
            return await knock(web, cookies[number % len(cookies)])

    found = await asyncio.gather(*(one(number) for number in range(count)))
    return [status for status, _line in found], [line for _status, line in found if line]


def files_of(process):
    return len(list(Path(f"/proc/{process.pid}/fd").iterdir()))


@pytest.mark.parametrize("count", [2_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_sockets_beyond_the_room_are_refused_with_403_and_pages_still_answer(open_portal, count):
    portal = open_portal("sqlite", SOCKETS_MOST=str(ROOM))
    site()
    cookies = [session_cookie(make_user(f"nguoi{number}")) for number in range(20)]
    # These clients answer no ping, and a busy machine is slow with a handshake, not wrong.
    portal.web.options = ("--ping-interval", "600", "--websocket_connect_timeout", "60")
    portal.web.start()
    resource.prlimit(portal.web.process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
    visitor = portal.visitor()
    assert visitor.get("/").status == 200

    async def play():
        statuses, lines = await storm(portal.web, cookies, count)
        assert (statuses.count(101), statuses.count(403)) == (ROOM, count - ROOM)
        page = await asyncio.to_thread(visitor.get, "/tai-khoan/login/")
        assert page.status == 200
        assert files_of(portal.web.process) < FILES
        await leave(lines)
        while True:  # there is room again
            statuses, lines = await storm(portal.web, cookies, 1)
            await leave(lines)
            if statuses == [101]:
                return

    asyncio.run(asyncio.wait_for(play(), 600))
    assert portal.web.process.poll() is None


def test_one_person_gets_no_more_than_their_share_and_the_next_person_a_socket(open_portal):
    portal = open_portal("sqlite")
    greedy, other = (session_cookie(make_user(name)) for name in ("tham", "thuong"))
    portal.web.start()

    async def play():
        statuses, lines = await storm(portal.web, [greedy], MOST_OF_ONE_PERSON)
        assert statuses == [101] * MOST_OF_ONE_PERSON
        statuses, more = await storm(portal.web, [greedy], 20)
        assert statuses == [403] * 20
        statuses, others = await storm(portal.web, [other], 1)
        assert statuses == [101]
        await leave([*lines, *more, *others])

    asyncio.run(play())
