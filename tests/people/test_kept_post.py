"""What was typed survives a session that ended."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from people import kept_post
from people.kept_post import keep_post
from people.models import User

from .builders import PASSWORD, account

pytestmark = pytest.mark.django_db


@keep_post
def form_page(request):
    if request.method == "POST":
        return HttpResponse("sent " + request.POST["text"])
    kept = request.kept_post
    return HttpResponse(kept.urlencode() if kept else "nothing kept")


@keep_post(page=lambda request, pk: f"/form/?pk={pk}")
def send_only(request, pk):
    return HttpResponse("sent", status=200 if request.method == "POST" else 405)


urlpatterns = [
    path("form/", form_page),
    path("send/<int:pk>/", send_only),
    path("tai-khoan/", include("allauth.urls")),
    path("nhan-su/", include("people.urls")),
    path("", include("config.urls")),
]


@pytest.fixture(autouse=True)
def _urls():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def sign_in(client, name, next="/form/"):
    return client.post("/tai-khoan/login/", {"login": name, "password": PASSWORD, "next": next})


def expire(client):
    client.session.flush()
    client.cookies.pop("sessionid")


def text(client, url="/form/"):
    return client.get(url).content.decode()


def test_what_was_posted_signed_out_is_back_after_sign_in_and_nothing_was_sent(client):
    account("an")
    answer = client.post("/form/", {"text": "mười hai dòng", "many": ["1", "2"]})
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/login/?next=/form/")
    assert sign_in(client, "an").url == "/form/"
    assert text(client) == "text=m%C6%B0%E1%BB%9Di+hai+d%C3%B2ng&many=1&many=2"
    assert text(client) != "nothing kept"  # a reload does not lose it
    assert client.post("/form/", {"text": "x"}).content == b"sent x"
    assert text(client) == "nothing kept"


def test_it_comes_back_after_a_second_factor_too(client):
    from .test_sign_in import code_of, with_totp

    secret = with_totp(account("an"))
    client.post("/form/", {"text": "giữ"})
    sign_in(client, "an")
    assert client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)}).url == "/form/"
    assert text(client) == "text=gi%E1%BB%AF"


def test_passwords_tokens_and_files_are_never_kept(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    account("an")
    secret = {"password": "p", "new_passwd": "p", "csrfmiddlewaretoken": "c", "text": "t"}
    client.post("/form/", secret | {"file": SimpleUploadedFile("a.txt", b"secret")})
    sign_in(client, "an")
    assert text(client) == "text=t"


def test_only_whoever_typed_it_gets_it_back(client):
    account("an")
    account("ba")
    sign_in(client, "an")
    text(client)  # the form is opened: the browser remembers, signed, whose it is
    expire(client)
    client.post("/form/", {"text": "của An"})
    sign_in(client, "ba")
    assert text(client) == "nothing kept"
    client.post("/tai-khoan/logout/")
    sign_in(client, "an")
    assert text(client) == "text=c%E1%BB%A7a+An"
    client.post("/form/", {"text": "x"})
    assert text(client) == "nothing kept"


def test_a_form_one_person_wrote_is_not_taken_from_another_and_its_text_waits_for_its_writer(client):
    an, _ba = account("an"), account("ba")
    sign_in(client, "ba")
    answer = client.post("/form/", {"text": "của An", "writer": str(an.pk)})
    assert answer.status_code == 409
    assert "của An" not in answer.content.decode()
    assert text(client) == "nothing kept"
    client.post("/tai-khoan/logout/")
    sign_in(client, "an")
    assert "text=c%E1%BB%A7a+An" in text(client)


def test_a_form_with_a_stale_token_goes_to_its_writer_not_to_whoever_is_signed_in():
    an, _ba = account("an"), account("ba")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="ba"))
    posted = {"text": "của An", "writer": str(an.pk)}
    assert client.post("/form/", posted, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 409
    assert text(client) == "nothing kept"
    client.force_login(an)
    assert "c%E1%BB%A7a+An" in text(client)


def test_a_form_its_own_writer_sends_goes_through(client):
    an = account("an")
    sign_in(client, "an")
    answer = client.post("/form/", {"text": "của An", "writer": str(an.pk)})
    assert answer.content.decode() == "sent của An"


def test_the_same_person_gets_it_back_after_an_expired_session(client):
    account("an")
    sign_in(client, "an")
    text(client)
    expire(client)
    client.post("/form/", {"text": "t"})
    sign_in(client, "an")
    assert text(client) == "text=t"


def test_it_is_forgotten_after_twelve_hours_and_above_500_kb(client, monkeypatch):
    account("an")
    client.post("/form/", {"text": "x" * 500_001})
    assert kept_post.SESSION_ENTRY not in client.session
    client.post("/form/", {"text": "t"})
    sign_in(client, "an")
    monkeypatch.setattr(kept_post, "KEEP_SECONDS", 0)
    assert text(client) == "nothing kept"


def test_at_most_five_pages_are_kept(client):
    for n in range(7):
        client.post(f"/send/{n}/", {"text": "t"})
    assert sorted(client.session[kept_post.SESSION_ENTRY]) == [f"/form/?pk={n}" for n in range(2, 7)]


def test_a_view_that_takes_posts_alone_names_the_page_of_its_form(client):
    answer = client.post("/send/3/", {"text": "t"})
    assert answer.url == "/tai-khoan/login/?next=/form/%3Fpk%3D3"


def test_it_can_be_dropped(client):
    account("an")
    client.post("/form/", {"text": "t"})
    sign_in(client, "an")
    assert client.post("/nhan-su/giu/bo/", {"page": "/form/"}).url == "/form/"
    assert text(client) == "nothing kept"
    assert client.post("/nhan-su/giu/bo/", {"page": "https://evil.example/"}).url == "/"


def test_a_stale_token_keeps_the_text_when_our_own_page_sent_it():
    account("an")
    client = Client(enforce_csrf_checks=True)
    user_client = {"HTTP_ORIGIN": "http://testserver"}
    client.force_login(User.objects.get())
    answer = client.post("/form/", {"text": "t", "csrfmiddlewaretoken": "x"}, **user_client)
    assert (answer.status_code, answer.url) == (302, "/form/")
    assert client.get("/form/").content == b"text=t"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_text_from_elsewhere_is_never_planted(origin):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/form/", {"text": "t"}, HTTP_ORIGIN=origin)
    assert answer.status_code == 403
    assert kept_post.SESSION_ENTRY not in client.session


def test_htmx_is_sent_to_sign_in_as_a_whole_page(client):
    answer = client.post("/form/", {"text": "t"}, HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Redirect"] == "/tai-khoan/login/?next=/form/"


def test_a_part_that_fetches_itself_signed_out_does_not_take_the_page_away(client):
    answer = client.get("/form/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content, answer.headers.get("HX-Redirect")) == (204, b"", None)


def test_kept_text_outlives_the_sign_in_it_came_back_to(client):
    """Signed in again, called away before the form was opened: in the afternoon it is still there."""
    account("an")
    client.post("/form/", {"text": "mười hai dòng"})
    sign_in(client, "an", next="/nhan-su/cua-toi/")
    expire(client)
    sign_in(client, "an", next="/nhan-su/cua-toi/")
    assert "m%C6%B0%E1%BB%9Di" in text(client)
