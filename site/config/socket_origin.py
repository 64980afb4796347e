"""Whose pages may open the socket."""

from channels.security.websocket import OriginValidator
from django.conf import settings


class AllowedHostsOriginValidator(OriginValidator):
    """Channels' own of this name takes a page of any scheme and port on our hosts. Where TLS is spoken, only
    what came over it: a page somebody slipped in on an unencrypted line has our host's name too."""

    def __init__(self, application):
        super().__init__(application, socket_origins())


def socket_origins():
    """As `OriginValidator` compares them."""
    if not settings.SECURE_SSL_REDIRECT:
        return settings.ALLOWED_HOSTS
    return [settings.SITE_URL, *(f"https://{host}" for host in settings.ALLOWED_HOSTS)]
