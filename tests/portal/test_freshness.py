"""Whatever changes what the public reads raises the content stamp in its own transaction, and the search
follows in the same; taken back, nothing has changed. That a raised stamp reaches every process:
test_front_cache."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site

from ideas import workflow
from ideas.models import Field, Round
from people.models import Unit
from people.roster import import_roster
from portal.models import DocumentLibraryPage, PlannedOutage, SearchEntry, StandardPage
from portal.models.library import LibraryEntry
from portal.stamp import current
from tests.ideas import builders as ideas
from tests.people.builders import small_roster, workbook
from tests.portal.builders import site, standard_page
from tests.portal.test_media import file, picture

pytestmark = pytest.mark.django_db


def page():
    return StandardPage.objects.get(slug="gioi-thieu")


def close():
    return PageViewRestriction.objects.create(page=page(), restriction_type="login")


def outage(**changes):
    begins = timezone.now() + timedelta(days=30)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    return PlannedOutage.objects.create(affected="Đăng nhập", **times | changes)


def closed_folder():
    collection = Document.objects.get().collection
    return CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


CHANGES = {
    "publish": lambda: page().save_revision().publish(),
    "unpublish": lambda: page().unpublish(),
    "move": lambda: page().move(StandardPage.objects.get(slug="khac"), "last-child"),
    "delete": lambda: page().delete(),
    "delete-above": lambda: StandardPage.objects.get(slug="tren").delete(),
    "copy": lambda: page().copy(update_attrs={"slug": "ban-sao"}),
    "alias": lambda: page().create_alias(update_slug="bi-danh"),
    "close": close,
    "open": lambda: PageViewRestriction.objects.get().delete(),
    "site": lambda: Site.objects.get().save(),
    "picture": lambda: Image.objects.get().save(),
    "picture-gone": lambda: Image.objects.get().delete(),
    "file": lambda: Document.objects.get().save(),
    "file-gone": lambda: Document.objects.get().delete(),
    "folder-closed": closed_folder,
    "outage": outage,
    "outage-changed": lambda: PlannedOutage.objects.get().save(),
    "outage-gone": lambda: PlannedOutage.objects.get().delete(),
    "unit": lambda: Unit.objects.get(code="CU").save(),
    "units": lambda: import_roster(workbook(small_roster())),
    "field": lambda: Field.objects.first().save(),
    "round": lambda: Round.objects.get().save(),
}


@pytest.fixture
def world():
    site()
    standard_page("Khác", "khac")
    above = standard_page("Trên", "tren")
    standard_page("Dưới", "duoi", parent=above)
    standard_page()
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    picture(), file(), outage()
    Unit.objects.create(code="CU", name="Đơn vị cũ")
    ideas.make_ward()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_raises_the_stamp_and_taken_back_it_leaves_no_trace(world, change):
    def state():
        return current(), list(SearchEntry.objects.order_by("kind", "object_id").values())

    before = state()
    with transaction.atomic():
        change()
        assert current() != before[0]
        transaction.set_rollback(True)
    assert state() == before


@pytest.mark.parametrize(
    "step, data",
    [
        ("correct", {"reason": "Sai tên", "corrections": {"title": "Tên đã sửa"}}),
        ("revoke", {"public_reason": "Khai không đúng"}),
    ],
)
def test_a_step_of_a_recognised_initiative_raises_it(step, data):
    ward = ideas.make_ward()
    dossier = ideas.voted(ward, title="Tên đầu")
    unknown = current(), found()
    dossier = workflow.move(dossier, "recognise", ward.lanhdao, **ideas.decision())
    recognised = current(), found()
    assert recognised[0] != unknown[0] and ("Tên đầu" in recognised[1], "Tên đầu" in unknown[1]) == (
        True,
        False,
    )
    workflow.move(dossier, step, ward.lanhdao, **data, **ideas.decision("470/QĐ-UBND"))
    assert current() != recognised[0] and "Tên đầu" not in found()


def found():
    return list(SearchEntry.objects.values_list("title", flat=True))


def listed(**values):
    library = DocumentLibraryPage(title="Văn bản", slug="van-ban")
    entry = {"doc_number": "1", "doc_subject": "Kế hoạch", "issuer": "UBND", "issued_on": "2026-01-01"}
    library.entries = [LibraryEntry(**entry, **values)]
    site().add_child(instance=library)
    library.save_revision().publish()
    return library.url


def leads_to():
    return SearchEntry.objects.get(kind="document").url


def test_a_document_found_leads_where_it_can_be_read_now():
    shown, paper = standard_page("Toàn văn", "toan-van"), file()
    library = listed(page_shown=shown, file=paper)
    assert leads_to() == "/toan-van/"
    shown.unpublish()
    assert leads_to() == paper.url
    paper.delete()
    assert leads_to() == library
    shown.save_revision().publish()
    assert leads_to() == "/toan-van/"


def test_addresses_found_follow_their_branch(django_capture_on_commit_callbacks):
    above, other = standard_page("Trên", "tren"), standard_page("Khác", "khac")
    below = standard_page("Dưới", "duoi", parent=above)
    with django_capture_on_commit_callbacks(execute=True):  # Wagtail tells of another address then
        above.slug = "moi"
        above.save_revision().publish()

    def url():
        return SearchEntry.objects.get(kind="page", object_id=below.pk).url

    assert url() == "/moi/duoi/"
    above.refresh_from_db()
    above.move(other, "last-child")
    assert url() == "/khac/moi/duoi/"
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert not SearchEntry.objects.filter(object_id__in=[above.pk, below.pk, other.pk]).exists()
    other.view_restrictions.get().delete()
    assert url() == "/khac/moi/duoi/"
    other.refresh_from_db()
    other.delete()
    assert not SearchEntry.objects.exists()


def test_the_address_of_the_home_page_is_not_for_change(client):
    """Each process keeps the roots of the sites for an hour: with another one its pages had no address."""
    from tests.portal.test_editing import form, member_of

    home = site()
    client.force_login(member_of("publisher"))
    sent = form(title="Trang nhà", slug="khac", lead="", **{"action-publish": "x"})
    assert client.post(f"/quan-tri/pages/{home.pk}/edit/", sent).status_code == 302
    home.refresh_from_db()
    assert (home.title, home.slug) == ("Trang nhà", "trang-chu")


@pytest.mark.parametrize(
    "path",
    [
        *("/tim-kiem/?q=a", "/sitemap.xml", "/lich/", "/lich/lich.ics", "/dao-tao/", "/dao-tao/lich/"),
        *("/dao-tao/lich.ics", "/du-lieu-mo/v1/sang-kien/", "/xac-minh/", "/khong-co/", "/tren/"),
    ],
)
def test_what_the_stamp_knows_nothing_of_is_never_kept(client, world, path):
    assert "X-Public" not in client.get(path).headers
