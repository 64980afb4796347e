"""`python -m config.server -b 127.0.0.1 -p 8001 …`: Daphne that goes without hurting anybody.

Takes Daphne's own options and serves `config.asgi`. On TERM it stops accepting, tells every socket to come
back elsewhere (close code 1012, "service restart"), lets requests in progress finish and is gone within
`GRACE`, whatever hangs. To systemd it says when it serves, when it stops, and that its event loop turns.
"""

import asyncio
import logging
import os
import socket
import sys
import time

from daphne.server import Server  # first: it chooses Twisted's event loop  # isort: skip
from daphne.cli import CommandLineInterface
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor

log = logging.getLogger(__name__)

SERVICE_RESTART = 1012  # RFC 6455's registry: the client may come back, after a random while
GRACE = float(os.environ.get("SERVER_GRACE", "20"))  # seconds for requests in progress
CLOSING = 2.0  # seconds for the peers of sockets to answer the close frame
LOOK_EVERY = 0.05  # seconds


class DrainingServer(Server):
    """Daphne's server with an orderly end."""

    overdue = False  # whether something hung until the end of GRACE

    def run(self):
        self.ports = []
        self._told = _tell_systemd("READY=1")
        if self._told and (every := _watchdog_seconds()):
            reactor.callLater(every, self._still_here, every)
        super().run()

    def listen_success(self, port):
        super().listen_success(port)
        self.ports.append(port)

    def _still_here(self, every):
        _tell_systemd("WATCHDOG=1")
        reactor.callLater(every, self._still_here, every)

    def kill_all_applications(self):
        """Twisted's step before it shuts down: it waits for the Deferred."""
        return defer.Deferred.fromFuture(asyncio.ensure_future(self._drain()))

    async def _drain(self):
        _tell_systemd("STOPPING=1")
        began = time.monotonic()
        for port in self.ports:
            await defer.maybeDeferred(port.stopListening).asFuture(asyncio.get_running_loop())
        sockets = self._close_sockets()
        await _until(lambda: not self._open(WebSocketProtocol), began + CLOSING)
        requests = len(self._open())
        self.overdue = not await _until(lambda: not self._open(), began + GRACE)
        log.info("stopped: %d sockets told, %d requests finished or ended", sockets, requests)
        await self._end_what_is_left()

    def _close_sockets(self):
        sockets = [one for one in self._open(WebSocketProtocol) if one.state == one.STATE_OPEN]
        for one in sockets:
            one.sendCloseFrame(code=SERVICE_RESTART)  # sendClose allows no code of the server's own
        return len(sockets)

    def _open(self, kind=object):
        return [
            one
            for one, facts in self.connections.items()
            if "disconnected" not in facts and isinstance(one, kind)
        ]

    async def _end_what_is_left(self):
        """As Daphne does, less its assumption that every connection has an application already."""
        left = [
            facts["application_instance"]
            for facts in self.connections.values()
            if facts.get("application_instance") and not facts["application_instance"].done()
        ]
        for one in left:
            one.cancel()
        await asyncio.wait(left, timeout=CLOSING) if left else None


class ServerCommand(CommandLineInterface):
    server_class = DrainingServer


async def _until(condition, deadline):
    """Whether it became true before `deadline` (of the monotonic clock)."""
    while not condition():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(LOOK_EVERY)
    return True


def _tell_systemd(state):
    """sd_notify(3); whether there is a systemd that listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
    return True


def _watchdog_seconds():
    """Half of what the unit's WatchdogSec allows; 0 where it asks for none."""
    return int(os.environ.get("WATCHDOG_USEC", "0")) / 2_000_000


def serve(arguments):
    """Serves until TERM or Ctrl-C, then returns; a request that hangs is not waited for."""
    command = ServerCommand()
    command.run([*arguments, "config.asgi:application"])
    return command.server


def main():
    server = serve(sys.argv[1:])
    if server.overdue:  # a thread that hangs would keep Python from ending
        logging.shutdown()
        os._exit(1)


if __name__ == "__main__":
    main()
