"""The socket opens for our own pages alone, with the scheme and the port they came by."""

import pytest
from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator

from config.socket_origin import AllowedHostsOriginValidator


async def accepting(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})


def opens(origin):
    headers = [(b"host", b"portal.example")] + ([(b"origin", origin.encode())] if origin else [])

    async def knock():
        page = WebsocketCommunicator(AllowedHostsOriginValidator(accepting), "/ws/", headers=headers)
        return (await page.connect())[0]

    return async_to_sync(knock)()


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("https://portal.example", True),
        ("https://portal.example:443", True),
        ("https://cong.example", True),
        ("http://portal.example", False),
        ("https://portal.example:8443", False),
        ("https://evil.example", False),
        ("https://portal.example.evil.example", False),
        ("https://sub.portal.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_where_tls_is_spoken_a_page_must_have_come_over_it(settings, origin, may):
    settings.SECURE_SSL_REDIRECT = True
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portal.example", ["portal.example", "cong.example"]
    assert opens(origin) is may


@pytest.mark.parametrize(
    ("origin", "may"), [("http://127.0.0.1:8000", True), ("http://evil.example", False), ("", False)]
)
def test_a_trial_asks_for_the_host(settings, origin, may):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = False, ["127.0.0.1"]
    assert opens(origin) is may
