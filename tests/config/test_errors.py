import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client

from config import errors
from people.models import User
from tests.html import assert_sound
from tests.portal.builders import site

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_by(rf):
    def make(user=None, path="/sang-kien/1/"):
        request = rf.get(path)
        request.user = user or AnonymousUser()
        request.session = {}
        request._messages = []
        return request

    return make


def test_an_unknown_address_is_a_page_in_words(client):
    site()
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert not answer.cookies
    assert_sound(answer.content)
    assert b'href="/">' in answer.content


def test_a_refusal_says_why_and_offers_another_account(request_by):
    user = User.objects.create_user("ngoc", first_name="Ngọc")
    answer = errors.permission_denied(request_by(user), PermissionDenied("Hồ sơ đã khóa."))
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Hồ sơ đã khóa." in html and "Ngọc" in html
    assert 'action="/tai-khoan/logout/"' in html
    assert_sound(html)


def test_a_refusal_leads_a_stranger_to_sign_in_and_back(request_by):
    answer = errors.permission_denied(request_by(path="/sang-kien/1/"), PermissionDenied())
    assert b'href="/tai-khoan/login/?next=/sang-kien/1/"' in answer.content
    assert_sound(answer.content)


def test_a_form_without_its_token_is_answered_in_words():
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert b"<ol" in answer.content
    assert_sound(answer.content)


def test_too_many_tries_says_when_to_come_back(request_by):
    answer = errors.too_many(request_by(), minutes=3)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "180")
    assert b" 3 " in answer.content
    assert_sound(answer.content)


def test_the_page_for_a_broken_server_asks_the_database_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert_sound(answer.content)


@pytest.mark.parametrize(
    "error", [OperationalError("server closed the connection"), InterfaceError("closed")]
)
def test_a_database_that_went_away_is_a_503_in_words_that_says_when_to_come_back(rf, error):
    try:
        raise ValueError("while drawing") from error
    except ValueError:
        answer = errors.server_error(rf.get("/"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Cơ sở dữ liệu của cổng chưa trả lời" in answer.content.decode()
    assert_sound(answer.content)


def test_any_other_fault_stays_a_500(rf):
    try:
        raise ProgrammingError("no such column")
    except ProgrammingError:
        assert errors.server_error(rf.get("/")).status_code == 500


def test_another_account_is_one_press_away(client):
    site()
    client.force_login(User.objects.create_user("ngoc"))
    answer = client.post("/tai-khoan/logout/", {"next": "/tai-khoan/login/?next=/sang-kien/1/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tai-khoan/login/?next=/sang-kien/1/")
    assert "_auth_user_id" not in client.session
