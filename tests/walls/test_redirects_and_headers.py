"""Where the portal may lead, and what may get into a header: nowhere else, and nothing of a line's end."""

import ast
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError
from django.http import HttpResponse
from django.http.response import BadHeaderError as BadResponseHeader
from django.test import Client
from django.urls import reverse

from notifications import sending
from notifications.models import OutboxMail
from tests.competitions import builders
from tests.competitions.entrants import browser
from tests.ideas.builders import PASSWORD, make_user
from tests.portal.builders import site
from trust.names import clean_name

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\t//evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "https://testserver@evil.example/",
    "http://testserver.evil.example/",
]


def leads_to(answer):
    """Where a browser would go: the host, "" for ours."""
    location = answer.headers.get("Location", "/").replace("\\", "/")
    assert "\r" not in location and "\n" not in location
    return urlsplit(location).netloc


@pytest.fixture
def account():
    site()
    return make_user("canbo", "Lý Văn Thường")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_and_out_leads_to_no_other_site(account, target):
    client = Client()
    answer = client.post("/tai-khoan/login/", {"login": "canbo", "password": PASSWORD, "next": target})
    assert leads_to(answer) == ""
    assert leads_to(client.get("/tai-khoan/login/", {"next": target})) == ""  # signed in already
    assert leads_to(client.post("/tai-khoan/logout/", {"next": target})) == ""
    assert leads_to(client.get("/quan-tri/login/", {"next": target})) == ""
    assert leads_to(client.get("/_util/login/", {"next": target})) == ""


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_form_that_leads_back_leads_to_no_other_site(account, target):
    client = Client()
    client.force_login(account)
    for path in addresses_that_lead_back():
        answer = client.post(path, {"next": target, "page": target, "size": "large", "language": "vi"})
        assert answer.status_code in (302, 303), path
        assert leads_to(answer) == "", path


def addresses_that_lead_back():
    names = ("set_text_size", "set_language", "people:drop_kept", "notifications:mark_all_read")
    return [reverse(name) for name in names]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_proving_a_mailbox_leads_to_no_other_site(target):
    person = builders.participant("hoa@thu.example")
    answer = browser(person).get("/cuoc-thi/ma/", {"viec": "enter", "next": target})
    assert leads_to(answer) == ""


READS_A_TARGET = {
    "site/config/preferences.py",
    "site/config/urls.py",
    "site/plan/views/targets/deciding.py",
    "site/notifications/views.py",
    "site/people/views/security.py",  # tests/people/test_oidc.py
    "ideas/views/council.py",
    "competitions/views/entering/code.py",
}


def test_every_view_that_reads_where_to_go_is_known_and_asks_whether_it_is_ours():
    """A new one fails here until it is asked above."""
    found = set()
    for folder in ("site", "ideas", "training", "competitions"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            for node in ast.walk(ast.parse(text)):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "get"
                    and ast.unparse(node.func.value) in ("request.GET", "request.POST")
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                    and node.args[0].value in ("next", "page", "back", "return", "url")
                    and "redirect" in text.lower()
                    and node.args[0].value != "page"
                ):
                    assert "url_has_allowed_host_and_scheme" in text, path
                    found.add(path.relative_to(ROOT).as_posix())
    assert found == READS_A_TARGET


# ---- headers

INJECTED = "Biên bản\r\nBcc: nguoikhac@evil.example\r\n\r\nx"


def test_a_mail_whose_subject_has_a_line_s_end_goes_to_nobody(mailoutbox):
    """It stays in the outbox with the reason, in sight of the administrator."""
    mail = OutboxMail.objects.create(to="ai@hungdao.example", subject=INJECTED, body="x")
    assert sending._send(mail, get_connection()) != ""
    assert mailoutbox == []
    assert (
        sending._send(OutboxMail(pk=1, created_at=mail.created_at, to=mail.to, subject="x"), get_connection())
        == ""
    )
    assert len(mailoutbox) == 1


def test_an_address_with_a_line_s_end_reaches_nobody():
    with pytest.raises((BadHeaderError, ValueError)):
        EmailMessage("x", "x", to=["ai@hungdao.example\nBcc: nguoikhac@evil.example"]).message()


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=1.pdf", 'a"; filename="b.exe.pdf', "a\u2028b.pdf", "a\x00.pdf"]
)
def test_a_download_s_name_is_one_word_of_one_header(name):
    cleaned = clean_name(name)
    assert not set(cleaned) & set('\r\n\x00"\u2028;') - {";"}
    response = HttpResponse(headers={"Content-Disposition": f'attachment; filename="{cleaned}"'})
    assert "\n" not in response["Content-Disposition"]


def test_a_header_with_a_line_s_end_is_never_sent():
    with pytest.raises(BadResponseHeader):
        HttpResponse(headers={"Location": "/\r\nSet-Cookie: x=1"})
