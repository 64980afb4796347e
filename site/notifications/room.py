"""How many sockets there is room for. Whoever finds none is refused before the socket opens (403); the page
then asks for its news every 15 seconds, so that nothing is lost but the second."""

import logging

from django.conf import settings

log = logging.getLogger(__name__)

MOST_OF_ONE_PERSON = 30  # pages and devices of one account, in one process


class Room:
    """ASGI around the sockets of a process: at most `SOCKETS_MOST` at once, handshakes included. Whoever is
    too many costs no question to the database."""

    def __init__(self, app):
        self.app, self.taken, self.is_full = app, 0, False

    async def __call__(self, scope, receive, send):
        if self.taken >= settings.SOCKETS_MOST:
            if not self.is_full:
                log.warning("live: %d sockets are open, more are refused", self.taken)
            self.is_full = True
            await receive()  # the handshake
            await send({"type": "websocket.close"})
            return
        self.taken += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.taken -= 1
            self.is_full = self.is_full and self.taken > settings.SOCKETS_MOST * 0.9
