"""The pages a new portal starts with."""

import pytest
from wagtail.models import Page

from portal.first_site import build
from portal.models import DocumentLibraryPage, HomePage, PlanPage, StandardPage
from tests.html import assert_sound
from tests.portal.builders import article, site, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESSES = (
    "/tin-tuc/",
    "/gioi-thieu/",
    "/ke-hoach/",
    "/van-ban/",
    "/hoi-dap/",
    "/lien-he/",
    "/tiep-can/",
    "/du-lieu-ca-nhan/",
    "/so-do-trang/",
    "/cuoc-thi/",
)


@pytest.fixture
def first_site():
    site()
    return build()


def test_every_page_is_there_sound_and_linked_from_the_map(client, first_site):
    map_of_site = client.get("/so-do-trang/").content.decode()
    for address in ADDRESSES:
        html = client.get(address).content.decode()
        assert_sound(html)
        assert html.count("<h1") == 1 and 'rel="canonical"' in html, address
        assert f'<li class="outline-1"><a href="{address}">' in map_of_site


def test_the_plan_is_read_part_by_part_with_its_targets_units_and_dates(client, first_site):
    html = client.get("/ke-hoach/").content.decode()
    assert html.count('<tr id="chi-tieu-') == 42
    assert html.count('<h3 id="don-vi-u') == 7
    for anchor in ("phan-i-muc-dich-yeu-cau", "phan-vii-to-chuc-thuc-hien", "chi-tieu", "lich"):
        assert f'href="#{anchor}"' in html and f'id="{anchor}"' in html
    assert "trước ngày 10/12 hàng năm" in html and "sự chuyển biến rõ nét" in html


def test_the_library_lists_the_plan_with_its_number_and_date(client, first_site):
    html = client.get("/van-ban/").content.decode()
    assert html.count("178/KH-UBND") >= 1 and "12/06/2026" in html and 'href="/ke-hoach/"' in html
    assert client.get("/van-ban/?loai=form&nam=2026&page=99999").context["page_obj"].object_list == []
    assert len(client.get("/van-ban/?loai=plan&nam=2026").context["page_obj"].object_list) == 1


def test_a_second_run_makes_nothing_and_keeps_what_editors_did(first_site):
    page = StandardPage.objects.get(slug="gioi-thieu")
    page.title, page.slug = "Về cổng", "ve-cong"
    page.save_revision().publish()
    StandardPage.objects.get(slug="tiep-can").delete()
    library = DocumentLibraryPage.objects.get()
    library.entries = []
    library.save_revision().publish()
    before = list(Page.objects.order_by("pk").values_list("title", "slug", "live"))
    assert len(first_site) == 10 and build() == []
    assert list(Page.objects.order_by("pk").values_list("title", "slug", "live")) == before
    assert PlanPage.objects.count() == 1 and DocumentLibraryPage.objects.get().entries.count() == 0


def test_a_page_an_editor_made_there_first_is_left_alone():
    site()
    standard_page("Liên hệ riêng", "lien-he")
    assert "Liên hệ" not in build()
    assert HomePage.objects.get().get_children().get(slug="lien-he").title == "Liên hệ riêng"


def test_the_map_shows_nothing_that_is_not_public(client, first_site):
    standard_page("LOTIN nháp", "nhap", live=False)
    article("Tin", "tin", Page.objects.get(slug="tin-tuc").specific)
    html = client.get("/so-do-trang/").content.decode()
    assert "LOTIN" not in html and "/tin-tuc/tin/" not in html
