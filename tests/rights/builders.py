"""Requests as people send them, and the officer who handles them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from people.roles import Role
from rights import handling, log, sending
from rights.models import RightsRequest
from tests.people.builders import account

HAI_PHONG = ZoneInfo("Asia/Ho_Chi_Minh")


def at(year, month, day, hour=9, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=HAI_PHONG)


NOW = at(2026, 10, 5)  # a Monday


def officer(username="baove"):
    return account(username, Role.DATA_PROTECTION_OFFICER)


def sent(kind="delete", *, key="k", user=None, now=NOW, **values):
    given = {"text": "Mọi dữ liệu về tôi", "name": "Người Gửi 8120", "email": "gui.8120@thu.example"} | values
    if user is not None:
        given = {"text": given["text"]}
    made, _new = sending.send(sending.Sent(kind, **given), key, user=user, now=now)
    return made


def fresh(request):
    return RightsRequest.objects.get(pk=request.pk)


def do(step, request, user, *words, now=NOW, **values):
    """One step of the officer, from a page drawn just now."""
    return getattr(handling, step)(request, user, *words, seen=log.last_seen(request), now=now, **values)
