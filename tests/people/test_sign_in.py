"""Signing in, the second factor, passwords, closed registration."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.utils import translation

from notifications.sending import send_due
from people.models import User

from .builders import PASSWORD, account

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"


@pytest.fixture(autouse=True)
def _english(client):
    cache.clear()
    client.cookies["ngon_ngu"] = "en"
    with translation.override("en"):
        yield


def sign_in(client, name="an", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more})


def confirm(client):
    """allauth asks for the password once more before it changes the second factor."""
    answer = client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD, "next": "/tai-khoan/2fa/"})
    assert answer.url == "/tai-khoan/2fa/"


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_member_signs_in_by_user_name_or_mail_and_goes_where_they_wanted(client):
    account("an")
    answer = sign_in(client, "AN", next="/nhan-su/cua-toi/")
    assert (answer.status_code, answer.url) == (302, "/nhan-su/cua-toi/")
    client.post("/tai-khoan/logout/")
    assert sign_in(client, "an@hungdao.example").url == "/viec-cua-toi/"


def test_the_page_keeps_next_and_offers_no_registration(client):
    page = client.get(LOGIN, {"next": "/nhan-su/cua-toi/"}).content.decode()
    assert 'name="next" value="/nhan-su/cua-toi/"' in page
    assert "signup" not in page
    assert "show-password.js" in page


def test_a_wrong_password_is_said_in_words_and_the_name_stays(client):
    account("an")
    answer = sign_in(client, password="sai-mat-khau-roi-2026")
    page = answer.content.decode()
    assert answer.status_code == 200 and not signed_in(client)
    assert "The user name or the password is not right." in page
    assert 'value="an"' in page


def test_an_unknown_name_looks_like_a_wrong_password(client):
    account("an")
    pages = [
        re.sub(r'value="[^"]*"', "", sign_in(client, n, "sai-mat-khau-2026").content.decode())
        for n in ("an", "ma")
    ]
    assert pages[0] == pages[1]


def test_too_many_wrong_passwords_pause_that_name(client):
    account("an")
    for _n in range(5):
        sign_in(client, password="sai-mat-khau-roi-2026")
    page = sign_in(client).content.decode()
    assert "There were too many wrong tries. Try again in 1 minute;" in page
    assert not signed_in(client)


def test_next_never_leads_elsewhere(client):
    account("an")
    assert sign_in(client, next="https://evil.example/").url == "/viec-cua-toi/"


def test_registration_is_closed(client):
    for answer in (
        client.get("/tai-khoan/signup/"),
        client.post("/tai-khoan/signup/", {"username": "la", "password1": PASSWORD, "password2": PASSWORD}),
    ):
        assert answer.status_code == 200
        assert "Accounts are made by the office" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "confirm-email/abc/", "password/set/", "login/code/confirm/"]
)
def test_what_the_office_does_not_use_of_allauth_is_not_there(client, path):
    client.force_login(account("an"))
    assert client.get("/tai-khoan/" + path).status_code == 404


@pytest.mark.parametrize("page", ["/quan-tri/login/", "/_util/login/"])
def test_wagtails_own_sign_ins_let_nobody_in(client, page):
    account("an", is_superuser=True)
    answer = client.post(page, {"username": "an", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/login/?next=/quan-tri/")
    assert not signed_in(client)


def with_totp(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret):
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"


def test_with_an_authenticator_app_the_password_alone_opens_nothing(client):
    user = account("an")
    secret = with_totp(user)
    answer = sign_in(client, next="/nhan-su/cua-toi/")
    assert answer.url.startswith("/tai-khoan/2fa/authenticate/")
    assert not signed_in(client)
    page = client.get(answer.url)
    assert "Type the six digits the authenticator app shows" in page.content.decode()
    wrong = client.post("/tai-khoan/2fa/authenticate/", {"code": "000000"})
    assert "Incorrect code." in wrong.content.decode() and not signed_in(client)
    done = client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)})
    assert (done.status_code, done.url) == (302, "/nhan-su/cua-toi/")
    assert signed_in(client)


def test_a_recovery_code_works_once(client):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = account("an")
    with_totp(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        sign_in(client)
        client.post("/tai-khoan/2fa/authenticate/", {"code": code})
        assert signed_in(client) is expected
        client.post("/tai-khoan/logout/")


def test_the_app_is_set_up_and_switched_off_on_the_pages(client):
    account("an")
    sign_in(client)
    assert client.get("/tai-khoan/2fa/totp/activate/").url.startswith("/tai-khoan/reauthenticate/")
    confirm(client)
    page = client.get("/tai-khoan/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    answer = client.post("/tai-khoan/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1
    for path in (
        "",
        "recovery-codes/",
        "recovery-codes/generate/",
        "totp/deactivate/",
        "webauthn/",
        "webauthn/add/",
    ):
        assert client.get("/tai-khoan/2fa/" + path).status_code == 200
    client.post("/tai-khoan/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert get_adapter().is_mfa_enabled(User.objects.get()) is False


def test_pages_of_the_account_stay_within_the_script_policy(client):
    """`script-src 'self'`: no inline script but JSON, no handler, no style attribute of ours."""
    account("an")
    pages = [client.get(LOGIN)]
    sign_in(client)
    confirm(client)
    for path in (
        "password/change/",
        "logout/",
        "2fa/",
        "2fa/webauthn/add/",
        "2fa/totp/activate/",
        "reauthenticate/",
    ):
        pages.append(client.get("/tai-khoan/" + path))
    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        inline = [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag]
        assert all('type="application/json"' in tag for tag in inline)
        assert not re.search(r'\son\w+="|\sstyle="', html)
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_forgotten_password_is_chosen_anew_by_the_letter(client):
    account("an", must_change_password=True)
    answer = client.post("/tai-khoan/password/reset/", {"email": "an@hungdao.example"}, follow=True)
    assert "The letter is on its way" in answer.content.decode()
    assert mail.outbox == []  # not from the page: its time would tell whether the address is known
    send_due()
    link = re.search(r"http://\S+(/tai-khoan/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = {"password1": "mat-khau-hoan-toan-moi", "password2": "mat-khau-hoan-toan-moi"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "The password is changed" in done.content.decode()
    assert sign_in(client, password="mat-khau-hoan-toan-moi").status_code == 302
    assert User.objects.get().must_change_password is False
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_is_answered_alike(client):
    answer = client.post("/tai-khoan/password/reset/", {"email": "la@hungdao.example"}, follow=True)
    assert "The letter is on its way" in answer.content.decode()


def test_a_one_time_password_opens_only_the_page_that_changes_it(client):
    account("an", must_change_password=True)
    sign_in(client)
    for path in ("/nhan-su/cua-toi/", "/viec-cua-toi/", "/quan-tri/", "/"):
        assert client.get(path).url == "/tai-khoan/password/change/"
    page = client.get("/tai-khoan/password/change/")
    assert "The password given was for one sign-in." in page.content.decode()
    new = {
        "oldpassword": PASSWORD,
        "password1": "mot-mat-khau-moi-2027",
        "password2": "mot-mat-khau-moi-2027",
    }
    # On to where the person wanted to go first.
    assert client.post("/tai-khoan/password/change/", new).url == "/nhan-su/cua-toi/"
    assert client.get("/nhan-su/cua-toi/").status_code == 200


def test_samples_are_exempt_from_the_first_change(client):
    client.force_login(account("an", must_change_password=True, is_sample=True))
    assert client.get("/nhan-su/cua-toi/").status_code == 200


def test_a_weak_new_password_is_refused_with_its_reason(client):
    account("an")
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "ngan", "password2": "ngan"}
    page = client.post("/tai-khoan/password/change/", new).content.decode()
    assert "at least 14 characters" in page


def test_a_closed_account_does_not_sign_in_and_is_signed_out(client):
    user = account("an")
    sign_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/nhan-su/cua-toi/").status_code == 302
    answer = sign_in(client)
    assert not answer.wsgi_request.user.is_authenticated
    assert client.get("/tai-khoan/inactive/").status_code == 200
