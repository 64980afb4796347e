"""What the public reads follows step by step: the content stamp, what the search finds, the addresses of
pages. That each single change raises the stamp: test_freshness."""

import pytest
from wagtail.models import PageViewRestriction

from ideas import workflow
from portal.models import DocumentLibraryPage, SearchEntry
from portal.models.library import LibraryEntry
from portal.stamp import current
from tests.ideas import builders as ideas
from tests.portal.builders import site, standard_page
from tests.portal.test_media import file

pytestmark = pytest.mark.django_db


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
