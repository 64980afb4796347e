"""The shipped nginx configuration, run by the nginx of the machine in front of two real web processes."""

import gzip
import json
import re
import socket
import ssl
import uuid
from contextlib import ExitStack

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from ideas.models import Attachment
from tests.ideas import builders
from tests.ideas.form_builders import step, typed
from tests.notifications.builders import RECEIVED, child_environment, session_cookie, tell

from .front import NAME, NGINX, PATIENCE, REDIS, Front, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (NGINX and REDIS), reason="needs nginx and redis-server (apt-get install both)"),
]
PHIEN = "__Host-phien"  # the cookie of a session in production
MB = 1024 * 1024
# What the portal itself gives with every page; each must arrive once.
PAGE_HEADERS = [
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
]


@pytest.fixture(scope="module")
def front(django_db_setup):
    told = child_environment()
    database = told.get("DATABASE_URL") or f"sqlite:///{told['TEST_DATABASE_FILE']}"
    with Front({"DATABASE_URL": database, "SECRET_KEY": portal_settings.SECRET_KEY}) as front:
        yield front


@pytest.fixture(autouse=True)
def _files(front, settings):
    """Tests write where the processes read."""
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = front.media, front.media / "private"
    from django.apps import apps

    from ideas.reference_data import load_reference_data

    load_reference_data(sender=apps.get_app_config("ideas"), using="default")


@pytest.fixture
def ward():
    return builders.make_ward()


def cookies_of(user):
    """A session as production names it."""
    return {PHIEN: session_cookie(user).partition("=")[2]}


def form_token(front, path, cookies):
    """Cookies with the form token's, and the token of a page's form."""
    page = front.ask(path, cookies=cookies)
    assert page.status == 200, page.text[:500]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    return cookies | page.cookies, token


