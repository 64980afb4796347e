"""Redirects: publishers make them, none leads in a circle, whatever pages do afterwards."""

import pytest
from django.conf import settings
from wagtail.contrib.redirects.models import Redirect

from tests.portal.builders import site, standard_page
from tests.portal.test_editing import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OWN = settings.SITE_URL.rstrip("/")


def redirect_form(old, new):
    return {
        "old_path": old,
        "site": "",
        "is_permanent": "on",
        "redirect_page": "",
        "redirect_link": new if "//" in new else OWN + new,
    }


def test_a_circular_redirect_is_refused_with_a_sentence(client):
    site()
    client.force_login(member_of("publisher"))
    client.post("/quan-tri/redirects/add/", redirect_form("/cu", "/giua/"))
    client.post("/quan-tri/redirects/add/", redirect_form("/giua", "/moi/"))
    kept = [("/cu", f"{OWN}/giua/"), ("/giua", f"{OWN}/moi/")]
    assert list(Redirect.objects.order_by("pk").values_list("old_path", "redirect_link")) == kept
    for old, new in (("/moi", "/cu/"), ("/vong", "/vong/")):
        answer = client.post("/quan-tri/redirects/add/", redirect_form(old, new))
        assert answer.status_code == 200 and old in str(answer.context["form"].non_field_errors())
    assert Redirect.objects.count() == 2


@pytest.mark.parametrize(
    "old, new",
    [
        ("/vong", "/vong/"),
        ("/vong", "/vong?a=1"),
        ("/vong/", "/vong/?b=2&a=1"),
        ("/vong?a=1&b=2", "/vong/?b=2&a=1"),
        ("/vong", "//localhost/vong"),
        ("/vong", "http://WWW.Hungdao.example/vong/"),
        ("/v%C3%B2ng", "/v\u00f2ng/"),
    ],
)
def test_an_address_that_leads_to_itself_is_refused_however_it_is_written(client, settings, old, new):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, ".hungdao.example"]
    site()
    client.force_login(member_of("publisher"))
    answer = client.post("/quan-tri/redirects/add/", redirect_form(old, new))
    assert answer.status_code == 200 and not Redirect.objects.exists()


def test_a_chain_that_comes_back_with_a_query_is_refused(client):
    site()
    client.force_login(member_of("publisher"))
    client.post("/quan-tri/redirects/add/", redirect_form("/a", "/b?x=1"))
    client.post("/quan-tri/redirects/add/", redirect_form("/b", "/a/"))
    assert [row.old_path for row in Redirect.objects.all()] == ["/a"]


@pytest.fixture
def renamed(django_capture_on_commit_callbacks):
    def rename(page, slug):
        with django_capture_on_commit_callbacks(execute=True):  # Wagtail makes its redirect then
            page.slug = slug
            page.save_revision().publish()
        page.refresh_from_db()

    return rename


def test_an_old_address_leads_to_the_page_as_long_as_it_is_out(client, renamed):
    site()
    page = standard_page("Nội quy", "cu")
    renamed(page, "moi")
    answer = client.get("/cu/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/moi/")
    page.unpublish()
    assert client.get("/cu/").status_code == 404


def test_a_page_renamed_there_and_back_and_taken_down_sends_nobody_in_a_circle(client, renamed):
    site()
    page = standard_page("Nội quy", "cu")
    for slug in ("moi", "cu", "khac", "cu"):
        renamed(page, slug)
    assert client.get("/cu/").status_code == 200
    page.unpublish()
    assert [client.get(f"/{slug}/").status_code for slug in ("cu", "moi", "khac")] == [404] * 3


def test_a_circle_kept_by_other_means_is_not_followed(client):
    site()
    Redirect.add_redirect("/a", f"{OWN}/b/")
    Redirect.add_redirect("/b", "/a/?c=1")
    Redirect.add_redirect("/di", "https://haiphong.gov.vn/")
    assert [client.get(f"/{path}/").status_code for path in ("a", "b", "di")] == [404, 404, 301]


def test_an_editor_has_no_redirects(client):
    site()
    client.force_login(member_of("editor"))
    assert client.get("/quan-tri/redirects/").status_code == 302
