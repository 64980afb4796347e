"""Links between initiatives: stated by whoever keeps the dossier, read by whoever may read both, taken back
with a reason; nothing is deleted."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.models import HistoryEntry, InitiativeLink, LinkKind
from ideas.refusing import Refused
from ideas.similarity import links
from portal.models import ContentStamp
from tests.html import assert_sound

from . import builders
from .similar_builders import COLOURS, COLOURS_AGAIN
from .test_dossier_page import page_of
from .test_dossier_steps import english
from .test_similarity_dossier import by_another

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOTE = "Cùng một bảng màu, nơi dùng khác 7736"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def pair(ward):
    """Two undecided dossiers of different authors."""
    return builders.submitted(ward, **COLOURS), by_another(ward, **COLOURS_AGAIN)


def address(initiative, tail=""):
    return f"{initiative.get_absolute_url()}lien-quan/{tail}"


def link(ward, one, other, kind="continues", note=NOTE):
    return links.make(one, ward.thuky, other, kind, note)


def code_of(call, *args):
    with pytest.raises(Refused) as refused:
        call(*args)
    return refused.value.code


# ---- by pages


def test_the_secretary_links_reads_and_takes_back(ward, client, pair):
    one, other = pair
    english(client, ward.thuky)
    asked = client.get(f"{address(one)}?ma={other.code}")
    assert f'value="{other.code}"' in asked.content.decode()
    assert_sound(asked.content)
    typed = {"code": f" {other.code.lower()} ", "kind": "continues", "note": NOTE}
    assert client.post(address(one), typed).url == one.get_absolute_url()
    made = InitiativeLink.objects.get()
    assert (made.source, made.target, made.kind, made.made_by_name) == (
        one,
        other,
        "continues",
        "Trần Văn Bình",
    )
    page = page_of(client, ward.thuky, one).content.decode()
    assert f'Continues <a href="/sang-kien/{other.code}/">{COLOURS_AGAIN["title"]}</a>' in page
    assert NOTE in page
    back = page_of(client, ward.thuky, other).content.decode()
    assert f'Is continued by <a href="/sang-kien/{one.code}/">{COLOURS["title"]}</a>' in back
    assert client.get(f"/sang-kien/{other.code}/").url == other.get_absolute_url()

    asked = client.get(address(one, f"{made.pk}/bo/"))
    assert NOTE in asked.content.decode()
    assert_sound(asked.content)
    assert client.post(address(one, f"{made.pk}/bo/"), {"reason": ""}).status_code == 422
    taken = client.post(address(one, f"{made.pk}/bo/"), {"reason": "Nhầm mã."})
    assert taken.url == one.get_absolute_url()
    made.refresh_from_db()
    assert (made.taken_back_reason, made.taken_back_by_name) == ("Nhầm mã.", "Trần Văn Bình")
    assert made.note == NOTE
    assert "Continues <a" not in page_of(client, ward.thuky, one).content.decode()
    again = client.post(address(one, f"{made.pk}/bo/"), {"reason": "Nhầm mã."}, follow=True)
    assert "Somebody has taken this link back already." in again.content.decode()


def test_both_histories_tell_both_steps(ward, client, pair):
    one, other = pair
    links.take_back(link(ward, one, other), ward.thuky, "Nhầm mã.")
    for here, words in ((one, f"Continues {other.code}"), (other, f"Is continued by {one.code}")):
        page = page_of(client, ward.thuky, here, "?phan=nhat-ky").content.decode()
        assert f"Linked to another initiative: {words}" in page
        assert f"A link to another initiative was taken back: {words}" in page
        assert NOTE in page
        assert "Nhầm mã." in page
    assert {entry.actor_name for entry in HistoryEntry.objects.filter(transition__in=links.STEPS)} == {
        "Trần Văn Bình"
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"code": "SK-2026-HD999"}, "No dossier has this code."),
        ({"code": ""}, "No dossier has this code."),
        ({"note": " "}, "Write in a few words what they have in common."),
        ({"kind": "parent"}, "Select a valid choice."),
        ({"kind": ""}, "Choose how they hang together."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(ward, client, pair, typed, words):
    one, other = pair
    english(client, ward.thuky)
    answer = client.post(address(one), {"code": other.code, "kind": "similar", "note": NOTE} | typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert NOTE in page or "note" in typed
    assert not InitiativeLink.objects.exists()


def test_who_states_links(ward, client, pair):
    one, other = pair
    typed = {"code": other.code, "kind": "similar", "note": NOTE}
    for name, status in (("tacgia", 403), ("lanhdao", 403), ("chutich", 403), ("nguoikhac", 404)):
        english(client, ward.users[name])
        assert client.get(address(one)).status_code == status, name
        assert client.post(address(one), typed).status_code == status, name
    assert not InitiativeLink.objects.exists()


# ---- the rules


def test_nothing_senseless_is_linked(ward, pair):
    one, other = pair
    third = builders.submitted(ward, title="Dossier thứ ba")
    draft = builders.draft(ward, title="Nháp")
    make = links.make
    assert code_of(make, one, ward.thuky, one, "similar", NOTE) == "link_to_itself"
    assert code_of(make, one, ward.thuky, draft, "similar", NOTE) == "link_unknown_code"
    assert code_of(make, draft, ward.thuky, one, "similar", NOTE) == "only_secretary_links"
    assert code_of(make, one, ward.thuky, other, "similar", "  ") == "link_note_missing"
    assert code_of(make, one, ward.chutich, other, "similar", NOTE) == "only_secretary_links"
    link(ward, one, other)
    assert code_of(link, ward, one, other) == "link_stands"
    assert code_of(link, ward, other, one) == "link_goes_round"
    link(ward, other, third)
    assert code_of(link, ward, third, one) == "link_goes_round"
    link(ward, third, one, "part_of")  # another kind may point the other way


def test_similar_goes_both_ways_and_is_kept_once(ward, pair):
    one, other = pair
    link(ward, other, one, "similar")
    assert code_of(link, ward, one, other, "similar") == "link_stands"
    for here in pair:
        assert [shown.words for shown in links.shown_on(here, ward.thuky)] == ["Tương tự với"]


def test_a_link_taken_back_can_be_stated_anew(ward, pair):
    one, other = pair
    first = link(ward, one, other)
    links.take_back(first, ward.thuky, "Nhầm.")
    assert code_of(links.take_back, first, ward.thuky, "Nhầm.") == "link_taken_back"
    assert code_of(links.take_back, link(ward, one, other), ward.thuky, " ") == "link_reason_missing"
    assert InitiativeLink.objects.count() == 2


def test_whoever_stands_aside_from_the_other_one_cannot_name_it(ward, pair):
    """A code typed by guess tells the secretary no more about it than about one there is not."""
    one, other = pair
    from ideas.models import Conflict

    Conflict.objects.create(initiative=other, staff=ward.thuky.staff, reason="Em ruột")
    assert code_of(link, ward, one, other) == "link_unknown_code"


def test_the_database_keeps_the_rules_too(ward, pair):
    one, other = pair
    values = {"kind": LinkKind.SIMILAR, "note": "x", "made_at": timezone.now(), "made_by_name": "x"}
    InitiativeLink.objects.create(source=one, target=other, **values)
    wrong = (
        {"source": one, "target": other},
        {"source": one, "target": one},
        {"source": other, "target": one, "taken_back_at": timezone.now()},
    )
    for more in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            InitiativeLink.objects.create(**values, **more)


# ---- who reads them


def test_an_author_reads_no_link_to_a_dossier_they_may_not_read(ward, client, pair):
    """Not in the panel, the history or its count, nor on the page of a step that came too late."""
    one, other = pair
    tails = ("", "?phan=nhat-ky", "hien-trang/")

    def pages():
        return [
            page_of(client, ward.tacgia, one, tail).content.decode().split("<main")[-1].split("csrf")[0]
            for tail in tails
        ]

    before = pages()
    links.take_back(link(ward, one, other), ward.thuky, "Nhầm mã 1187.")
    link(ward, one, other, "similar")
    assert pages() == before
    english(client, ward.tacgia)
    late = client.post(f"{one.get_absolute_url()}buoc/accept/", {"seen": "1"})
    assert "inked to another" not in late.content.decode()


def test_once_both_may_be_read_the_authors_read_the_link(ward, client):
    old = builders.recognised(ward, **COLOURS)
    new = by_another(ward, **COLOURS_AGAIN)
    link(ward, new, old)
    page = page_of(client, ward.nguoikhac, new).content.decode()
    assert COLOURS["title"] in page
    assert NOTE in page
    assert f"Continues {old.code}" in page_of(client, ward.nguoikhac, new, "?phan=nhat-ky").content.decode()
    # The author of the old one may not read the new one yet.
    assert new.code not in page_of(client, ward.tacgia, old).content.decode()
    assert new.code not in page_of(client, ward.tacgia, old, "?phan=nhat-ky").content.decode()


def test_the_public_reads_continues_and_part_of_where_both_are_public(ward, client):
    old = builders.recognised(ward, **COLOURS)
    new = builders.recognised(ward, **COLOURS_AGAIN)
    undecided = builders.submitted(ward, title="Chưa quyết 8841")
    similar, continues = link(ward, new, old, "similar"), link(ward, new, old, "continues")
    link(ward, undecided, old, "part_of")
    client.logout()
    client.cookies["ngon_ngu"] = "en"

    def card(one):
        return client.get(f"/sang-kien/{one.code}/").content.decode()

    assert f'Continues <a href="/sang-kien/{old.code}/">' in card(new)
    assert f'Is continued by <a href="/sang-kien/{new.code}/">' in card(old)
    for page in (card(old), card(new)):
        assert "Is similar to" not in page
        assert undecided.code not in page
        assert NOTE not in page
    assert_sound(card(new))
    before = ContentStamp.objects.count()
    links.take_back(similar, ward.thuky, "Không còn.")
    assert ContentStamp.objects.count() == before
    links.take_back(continues, ward.thuky, "Không còn.")
    assert ContentStamp.objects.count() == before + 1  # kept pages of both cards are old
    assert "Related initiatives" not in card(new)


@pytest.mark.parametrize("count", [1, 10])
def test_links_cost_the_same_whatever_their_number(ward, client, count):
    old = builders.recognised(ward, **COLOURS)
    for number in range(count):
        link(ward, builders.submitted(ward, title=f"Việc {number}"), old)
    cache.clear()
    page_of(client, ward.thuky, old)
    with CaptureQueriesContext(connection) as caught:
        page = page_of(client, ward.thuky, old).content.decode()
    assert page.count("Is continued by <a") == count
    assert len([query for query in caught if "ideas_initiativelink" in query["sql"]]) == 1
