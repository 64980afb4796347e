import pytest

from tests.html import read
from tests.portal.builders import site

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "\x08//evil.example",
    "",
]


def root_of(answer):
    return next(attrs for tag, attrs in read(answer.content).tags if tag == "html")


def test_the_chosen_text_size_is_kept_and_leads_back(client):
    site()
    assert "data-text" not in root_of(client.get("/"))
    answer = client.post("/co-chu/", {"size": "larger", "next": "/?trang=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/?trang=2")
    page = client.get("/")
    assert root_of(page)["data-text"] == "larger"
    pressed = [a["value"] for tag, a in read(page.content).tags if a.get("aria-pressed") == "true"]
    assert pressed == ["larger"]
    client.post("/co-chu/", {"size": "normal", "next": "/"})
    assert client.cookies["co_chu"]["max-age"] == 0
    assert "data-text" not in root_of(client.get("/"))


def test_the_chosen_language_is_kept_whatever_the_browser_prefers(client):
    site()
    english_browser = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}
    assert root_of(client.get("/", **english_browser))["lang"] == "vi"
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert root_of(client.get("/"))["lang"] == "en"
    client.post("/ngon-ngu/", {"language": "vi", "next": "/"})
    assert root_of(client.get("/", **english_browser))["lang"] == "vi"


@pytest.mark.parametrize("address", ["/co-chu/", "/ngon-ngu/"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_neither_form_leads_to_another_site(client, address, target):
    answer = client.post(address, {"size": "large", "language": "en", "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ["/co-chu/", "/ngon-ngu/"])
def test_a_choice_is_made_by_a_form_only(client, address):
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("address", ["/co-chu/", "/ngon-ngu/"])
def test_the_forms_work_without_a_token_since_public_pages_carry_none(address):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(address, {"size": "large", "language": "en", "next": "/"})
    assert answer.status_code == 302


def test_unknown_values_change_nothing(client):
    site()
    client.post("/co-chu/", {"size": '"><script>', "next": "/"})
    assert "ngon_ngu" not in client.post("/ngon-ngu/", {"language": "xx", "next": "/"}).cookies
    client.cookies["co_chu"] = '"><script>'
    client.cookies["ngon_ngu"] = "xx"
    assert root_of(client.get("/")) == {"lang": "vi"}
