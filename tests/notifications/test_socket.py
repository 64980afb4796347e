"""The socket: who is let in, what it tells, and that nothing is lost."""

import asyncio
import json
import time
from contextlib import contextmanager

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.utils import timezone
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bench.server import Daphne
from config.asgi import application
from notifications import hub, live
from notifications.models import Notification

from .builders import CHANGED, RECEIVED, child_environment, make_user, session_cookie, tell

pytestmark = pytest.mark.django_db(transaction=True)
tell_later = database_sync_to_async(tell)


def open_socket(cookie="", origin="http://127.0.0.1", language="en"):
    headers = [(b"host", b"127.0.0.1"), (b"origin", origin.encode())]
    cookies = f"{cookie}; ngon_ngu={language}"
    headers.append((b"cookie", cookies.encode()))
    return WebsocketCommunicator(application, "/ws/notifications/", headers=headers)


def scenario(play):
    """Runs an async story; sockets opened by it are closed at its end."""

    async def run():
        opened = []

        async def enter(cookie, last=0, **how):
            page = open_socket(cookie, **how)
            assert (await page.connect())[0]
            opened.append(page)
            await page.send_json_to({"last": last})
            return page

        try:
            await play(enter)
        finally:
            for page in opened:
                await page.disconnect()
        assert hub.hub_here()._tasks == []

    async_to_sync(run)()


@pytest.fixture
def lan():
    return make_user("lan")


@pytest.fixture
def cookie(lan):
    return session_cookie(lan)


def refused(page):
    async def knock():
        connected, _ = await page.connect()
        return not connected

    return async_to_sync(knock)()


def test_nobody_signed_in_is_refused_before_the_socket_opens():
    assert refused(open_socket())
    assert refused(open_socket("sessionid=forged"))


def test_a_page_of_another_site_is_refused(cookie):
    assert refused(open_socket(cookie, origin="https://evil.example"))


def test_a_page_gets_its_persons_rows_after_the_last_it_has(lan, cookie):
    first, second, third = (tell(RECEIVED, lan, subject=f"SK-{number}")[0] for number in range(3))
    tell(RECEIVED, make_user("minh"), subject="SK-foreign")

    async def play(enter):
        answer = await (await enter(cookie, last=first.id)).receive_json_from()
        assert [row["code"] for row in answer["rows"]] == ["SK-1", "SK-2"]
        assert [row["id"] for row in answer["rows"]] == [second.id, third.id]
        assert answer["unread"] == 3
        assert answer["rows"][0]["text"] == "Open dossier SK-1"

    scenario(play)


def test_a_page_that_has_everything_is_told_so(lan, cookie):
    [row] = tell(RECEIVED, lan)

    async def play(enter):
        answer = await (await enter(cookie, last=row.id)).receive_json_from()
        assert answer == {"rows": [], "unread": 1}

    scenario(play)


def test_a_long_absence_is_caught_up_page_by_page(lan, cookie):
    Notification.objects.bulk_create(
        Notification(recipient=lan, event="test.received", category="initiative", subject=f"SK-{n}", link="/")
        for n in range(250)
    )

    async def play(enter):
        page = await enter(cookie)
        codes = []
        while len(codes) < 250:
            codes += [row["code"] for row in (await page.receive_json_from(5))["rows"]]
        assert codes == [f"SK-{number}" for number in range(250)]
        assert await page.receive_nothing(0.3)

    scenario(play)


def test_every_open_page_of_a_person_is_told_and_nobody_else(lan, cookie):
    minh = make_user("minh")
    other = session_cookie(minh)

    async def play(enter):
        pages = [await enter(cookie), await enter(cookie), await enter(other)]
        for page in pages:
            await page.receive_json_from()
        began = time.monotonic()
        await tell_later(RECEIVED, lan)
        for page in pages[:2]:
            answer = await page.receive_json_from()
            assert ([row["code"] for row in answer["rows"]], answer["unread"]) == (["SK-2026-HD15"], 1)
        assert time.monotonic() - began < 0.9  # the layer, not the watcher
        assert await pages[2].receive_nothing(0.2)

    scenario(play)


def test_a_row_is_told_once_though_layer_and_watcher_both_see_it(lan, cookie):
    async def play(enter):
        page = await enter(cookie)
        await page.receive_json_from()
        await tell_later(RECEIVED, lan)
        assert len((await page.receive_json_from())["rows"]) == 1
        assert await page.receive_nothing(2.2)

    scenario(play)


def test_quiet_rows_carry_only_what_changed(lan, cookie):
    async def play(enter):
        page = await enter(cookie)
        await page.receive_json_from()
        await tell_later(CHANGED, lan, refresh=("initiative:12", "board"))
        answer = await page.receive_json_from()
        assert answer["unread"] == 0
        [row] = answer["rows"]
        assert (row["quiet"], row["text"], row["refresh"]) == (True, "", ["initiative:12", "board"])

    scenario(play)


