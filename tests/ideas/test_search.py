"""Initiatives in the search: recognised ones by what their card says; no author, no other state."""

import pytest

from ideas.publication import FOUND_AS
from portal.models import SearchEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_search_knows_what_the_public_list_shows_and_no_more(client):
    from ideas.models import Author, Initiative
    from ideas.publication import cards, published
    from portal.search import rebuild
    from tests.house.world import make_world

    make_world()
    rebuild()
    rows = {entry.object_id: entry for entry in SearchEntry.objects.filter(kind=FOUND_AS)}
    assert {entry.url for entry in rows.values()} == {card.url for card in cards(published())}
    assert 0 < len(rows) < Initiative.objects.count()
    names = Author.objects.filter(initiative__in=rows).values_list("full_name", flat=True)
    assert not [name for name in names for entry in rows.values() if name in entry.text + entry.detail]
