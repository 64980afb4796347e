from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.certificates import replace, revoke
from tests.html import assert_sound

from .builders import certificate, data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()
    yield
    cache.clear()


def ask(client, code, **extra):
    client.cookies["ngon_ngu"] = "en"
    return client.get(f"/xac-minh/{code}/", **extra)


def text(response):
    return response.content.decode()


def test_a_valid_certificate_says_so_with_what_the_register_holds(client):
    made = certificate()
    response = ask(client, made.code)
    page = text(response)
    assert response.status_code == 200
    assert_sound(page)
    for shown in [
        "The certificate is valid",
        made.code_shown,
        "01/GCN-UBND",
        "16/10/2026",
        "Phạm Thu Hà",
        "Trung tâm Phục vụ hành chính công",
        "Phiếu hẹn trả kết quả",
    ]:
        assert shown in page


def test_the_page_holds_nothing_beyond_that(client):
    page = text(ask(client, certificate().code))
    for secret in [
        "07/03/1988",
        "1988",
        "Thạc sĩ",
        "Viên chức tiếp nhận",
        "Đỗ Quang Huy",
        "một lần đi lại",
        "In mã QR",
    ]:
        assert secret not in page


def test_it_is_kept_by_no_search_engine_and_no_cache(client):
    for url in ["/xac-minh/", f"/xac-minh/{certificate().code}/", "/xac-minh/K7QM4TXD/"]:
        response = client.get(url)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]
        assert 'name="robots" content="noindex, nofollow"' in text(response)


def test_a_replaced_one_names_its_successor_but_not_the_successors_code(client):
    old = certificate()
    new = replace(old, data(issued_on=date(2026, 11, 2)), "Ghi sai họ tên của Trần Thị Bí Mật")
    page = text(ask(client, old.code))
    assert "The certificate was replaced" in page
    assert "Certificate number 02/GCN-UBND of 02/11/2026 took its place" in page
    assert new.code not in page and new.code_shown not in page
    assert "Bí Mật" not in page


def test_a_revoked_one_says_when_and_by_which_decision(client):
    made = certificate()
    revoke(
        made,
        "Trùng với giải pháp của Lê Văn Kín",
        decision_number="431/QĐ-UBND",
        decision_on=date(2026, 11, 9),
    )
    page = text(ask(client, made.code))
    assert "The certificate was revoked" in page
    assert "Decision number 431/QĐ-UBND of 09/11/2026" in page
    assert "since 09/11/2026" in page
    assert "The certificate is valid" not in page
    assert "Văn Kín" not in page


def test_a_revoked_one_without_decision_still_says_when(client):
    made = certificate()
    revoke(made, "Trùng")
    assert "The recognition was cancelled on" in text(ask(client, made.code))


def test_a_sample_says_that_it_proves_nothing(client):
    assert "sample data" in text(ask(client, certificate(is_sample=True).code))


@pytest.mark.parametrize(
    "form", [str.lower, lambda c: f"{c[:4]}-{c[4:]}", lambda c: f"%20{c[:4]}%20{c[4:].lower()}"]
)
def test_a_code_is_taken_in_any_case_with_or_without_dash(client, form):
    assert ask(client, form(certificate().code)).status_code == 200


def test_unknown_and_impossible_codes_look_alike(client):
    certificate()
    unknown = ask(client, "K7QM4TXD")
    impossible = ask(client, "K7QM4TX0")
    assert unknown.status_code == impossible.status_code == 404
    page, other = text(unknown), text(impossible)
    for typed in ("K7QM-4TXD", "K7QM4TXD", "K7QM4TX0"):
        page, other = page.replace(typed, "…"), other.replace(typed, "…")
    assert page == other
    assert "There is no certificate with this code" in text(unknown)
    assert_sound(text(unknown))


def test_the_form_leads_to_the_page_of_the_code(client):
    made = certificate()
    response = client.get("/xac-minh/", {"ma": made.code_shown.lower()})
    assert response.status_code == 302
    assert response["Location"] == reverse("papers:verify", args=[made.code])
    assert client.get("/xac-minh/", {"ma": "sai mã / <b>"}).status_code == 404
    assert client.get("/xac-minh/", {"ma": "  "}).status_code == 200
    assert "&lt;b&gt;" in text(client.get("/xac-minh/", {"ma": "<b>"}))
    assert_sound(text(client.get("/xac-minh/")))


def test_only_reading_is_offered(client):
    assert client.post("/xac-minh/").status_code == 405
    assert client.post(f"/xac-minh/{certificate().code}/").status_code == 405
    assert client.head(f"/xac-minh/{certificate().code}/").status_code == 200


def test_after_thirty_wrong_codes_an_address_has_to_wait(client):
    made = certificate()
    for _ in range(30):
        assert ask(client, "K7QM4TXD").status_code == 404
    for code in ("K7QM4TXD", made.code):  # a right guess tells no more than a wrong one
        response = ask(client, code)
        assert response.status_code == 429
        assert "Try again in 10 minutes" in text(response)
        assert response["Retry-After"] == "600"
    assert ask(client, made.code, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_right_codes_are_never_counted(client):
    made = certificate()
    assert {ask(client, made.code).status_code for _ in range(40)} == {200}


def test_one_ipv6_connection_is_one_address(client):
    for i in range(30):
        ask(client, "K7QM4TXD", REMOTE_ADDR=f"2001:db8::{i:x}")
    assert ask(client, "K7QM4TXD", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert ask(client, "K7QM4TXD", REMOTE_ADDR="2001:db8:0:1::1").status_code == 404


def test_right_and_unknown_codes_cost_one_lookup_of_certificates(client):
    counts = []
    for code in (certificate().code, "K7QM4TXD"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, code)
        counts.append(sum("papers_certificate" in query["sql"] for query in queries))
    assert counts == [1, 1]
