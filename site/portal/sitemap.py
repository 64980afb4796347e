"""`sitemap.xml`, `robots.txt` and `security.txt`: what search engines should read, what they should
leave alone, and where a weakness is told.

Pages of the tree are listed from here; an app with public addresses of its own registers a provider in
AppConfig.ready. Whatever a person needs a code, an account or a form for is named by nobody.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .public_page import public_page
from .readable import readable

MOST = 50_000  # addresses in one file, by sitemaps.org
# The editor, accounts, certificates by their code, calendars of people and of the ward. Not the search: its
# pages say themselves what they are, which a robot that may not read them never learns.
NOT_FOR_ROBOTS = ("/quan-tri/", "/tai-khoan/", "/xac-minh/", "/*.ics$")
_OWN = ("portal:calendar", "portal:search", "portal:open_data", "portal:open_data_guide")  # beside the tree


@dataclass(frozen=True)
class Address:
    """`path` of something everybody may read now, and when it last changed where that is known."""

    path: str
    changed: date | datetime | None = None


Provider = Callable[[], Iterable[Address]]
_providers: list[Provider] = []


def register_addresses(provider: Provider):
    """`provider()` gives the addresses of an app that everybody may read at this moment, no other."""
    if provider not in _providers:
        _providers.append(provider)


def addresses() -> list[Address]:
    """Pages in the order of the tree, then what the apps registered; at most `MOST`."""
    found = list(_pages())
    for provider in _providers:
        found += provider()
    return found[:MOST]


def _pages():
    for page in readable(Page.objects).filter(depth__gt=1).order_by("path"):
        if page.url:
            yield Address(page.url, page.last_published_at)
    for name in _OWN:
        yield Address(reverse(name))


@require_safe
def sitemap(request):
    """By the protocol of sitemaps.org. Asked anew each time: what was taken back is gone at once."""
    text = io.StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    site = settings.SITE_URL.rstrip("/")
    for address in addresses():
        xml.startElement("url", {})
        xml.addQuickElement("loc", f"{site}{address.path}")
        if address.changed:
            xml.addQuickElement("lastmod", _written(address.changed))
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type="application/xml; charset=utf-8")


def _written(changed):
    """A day as it is, a moment to the second with its offset."""
    if isinstance(changed, datetime):
        return timezone.localtime(changed).isoformat(timespec="seconds")
    return changed.isoformat()


SECURITY_CONTACT_STANDS = timedelta(days=180)  # RFC 9116 asks for less than a year


@require_safe
@public_page()
def security_contact(request):
    """/.well-known/security.txt (RFC 9116): where somebody who found a weakness tells of it. 404 where the
    ward names no mailbox."""
    mailbox = settings.PORTAL["email"]
    if not mailbox:
        raise Http404
    until = timezone.now().replace(microsecond=0) + SECURITY_CONTACT_STANDS
    lines = [
        f"Contact: mailto:{mailbox}",
        f"Expires: {until.astimezone(UTC).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}{reverse('portal:security_contact')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public_page()
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.SITE_URL.rstrip('/')}{reverse('portal:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
