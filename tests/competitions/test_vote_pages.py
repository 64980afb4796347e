"""The public's pages of a vote: what they show, to whom, and what they never hold."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from competitions import visitors
from competitions.models import Entry, EntryFile, Phase, Vote
from competitions.voting import pictures, retention
from people.roles import Role
from tests.competitions import builders
from tests.competitions.costs import cost
from tests.competitions.vote_builders import (
    ASKED,
    address,
    agree,
    on_the_ballot,
    proven,
    publishable,
    take_back,
    votes,
)
from tests.ideas.builders import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


@pytest.fixture
def competition(organiser):
    return builders.competition(phase="vote", organiser=organiser)


def ballot_of(competition):
    return f"/cuoc-thi/{competition.slug}/binh-chon/"


def move_vote(competition, **edges):
    Phase.objects.filter(competition=competition, code="vote").update(**edges)


def photo(size=(1200, 800), exif=True, mode="RGB", kind="JPEG"):
    image = Image.new(mode, size, "teal")
    extra = {}
    if exif:
        data = Image.Exif()
        data[0x010F] = "MayAnhKin4471"
        data[0x0112] = 6  # lies on its side
        extra["exif"] = data.tobytes()
    out = io.BytesIO()
    image.save(out, kind, **extra)
    return out.getvalue()


def with_picture(competition, content, caption="Cầu mới qua kênh", **kinds):
    """An entry handed in with one picture."""
    entry = builders.entry(competition, builders.participant(full_name="Tên Kín 5519"), title="Cầu mới")
    kinds = {"name": "ten-kin-5519.jpg", "content_type": "image/jpeg"} | kinds
    file = EntryFile(entry=entry, size=len(content), sha256="ab" * 32, caption=caption, **kinds)
    file.file.save(kinds["name"], ContentFile(content))
    entry = builders.hand_in(entry)
    agree(entry)
    return entry, file


def shown_titles(client, competition, page=""):
    body = client.get(ballot_of(competition) + page).content.decode()
    titles = Entry.objects.filter(competition=competition).values_list("title", flat=True)
    return sorted((body.index(f">{title}</a>"), title) for title in titles if f">{title}</a>" in body)


def test_a_visitor_keeps_their_order_and_leafs_through_all(competition):
    entries = on_the_ballot(competition, 15)
    first, second = Client(), Client()
    one = [title for _at, title in shown_titles(first, competition)]
    again = [title for _at, title in shown_titles(first, competition)]
    rest = [title for _at, title in shown_titles(first, competition, "?page=2")]
    other = [title for _at, title in shown_titles(second, competition)]
    assert (len(one), len(rest)) == (12, 3)
    assert one == again and one != other
    assert sorted(one + rest) == sorted(entry.title for entry in entries)
    cookie = first.cookies["thu_tu"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (ballot_of(competition), True, "Lax")
    assert "sessionid" not in first.cookies


def test_the_list_costs_the_same_for_one_entry_and_for_thirty(competition):
    client = Client()
    builders.attach(on_the_ballot(competition, 1)[0])
    one = cost(client, ballot_of(competition))
    for entry in on_the_ballot(competition, 29):
        builders.attach(entry)
    assert cost(client, ballot_of(competition)) == one <= 15


def test_an_entry_is_shown_as_it_was_handed_in_and_without_names(competition):
    entry, file = with_picture(competition, photo())
    Entry.objects.filter(pk=entry.pk).update(title="Sửa sau khi nộp", text="Chưa nộp lại.")
    builders.attach(entry, name="them-sau.png", caption="Thêm sau khi nộp")
    answer = Client().get(address(entry))
    body = answer.content.decode()
    assert answer.status_code == 200 and answer["X-Robots-Tag"] == "noindex"
    assert "Cầu mới" in body and 'alt="Cầu mới qua kênh"' in body and f"/anh/{file.pk}/lon/" in body
    for hidden in ("Sửa sau", "Chưa nộp lại", "Thêm sau", "Tên Kín 5519", "ten-kin-5519", "nguoi"):
        assert hidden not in body, hidden
    assert "csrfmiddlewaretoken" not in body and "csrftoken" not in answer.cookies


def test_what_is_not_on_the_ballot_has_no_page(competition):
    (shown,) = on_the_ballot(competition, 1)
    silent = builders.handed_in(competition)
    of_another = publishable(builders.competition(phase="vote"))
    person = proven(builders.participant())
    for entry in (silent, of_another):
        wrong = f"{ballot_of(competition)}{entry.code}/"
        assert Client().get(wrong).status_code == 404
        assert person.get(f"{wrong}xac-nhan/").status_code == 404
        assert person.post(wrong, ASKED).status_code == 404
    assert Client().get(address(shown)).status_code == 200
    take_back(shown)
    assert Client().get(address(shown)).status_code == 404


def test_an_unpublished_competition_has_no_vote(organiser):
    hidden = builders.competition(phase="vote", organiser=organiser, live=False)
    (entry,) = on_the_ballot(hidden, 1)
    for path in (ballot_of(hidden), address(entry)):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("when", ["before", "after"])
def test_outside_the_window_no_entry_is_shown_and_no_vote_taken(competition, when):
    entry, file = with_picture(competition, photo())
    now = timezone.now().replace(second=0, microsecond=0)
    day, sign = timedelta(days=1), (1 if when == "before" else -1)
    edges = sorted([now + sign * day, now + sign * 2 * day])
    move_vote(competition, opens_at=edges[0], closes_at=edges[1])
    said = {"before": "Bình chọn mở lúc", "after": "Bình chọn đã đóng lúc"}[when]
    body = Client().get(ballot_of(competition)).content.decode()
    assert said in body and "Cầu mới" not in body
    assert Client().get(address(entry)).status_code == 302
    assert Client().get(address(entry, f"anh/{file.pk}/nho/")).status_code == 404
    person = proven(builders.participant())
    assert person.get(address(entry, "xac-nhan/")).status_code == 302
    answer = person.post(address(entry), ASKED)
    assert answer.status_code == 409 and said in answer.content.decode()
    assert not Vote.objects.exists()


# ---- pictures


def test_pictures_are_drawn_anew_small_and_upright(competition):
    entry, file = with_picture(competition, photo())
    small = Client().get(address(entry, f"anh/{file.pk}/nho/"))
    assert (small.status_code, small["Content-Type"]) == (200, "image/jpeg")
    assert b"MayAnhKin4471" in photo() and b"MayAnhKin4471" not in small.content
    drawn = Image.open(io.BytesIO(small.content))
    assert drawn.size == (320, 480) and not drawn.getexif()
    large = Image.open(io.BytesIO(Client().get(address(entry, f"anh/{file.pk}/lon/")).content))
    assert large.size == (800, 1200)
    assert Client().get(address(entry, f"anh/{file.pk}/goc/")).status_code == 404


def test_a_transparent_picture_stands_on_white(competition):
    content = photo(mode="RGBA", kind="PNG", exif=False, size=(20, 20))
    entry, file = with_picture(competition, content, content_type="image/png", name="a.png")
    drawn = Client().get(address(entry, f"anh/{file.pk}/nho/"))
    assert Image.open(io.BytesIO(drawn.content)).mode == "RGB"


def test_a_broken_or_missing_picture_breaks_no_page(competition):
    entry, file = with_picture(competition, b"\xff\xd8 kein Bild")
    assert Client().get(address(entry, f"anh/{file.pk}/nho/")).status_code == 404
    file.file.delete(save=False)
    assert Client().get(address(entry, f"anh/{file.pk}/nho/")).status_code == 404
    assert Client().get(ballot_of(competition)).status_code == 200


def test_no_other_file_is_handed_out_as_a_picture(competition):
    entry, file = with_picture(competition, photo())
    later = builders.attach(entry, content=photo(), caption="Thêm sau khi nộp")
    other, others = with_picture(competition, photo(exif=False))
    for pk in (later.pk, others.pk, 999999):
        assert Client().get(address(entry, f"anh/{pk}/nho/")).status_code == 404
    assert Client().get(address(other, f"anh/{others.pk}/nho/")).status_code == 200
    take_back(entry)
    assert Client().get(address(entry, f"anh/{file.pk}/nho/")).status_code == 404


def test_the_clock_draws_pictures_ahead_and_takes_them_away(competition, settings):
    _entry, _file = with_picture(competition, photo())
    retention.keep_pictures(timezone.now())
    folder = settings.PRIVATE_ROOT / pictures.FOLDER / str(competition.pk)
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{'ab' * 32}-lon.jpg", f"{'ab' * 32}-nho.jpg"]
    retention.keep_pictures(competition.window("vote").closes_at)
    assert not folder.exists()


# ---- voting


def test_whoever_is_not_known_proves_a_mailbox_first(competition):
    (entry,) = on_the_ballot(competition, 1)
    back = {"get": f"{address(entry)}xac-nhan/", "post": address(entry)}
    for method, path in back.items():
        answer = getattr(Client(), method)(path, ASKED if method == "post" else None)
        assert answer.status_code == 302
        assert answer.url.startswith("/cuoc-thi/ma/?viec=vote&next=%2Fcuoc-thi%2F")
    assert not Vote.objects.exists()


def test_a_script_without_a_token_gets_nowhere(competition):
    (entry,) = on_the_ballot(competition, 1)
    script = proven(builders.participant(), Client(enforce_csrf_checks=True))
    assert script.post(address(entry), ASKED).status_code == 403
    assert not Vote.objects.exists()


def test_the_way_to_a_vote_says_what_it_means_before(competition):
    (entry,) = on_the_ballot(competition, 1)
    person = proven(builders.participant())
    assert f'href="{address(entry)}xac-nhan/"' in person.get(address(entry)).content.decode()
    asked = person.get(f"{address(entry)}xac-nhan/").content.decode()
    assert "không sửa, không rút lại được" in asked and "checked" not in asked
    silent = person.post(address(entry))
    assert silent.status_code == 422 and "Chưa đồng ý thì không ghi nhận" in silent.content.decode()
    assert not Vote.objects.exists()
    done = person.post(address(entry), ASKED, follow=True).content.decode()
    assert "Phiếu bình chọn đã được ghi nhận" in done
    assert "“Bài bình chọn 1”" in done
    assert "Bình chọn bài này" not in person.get(address(entry)).content.decode()


def test_a_second_try_says_when_they_voted(competition):
    first, second = on_the_ballot(competition, 2)
    person = proven(builders.participant())
    person.post(address(first), ASKED)
    Vote.objects.update(at=competition.window("vote").opens_at)
    for ask in (
        lambda: person.post(address(second), ASKED, follow=True),
        lambda: person.get(f"{address(second)}xac-nhan/", follow=True),
    ):
        answer = ask()
        assert answer.status_code == 200 and answer.redirect_chain[-1][0] == ballot_of(competition)
        from vietnamese.dates import spoken_moment

        assert spoken_moment(competition.window("vote").opens_at) in answer.content.decode()
    assert Vote.objects.get().entry == first


def test_those_who_may_not_vote_read_why(competition, organiser):
    (entry,) = on_the_ballot(competition, 1)
    desk, own = Client(), proven(builders.leader_of(entry))
    desk.force_login(organiser)
    for client, why in ((desk, "Ban Tổ chức hoặc Ban Giám khảo"), (own, "bài dự thi của chính ông/bà")):
        page = client.get(f"{address(entry)}xac-nhan/")
        assert page.status_code == 200 and why in page.content.decode()
        assert "csrfmiddlewaretoken" not in page.content.decode().partition("<main")[2]
        answer = client.post(address(entry), ASKED)
        assert answer.status_code == 409 and why in answer.content.decode()
    assert not Vote.objects.exists()


def test_a_network_that_votes_like_a_script_has_to_wait(competition, monkeypatch):
    from competitions.views import vote

    monkeypatch.setattr(vote, "VOTES_OF_A_NETWORK", vote.Requests("competitions-vote", most=3, seconds=600))
    (entry,) = on_the_ballot(competition, 1)
    codes = [
        proven(builders.participant()).post(address(entry), ASKED, REMOTE_ADDR="203.0.113.9").status_code
        for _try in range(5)
    ]
    elsewhere = proven(builders.participant()).post(address(entry), ASKED, REMOTE_ADDR="203.0.113.10")
    assert codes == [302, 302, 302, 429, 429] and elsewhere.status_code == 302
    assert Vote.objects.count() == 4


def test_an_account_votes_without_a_code(competition):
    (entry,) = on_the_ballot(competition, 1)
    client = Client()
    user = make_user("canbo")
    client.force_login(user)
    assert client.post(address(entry), ASKED).status_code == 302
    assert Vote.objects.get().participant == visitors.of_account(user)


def test_a_vote_costs_few_queries(competition, django_assert_max_num_queries):
    on_the_ballot(competition, 10)
    entry = Entry.objects.filter(competition=competition).last()
    votes(entry, 50)
    person = proven(builders.participant())
    with django_assert_max_num_queries(17):
        assert person.post(address(entry), ASKED).status_code == 302
