"""Beginning an entry: what is asked, and who may not, with the reason at once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from competitions.entering.starting import start
from competitions.models import Blueprint, Entry, Participant, Participation
from people.roles import Role
from tests.html import assert_sound
from tests.ideas.builders import make_user

from . import builders
from .entrants import MINE, SECOND, at, browser, fresh, knows, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def person():
    return builders.participant("hoa@thu.example", full_name="", place="")


@pytest.fixture
def client(person):
    return browser(person)


def way(competition):
    return f"/cuoc-thi/{competition.slug}/du-thi/"


def begin(client, competition, **answers):
    return client.post(way(competition), {"full_name": "Nguyễn Thị Hoa"} | answers)


def says(answer):
    return answer.content.decode()


def test_the_first_step_asks_only_what_the_rules_ask(client):
    plain = client.get(way(builders.competition()))
    assert_sound(plain.content)
    assert list(plain.context["form"].fields) == ["full_name", "phone"]
    aged = client.get(way(builders.competition(min_age=18, ward_only=True)))
    assert list(aged.context["form"].fields) == ["full_name", "birth_date", "place", "phone"]


def test_an_entry_begins_with_the_answers_and_leads_on(client, person):
    competition = builders.competition(ward_only=True)
    answer = begin(client, competition, place="Tổ dân phố 3", phone="0225 000 0000")
    entry = Entry.objects.get()
    assert (answer.status_code, answer.url) == (302, url(entry, "noi-dung/"))
    place = entry.participations.get()
    assert (place.participant, place.role, entry.state) == (person, "leader", "draft")
    person.refresh_from_db()
    assert (person.full_name, person.place, person.phone) == (
        "Nguyễn Thị Hoa",
        "Tổ dân phố 3",
        "0225 000 0000",
    )


def test_names_are_stored_composed(client, person):
    begin(client, builders.competition(), full_name="Nguye\u0302\u0303n Thi\u0323 Hoa\u0300 ")
    person.refresh_from_db()
    assert person.full_name == "Nguyễn Thị Hoà"


def test_one_goes_on_where_one_stopped(client, person):
    competition = builders.competition(team_most=2)
    begin(client, competition)
    entry = Entry.objects.get()
    assert client.get(way(competition)).url == url(entry, "noi-dung/")
    Entry.objects.update(title="Có tên", text="Có chữ.")
    assert client.get(way(competition)).url == url(entry, "dong-y/")
    client.post(url(entry, "dong-y/"), {"consents": ["competition-entry"]})
    assert client.get(way(competition)).url == url(entry, "nop/")
    builders.hand_in(fresh(entry))
    assert client.get(way(competition)).url == url(entry)
    assert Entry.objects.count() == 1


def test_a_second_click_begins_no_second_entry(client, person):
    competition = builders.competition()
    answers = {"full_name": "Hoa", "phone": ""}
    first = start(competition, person, answers)
    assert start(competition, person, answers) == first
    assert Entry.objects.count() == 1


def test_a_quiz_goes_on_to_its_sitting_after_the_personal_part(client):
    competition = builders.competition(blueprint=Blueprint.QUIZ, words_most=0, files_most=0)
    answer = begin(client, competition)
    entry = Entry.objects.get()
    assert entry.title == competition.title
    assert answer.url == url(entry, "dong-y/")
    answer = client.post(url(entry, "dong-y/"), {"consents": ["competition-entry"]})
    assert answer.url == f"/cuoc-thi/{competition.slug}/thi/"
    assert client.get(way(competition)).url == f"/cuoc-thi/{competition.slug}/thi/"
    for part in ("noi-dung/", "tep/", "doi/", "nop/"):
        assert client.get(url(entry, part)).status_code == 404
    assert client.post(url(entry, "noi-dung/luu/"), {"title": "Khác"}).status_code == 404


def test_a_forum_and_what_is_not_out_take_nobody(client):
    forum = builders.competition(blueprint=Blueprint.FORUM)
    hidden = builders.competition(live=False)
    for competition in (forum, hidden):
        assert client.get(way(competition)).status_code == 404
        assert begin(client, competition).status_code == 404
    assert client.get("/cuoc-thi/khong-co/du-thi/").status_code == 404


@pytest.mark.parametrize(
    ("phase", "words"), [("before", "Entries are taken from"), ("preliminary", "Entries closed at")]
)
def test_outside_the_window_the_reason_is_said(client, phase, words):
    competition = builders.competition(phase=phase)
    page = client.get(way(competition))
    assert_sound(page.content)
    assert words in says(page)
    assert words in says(begin(client, competition))
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("edge", "offset", "begins"),
    [
        ("opens_at", -1, False),
        ("opens_at", 0, True),
        ("opens_at", 1, True),
        ("closes_at", -1, True),
        ("closes_at", 0, False),
        ("closes_at", 1, False),
    ],
)
def test_the_edges_of_the_window_to_the_second(client, monkeypatch, edge, offset, begins):
    competition = builders.competition()
    at(monkeypatch, getattr(competition.window("entry"), edge) + offset * SECOND)
    begin(client, competition)
    assert Entry.objects.exists() == begins


# ---- age


OPENS = datetime(2026, 3, 1, 8, 0, tzinfo=HERE)


def aged(min_age=18, opens=OPENS, **more):
    phases = [("entry", opens, opens + timedelta(days=60))]
    return builders.competition(phases=phases, min_age=min_age, **more)


@pytest.mark.parametrize(
    ("opens", "born", "begins"),
    [
        (OPENS, "28/02/2008", True),  # turned 18 the day before
        (OPENS, "01/03/2008", True),  # turns 18 on the very day
        (OPENS, "02/03/2008", False),  # one day too young
        (OPENS, "29/02/2008", True),  # 29 February: 18 on 1 March of a year without one
        (OPENS - timedelta(days=1), "29/02/2008", False),  # on 28 February not yet
        (OPENS - timedelta(days=1), "28/02/2008", True),
    ],
)
def test_the_age_is_counted_on_the_day_entries_open(client, monkeypatch, opens, born, begins):
    competition = aged(opens=opens)
    at(monkeypatch, opens + timedelta(hours=1))
    answer = begin(client, competition, birth_date=born)
    assert Entry.objects.exists() == begins
    if not begins:
        assert answer.status_code == 422
        assert "at least 18 years on" in says(answer) and "on that day it is 17" in says(answer)
        assert Participant.objects.get().birth_date is None


def test_who_grows_old_enough_while_it_runs_stays_too_young(client, monkeypatch):
    competition = aged()
    at(monkeypatch, OPENS + timedelta(days=30))
    assert begin(client, competition, birth_date="02/03/2008").status_code == 422


def test_too_old_is_said_as_well(client, monkeypatch):
    competition = aged(min_age=None, max_age=35)
    at(monkeypatch, OPENS)
    answer = begin(client, competition, birth_date="01/03/1990")
    assert answer.status_code == 422 and "at most 35 years" in says(answer)
    assert begin(client, competition, birth_date="02/03/1990").status_code == 302


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("", "The rules set an age limit"),
        ("31/02/2008", "29 days"),
        ("hôm qua", "This is no date"),
        ("01/01/1800", "cannot be a date of birth"),
        ("01/01/2999", "cannot be a date of birth"),
    ],
)
def test_a_date_of_birth_that_is_none(client, monkeypatch, born, words):
    competition = aged()
    at(monkeypatch, OPENS)
    answer = begin(client, competition, birth_date=born)
    assert answer.status_code == 422
    assert words in says(answer)
    assert "Nguyễn Thị Hoa" in says(answer)  # what was typed stays


# ---- who


def test_a_place_is_asked_of_residents_alone(client):
    competition = builders.competition(ward_only=True)
    answer = begin(client, competition, place="")
    assert answer.status_code == 422 and "residential group" in says(answer)
    staff = browser()
    staff.force_login(make_user("canbo", "Lý Văn Thường"))
    page = staff.get(way(competition))
    assert list(page.context["form"].fields) == ["full_name", "phone"]
    assert page.context["form"]["full_name"].value() == "Lý Văn Thường"
    assert staff.post(way(competition), {"full_name": "Lý Văn Thường"}).status_code == 302


def test_staff_are_not_asked_what_the_roster_says(monkeypatch):
    staff = browser()
    staff.force_login(make_user("canbo", "Lý Văn Thường"))  # born in 1980
    competition = builders.competition(max_age=30)
    page = staff.get(way(competition))
    assert "birth_date" not in page.context["form"].fields
    answer = staff.post(way(competition), {"full_name": "Lý Văn Thường", "birth_date": "01/01/2006"})
    assert answer.status_code == 422 and "at most 30 years" in says(answer)


@pytest.mark.parametrize(("who", "words"), [("staff", "Only staff"), ("residents", "Only residents")])
def test_groups_that_may_not_enter_hear_so(client, who, words):
    competition = builders.competition(who=who)
    if who == "residents":
        client.force_login(make_user("canbo", "Lý Văn Thường"))
    page = client.get(way(competition))
    assert words in says(page)
    assert "form" not in page.context
    begin(client, competition)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", ["organiser", "judge"])
@pytest.mark.parametrize("by_mail", [False, True])
def test_whoever_organises_or_judges_does_not_enter(role, by_mail):
    user = make_user("nguoi", "Trần Tổ Chức", Role.ORGANISER if role == "organiser" else Role.JUDGE)
    competition = builders.competition(organiser=user if role == "organiser" else None)
    if role == "judge":
        competition.judges.create(user=user, appointed_at=timezone.now())
    client = browser()
    client.force_login(user)
    if by_mail:  # the same person by the mailbox of the account
        client.get(MINE)
        client = knows(browser(), Participant.objects.get(user=user))
    page = client.get(way(competition))
    assert "organises or judges this competition does not enter" in says(page)
    begin(client, competition)
    assert not Participation.objects.exists()


def test_unknown_visitors_prove_a_mailbox_and_keep_what_they_typed():
    competition = builders.competition()
    client = browser()
    answer = begin(client, competition, phone="0225 111 2222")
    assert answer.status_code == 302
    assert answer.url.startswith("/cuoc-thi/ma/?viec=enter&next=%2Fcuoc-thi%2F")
    knows(client, builders.participant("moi@thu.example"))
    page = client.get(way(competition))
    assert_sound(page.content)
    assert "Nguyễn Thị Hoa" in says(page) and "0225 111 2222" in says(page)
    assert not Entry.objects.exists()


def test_answers_are_changed_later_under_the_same_rules(client, person, monkeypatch):
    competition = aged()
    at(monkeypatch, OPENS)
    begin(client, competition, birth_date="01/01/2000")
    entry = Entry.objects.get()
    answer = client.post(url(entry, "ban-than/"), {"full_name": "Hoa", "birth_date": "01/01/2010"})
    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.birth_date == date(2000, 1, 1)
    answer = client.post(url(entry, "ban-than/"), {"full_name": "Hoa", "birth_date": "01/01/2001"})
    assert (answer.status_code, answer.url) == (302, url(entry, "noi-dung/"))
