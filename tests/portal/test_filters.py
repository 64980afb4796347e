"""The filters of a list are folded away until something is asked for; the form works either way."""

import pytest

from portal.first_site import build
from tests.html import assert_sound, read
from tests.ideas import builders as ideas
from tests.portal.builders import site

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FOLDED = ("/tin-tuc/", "/tin-tuc/?page=2", "/van-ban/", "/sang-kien/", "/sang-kien/?q=bang")
OPEN = (
    "/tin-tuc/?chuyen-muc=ky-nang-so",
    "/tin-tuc/?nam=2026",
    "/van-ban/?loai=form",
    "/sang-kien/?don_vi=VHXH",
    "/sang-kien/?q=bang&don_vi=VHXH",
)


def test_filters_are_open_where_something_is_asked_for(client):
    site()
    build()
    ideas.recognised(ideas.make_ward())
    for addresses, is_open in ((FOLDED, False), (OPEN, True)):
        for address in addresses:
            html = client.get(address).content.decode()
            assert_sound(html)
            (given,) = [given for tag, given in read(html).tags if given.get("class") == "filters"]
            assert ("open" in given) == is_open, address
            assert html.index("<form") < html.index('class="filters"') < html.index("<select")
