"""My entries: staff and residents alike, what comes next, the prize once it is published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competitions.models import Award, Prize, ResultList
from tests.html import assert_sound
from tests.ideas.builders import make_user

from . import builders
from .entrants import MINE, browser, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def person():
    return builders.participant("hoa@thu.example", full_name="Nguyễn Thị Hoa")


@pytest.fixture
def client(person):
    return browser(person)


def says(answer):
    return answer.content.decode()


def test_each_entry_says_where_it_stands_and_what_comes_next(client, person):
    open_one = builders.competition()
    draft = builders.entry(open_one, person, title="Bài nháp")
    sent = builders.handed_in(builders.competition(), person, title="Bài đã nộp")
    late = builders.entry(builders.competition(phase="preliminary"), person, title="Bài bỏ dở")
    judged = builders.handed_in(builders.competition(phase="preliminary"), person, title="Bài đang chấm")
    page = client.get(MINE)
    assert_sound(page.content)
    told = says(page)
    assert "Not handed in yet. Entries close at" in told
    assert f"/cuoc-thi/{open_one.slug}/du-thi/" in told
    assert "It can be changed until" in told and sent.code in told
    assert "This draft was not handed in" in told
    assert "The results will stand here" in told
    rows = {row.entry.pk: row.act for row in page.context["rows"]}
    assert rows == {draft.pk: "go_on", sent.pk: "see", late.pk: "see", judged.pk: "see"}


def test_changes_not_handed_in_are_the_next_thing_to_do(client, person):
    entry = builders.handed_in(builders.competition(), person)
    client.post(url(entry, "noi-dung/"), {"title": "Tên khác", "text": "Chữ khác"})
    page = client.get(MINE)
    assert page.context["rows"][0].act == "hand_in"
    assert url(entry, "nop/") in says(page)


def test_nobody_elses_entry_is_there(client, person):
    builders.handed_in(builders.competition(), builders.participant(), title="Bài người khác")
    page = client.get(MINE)
    assert_sound(page.content)
    assert "Bài người khác" not in says(page)
    assert "Nothing handed in yet" in says(page)


def publish(entry, state="published", withdrawn=None):
    now = timezone.now()
    results = ResultList.objects.create(
        competition=entry.competition,
        state=state,
        payload="{}",
        sha256="0" * 64,
        drafted_at=now,
        checked_at=now,
        published_at=now if state == "published" else None,
    )
    prize = Prize.objects.filter(competition=entry.competition).first()
    Award.objects.create(
        result_list=results,
        prize=prize,
        entry=entry,
        withdrawn_at=withdrawn,
        withdrawn_reason="x" if withdrawn else "",
    )


@pytest.mark.parametrize(
    ("state", "withdrawn", "wins", "out"),
    [
        ("draft", False, False, False),
        ("checked", False, False, False),
        ("published", False, True, False),
        ("published", True, False, True),
    ],
)
def test_a_prize_shows_once_it_is_published_and_not_before(client, person, state, withdrawn, wins, out):
    entry = builders.handed_in(builders.competition(phase="over"), person)
    publish(entry, state, timezone.now() if withdrawn else None)
    for address in (MINE, url(entry)):
        page = client.get(address)
        assert_sound(page.content)
        assert ("Giải Nhất" in says(page)) == wins
        assert ("This entry won no prize" in says(page)) == out


def nav(page):
    return page.content.decode().count(f'href="{MINE}"')


def test_the_menu_leads_there_for_those_who_have_one(client, person):
    # The page of a competition-less portal part: any page draws the menu.
    somewhere = "/xac-minh/"
    assert nav(client.get(somewhere)) == 0
    builders.entry(builders.competition(), person)
    assert nav(client.get(somewhere)) == 2  # on a phone and on a wide screen
    assert nav(browser().get(somewhere)) == 0
    staff = browser()
    user = make_user("canbo", "Lý Văn Thường")
    staff.force_login(user)
    assert nav(staff.get(somewhere)) == 0
    builders.entry(builders.competition(), builders.participant(user=user))
    assert nav(staff.get(somewhere)) == 2


def test_a_page_for_everybody_opens_no_session_for_the_menu():
    answer = browser().get("/xac-minh/")
    assert "sessionid" not in answer.cookies


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_costs_the_same_with_many_entries(client, person):
    mixed = [builders.competition(team_most=3) for _ in range(9)]
    builders.handed_in(mixed[0], person)
    one = cost(client, MINE)
    for number, competition in enumerate(mixed[1:]):
        make = builders.handed_in if number % 2 else builders.entry
        make(competition, person, builders.participant())
    assert cost(client, MINE) == one


def test_an_entry_costs_the_same_with_many_versions_files_and_people(client, person):
    small = builders.handed_in(builders.competition(team_most=9, files_most=40), person)
    one = cost(client, url(small))
    competition = builders.competition(team_most=9, files_most=40)
    large = builders.entry(competition, person, *(builders.participant() for _ in range(8)))
    for number in range(30):
        builders.attach(large, f"{number}.png", number.to_bytes(2, "big"))
    builders.hand_in(large)
    for number in range(5):
        client.post(url(large, "noi-dung/"), {"title": f"Bản {number}", "text": "x"})
        client.post(url(large, "nop/"), {"seen": str(number + 1)})
    assert large.versions.count() == 6
    assert cost(client, url(large)) == one


def test_the_pages_are_kept_by_nobody(client, person):
    entry = builders.handed_in(builders.competition(), person)
    for address in (MINE, url(entry), url(entry, "bien-nhan/"), "/cuoc-thi/ma/"):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in says(answer)
