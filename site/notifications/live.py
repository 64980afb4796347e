"""The fast path to open pages. It only says "look": what there is to see is read from the database."""

import asyncio
import logging
import time

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

log = logging.getLogger(__name__)

GROUP = "notifications"
LARGE_AUDIENCE = 2000  # beyond this the message itself grows; the watcher of each process finds the rows
LAYER_PATIENCE = 2.0  # seconds a request waits for the channel layer
PAUSE = 5.0  # seconds a layer that failed is left alone: one request waits for it, not each

_silent_until = 0.0


def wake(user_ids):
    """Tells every web process to look for new rows of these people. Called after commit; never raises:

    a dead layer costs a second of delay, not the request that has already succeeded.
    """
    global _silent_until
    if not user_ids or len(user_ids) > LARGE_AUDIENCE or _inside_event_loop():
        return
    if time.monotonic() < _silent_until:
        return
    try:
        async_to_sync(_send)(list(user_ids))
    except Exception:
        _silent_until = time.monotonic() + PAUSE
        log.warning("live: the channel layer did not take the message", exc_info=True)


def sign_in_ended(user_ids):
    """Tells every web process to close the sockets of ended sign-ins of these people now; the next heartbeat
    would. Called after commit; never raises."""
    if _inside_event_loop():
        return
    try:
        async_to_sync(_send)(list(user_ids), ended=True)
    except Exception:
        log.warning("live: the channel layer did not take the message", exc_info=True)


async def _send(user_ids, ended=False):
    message = {"type": "look", "users": user_ids, "ended": ended}
    await asyncio.wait_for(get_channel_layer().group_send(GROUP, message), LAYER_PATIENCE)


def _inside_event_loop():
    """Blocking here would stop the loop; the watcher serves these rows."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
