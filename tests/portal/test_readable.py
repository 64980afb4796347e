"""Which pages everybody may read: Wagtail's own answer, in one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from portal.models import ArticlePage
from portal.readable import readable
from tests.portal.builders import article, news_index, site, standard_page

pytestmark = pytest.mark.django_db
LOGIN, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.GROUPS


def closed(page, kind=LOGIN):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind)


def slugs(pages):
    return set(pages.values_list("slug", flat=True))


@pytest.fixture
def tree():
    """Open and closed branches with drafts, a branch closed twice, one whose only page is closed."""
    index = news_index()
    article("Tin", "tin", index)
    article("Tin nháp", "tin-nhap", index, live=False)
    closed(article("Tin riêng", "tin-rieng", index))
    for slug in ("mo", "dong"):
        branch = standard_page(slug, slug)
        standard_page(slug, f"{slug}-con", parent=branch)
        standard_page(slug, f"{slug}-nhap", parent=branch, live=False)
        inner = standard_page(slug, f"{slug}-trong", parent=branch)
        standard_page(slug, f"{slug}-trong-con", parent=inner)
        closed(inner, GROUPS)
    closed(Page.objects.get(slug="dong"))
    closed(standard_page("Nháp riêng", "nhap-rieng", live=False))


def test_it_is_what_wagtail_says_in_one_query(tree):
    with CaptureQueriesContext(connection) as queries:
        found = slugs(readable(Page.objects))
    assert len(queries) == 1
    assert found == {"root", "trang-chu", "tin-tuc", "tin", "mo", "mo-con"}
    assert found == slugs(Page.objects.live().public())
    assert slugs(readable(ArticlePage.objects)) == slugs(ArticlePage.objects.live().public()) == {"tin"}
    below = site().get_children()
    assert slugs(readable(below)) == slugs(below.live().public()) == {"tin-tuc", "mo"}


def test_where_nothing_or_all_is_closed(tree):
    PageViewRestriction.objects.all().delete()
    assert slugs(readable(Page.objects)) == slugs(Page.objects.live().public()) == slugs(Page.objects.live())
    closed(site())
    assert slugs(readable(Page.objects)) == slugs(Page.objects.live().public()) == {"root"}
