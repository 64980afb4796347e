"""Whatever changes what the public reads raises the content stamp in its own transaction, and the search
follows in the same; taken back, nothing has changed. That a raised stamp reaches every process:
test_front_cache; what steps of several changes lead to: test_freshness_in_steps."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site

from ideas.models import Field, Round
from people.models import Unit
from people.roster import import_roster
from portal.models import PlannedOutage, SearchEntry, StandardPage
from portal.stamp import current
from tests.files import files_aside
from tests.ideas import builders as ideas
from tests.people.builders import small_roster, workbook
from tests.portal.builders import site, standard_page
from tests.portal.test_media import file, picture
from tests.standing import standing

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


def make_world():
    site()
    standard_page("Khác", "khac")
    above = standard_page("Trên", "tren")
    standard_page("Dưới", "duoi", parent=above)
    standard_page()
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    picture(), file(), outage()
    Unit.objects.create(code="CU", name="Đơn vị cũ")
    ideas.make_ward()


world = standing(make_world, during=files_aside)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_raises_the_stamp_and_taken_back_it_leaves_no_trace(change):
    def state():
        return current(), list(SearchEntry.objects.order_by("kind", "object_id").values())

    before = state()
    with transaction.atomic():
        change()
        assert current() != before[0]
        transaction.set_rollback(True)
    assert state() == before


@pytest.mark.parametrize(
    "path",
    [
        *("/tim-kiem/?q=a", "/sitemap.xml", "/lich/", "/lich/lich.ics", "/dao-tao/", "/dao-tao/lich/"),
        *("/dao-tao/lich.ics", "/du-lieu-mo/v1/sang-kien/", "/xac-minh/", "/khong-co/", "/tren/"),
    ],
)
def test_what_the_stamp_knows_nothing_of_is_never_kept(client, path):
    assert "X-Public" not in client.get(path).headers
