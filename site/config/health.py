"""`GET /healthz`: whether database, cache, channel layer and worker answer."""

import asyncio
import logging
import uuid
from datetime import timedelta

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from obligations.models import Heartbeat

log = logging.getLogger(__name__)
WORKER_SILENT_AFTER = timedelta(seconds=60)
PATIENCE = 2.0  # seconds the channel layer may take


@require_safe
@never_cache
def healthz(request):
    """200 `{"status": "ok", …}`, or 503 with the failing part named; no detail leaves the server."""
    parts = {name: _ask(name, check) for name, check in _CHECKS.items()}
    healthy = all(state == "ok" for state in parts.values())
    return JsonResponse({"status": "ok" if healthy else "failing", **parts}, status=200 if healthy else 503)


def _ask(name, check):
    try:
        return "ok" if check() else "failing"
    except Exception:  # whatever broke, the answer is the same
        log.exception("health: %s", name)
        return "failing"


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache():
    if ping := getattr(cache, "ping", None):
        ping()  # the cache itself goes on without its server (config.steady_cache)
    token = uuid.uuid4().hex
    cache.set(f"healthz:{token}", token, 10)
    return cache.get(f"healthz:{token}") == token


def _channels():
    async def round_trip():
        layer = get_channel_layer()
        channel = await layer.new_channel("healthz.")
        await layer.send(channel, {"type": "healthz"})
        return (await layer.receive(channel))["type"] == "healthz"

    async def in_time():
        return await asyncio.wait_for(round_trip(), PATIENCE)

    return async_to_sync(in_time)()


def _worker():
    beat = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
    # A beat that lies ahead was written before the clock was set back: it says nothing about now.
    return beat is not None and abs(timezone.now() - beat) < WORKER_SILENT_AFTER


_CHECKS = {"database": _database, "cache": _cache, "channels": _channels, "worker": _worker}
