"""The front cache: what it keeps, what it never keeps, and that two processes are never stale."""

import gzip
import hashlib

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.utils import timezone

from portal.front_cache import FrontCache
from portal.models import ContentStamp
from portal.stamp import KEPT, current, current_in_a_thread, drop_old, raise_stamp
from tests.portal.builders import site, standard_page


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class House:
    """An application that counts how often it is asked, with a cache before it."""

    def __init__(
        self,
        status=200,
        headers=((b"X-Public", b"page"), (b"Content-Type", b"text/html")),
        row=None,
        length=0,
    ):
        self.length = length
        self.status, self.headers, self.asked = status, list(headers), 0
        self.row, self.clock, self.wall = {"stamp": 1} if row is None else row, Clock(), Clock()

    async def app(self, scope, receive, send):
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body()})

    def body(self):
        return f"trang {self.asked}".encode().ljust(self.length)

    async def ask_all(self, requests):
        cache = FrontCache(self.app, lambda: self.row["stamp"], self.clock, self.wall)
        answers = []
        for request in requests:
            if callable(request):
                request()
                continue
            answers.append(await ask(cache, **request))
        return answers

    def run(self, *requests):
        return async_to_sync(self.ask_all)(requests)

    def wait(self, seconds):
        return lambda: setattr(self.clock, "now", self.clock.now + seconds)


async def ask(app, method="GET", path="/", query=b"", twice=(), **headers):
    sent = []

    async def send(message):
        sent.append(message)

    every = [*headers.items(), *twice]
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in every]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "scheme": "http"}
    await app({**scope, "headers": named}, None, send)
    start = sent[0]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return start["status"], {name.lower(): value for name, value in start["headers"]}, body


def test_the_second_visitor_does_not_ask_the_application():
    house = House()
    (_, first, one), (_, second, two) = house.run({}, {"accept_language": "xx;q=9,,;"})
    assert house.asked == 1 and one == two == b"trang 1" and first == second
    assert first[b"cache-control"] == b"no-cache" and first[b"vary"] == b"Accept-Encoding, Cookie"
    assert b"x-public" not in first


def test_a_browser_that_has_the_page_hears_304_and_head_has_no_body():
    house = House()
    known = '"x", W/"' + hashlib.sha256(b"trang 1").hexdigest()[:32] + '"'
    _, again, head = house.run({}, {"if_none_match": known}, {"method": "HEAD"})
    assert (house.asked, again[0], again[2], head[2]) == (1, 304, b"", b"")
    assert head[1][b"content-length"] == str(len(b"trang 1")).encode()


def test_whoever_has_opened_a_form_elsewhere_is_served_but_their_answer_is_not_kept():
    house = House()
    token = {"cookie": "csrftoken=x"}
    answers = house.run(token, {}, token)
    assert [body for _, _, body in answers] == [b"trang 1", b"trang 2", b"trang 2"]


def test_without_a_database_every_page_is_asked_of_the_application():
    house = House(row={})
    assert [body for _, _, body in house.run({}, {})] == [b"trang 1", b"trang 2"]


@pytest.mark.parametrize(
    "accepted, packed", [("gzip, br", True), ("gzip;q=0", False), ("br", False), ("", False)]
)
def test_who_takes_gzip_gets_gzip(accepted, packed):
    house = House(length=500)
    _, (_, headers, body) = house.run({}, {"accept_encoding": accepted})
    assert (headers.get(b"content-encoding") == b"gzip") is packed
    assert (gzip.decompress(body) if packed else body) == house.body()


@pytest.mark.parametrize(
    "request_",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "ngon_ngu=en"},
        {"cookie": "a=b; co_chu=large"},
        {"hx_request": "true"},
        {"authorization": "x"},
        {"method": "POST"},
        {"query": b"x=1"},
        {"query": b"page=1&x="},
        {"query": b"page=" + b"9" * 400},
    ],
)
def test_what_may_differ_is_asked_each_time(request_):
    house = House()
    answers = house.run({}, request_, request_)
    assert [body for _, _, body in answers] == [b"trang 1", b"trang 2", b"trang 3"]
    assert all(b"x-public" not in headers for _, headers, _ in answers)


@pytest.mark.parametrize(
    "status, extra",
    [(404, []), (400, []), (302, []), (200, [(b"Set-Cookie", b"csrftoken=x")])],
)
def test_errors_and_cookies_are_never_kept(status, extra):
    house = House(status, [(b"X-Public", b""), *extra])
    house.run({}, {})
    assert house.asked == 2


def test_a_view_that_did_not_opt_in_is_never_kept():
    house = House(headers=[])
    house.run({}, {})
    assert house.asked == 2