def multipart(fields, *files):
    """(body, content type): `files` are (field, name, content)."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for field, name, content in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n")
    parts.append(f"--{mark}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


def processes_in_log(front, path):
    lines = [json.loads(line) for line in front.log()]
    return {line["process"] for line in lines if line["path"] == path}


# ---- pages


def test_a_page_comes_with_each_header_once(front):
    page = front.ask("/xac-minh/")
    assert page.status == 200
    assert "Xác minh" in page.text
    assert [page.get(name) is not None for name in PAGE_HEADERS] == [True] * len(PAGE_HEADERS)
    assert (page.get("server"), page.get("x-content-type-options")) == ("nginx", "nosniff")
    assert page.get("strict-transport-security") == "max-age=31536000; includeSubDomains; preload"


def test_another_name_is_refused_before_anything_is_said(front):
    with pytest.raises(ssl.SSLError):
        front.tls("other.example")


def test_plain_http_leads_to_the_portals_own_name(front):
    with socket.create_connection(("127.0.0.1", front.http), timeout=PATIENCE) as line:
        line.sendall(f"GET /xac-minh/?ma=1 HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        answer = line.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 301 ")
    assert f"\r\nLocation: https://{NAME}/xac-minh/?ma=1\r\n" in answer


@pytest.mark.parametrize(
    "path", ["/du-lieu-mo/v1/", "/lich/viec/bi-mat.ics", "/dao-tao/lich/bi-mat.ics", "/ws/"]
)
def test_a_program_that_asks_without_tls_is_told_at_once(front, path):
    with socket.create_connection(("127.0.0.1", front.http), timeout=PATIENCE) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        assert line.makefile("rb").read().startswith(b"HTTP/1.1 403 ")


def test_trace_is_refused(front):
    assert front.ask("/", method="TRACE").status == 405


def test_what_a_client_says_about_itself_does_not_come_through(front):
    page = front.ask(
        "/xac-minh/",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Proto="http",
        Daphne_Root_Path="/evil",
        Forwarded="host=evil.example",
    )
    assert page.status == 200
    assert "evil" not in page.text


def test_figures_of_a_process_are_not_to_be_had_through_the_front(front):
    page = front.ask("/metrics", Authorization="Bearer anything")
    assert page.status == 404
    assert "hungdao_" not in page.text
    assert "hungdao_sockets 0.0" in front.processes[0].metrics()


# ---- static files


def test_a_file_with_its_hash_in_the_name_is_kept_for_ever_and_comes_packed(front):
    (path,) = {f"/static/{file.name}" for file in front.static.glob("portal.????????????.css")}
    packed = front.ask(path, Accept_Encoding="gzip")
    plain = front.ask(path)
    assert [packed.status, plain.status] == [200, 200]
    assert packed.get("content-encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body == (front.static / path.rpartition("/")[2]).read_bytes()
    for answer in (packed, plain):
        assert answer.get("cache-control") == "public, max-age=31536000, immutable"
        assert answer.get("content-type") == "text/css; charset=utf-8"
        assert answer.get("x-content-type-options") == "nosniff"
        assert answer.get("content-security-policy") == "default-src 'none'; frame-ancestors 'none'"
        assert answer.get("cross-origin-resource-policy") == "same-origin"
        assert answer.get("vary") == "Accept-Encoding"
    assert front.ask("/static/portal.css").get("cache-control") == "public, max-age=300"


def test_no_process_is_asked_for_a_static_file(front):
    before = [process.metrics().count("\n") and process.cpu() for process in front.processes]
    for _ in range(50):
        assert front.ask("/static/portal.css").status == 200
    assert front.ask("/static/../manage.py").status in (400, 404)
    assert front.ask("/static/no-such-file.css").status == 404
    assert sum(process.cpu() for process in front.processes) - sum(before) < 0.5


# ---- people


def test_somebody_signs_in_and_is_known_to_both_processes(front, ward):
    encoded = PBKDF2PasswordHasher().encode("only-for-tests-14", "salt", iterations=1000)
    type(ward.tacgia).objects.filter(pk=ward.tacgia.pk).update(password=encoded)
    cookies, token = form_token(front, "/tai-khoan/login/", {})
    form = f"csrfmiddlewaretoken={token}&login=tacgia&password=only-for-tests-14"
    answer = front.ask(
        "/tai-khoan/login/", "POST", form, cookies, Content_Type="application/x-www-form-urlencoded"
    )
    assert (answer.status, answer.get("location")) == (302, "/viec-cua-toi/")
    raw = next(value for value in answer.all("set-cookie") if value.startswith(PHIEN))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(raw.split("; "))
    signed_in = cookies | answer.cookies
    pages = [front.ask("/thong-bao/", cookies=signed_in) for _ in range(6)]
    assert [page.status for page in pages] == [200] * 6
    asked = until(lambda: len(found := processes_in_log(front, "/thong-bao/")) == 2 and found)
    assert asked == {f"127.0.0.1:{port}" for port in front.ports}


def test_what_one_process_counts_the_other_knows(front):
    """The limit of wrong certificate codes is 30 in ten minutes, however they spread over the processes."""
    answers = [front.ask(f"/xac-minh/{'ABCDEFGH'[:7]}{number % 10}/").status for number in range(34)]
    assert answers[:30] == [404] * 30
    assert answers[31:] == [429] * 3
    front.redis.kill()
    front.redis.wait()
    front.start_redis()  # empty again: other tests count from nothing


# ---- private files


@pytest.fixture
def attachment(ward):
    initiative = builders.start_dossier(ward.tacgia, "Nhắc hạn hồ sơ bằng bảng màu dùng chung")
    return builders.attach(initiative)


def test_a_private_file_is_handed_out_by_nginx_to_whom_the_portal_says_yes(front, ward, attachment):
    path = f"{attachment.initiative.get_absolute_url()}tep/{attachment.pk}/"
    mine = front.ask(path, cookies=cookies_of(ward.tacgia))
    assert (mine.status, mine.body) == (200, builders.PDF)
    assert mine.get("content-type") == "application/pdf"
    assert mine.get("content-disposition") == 'attachment; filename="minh-chung.pdf"'
    assert mine.get("cache-control") == "private, no-store"
    assert mine.get("x-robots-tag") == "noindex"
    assert "sandbox" in mine.get("content-security-policy")
    assert [mine.get(name) is not None for name in PAGE_HEADERS] == [True] * len(PAGE_HEADERS)
    assert mine.get("x-accel-redirect") is None
    assert front.ask(path, cookies=cookies_of(ward.nguoikhac)).status == 404
    assert front.ask(path).status == 302
    handed_out = f"/_rieng/{attachment.file.name}"
    assert until(lambda: [one for one in map(json.loads, front.log()) if one["file"] == handed_out])


@pytest.mark.parametrize(
    "path", ["/_rieng/{name}", "/_tep/private/{name}", "/_loi/qua-lon.html", "/media/private/{name}"]
)
def test_no_folder_has_an_address(front, attachment, path):
    assert (front.media / "private" / attachment.file.name).is_file()
    answer = front.ask(path.format(name=attachment.file.name))
    assert answer.status == 404
    assert builders.PDF not in answer.body


# ---- uploads


@pytest.fixture
def form(front, ward):
    """(dossier, address, cookies, fields) of the step where files are added."""
    initiative = builders.draft(ward)
    path = step(initiative, 6)
    cookies, token = form_token(front, path, cookies_of(ward.tacgia))
    fields = typed(initiative, 6, then="stay", files_kind="evidence", csrfmiddlewaretoken=token)
    return initiative, path, cookies, fields


def send_file(front, form, size):
    _initiative, path, cookies, fields = form
    head, rest = builders.PDF[:9], builders.PDF[9:]
    content = head + b"%" * (size - len(builders.PDF) - 1) + b"\n" + rest
    body, kind = multipart(fields, ("files", "lon.pdf", content))
    return front.ask(path, "POST", body, cookies, Content_Type=kind)


def kept(form):
    return list(Attachment.objects.filter(initiative=form[0], name="lon.pdf").values_list("size", flat=True))


def test_a_file_of_20_mb_is_taken(front, form):
    page = send_file(front, form, 20 * MB)
    assert page.status == 302, page.text
    assert kept(form) == [20 * MB]


def test_a_file_of_25_mb_is_refused_by_the_portal_with_the_form_as_it_was(front, form):
    page = send_file(front, form, 25 * MB)
    assert page.status == 200
    assert "tối đa 20\u00a0MB" in page.text
    assert kept(form) == []


def test_a_file_of_200_mb_is_refused_in_words(front, form):
    page = send_file(front, form, 200 * MB)
    assert page.status == 413
    assert "Tệp gửi lên quá lớn" in page.text
    assert page.get("content-security-policy").startswith("default-src 'none'")
    assert page.get("strict-transport-security") == "max-age=31536000; includeSubDomains; preload"
    assert page.get("retry-after") is None
    assert kept(form) == []


# ---- sockets


def open_socket(front, user):
    return connect(
        f"wss://{NAME}/ws/notifications/",
        sock=socket.create_connection(("127.0.0.1", front.https), timeout=PATIENCE),
        ssl=ssl.create_default_context(cafile=str(front.certificate)),
        origin=f"https://{NAME}",
        additional_headers={"Cookie": "; ".join(f"{n}={v}" for n, v in cookies_of(user).items())},
    )


def rows_of(page, count):
    got = []
    while len(got) < count:
        got += [row["id"] for row in json.loads(page.recv(PATIENCE)).get("rows", [])]
    return got


def sockets_by_process(front):
    return [
        float(re.search(r"^hungdao_sockets (\S+)$", process.metrics(), re.MULTILINE)[1])
        for process in front.processes
    ]


def test_sockets_of_one_person_spread_over_both_processes_and_each_hears_everything(front, ward):
    with ExitStack() as stack:
        pages = [stack.enter_context(open_socket(front, ward.tacgia)) for _ in range(4)]
        for page in pages:
            page.send(json.dumps({"last": 0}))
        assert until(lambda: (found := sockets_by_process(front)) == [2, 2] and found)
        (row,) = tell(RECEIVED, ward.tacgia)
        assert [rows_of(page, 1) for page in pages] == [[row.pk]] * 4


def test_a_process_that_restarts_sends_its_sockets_to_the_other_and_nothing_is_lost(front, ward):
    first, second = front.processes
    with open_socket(front, ward.tacgia) as page:
        page.send(json.dumps({"last": 0}))
        until(lambda: sum(sockets_by_process(front)) == 1)
        own, other = (first, second) if sockets_by_process(front)[0] else (second, first)
        own.child.terminate()
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                page.recv(PATIENCE)
        assert closed.value.rcvd.code == 1012
    assert own.child.wait(PATIENCE) == 0
    (row,) = tell(RECEIVED, ward.tacgia)
    with open_socket(front, ward.tacgia) as again:
        again.send(json.dumps({"last": 0}))
        assert rows_of(again, 1) == [row.pk]
    assert [front.ask("/xac-minh/").status for _ in range(6)] == [200] * 6, "the other serves alone"
    assert other.child.poll() is None
    own.start()


# ---- when something does not answer


def test_without_a_process_the_fronts_own_page_says_so(front):
    for process in front.processes:
        process.stop()
    try:
        page = front.ask("/xac-minh/")
        assert page.status == 502
        assert "Cổng tạm thời chưa trả lời" in page.text
        assert (page.get("retry-after"), page.get("cache-control")) == ("30", "no-store")
        assert page.get("content-type") == "text/html; charset=utf-8"
        linked = re.findall(r'href="(/static/[^"]+)"', page.text)
        assert [front.ask(path).status for path in linked] == [200] * 2, "static files go on"
        posted = front.ask("/tai-khoan/login/", "POST", "x=1")
        assert (posted.status, "Cổng tạm thời" in posted.text) == (502, True)
    finally:
        for process in front.processes:
            process.start()
    until(lambda: front.ask("/xac-minh/").status == 200)


def test_without_redis_pages_forms_and_sign_in_go_on(front, ward):
    front.redis.kill()
    front.redis.wait()
    try:
        cookies = cookies_of(ward.tacgia)
        assert [front.ask(path, cookies=cookies).status for path in ("/xac-minh/", "/thong-bao/")] == [
            200,
            200,
        ]
        assert front.ask("/xac-minh/ABCDEFGH/").status == 404, "its limit goes on in the process"
        _cookies, token = form_token(front, "/tai-khoan/login/", {})
        assert token
        health = front.ask("/healthz")
        assert (health.status, json.loads(health.body)["channels"]) == (503, "failing")
    finally:
        front.start_redis()


def test_the_log_holds_neither_what_was_searched_nor_a_secret_code(front):
    front.ask("/xac-minh/K7M2QX4P/?ma=secret-word")
    for page in (
        "quyen-du-lieu/theo-doi",
        "ke-hoach/vuong-mac/theo-doi",
        "tai-khoan/mo-lai",
        "dao-tao/diem-danh",
    ):
        front.ask(f"/{page}/K7M2QX4P/")
    front.ask("/tim-kiem/?q=secret-word")
    until(lambda: processes_in_log(front, "/tim-kiem/"))
    text = "\n".join(front.log())
    assert "secret-word" not in text
    assert "K7M2QX4P" not in text
    assert processes_in_log(front, "/xac-minh/...")
