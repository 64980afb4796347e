"""Sessions that end with disuse.

The moment of the last activity and the time allowed without any stand in the session; both make its expiry,
so that whatever writes into a session meanwhile (a message, kept text) does not prolong it, and the sockets
of a session (notifications.hub) end with it. Sessions of people who are not signed in last as Django has it.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

BEGAN, SEEN, ALLOWED = "began_at", "seen_at", "idle_seconds"  # the first two: seconds since the epoch


class SessionStore(DatabaseStore):
    def get_expiry_date(self, **kwargs):
        if SEEN not in self:
            return super().get_expiry_date(**kwargs)
        from django.conf import settings

        longest = timedelta(hours=settings.SESSION_LONGEST_HOURS).total_seconds()
        ends = min(self[SEEN] + self[ALLOWED], self[BEGAN] + longest)
        return datetime.fromtimestamp(ends, tz=timezone.get_default_timezone())

    def get_expiry_age(self, **kwargs):
        if SEEN not in self:
            return super().get_expiry_age(**kwargs)
        return max(0, int((self.get_expiry_date() - timezone.now()).total_seconds()))

    def get_expire_at_browser_close(self):
        """The cookie of a sign-in does not outlive the browser."""
        return SEEN in self or super().get_expire_at_browser_close()
