"""Pages of residents' ideas: by code, in public, inside; and that no name or address ever gets out."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.models import Idea, IdeaContact
from ideas.suggestions import codes, following, log, published, triage
from ideas.suggestions.consents import CONTACT, CREDIT, PUBLISH
from notifications.models import Notification, OutboxMail
from portal import search
from portal.models import SearchEntry as Entry
from tests.html import assert_sound
from trust.consents import standing

from . import builders
from . import suggestion_builders as ideas

pytestmark = pytest.mark.django_db
LEAKS = (ideas.NAME, ideas.EMAIL, ideas.PHONE, "mo.rieng", "884 109")


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def public(client):
    client.cookies["ngon_ngu"] = "en"
    return client


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


def test_the_tracking_page_shows_state_and_answer_and_nothing_of_the_person(ward, public):
    idea = ideas.answered(ward)
    page = public.get(ideas.track_url(idea))
    text = page.content.decode()
    assert page.status_code == 200
    assert "The idea has an answer" in text and "Phường sẽ làm từ tháng 12." in text
    assert [leak for leak in LEAKS if leak in text] == []
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex' in text
    assert_sound(page.content)


@pytest.mark.parametrize("typed", ["{0}", "yt-{0}", "  {0}  ", "{1}", "{2}"])
def test_a_code_is_understood_however_it_is_typed(ward, public, typed):
    idea = ideas.sent()
    text = typed.format(idea.code, codes.shown(idea.code), codes.shown(idea.code).lower().replace("-", " "))
    answer = public.get("/y-tuong/theo-doi/", {"ma": text})
    assert (answer.status_code, answer.url) == (302, ideas.track_url(idea))


def test_unknown_void_and_malformed_codes_look_alike(ward, public):
    idea = ideas.sent()
    old = idea.code
    triage.renew(idea, ward.thuky, "Mất phiếu", seen=log.last_seen(idea))
    answers = [
        public.get(f"/y-tuong/{code}/")
        for code in (codes.shown(old), codes.shown(codes.new_code()), "khong-phai-ma", "YT-2026-HD01")
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    bodies = {answer.content.decode().partition("<main")[2].partition("</main>")[0] for answer in answers}
    assert len(bodies) == 1
    for part in ("phieu/", "dong-y/"):
        assert public.get(f"/y-tuong/{codes.shown(old)}/{part}").status_code == 404


def test_guessing_codes_is_slowed_down(ward, public):
    idea = ideas.sent()
    for _ in range(30):
        assert public.get(f"/y-tuong/{codes.shown(codes.new_code())}/").status_code == 404
    assert public.get(f"/y-tuong/{codes.shown(codes.new_code())}/").status_code == 429
    assert public.get(ideas.track_url(idea)).status_code == 429  # a right guess no longer answers either
    cache.clear()
    for _ in range(40):  # whoever has the code is never counted
        assert public.get(ideas.track_url(idea)).status_code == 200


def test_the_line_tells_where_the_idea_stands(ward, public):
    idea = ideas.assigned(ward)
    text = public.get(ideas.track_url(idea)).content.decode()
    assert "Handed to Phòng Kinh tế, Hạ tầng và Đô thị" in text and "The idea is being handled" in text
    closed = triage.close(
        other := ideas.sent(key="k2", proposal="Khác"),
        ward.thuky,
        "duplicate",
        duplicate_of=idea,
        seen=log.last_seen(other),
    )
    text = public.get(ideas.track_url(closed)).content.decode()
    assert "The same was proposed before" in text
    assert idea.number not in text and codes.shown(idea.code) not in text


# ---- consents by whoever holds the code


def test_withdrawing_erases_at_once(ward, public):
    idea = ideas.answered(ward)
    url = f"{ideas.track_url(idea)}dong-y/"
    assert public.get(url).status_code == 200
    assert public.post(url, {f"agree-{CREDIT}": "on"}).status_code == 302
    kept = ideas.fresh(idea)
    assert set(standing(idea.subject)) == {CREDIT}
    assert (kept.contact.name, kept.contact.email, kept.contact.phone) == (ideas.NAME, "", "")
    assert (kept.is_public, Entry.objects.filter(kind="idea").count()) == (False, 0)
    assert ideas.EMAIL not in OutboxMail.objects.values_list("to", flat=True)
    public.post(url, {})
    assert not IdeaContact.objects.exists()
    assert standing(idea.subject) == {}
    public.post(url, {f"agree-{PUBLISH}": "on", f"agree-{CONTACT}": "on"})
    assert set(standing(idea.subject)) == {PUBLISH}  # there is nothing left the other could be for


def test_contacts_are_erased_a_year_after_the_answer(ward):
    idea = ideas.answered(ward)
    following.forget_old_contacts(timezone.now() + timedelta(days=360))
    assert ideas.fresh(idea).contact.email == ideas.EMAIL
    following.forget_old_contacts(timezone.now() + timedelta(days=366))
    assert (ideas.fresh(idea).contact.name, ideas.fresh(idea).contact.email) == (ideas.NAME, "")
    assert CONTACT not in standing(idea.subject)
    waiting = ideas.sent(key="k2", proposal="Chưa trả lời")
    following.forget_old_contacts(timezone.now() + timedelta(days=800))
    assert ideas.fresh(waiting).contact.email == ideas.EMAIL


# ---- in public


def test_answered_ideas_are_listed_in_the_wards_words_alone(ward, public):
    shown = ideas.answered(ward)
    ideas.answered(ward, key="k2", proposal="Riêng tư 5530", public=False)
    page = public.get("/y-tuong/da-tra-loi/")
    one = public.get(published.address_of(shown.number))
    for answer in (page, one):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert ideas.PUBLIC_TITLE in text
        hidden = (*LEAKS, ideas.PROPOSAL, ideas.TROUBLE, "Riêng tư 5530", codes.shown(shown.code), shown.code)
        assert [leak for leak in hidden if leak in text] == []
        assert_sound(answer.content)
    assert public.get(published.address_of("YT-2026-HD99")).status_code == 404
    private = Idea.objects.get(is_public=False)
    assert public.get(published.address_of(private.number)).status_code == 404


def test_the_search_and_the_site_map_know_published_ideas(ward, public):
    shown = ideas.answered(ward)
    hidden = ideas.answered(ward, key="k2", proposal="Riêng tư 5530", public=False)
    text = public.get("/tim-kiem/", {"q": "lich cat nuoc"}).content.decode()
    assert published.address_of(shown.number) in text
    assert "Nothing found" in public.get("/tim-kiem/", {"q": "rieng tu 5530"}).content.decode()
    site_map = public.get("/sitemap.xml").content.decode()
    assert published.address_of(shown.number) in site_map and "/y-tuong/</loc>" in site_map
    assert hidden.number not in site_map and shown.code not in site_map
    search.rebuild()
    assert list(Entry.objects.filter(kind="idea").values_list("object_id", flat=True)) == [str(shown.pk)]


def test_nothing_of_a_sender_is_on_any_public_page_feed_or_file(ward, public):
    idea = ideas.answered(ward)
    for url in (
        "/", "/y-tuong/", "/y-tuong/theo-doi/", "/y-tuong/da-tra-loi/", published.address_of(idea.number),
        ideas.track_url(idea), f"{ideas.track_url(idea)}phieu/", f"{ideas.track_url(idea)}dong-y/",
        "/tim-kiem/?q=mo+rieng", "/sitemap.xml", "/sang-kien/",
        "/du-lieu-mo/", "/du-lieu-mo/v1/sang-kien/", "/du-lieu-mo/v1/sang-kien.csv", "/tin-tuc/rss.xml",
    ):  # fmt: skip
        answer = public.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode()
        if "q=" in url:
            text = text.partition('id="ket-qua"')[2]
        assert [leak for leak in LEAKS if leak in text] == [], url
    told = str(list(Notification.objects.values_list("subject", "params", "link")))
    assert [leak for leak in (*LEAKS, ideas.PROPOSAL, idea.code) if leak in told] == []


# ---- inside


def test_who_reads_which_idea_and_its_sender(ward):
    ward.users["truongphong"] = ideas.unit_head()
    waiting = ideas.assigned(ward)
    doable = ideas.answered(ward, key="k2", proposal="Làm được")
    not_now = ideas.answered(ward, key="k3", proposal="Chưa làm", outcome="not_now")
    reads = {
        "thuky": (200, 200, 200),
        "truongphong": (200, 200, 404),
        "tacgia": (404, 200, 404),
        "hoidong1": (404, 200, 404),
        "quantri": (404, 200, 404),
    }
    sees_sender = {("thuky", waiting), ("thuky", doable), ("thuky", not_now), ("truongphong", waiting)}
    for name, statuses in reads.items():
        client = signed_in(ward.users[name])
        for idea, status in zip((waiting, doable, not_now), statuses, strict=True):
            page = client.get(idea.get_absolute_url())
            assert page.status_code == status, (name, idea.number)
            text = page.content.decode()
            assert any(leak in text for leak in LEAKS) == ((name, idea) in sees_sender), (name, idea.number)
            assert codes.shown(idea.code) not in text and idea.code not in text
            if status == 200:
                assert_sound(page.content)
        assert any(leak in client.get("/y-tuong/xu-ly/").content.decode() for leak in LEAKS) is False


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_thirty(ward):
    ideas.sent()
    client = signed_in(ward.thuky)
    client.get("/y-tuong/xu-ly/")

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/y-tuong/xu-ly/").status_code == 200
        return len(asked)

    one = count()
    ideas.many(29)
    assert count() == one


def test_the_public_list_asks_the_same_number_of_questions_too(ward, public):
    ideas.answered(ward)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert public.get("/y-tuong/da-tra-loi/").status_code == 200
        return len(asked)

    one = count()
    for n in range(19):
        ideas.answered(ward, key=f"n{n}", proposal=f"Số {n}")
    assert count() == one


def test_the_steps_through_the_pages(ward):
    head = ideas.unit_head()
    idea, secretary = ideas.sent(), signed_in(ward.thuky)
    base = idea.get_absolute_url()
    page = secretary.get(f"{base}chuyen/")
    assert_sound(page.content)
    form = {"seen": page.context["form"]["seen"].value(), "unit": ideas.unit().pk}
    assert secretary.post(f"{base}chuyen/", {"seen": form["seen"]}).status_code == 422
    assert secretary.post(f"{base}chuyen/", form).status_code == 302
    again = secretary.post(f"{base}chuyen/", form)  # a second click
    assert (again.status_code, idea.entries.filter(step="assigned").count()) == (409, 1)
    head_client = signed_in(head)
    page = head_client.get(f"{base}tra-loi/")
    words = {"seen": page.context["form"]["seen"].value(), "outcome": "will_do", "answer": "Sẽ làm."}
    unpublished = head_client.post(f"{base}tra-loi/", words | {"is_public": "on"})
    assert (unpublished.status_code, "Sẽ làm." in unpublished.content.decode()) == (422, True)
    public = {"is_public": "on", "public_title": ideas.PUBLIC_TITLE, "public_text": ideas.PUBLIC_TEXT}
    assert head_client.post(f"{base}tra-loi/", words | public).status_code == 302
    assert head_client.get(f"{base}dong/").status_code == 403
    assert (
        secretary.post(f"{base}dong/", {"why": "spam"}).status_code == 302
    )  # too late: a word, nothing done
    assert ideas.fresh(idea).state == "answered"


def test_what_was_typed_before_signing_in_is_back(ward, client):
    idea = ideas.sent()
    url = f"{idea.get_absolute_url()}tra-loi/"
    sent = client.post(url, {"answer": "Soạn rất lâu 7719", "outcome": "will_do"})
    assert sent.status_code == 302 and "login" in sent.url
    client.post("/tai-khoan/login/", {"login": "thuky", "password": builders.PASSWORD})
    assert "Soạn rất lâu 7719" in client.get(url).content.decode()
