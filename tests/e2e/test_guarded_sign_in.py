"""Sign-in as an officer meets it: the second step set up before anything else, the idle lock that keeps what
was typed, signing out everywhere, the city's sign-in."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from bench.server import Daphne, free_port
from people.sign_in.session_store import SEEN, SessionStore
from tests.ideas import builders
from tests.people.builders import PASSWORD, account, officer
from tests.people.oidc_provider import CLIENT, SECRET, Provider
from tests.people.test_sign_in import code_of

from .conftest import PHONE, Window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
DIALOG = "dialog[data-sign-in]"


@pytest.fixture
def strict(environment):
    """The portal as the office runs it: the second step is required."""
    port = free_port()
    own = {"SITE_URL": f"http://127.0.0.1:{port}", "TEST_SECOND_FACTOR": "1"}
    with Daphne(environment | own, port) as server:
        yield server


@pytest.fixture
def window(browser, strict):
    opened = Window(browser, strict, size=PHONE)
    yield opened
    assert opened.complaints == []
    opened.context.close()


def enter(window, name, password=PASSWORD):
    window.go("/tai-khoan/login/")
    window.fill_sign_in(name, password)


def leave_alone(window, minutes=16):
    """The clock of one browser's session is set back: as if nobody had touched it for so long."""
    (cookie,) = [each for each in window.context.cookies() if each["name"] == "sessionid"]
    store = SessionStore(cookie["value"])
    store[SEEN] = timezone.now().timestamp() - minutes * 60
    store.save()
    assert not Session.objects.filter(pk=cookie["value"], expire_date__gt=timezone.now()).exists()


def test_an_officer_is_led_to_the_second_step_and_works_after_it(window):
    officer()
    enter(window, "nhansu")
    window.page.wait_for_url("**/tai-khoan/2fa/")
    page = window.page
    assert "Your work in the portal needs the second step." in page.inner_text("main")
    window.axe_clean()
    window.fits()
    window.go("/nhan-su/")
    assert page.url.endswith("/tai-khoan/2fa/")  # nothing else opens
    page.get_by_role("link", name="Set up the app").click()
    page.wait_for_url("**/2fa/totp/activate/")  # without being asked for the password again
    window.axe_clean()
    window.fits()
    secret = page.locator("b.code").inner_text()
    page.locator("#id_code").fill(code_of(secret))
    page.locator("#id_code").press("Enter")
    page.wait_for_url("**/2fa/recovery-codes/")
    assert page.locator("li.code").count() == 10
    window.axe_clean()
    window.fits()
    page.get_by_role("link", name="The codes are kept, go on to my work").click()
    page.wait_for_url("**/viec-cua-toi/")
    window.go("/nhan-su/")
    assert page.url.endswith("/nhan-su/")


def test_a_screen_left_alone_ends_by_itself_and_what_was_typed_is_kept(windows):
    dossier = builders.draft(builders.make_ward())
    author = windows("tacgia").sign_in("tacgia", builders.PASSWORD)
    author.go(f"{dossier.get_absolute_url()}sua/4/")
    author.page.locator("[name=novelty]").fill("Trước khi đi vắng.")
    author.until(lambda: _stored(dossier) == "Trước khi đi vắng.")
    leave_alone(author)
    author.page.locator("[name=novelty]").fill("Sau khi quay lại.")
    author.until(lambda: author.page.locator(DIALOG).is_visible(), "nobody was asked to sign in")
    assert _stored(dossier) == "Trước khi đi vắng."
    with author.context.expect_page() as opened:
        author.page.locator(f"{DIALOG} [data-when=nobody] a").click()
    tab = opened.value
    tab.locator("#id_login").fill("tacgia")
    tab.locator("#id_password").fill(builders.PASSWORD)
    tab.locator("#id_password").press("Enter")
    author.until(lambda: _stored(dossier) == "Sau khi quay lại.")


def _stored(dossier):
    dossier.refresh_from_db()
    return dossier.novelty


def test_without_script_a_form_left_alone_comes_back_with_its_words(windows):
    dossier = builders.draft(builders.make_ward())
    author = windows("tacgia", java_script_enabled=False).sign_in("tacgia", builders.PASSWORD)
    author.go(f"{dossier.get_absolute_url()}sua/4/")
    author.page.locator("[name=novelty]").fill("Gõ dở rồi đi họp.")
    leave_alone(author)
    author.press("form#buoc .actions button.btn-primary")
    assert "/tai-khoan/login/" in author.page.url
    author.fill_sign_in("tacgia", builders.PASSWORD)
    author.page.wait_for_url("**/sua/4/")
    assert author.page.locator("[name=novelty]").input_value() == "Gõ dở rồi đi họp."


def test_signing_out_everywhere_else_ends_the_other_browser_and_its_socket(windows):
    account("an")
    other = windows("other").sign_in("an", PASSWORD)
    here = windows("here", size=PHONE).sign_in("an", PASSWORD)
    other.go("/viec-cua-toi/")
    closed = []
    other.page.on("websocket", lambda socket: socket.on("close", lambda _socket: closed.append(1)))
    other.page.reload()
    other.page.wait_for_timeout(1000)
    here.go("/tai-khoan/bao-mat/")
    assert here.page.locator("main li:has-text('this browser')").count() == 1
    assert here.page.get_by_role("button", name="Sign out there").count() == 1
    here.axe_clean()
    here.fits()
    here.page.get_by_role("button", name="Sign out everywhere else").click()
    here.page.wait_for_url("**/tai-khoan/bao-mat/")
    assert "1 other sign-in is ended." in here.page.inner_text("main")
    other.until(lambda: closed, "the socket stayed open")
    other.page.goto("/viec-cua-toi/")
    assert "/tai-khoan/login/" in other.page.url
    here.go("/viec-cua-toi/")
    assert here.page.url.endswith("/viec-cua-toi/")


def test_the_citys_sign_in_opens_the_account_it_vouches_for(browser, environment):
    account("an")
    port = free_port()
    with Provider() as provider:
        provider.person = {"sub": "1", "email": "an@hungdao.example", "email_verified": True}
        own = {
            "SITE_URL": f"http://127.0.0.1:{port}",
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "Cổng thành phố",
        }
        with Daphne(environment | own, port) as server:
            window = Window(browser, server, size=PHONE)
            window.go("/tai-khoan/login/?next=/nhan-su/cua-toi/")
            window.axe_clean()
            window.fits()
            window.page.get_by_role("link", name="Sign in by Cổng thành phố").click()
            window.page.wait_for_url("**/nhan-su/cua-toi/")
            assert "an@hungdao.example" in window.page.inner_text("main")
            window.go("/tai-khoan/bao-mat/")
            assert "This account is linked" in window.page.inner_text("main")
            assert window.complaints == []
            window.context.close()
