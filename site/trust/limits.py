"""How often one address may guess (codes that open something without a sign-in), or ask (open data)."""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac

from .audit import record


@dataclass(frozen=True)
class _PerAddress:
    """At most `most` of one address in `seconds`, counted from the first.

    Kept in the default cache: with the in-process cache each web process counts for itself. The address
    itself stands nowhere: its salted hash does.
    """

    name: str
    most: int
    seconds: int

    @property
    def minutes(self):
        return -(-self.seconds // 60)

    def _count(self, request):
        """How many there are with this one; `incr` is atomic, so that those sent at once all count."""
        key = self._key(request)
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key)
        except ValueError:  # it ran out in between
            cache.set(key, 1, self.seconds)
            return 1

    def _note(self):
        """Into the trail once each time, not for every request after: refusing stays cheap."""
        record("limit.reached", outcome="refused", limit=self.name)

    def _key(self, request):
        hashed = salted_hmac("trust.limits", network_of(request), algorithm="sha256").hexdigest()[:32]
        return f"{self._counted}-{self.name}-{hashed}"


class WrongTries(_PerAddress):
    """Wrong tries: whoever guesses right is never counted."""

    _counted = "wrong"

    def used_up(self, request):
        return cache.get(self._key(request), 0) >= self.most

    def add(self, request):
        """Counts one wrong try."""
        if self._count(request) == self.most:
            self._note()


class Requests(_PerAddress):
    """Every request counts."""

    _counted = "asked"

    def take(self, request):
        """Counts this request; whether it is still within the limit."""
        count = self._count(request)
        if count == self.most + 1:
            self._note()
        return count <= self.most


def network_of(request):
    """The client's address as sign-in sees it (trusted proxies are set there); of IPv6 the /64, since one
    connection has that many addresses."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
