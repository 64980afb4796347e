"""The work page: what waits, by when."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from obligations import duties
from obligations.duties import WorkItem, WorkSection, register_duties, work_of
from people.models import User
from tests.notifications.builders import RECEIVED, questions, tell

from .builders import provider_of, telling, work_items

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/viec-cua-toi/"


@pytest.fixture
def providers(monkeypatch):
    monkeypatch.setattr(duties, "_sources", [])


@pytest.fixture
def lan(client, settings):
    settings.LANGUAGE_CODE = "en"
    user = User.objects.create_user("lan", email="lan@hungdao.example", first_name="Lan")
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return user


def test_work_is_sorted_by_due_day_and_what_has_no_term_comes_last(providers):
    today = timezone.localdate()
    morning = timezone.make_aware(datetime.combine(today, datetime.min.time()).replace(hour=8))
    items = [
        WorkItem("never", "/"),
        WorkItem("today", "/", due=today),
        WorkItem("this morning", "/", due=morning),
        WorkItem("yesterday", "/", due=today - timedelta(days=1)),
    ]
    register_duties(provider_of(*items, heading="B"))
    register_duties(telling(lambda desk: [WorkSection("A", [items[0]], 1), WorkSection("nothing in it", [])]))
    sections = work_of(User())
    assert [section.heading for section in sections] == ["A", "B"]
    titles = [item.title for item in sections[1].items]
    assert titles == ["yesterday", "this morning", "today", "never"]


def test_a_day_is_overdue_only_when_it_has_passed_and_a_moment_at_once():
    today, now = timezone.localdate(), timezone.now()
    judged = {
        "yesterday": today - timedelta(days=1),
        "today": today,
        "a minute ago": now - timedelta(minutes=1),
        "in a minute": now + timedelta(minutes=1),
        "never": None,
    }
    overdue = {name for name, due in judged.items() if WorkItem(name, "/", due=due).overdue}
    assert overdue == {"yesterday", "a minute ago"}
    assert WorkItem("late", "/", due=today - timedelta(days=3)).days_late == 3


def test_the_first_screen_says_how_much_waits_and_by_when(client, lan, providers):
    late = WorkItem("Late sheet", "/late/", due=timezone.localdate() - timedelta(days=3), action="Score now")
    register_duties(provider_of(*work_items(2), late, progress=(3, 6)))
    page = client.get(PAGE).content.decode()
    assert "3 things wait for you. 1 is overdue." in page
    assert "3 days overdue" in page
    assert page.index("Late sheet") < page.index("Sheet 0") < page.index("Sheet 1")
    assert page.count("btn-primary") == 1
    assert "3 done, 3 to do" in page


def test_nobody_signed_in_is_sent_to_the_sign_in(client):
    assert client.get(PAGE).headers["Location"] == f"/tai-khoan/login/?next={PAGE}"


def test_an_empty_page_gives_a_first_step(client, lan, providers):
    page = client.get(PAGE).content.decode()
    assert "Nothing waits for you" in page
    assert "Start with an initiative" in page


def test_titles_are_shown_as_typed(client, lan, providers):
    register_duties(provider_of(WorkItem("<b>x</b>", "/")))
    assert "&lt;b&gt;x&lt;/b&gt;" in client.get(PAGE).content.decode()


def test_the_page_asks_few_questions_whatever_the_work(client, lan, providers):
    register_duties(provider_of(*work_items(1)))
    tell(RECEIVED, lan)
    one = questions(client, PAGE)
    register_duties(provider_of(*work_items(29)))
    for _ in range(29):
        tell(RECEIVED, lan)
    assert questions(client, PAGE) == one
    assert one[1] == 2  # the bell and the latest
    assert client.get(PAGE).content.decode().count('class="rowlink') == 30
