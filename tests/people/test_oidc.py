"""Sign-in by the city (OpenID Connect), against a provider that runs here."""

import copy

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as configured
from django.urls import reverse

from config.settings.sign_in import oidc_app
from people.models import User
from people.roles import Role
from tests.people.test_sign_in import code_of, signed_in, with_totp
from trust.models import AuditEvent

from .builders import account, staff
from .oidc_provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db
BEGIN = "/tai-khoan/don-vi/"


@pytest.fixture(scope="module")
def running():
    with Provider() as provider:
        yield provider


@pytest.fixture
def provider(running, settings, client):
    running.person, running.userinfo, running.refuses = {"sub": "cong-dan-1"}, None, False
    running.calls_itself, running.moved = running.issuer, {}
    running.asked.clear()
    settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, "Cổng thành phố"
    providers = copy.deepcopy(configured.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"] = [oidc_app(running.issuer, CLIENT, SECRET, "Cổng thành phố")]
    settings.SOCIALACCOUNT_PROVIDERS = providers
    client.cookies["ngon_ngu"] = "en"
    return running


def come(client, **more):
    """Through the provider and back; the answer of our own address."""
    there = client.get(BEGIN, more)
    assert there.status_code == 302, there.content
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def is_known(provider, **claims):
    provider.person = {"sub": "cong-dan-1", "email": "an@hungdao.example", "email_verified": True, **claims}


def test_without_the_settings_there_is_no_such_way_in(client):
    assert client.get(BEGIN).status_code == 404
    assert "don-vi" not in client.get("/tai-khoan/login/").content.decode()


def test_a_verified_address_opens_the_account_that_has_it_and_links_it(client, provider):
    an = account("an")
    assert "Sign in by Cổng thành phố" in client.get("/tai-khoan/login/").content.decode()
    is_known(provider, name="Nguyễn Văn An", birthdate="1980-05-12")
    answer = come(client, next="/nhan-su/cua-toi/")
    assert (answer.status_code, answer.url) == (302, "/nhan-su/cua-toi/")
    assert signed_in(client) and client.get("/nhan-su/cua-toi/").status_code == 200
    linked = SocialAccount.objects.get()
    # Nothing is kept of what the provider told but whose identity it is.
    assert (linked.user, linked.uid, linked.extra_data) == (an, "cong-dan-1", {})
    assert not SocialToken.objects.exists()
    assert an.notifications.filter(event="people.identity_linked").count() == 1
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "identity.linked",
        "signin.ok",
    ]


def test_the_way_is_asked_for_with_pkce_and_the_least_it_needs(client, provider):
    account("an")
    is_known(provider)
    come(client)
    (asked,) = provider.asked
    assert (asked["code_challenge_method"], sorted(asked["scope"].split())) == (
        "S256",
        ["email", "openid", "profile"],
    )
    assert asked["redirect_uri"] == "http://testserver/tai-khoan/oidc/don-vi/login/callback/"


def test_a_linked_identity_opens_its_account_whatever_its_address_is_now(client, provider):
    account("an")
    is_known(provider)
    come(client)
    client.post("/tai-khoan/logout/")
    is_known(provider, email="khac@hungdao.example", email_verified=False)
    come(client)
    assert signed_in(client)
    assert SocialAccount.objects.get().extra_data == {}


def test_a_later_identity_of_the_same_person_takes_the_first_ones_place(client, provider):
    account("an")
    is_known(provider)
    come(client)
    client.post("/tai-khoan/logout/")
    is_known(provider, sub="cong-dan-2")
    come(client)
    assert signed_in(client)
    assert SocialAccount.objects.get().uid == "cong-dan-2"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},  # a word is not the truth
        {"email": "khac@hungdao.example"},
        {"email": ""},
    ],
    ids=["not verified", "verified in words", "another", "none"],
)
def test_nobody_gets_an_account_by_it(client, provider, claims):
    account("an")
    is_known(provider, **claims)
    answer = come(client)
    assert answer.status_code == 403 and not signed_in(client)
    assert "you have no account here" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert AuditEvent.objects.get().facts == {"step": "oidc"}


def test_an_address_two_accounts_share_opens_neither(client, provider):
    account("an")
    account("binh")
    User.objects.update(email="an@hungdao.example")
    is_known(provider)
    assert come(client).status_code == 403


def test_by_staff_code_where_the_office_says_so(client, provider, settings):
    settings.OIDC_MATCH, settings.OIDC_STAFF_CODE_CLAIM = "staff_code", "ma_can_bo"
    an = account("an")
    staff("HD-0007", "Nguyễn Văn An", user=an)
    is_known(provider)  # the address alone opens nothing then
    assert come(client).status_code == 403
    is_known(provider, ma_can_bo="HD-0007")
    come(client)
    assert client.session["_auth_user_id"] == str(an.pk)


