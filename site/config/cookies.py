"""Names of the portal's own cookies.

A browser takes a cookie called `__Host-…` only over TLS, for the whole host and from the host itself: no
neighbour below the same domain and nobody on an unencrypted line can plant one. It wants Secure, so a trial
without TLS uses the plain name.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


def cookie_name(name, path="/"):
    """`name` as this installation calls its cookie. One for a part of the host can only be `__Secure-…`."""
    if not settings.SESSION_COOKIE_SECURE:
        return name
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"


class _MessagesCookie(CookieStorage):
    @property
    def cookie_name(self):
        return cookie_name("messages")


class MessageStorage(FallbackStorage):
    """Django's own, its cookie called as ours are."""

    storage_classes = (_MessagesCookie, SessionStorage)