@pytest.mark.parametrize(
    "twice",
    [
        [("cookie", "ngon_ngu=en; a=b"), ("cookie", ";")],
        [("cookie", "sessionid=x; a=b"), ("cookie", "csrftoken=x")],
        [("cookie", ""), ("cookie", "co_chu=large")],
    ],
)
def test_cookies_in_two_headers_are_cookies(twice):
    """HTTP/2 may cut them up; a second, empty header must not make the first one's page everybody's."""
    house = House()
    answers = house.run({"twice": twice}, {}, {"twice": twice})
    assert [body for _, _, body in answers] == [b"trang 1", b"trang 2", b"trang 3"]


def test_a_header_nobody_believes_makes_no_page_of_its_own():
    house = House()
    house.run({}, {"x_forwarded_host": "evil.example"}, {"x_forwarded_for": "10.0.0.1"})
    assert house.asked == 1


def test_hosts_and_allowed_queries_have_pages_of_their_own():
    house = House()
    house.run({"host": "a"}, {"host": "b"}, {"host": "a", "query": b"page=2"}, {"host": "a"})
    assert house.asked == 3


def test_a_raised_stamp_is_seen_after_a_second_in_each_of_two_processes():
    row = {"stamp": 1}
    for house in (House(row=row), House(row=row)):
        house.row["stamp"] = 1
        answers = house.run({}, lambda: row.update(stamp=2), house.wait(1), {}, house.wait(61), {})
        assert [body for _, _, body in answers] == [b"trang 1", b"trang 2", b"trang 3"]


@pytest.mark.django_db
def test_publishing_moving_and_deleting_raise_the_stamp():
    site()
    seen = [current()]
    page = standard_page()
    page.save_revision().publish()
    seen.append(current())
    page.unpublish()
    seen.append(current())
    page.delete()
    seen.append(current())
    raise_stamp()
    seen.append(current())
    assert len(set(seen)) == len(seen)


@pytest.mark.django_db
def test_dropping_old_stamps_hides_no_change():
    """A change with a lower key may be committed late (PostgreSQL) while an old row goes."""
    ContentStamp.objects.all().delete()
    for key, age in ((5, 2 * KEPT), (9, 0 * KEPT)):
        ContentStamp.objects.create(pk=key, raised_at=timezone.now() - age)
    before = current()
    drop_old()
    ContentStamp.objects.create(pk=8)
    assert current() != before


@pytest.mark.django_db
def test_pages_are_marked_for_the_anonymous_and_carry_no_cookie(client, django_user_model):
    site()
    standard_page()
    for address in ("/", "/gioi-thieu/", "/sang-kien/"):
        answer = client.get(address)
        assert "X-Public" in answer.headers and not answer.cookies
    client.force_login(django_user_model.objects.create_user("ngoc", password="x"))
    assert "X-Public" not in client.get("/").headers


@pytest.mark.django_db(transaction=True)
def test_what_a_publisher_changes_is_read_at_once_though_kept(client):
    """The whole way: the portal's own application behind the cache, the stamp read in a thread."""
    site()
    page = standard_page(summary="Lịch cũ.")
    page.save_revision().publish()
    clock = Clock()

    async def visits():
        from django.core.asgi import get_asgi_application

        cache = FrontCache(get_asgi_application(), current_in_a_thread, clock)
        first = await get(cache, "/gioi-thieu/")
        kept = await get(cache, "/gioi-thieu/")
        await sync_to_async(republish)()
        clock.now += 0.6
        return first, kept, await get(cache, "/gioi-thieu/")

    def republish():
        page.summary = "Lịch mới."
        page.save_revision().publish()

    first, kept, after = async_to_sync(visits)()
    assert first == kept
    assert ("Lịch cũ." in first, "Lịch mới." in first) == (True, False)
    assert ("Lịch cũ." in after, "Lịch mới." in after) == (False, True)


async def get(cache, path):
    answer = ApplicationCommunicator(cache, http_scope(path))
    await answer.send_input({"type": "http.request", "body": b""})
    start = await answer.receive_output(30)
    assert start["status"] == 200
    body = (await answer.receive_output(30))["body"]
    await answer.wait()
    return body.decode()


def http_scope(path):
    address = {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
    return {
        **{"type": "http", "method": "GET", "scheme": "http", "http_version": "1.1"},
        **address,
        "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80),
    }


UNTIL = (b"x-public-until", b"1005.000")


def test_a_page_that_names_its_end_is_kept_no_longer_and_does_not_tell_it():
    house = House(headers=[(b"X-Public", b""), (b"Content-Type", b"text/html"), UNTIL])
    first, second, third = house.run({}, house.wait(4.9), {}, house.wait(0.2), {})
    assert [answer[2] for answer in (first, second, third)] == [b"trang 1", b"trang 1", b"trang 2"]
    assert all(b"x-public-until" not in headers for _, headers, _ in (first, second, third))
