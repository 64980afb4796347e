"""More sockets than there is room for are refused, and everything else goes on."""

import asyncio
import resource
from pathlib import Path

import pytest

from notifications.room import MOST_OF_ONE_PERSON
from tests.notifications.builders import make_user, session_cookie
from tests.portal.builders import site

from .machines import until

ROOM = 300
FILES = 1024  # as a unit without LimitNOFILE
AT_ONCE = 200


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
    status = int((await asyncio.wait_for(reader.readline(), 60)).split()[1])
    if status != 101:
        writer.close()
        return status, None
    return status, writer


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
    portal.web.start()
    resource.prlimit(portal.web.process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
    visitor = portal.visitor()
    assert visitor.get("/").status == 200

    async def play():
        statuses, lines = await storm(portal.web, cookies, count)
        assert set(statuses) == {101, 403}
        assert len(lines) == statuses.count(101) <= ROOM
        page = await asyncio.to_thread(visitor.get, "/tai-khoan/login/")
        assert page.status == 200
        assert files_of(portal.web.process) < FILES
        for line in lines:
            line.close()
        return len(lines)

    assert asyncio.run(play()) == ROOM
    until(lambda: asyncio.run(storm(portal.web, cookies, 1))[0] == [101], "there is no room again")
    assert portal.web.process.poll() is None


def test_one_person_gets_no_more_than_their_share_and_the_next_person_a_socket(open_portal):
    portal = open_portal("sqlite")
    greedy, other = (session_cookie(make_user(name)) for name in ("tham", "thuong"))
    portal.web.start()

    async def play():
        statuses, _lines = await storm(portal.web, [greedy], MOST_OF_ONE_PERSON + 20)
        assert (statuses.count(101), statuses.count(403)) == (MOST_OF_ONE_PERSON, 20)
        assert (await storm(portal.web, [other], 1))[0] == [101]

    asyncio.run(play())