def test_token_and_userinfo_that_speak_of_different_people_open_nothing(client, provider):
    account("an")
    is_known(provider)
    provider.userinfo = provider.person | {"sub": "nguoi-khac"}
    assert come(client).status_code == 403 and not signed_in(client)


def test_the_second_step_is_asked_as_after_a_password(client, provider):
    an = account("an")
    secret = with_totp(an)
    is_known(provider)
    answer = come(client, next="/nhan-su/cua-toi/")
    assert answer.url.startswith("/tai-khoan/2fa/authenticate/") and not signed_in(client)
    done = client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)})
    assert done.url == "/nhan-su/cua-toi/" and signed_in(client)


def test_an_officer_is_led_to_set_it_up(client, provider, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    account("an", Role.EDITOR)
    is_known(provider)
    come(client)
    assert client.get("/viec-cua-toi/").url == "/tai-khoan/2fa/"
    assert client.get("/tai-khoan/2fa/totp/activate/").status_code == 200


@pytest.mark.parametrize("roles", [[], [Role.EDITOR]], ids=["staff", "officer who must"])
def test_who_has_no_password_sets_a_second_step_up_after_signing_in_there_anew(
    client, provider, settings, roles
):
    settings.SECOND_FACTOR_REQUIRED = True
    an = account("an", *roles, must_change_password=True)  # its one-time password is void then
    is_known(provider)
    come(client)
    page = "/tai-khoan/2fa/totp/activate/"
    assert client.get(page).status_code == 200
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 11 * 60
    session.save()
    again = client.get(page)
    assert (again.status_code, again.url) == (302, f"{BEGIN}?next={page.replace('/', '%2F')}")
    assert come(client, next=page).url == page
    assert client.get(page).status_code == 200 and an.pk == int(client.session["_auth_user_id"])


def test_the_idle_time_holds_as_well(client, provider):
    account("an")
    is_known(provider)
    come(client)
    assert client.session["idle_seconds"] == 15 * 60


def test_a_one_time_password_never_used_is_void_then_and_none_has_to_be_changed(client, provider):
    an = account("an", must_change_password=True)
    is_known(provider)
    come(client)
    assert client.get("/nhan-su/cua-toi/").status_code == 200
    an.refresh_from_db()
    assert (an.has_usable_password(), an.must_change_password) == (False, False)
    page = client.get("/tai-khoan/bao-mat/").content.decode()
    assert "This account has no password" in page and "account_change_password" not in page


def test_a_closed_account_stays_closed(client, provider):
    account("an", is_active=False)
    is_known(provider)
    assert come(client).url == "/tai-khoan/inactive/" and not signed_in(client)


def test_who_says_no_there_comes_back_to_a_page_that_says_so(client, provider):
    provider.refuses = True
    answer = come(client)
    assert answer.url == reverse("socialaccount_login_cancelled")
    assert "Sign-in was cancelled" in client.get(answer.url).content.decode()


def test_an_answer_nobody_asked_for_opens_nothing(client, provider):
    account("an")
    is_known(provider)
    page = client.get("/tai-khoan/oidc/don-vi/login/callback/?code=x&state=y")
    assert "did not get through" in page.content.decode() and not signed_in(client)


def test_a_provider_that_does_not_answer_is_said_in_words(client, provider, settings):
    with Provider() as gone:
        address = gone.issuer
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = address
    settings.SOCIALACCOUNT_PROVIDERS = providers
    page = client.get(BEGIN)
    assert page.status_code == 503 and "cannot be reached at the moment" in page.content.decode()


@pytest.mark.parametrize("calls_itself", ["https://elsewhere.example", "HTTP://127.0.0.1"])
def test_a_provider_that_calls_itself_otherwise_than_we_know_it_opens_nothing(client, provider, calls_itself):
    account("an")
    is_known(provider)
    provider.calls_itself = calls_itself
    come(client)
    assert not signed_in(client) and not SocialAccount.objects.exists()


@pytest.mark.parametrize("page", ["/token", "/userinfo"])
def test_an_answer_that_leads_elsewhere_is_not_followed(client, provider, page):
    account("an")
    is_known(provider)
    provider.moved = {page: f"{provider.issuer}/elsewhere{page}"}
    come(client)
    assert not signed_in(client) and not SocialAccount.objects.exists()


def test_nobody_links_an_identity_by_a_link_somebody_sent(client, provider):
    an = account("an")
    client.force_login(an)
    is_known(provider, email="khac@hungdao.example")
    answer = come(client, process="connect", scope="moi-thu", auth_params="prompt=none")
    assert answer.status_code == 403 and not SocialAccount.objects.exists()
    assert sorted(provider.asked[0]["scope"].split()) == ["email", "openid", "profile"]


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "oidc/don-vi/login/", "sessions/"])
def test_other_pages_of_the_library_are_not_there(client, provider, path):
    client.force_login(account("an"))
    assert client.get(f"/tai-khoan/{path}").status_code == 404
