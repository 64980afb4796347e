"""An idea grows into an initiative: the draft, the credit, and that nothing shows before the recognition."""

import pytest
from django.test import Client

from ideas import workflow
from ideas.models import IdeaGrowth, Initiative
from ideas.refusing import Refused
from ideas.suggestions import growing, published
from ideas.suggestions.consents import CREDIT
from ideas.suggestions.following import change_consents
from notifications.models import Notification, OutboxMail
from people.models import User

from . import builders
from . import suggestion_builders as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


def refused(idea, user):
    with pytest.raises(Refused) as caught:
        growing.start(idea, user)
    return caught.value.code


def recognised_from(ward, idea):
    """The dossier that grew from `idea`, recognised."""
    initiative = growing.start(idea, ward.tacgia)
    draft = builders.draft
    try:
        builders.draft = lambda ward, **values: complete(initiative)
        return builders.recognised(ward)
    finally:
        builders.draft = draft


def complete(initiative):
    builders.fill_form(initiative)
    builders.attach(initiative)
    return builders.fresh(initiative)


def page(client, url):
    client.cookies["ngon_ngu"] = "en"
    return client.get(url).content.decode()


def test_a_draft_begins_with_the_residents_words(ward):
    idea = ideas.answered(ward)
    Notification.objects.all().delete()
    initiative = growing.start(idea, ward.tacgia)
    assert (initiative.state, initiative.title) == ("draft", ideas.PUBLIC_TITLE)
    assert initiative.problem == f"{ideas.TROUBLE}\n\nTổ 4, ngõ 12"
    assert initiative.description == ideas.PROPOSAL
    assert (idea.growths.get().initiative, initiative.growth.idea) == (initiative, idea)
    assert [n.recipient.username for n in Notification.objects.filter(event="ideas.idea_grown")] == ["thuky"]
    assert initiative.history.get(transition="from_idea").details == {"idea": idea.number}


def test_a_long_proposal_makes_a_short_title(ward):
    idea = ideas.answered(ward, public=False, proposal="Một câu rất dài " * 30)
    title = growing.title_of(idea)
    assert len(title) <= 121 and title.endswith("…")


def test_one_dossier_at_a_time_and_again_when_it_came_to_nothing(ward):
    idea = ideas.answered(ward)
    initiative = growing.start(idea, ward.tacgia)
    assert refused(idea, ward.nguoikhac) == "idea_grows_already"
    workflow.move(builders.fresh(initiative), "withdraw", ward.tacgia, reason="Không làm nữa")
    again = growing.start(idea, ward.nguoikhac)
    assert IdeaGrowth.objects.filter(idea=idea).count() == 2
    assert growing.growth_of(idea).initiative == again


def test_who_and_from_which_idea(ward):
    assert refused(ideas.answered(ward, outcome="not_now"), ward.tacgia) == "idea_not_growable"
    assert refused(ideas.sent(key="k2", proposal="Chưa"), ward.tacgia) == "idea_not_growable"
    outside = User.objects.create_user("khongso")
    assert refused(ideas.answered(ward, key="k3", proposal="Được"), outside) == "only_staff_grow"


def test_before_the_recognition_nothing_of_the_dossier_is_told(ward, client):
    idea = ideas.answered(ward)
    initiative = growing.start(idea, ward.tacgia)
    Initiative.objects.filter(pk=initiative.pk).update(title="Tên còn giữ kín 6641")
    for url in (ideas.track_url(idea), published.address_of(idea.number), "/y-tuong/da-tra-loi/"):
        text = page(client, url)
        assert initiative.code not in text and "6641" not in text, url
    assert "an initiative is being made of it" in page(client, ideas.track_url(idea))


def test_once_recognised_it_is_linked_both_ways_and_the_sender_hears_of_it(ward, client):
    idea = ideas.answered(ward)
    OutboxMail.objects.all().delete()
    initiative = recognised_from(ward, idea)
    assert initiative.state == "recognised"
    card_url = f"/sang-kien/{initiative.code}/"
    tracking = page(client, ideas.track_url(idea))
    assert card_url in tracking and "carried out as a recognised initiative" in tracking
    assert card_url in page(client, published.address_of(idea.number))
    card = page(client, card_url)
    assert ideas.NAME in card and published.address_of(idea.number) in card
    assert ideas.EMAIL not in card and ideas.PHONE not in card
    assert OutboxMail.objects.filter(recipient=None, to=ideas.EMAIL).count() == 1
    workflow.move(
        initiative, "revoke", ward.lanhdao, public_reason="Sai số liệu", **builders.decision("470/QĐ-UBND")
    )
    assert card_url not in page(client, ideas.track_url(idea))
    assert card_url not in page(client, published.address_of(idea.number))


def test_without_consent_it_is_a_resident_and_withdrawing_takes_the_name_off(ward, client):
    unnamed = ideas.answered(ward, key="k2", proposal="Ý không tên", agreed=ideas.ALL - {CREDIT})
    initiative = recognised_from(ward, unnamed)
    card = page(client, f"/sang-kien/{initiative.code}/")
    assert "A resident" in card and ideas.NAME not in card
    named = ideas.answered(ward)
    other = recognised_from(ward, named)
    url = f"/sang-kien/{other.code}/"
    assert ideas.NAME in page(client, url)
    change_consents(named, ())
    assert ideas.NAME not in page(client, url) and "A resident" in page(client, url)


def test_the_dossier_says_where_it_comes_from(ward):
    idea = ideas.answered(ward)
    initiative = growing.start(idea, ward.tacgia)
    client = Client()
    client.force_login(ward.tacgia)
    text = page(client, initiative.get_absolute_url())
    assert idea.number in text and ideas.NAME in text and ideas.EMAIL not in text


def test_starting_twice_by_the_page_is_one_dossier(ward):
    idea = ideas.answered(ward)
    client = Client()
    client.force_login(ward.tacgia)
    url = f"{idea.get_absolute_url()}sang-kien/"
    assert client.get(url).status_code == 200
    first, second = client.post(url), client.post(url)
    assert "/sua/1/" in first.url and second.url == idea.get_absolute_url()
    assert IdeaGrowth.objects.count() == 1
