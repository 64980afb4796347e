"""From page to page by the links on them, as one reader; of each kind of page a few."""

import re
import urllib.error
import urllib.request
from collections import Counter, deque
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

OF_A_KIND = 2  # pages of one view that differ in their argument, and as many that differ in their query
# Wagtail's pages are not ours to mend; what is under the others is no page.
LEFT_OUT = re.compile(r"/(quan-tri|static|media|tai-lieu|ws)/|.*\.(ics|csv|xml|pdf)$")
SAME_FOR_ALL = ("portal", "papers")  # seen once, by the public


@dataclass(frozen=True)
class Found:
    """An address, who asked for it, and the answer."""

    reader: str
    path: str
    status: int
    html: str
    from_path: str = ""

    @property
    def name(self):
        return re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-") or "home"


def walk(site, reader, paths):
    """Pages reached from these, which are among them themselves whatever their kind."""
    waiting, met, of_a_kind = deque((path, "") for path in paths), set(paths), Counter()
    while waiting:
        path, from_path = waiting.popleft()
        answer = ask(site, reader, path, from_path)
        if answer is None:
            continue
        yield answer
        for link in _links(answer):
            kind = _kind(link)
            if link in met or of_a_kind[kind] >= OF_A_KIND or (reader and kind.startswith(SAME_FOR_ALL)):
                continue
            met.add(link)
            of_a_kind[kind] += 1
            waiting.append((link, path))


def ask(site, reader, path, from_path=""):
    """The answer; None where it is no page but a file, a part of a page, or leads elsewhere."""
    request = urllib.request.Request(site.origin + path, headers={"Cookie": site.cookie_of(reader)})
    try:
        answer = _OPENER.open(request, timeout=60)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        if answer.status in (301, 302) or answer.headers.get_content_type() != "text/html":
            return None
        html = answer.read().decode()
    return Found(reader, path, answer.status, html, from_path) if "<html" in html else None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


class _Anchors(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.links.append(href)


def _links(page):
    """Addresses of the portal itself, without what follows #."""
    anchors = _Anchors()
    anchors.feed(page.html)
    for link in anchors.links:
        parts = urlsplit(urljoin(f"http://portal{page.path}", link))
        if parts.netloc == "portal" and not LEFT_OUT.match(parts.path):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


@cache
def _kind(link):
    """The view, for the page tree the kind of page; and whether something is asked for in a query."""
    from django.urls import Resolver404, resolve

    parts = urlsplit(link)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return link
    what = match.view_name if match.view_name != "wagtail_serve" else _kind_of_page(parts.path)
    return f"{what}?" if parts.query else what


def _kind_of_page(path):
    from django.http import Http404
    from wagtail.models import Site

    root = Site.objects.get(is_default_site=True).root_page.specific
    try:
        return type(root.route(None, [part for part in path.split("/") if part]).page)._meta.label
    except Http404:
        return path