def test_reading_elsewhere_lowers_the_count_of_open_pages(lan, cookie, client):
    [row] = tell(RECEIVED, lan)
    client.force_login(lan)

    async def play(enter):
        page = await enter(cookie, last=row.id)
        assert (await page.receive_json_from())["unread"] == 1
        await database_sync_to_async(client.post)(f"/thong-bao/{row.id}/da-doc/")
        assert await page.receive_json_from() == {"rows": [], "unread": 0}

    scenario(play)


@pytest.mark.parametrize(
    "message",
    ["nonsense", "[]", "{}", '{"last": -1}', '{"last": 1e400}', '{"last": 99999999999999999999}', b"\x00"],
)
def test_a_page_that_talks_nonsense_is_closed(cookie, message):
    async def talk():
        page = open_socket(cookie)
        await page.connect()
        kind = "bytes_data" if isinstance(message, bytes) else "text_data"
        await page.send_to(**{kind: message})
        assert (await page.receive_output())["code"] == 4400
        await page.disconnect()

    async_to_sync(talk)()


def test_a_socket_ends_with_its_sign_in(lan, cookie, monkeypatch):
    monkeypatch.setattr(hub, "BEAT_EVERY", 0.1)

    async def play(enter):
        page = await enter(cookie)
        await page.receive_json_from()
        assert await page.receive_json_from() == {"beat": True}
        await database_sync_to_async(Session.objects.all().delete)()
        ended = await page.receive_output()
        while ended["type"] != "websocket.close":
            ended = await page.receive_output()
        assert ended["code"] == 4401

    scenario(play)


def test_the_watcher_brings_what_nobody_told_this_process(lan, cookie, monkeypatch):
    monkeypatch.setattr(live, "wake", lambda people: None)

    async def play(enter):
        page = await enter(cookie)
        await page.receive_json_from()
        await tell_later(RECEIVED, lan)
        assert len((await page.receive_json_from(2))["rows"]) == 1

    scenario(play)


def test_the_watcher_finds_a_row_that_commits_after_a_higher_one(lan):
    """Ids are given at insert and seen at commit; where that can differ the last minute is read again."""

    async def look():
        watcher = hub.Watcher()
        assert await watcher.look() == {lan.id}
        assert await watcher.look() == set()
        await database_sync_to_async(tell)(RECEIVED, lan)
        assert await watcher.look() == {lan.id}

    tell(RECEIVED, lan)
    async_to_sync(look)()


def test_the_watcher_catches_up_after_an_outage_of_any_length(lan, monkeypatch):
    watcher = hub.Watcher()

    async def look(failing):
        with monkeypatch.context() as broken:
            if failing:
                broken.setattr(hub, "_recent", None)
            return await watcher.look()

    with pytest.raises(TypeError):
        async_to_sync(look)(True)
    [row] = tell(RECEIVED, lan)
    later = timezone.now() + timezone.timedelta(minutes=10)
    monkeypatch.setattr(hub.timezone, "now", lambda: later)
    assert async_to_sync(look)(False) == {row.recipient_id}


class DeadLayer:
    """A channel layer whose server is gone."""

    async def new_channel(self):
        raise ConnectionError("gone")

    group_send = group_add = group_discard = receive = new_channel


class HangingLayer(DeadLayer):
    async def group_send(self, *args):
        await asyncio.sleep(60)


@pytest.mark.parametrize("layer", [DeadLayer(), HangingLayer()])
def test_a_dead_channel_layer_costs_a_second_and_no_request(lan, cookie, monkeypatch, layer):
    monkeypatch.setattr(live, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(hub, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(live, "LAYER_PATIENCE", 0.2)
    monkeypatch.setattr(live, "_silent_until", 0.0)  # as it was, after the test

    async def play(enter):
        page = await enter(cookie)
        await page.receive_json_from()
        await tell_later(RECEIVED, lan)
        assert len((await page.receive_json_from(3))["rows"]) == 1

    scenario(play)
    assert Notification.objects.count() == 1


# ---- a real server


@contextmanager
def entered(server, cookie, last):
    headers = {"Cookie": cookie}
    with connect(server.socket_address, origin=server.origin, additional_headers=headers) as page:
        page.send(json.dumps({"last": last}))
        yield page


def codes_of(page, count, patience=60):
    codes = []
    while len(codes) < count:
        codes += [row["code"] for row in json.loads(page.recv(patience)).get("rows", [])]
    return codes


def test_rows_of_another_process_arrive_and_a_restart_of_the_server_loses_none(lan, cookie):
    with Daphne(child_environment()) as server:
        with entered(server, cookie, 0) as page:
            page.recv(5)
            [row] = tell(RECEIVED, lan, subject="SK-before")
            assert codes_of(page, 1) == ["SK-before"]
            server.stop()
            with pytest.raises(ConnectionClosed):
                page.recv(5)
        tell(RECEIVED, lan, subject="SK-meanwhile")
        server.start()
        tell(RECEIVED, lan, subject="SK-after")
        with entered(server, cookie, row.id) as again:
            assert codes_of(again, 2) == ["SK-meanwhile", "SK-after"]
