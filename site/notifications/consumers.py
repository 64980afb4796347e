"""`/ws/notifications/`: one socket per open page."""

from channels.exceptions import DenyConnection
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.utils import translation

from . import feed
from .access import may_listen
from .hub import hub_here
from .room import MOST_OF_ONE_PERSON

BAD_MESSAGE = 4400
SIGN_IN_ENDED = 4401


class NotificationConsumer(AsyncJsonWebsocketConsumer):
    """The page says `{"last": id}` and gets its person's rows after that one, now and whenever some come.

    Sends `{"rows": [...], "unread": n}` and `{"beat": true}`. The hub reads and sends; nothing here waits
    for the database or the channel layer.
    """

    channel_layer_alias = "none of its own"  # the hub listens for all sockets

    user_id = None
    session_key = None
    last = None
    unread = None

    async def connect(self):
        user = self.scope["user"]
        if not user.is_authenticated or not await may_listen(user):
            raise DenyConnection  # 403: nobody is told that something would be here
        if hub_here().count_of(user.pk) >= MOST_OF_ONE_PERSON:
            raise DenyConnection
        self.user_id = user.pk
        self.session_key = self.scope["session"].session_key
        self.language = _language(self.scope.get("cookies", {}))
        self.hub = hub_here()
        await self.accept()
        self.hub.join(self)

    async def disconnect(self, code):
        if self.user_id is not None:
            await self.hub.leave(self)

    @classmethod
    async def decode_json(cls, text_data):
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None

    async def receive(self, text_data=None, bytes_data=None, **kwargs):
        if not text_data:
            await self.close(BAD_MESSAGE)
        else:
            await super().receive(text_data=text_data, **kwargs)

    async def receive_json(self, content, **kwargs):
        try:
            self.last = feed.position(content["last"])
        except (KeyError, TypeError, ValueError):
            await self.close(BAD_MESSAGE)
            return
        self.unread = None  # whoever says hello gets an answer, new rows or not
        self.hub.wake([self.user_id])

    async def deliver(self, rows, unread):
        """Sends those of `rows` this page has not got. Called by the hub alone."""
        if self.last is None:
            return
        new = [row for row in rows if row.id > self.last]
        if not new and unread == self.unread:
            return
        self.last = max([self.last, *(row.id for row in new)])
        self.unread = unread
        with translation.override(self.language):
            messages = [feed.as_message(row) for row in new]
        await self.send_json({"rows": messages, "unread": unread})

    async def beat(self):
        await self.send_json({"beat": True})

    async def sign_in_ended(self):
        await self.close(SIGN_IN_ENDED)


def _language(cookies):
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
