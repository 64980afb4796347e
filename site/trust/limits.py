"""How often one address may guess: for codes that open something without a sign-in."""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class WrongTries:
    """At most `most` wrong tries of one address in `seconds`, counted from the first.

    Kept in the default cache: with the in-process cache each web process counts for itself.
    """

    name: str
    most: int
    seconds: int

    @property
    def minutes(self):
        return -(-self.seconds // 60)

    def used_up(self, request):
        return cache.get(self._key(request), 0) >= self.most

    def add(self, request):
        """Counts one wrong try; `incr` is atomic, so that tries sent at once all count."""
        key = self._key(request)
        cache.add(key, 0, self.seconds)
        try:
            cache.incr(key)
        except ValueError:  # it ran out in between
            cache.set(key, 1, self.seconds)

    def _key(self, request):
        return f"wrong-{self.name}-{_network(request)}"


def _network(request):
    """The client's address as sign-in sees it (trusted proxies are set there); of IPv6 the /64, since one
    connection has that many addresses."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
