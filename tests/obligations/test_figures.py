"""How much waits, beside the bell on every page: counted by the clock and the work page, read for nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from obligations import duties, figures
from obligations.duties import register_duties
from obligations.models import DutyFigure
from people.models import User
from tests.notifications.builders import make_user, questions

from .builders import provider_of, work_items

pytestmark = pytest.mark.django_db
ELSEWHERE = "/thong-bao/"


@pytest.fixture
def lan(client, monkeypatch):
    monkeypatch.setattr(duties, "_sources", [])
    user = make_user("lan")
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return User.objects.get(pk=user.pk)


def test_the_clock_counts_and_every_page_says_it(client, lan):
    register_duties(provider_of(*work_items(3)))
    assert "wait for you" not in client.get(ELSEWHERE).content.decode()  # not counted yet: nothing is said
    assert figures.count_anew(timezone.now()) == 1
    page = client.get(ELSEWHERE).content.decode()
    assert "<b>3 things</b> wait for you" in page
    assert f"next {timezone.localdate():%d/%m}" in page
    assert figures.count_anew(timezone.now()) == 0  # counted a moment ago


def test_what_is_late_is_named_and_nothing_waiting_says_nothing(client, lan):
    late = work_items(1)[0].__class__("x", "/x/", due=timezone.localdate() - timedelta(days=2))
    register_duties(provider_of(late))
    figures.count_anew(timezone.now())
    assert "1 overdue" in client.get(ELSEWHERE).content.decode()
    duties._sources.clear()
    figures.count_anew(timezone.now() + timedelta(minutes=1))
    assert 'class="duties"' not in client.get(ELSEWHERE).content.decode()


def test_the_work_page_counts_at_once(client, lan):
    register_duties(provider_of(*work_items(2)))
    assert "2 things wait for you" in client.get("/viec-cua-toi/").content.decode()
    assert DutyFigure.objects.get(account=lan.pk).waiting == 2


def test_it_costs_a_page_no_query(client, lan):
    without = questions(client, ELSEWHERE)
    register_duties(provider_of(*work_items(30)))
    figures.count_anew(timezone.now())
    assert questions(client, ELSEWHERE) == without


def test_who_was_not_here_for_long_is_not_counted_and_a_clock_set_back_counts_again(client, lan):
    now = timezone.now()
    User.objects.filter(pk=lan.pk).update(last_login=now - timedelta(days=31))
    assert figures.count_anew(now) == 0
    User.objects.filter(pk=lan.pk).update(last_login=now)
    assert figures.count_anew(now) == 1
    assert figures.count_anew(now - timedelta(hours=1)) == 1
