"""The pages of a sitting: the way through them, what they refuse, what they never hold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competitions import consequences
from competitions.models import Answer, Choice, Entry, Phase, Sitting
from competitions.quiz import sitting
from tests.competitions import builders
from tests.competitions.costs import cost
from tests.competitions.quiz_builders import HOUR, actor, draft, quiz, right_of, wrong_of
from tests.competitions.vote_builders import proven
from tests.ideas.builders import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MINUTE = timedelta(minutes=1)
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def competition():
    return quiz()


@pytest.fixture
def person():
    return builders.participant()


@pytest.fixture
def entry(competition, person):
    return draft(competition, person)


@pytest.fixture
def client(person):
    return proven(person)


def at(competition, tail=""):
    return f"/cuoc-thi/{competition.slug}/thi/{tail}"


def body(answer):
    return answer.content.decode()


def sat_long_ago(entry, minutes):
    """The sitting of this entry, begun so many minutes ago."""
    sat = Sitting.objects.get(entry=entry)
    moved = timedelta(minutes=minutes)
    Sitting.objects.filter(pk=sat.pk).update(started_at=sat.started_at - moved, ends_at=sat.ends_at - moved)
    return Sitting.objects.get(pk=sat.pk)


def test_the_way_through_a_quiz(competition, entry, client):
    before = client.get(at(competition))
    assert "<dd>4</dd>" in body(before) and "20 phút" in body(before)
    assert not Sitting.objects.exists()
    begun = client.post(at(competition, "bat-dau/"))
    assert begun.url == at(competition, "1/")
    sat = Sitting.objects.get(entry=entry)
    for number in (1, 2, 3, 4):
        page = body(client.get(at(competition, f"{number}/")))
        assert f"Câu {number} trên 4" in page and page.count('type="radio"') == 4 and "checked" not in page
        answer = client.post(at(competition, f"{number}/"), {"choice": right_of(sat, number)})
        assert answer.url == at(competition, f"{number + 1}/" if number < 4 else "nop/")
        assert Answer.objects.filter(sitting=sat).count() == number
    assert "Đã trả lời 4 trên 4 câu" in body(client.get(at(competition, "nop/")))
    assert client.post(at(competition, "nop/")).url == at(competition)
    sat.refresh_from_db()
    assert sat.right == 4 and Entry.objects.get(pk=entry.pk).state == "submitted"
    after = body(client.get(at(competition)))
    assert Entry.objects.get(pk=entry.pk).code in after and "Đáp án và điểm hiện ở đây sau" in after


def test_coming_back_goes_on_at_the_first_open_question(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    client.post(at(competition, "1/"), {"choice": right_of(sat, 1)})
    client.post(at(competition, "3/"), {"choice": right_of(sat, 3)})
    assert client.get(at(competition)).url == at(competition, "2/")
    assert f'value="{right_of(sat, 3)}"' in body(client.get(at(competition, "3/")))
    assert body(client.get(at(competition, "3/"))).count("checked") == 1


def test_without_a_draft_entry_one_begins_at_the_form(competition):
    client = proven(builders.participant())
    for path, method in (("", "get"), ("1/", "get"), ("bat-dau/", "post"), ("nop/", "post")):
        answer = getattr(client, method)(at(competition, path))
        assert (answer.status_code, answer.url) == (302, f"/cuoc-thi/{competition.slug}/du-thi/")
    assert not Sitting.objects.exists()


def test_whoever_is_not_known_proves_a_mailbox_first(competition, entry):
    for path, method in (("", "get"), ("1/", "post"), ("bat-dau/", "post"), ("nop/", "post")):
        answer = getattr(Client(), method)(at(competition, path))
        assert answer.status_code == 302 and answer.url.startswith("/cuoc-thi/ma/?viec=enter&next=")
    assert not Sitting.objects.exists()


def test_another_persons_sitting_is_not_reached(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    other = builders.participant()
    draft(competition, other)
    stranger = proven(other)
    assert stranger.post(at(competition, "1/"), {"choice": right_of(sat, 1)}).url == at(competition)
    assert stranger.post(at(competition, "nop/")).url == at(competition)
    sat.refresh_from_db()
    assert not Answer.objects.exists() and sat.handed_in_at is None


@pytest.mark.parametrize("change", [{"live": False}, {"blueprint": "ideas"}])
def test_there_is_no_quiz_in_what_is_none_or_not_out(change):
    competition = quiz(**change)
    person = builders.participant()
    draft(competition, person)
    assert proven(person).get(at(competition)).status_code == 404
    assert proven(person).post(at(competition, "bat-dau/")).status_code == 404


def test_who_may_not_begin_reads_why(competition, entry, client):
    Phase.objects.filter(competition=competition).update(opens_at=timezone.now() + HOUR)
    page = body(client.get(at(competition)))
    assert "Làm bài được từ" in page and "Bắt đầu làm bài, tính giờ" not in page
    refused = client.post(at(competition, "bat-dau/"))
    assert refused.status_code == 409 and "Làm bài được từ" in body(refused)
    assert not Sitting.objects.exists()


def test_a_question_without_a_choice_is_asked_again(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    for wrong in ({}, {"choice": "999999"}, {"choice": "x"}):
        answer = client.post(at(competition, "1/"), wrong)
        assert answer.status_code == 422 and 'role="alert"' in body(answer)
        assert client.post(at(competition, "1/"), wrong, **JSON).status_code == 422
    assert client.get(at(competition, "5/")).status_code == 404
    assert client.get(at(competition, "0/")).status_code == 404
    assert not Answer.objects.exists()


def test_a_script_keeps_an_answer_and_hears_the_time_left(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    said = client.post(at(competition, "1/"), {"choice": right_of(sat, 1)}, **JSON).json()
    assert said["message"].startswith("Đã lưu lúc") and 1190 <= said["left"] <= 1200
    sat_long_ago(entry, 21)
    late = client.post(at(competition, "2/"), {"choice": right_of(sat, 2)}, **JSON)
    assert late.status_code == 409 and "Đã hết giờ" in late.json()["message"]
    client.post(at(competition, "nop/"))
    over = client.post(at(competition, "2/"), {"choice": right_of(sat, 2)}, **JSON)
    assert over.status_code == 409
    assert Answer.objects.count() == 1


def test_when_the_time_is_up_nothing_is_taken_and_it_is_handed_in_as_of_its_end(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    client.post(at(competition, "1/"), {"choice": right_of(sat, 1)})
    sat = sat_long_ago(entry, 25)
    assert client.get(at(competition)).url == at(competition, "nop/")
    assert client.get(at(competition, "2/")).url == at(competition, "nop/")
    late = client.post(at(competition, "2/"), {"choice": right_of(sat, 2)})
    assert late.status_code == 409 and "Đã hết giờ" in body(late)
    page = body(client.get(at(competition, "nop/")))
    assert "Đã hết giờ" in page and "quiz.js" not in page
    client.post(at(competition, "nop/"))
    sat.refresh_from_db()
    assert (sat.right, sat.seconds, sat.handed_in_at) == (1, 1200, sat.ends_at)


def test_replaying_requests_after_handing_in_changes_nothing(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    client.post(at(competition, "1/"), {"choice": right_of(sat, 1)})
    client.post(at(competition, "nop/"))
    was = Sitting.objects.values().get()
    for path, data in (
        ("bat-dau/", {}),
        ("1/", {"choice": wrong_of(sat, 1)}),
        ("2/", {"choice": right_of(sat, 2)}),
        ("nop/", {}),
    ):
        answer = client.post(at(competition, path), data, follow=True)
        assert answer.status_code == 200 and answer.redirect_chain[-1][0] == at(competition)
    assert Sitting.objects.values().get() == was
    assert Answer.objects.get().choice_id == right_of(sat, 1)


def test_no_page_tells_what_is_right_before_entries_close(competition, entry, client):
    """Explanations are there to leak; of right and wrong answers nothing differs but their words."""
    bodies = [body(client.get(at(competition)))]
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    for number in range(1, 5):
        bodies.append(body(client.get(at(competition, f"{number}/"))))
        bodies.append(body(client.post(at(competition, f"{number}/"), {})))
        data = {"choice": right_of(sat, number)}
        bodies.append(body(client.post(at(competition, f"{number}/"), data, **JSON)))
    bodies.append(body(client.get(at(competition, "nop/"))))
    client.post(at(competition, "nop/"))
    bodies.append(body(client.get(at(competition))))
    assert [text for text in bodies if "Giải thích thử" in text or "is_right" in text] == []
    assert "4 trên 4 câu" in bodies[-1] and "flag-ok" not in bodies[-1] and "Đúng" not in bodies[-1]
    choice = Choice.objects.get(pk=right_of(sat, 1))
    assert all(choice.text not in text for text in bodies[-1:])


def test_afterwards_the_entrant_reads_marks_and_explanations(competition, entry, client):
    client.post(at(competition, "bat-dau/"))
    sat = Sitting.objects.get()
    client.post(at(competition, "1/"), {"choice": right_of(sat, 1)})
    client.post(at(competition, "2/"), {"choice": wrong_of(sat, 2)})
    client.post(at(competition, "nop/"))
    Phase.objects.filter(competition=competition).update(
        opens_at=timezone.now() - 5 * HOUR, closes_at=timezone.now() - MINUTE
    )
    page = body(client.get(at(competition)))
    assert "1 trên 4 câu" in page and page.count("Giải thích thử") == 4
    assert (page.count("flag-ok"), page.count("flag-bad"), page.count("Không trả lời")) == (1, 1, 2)


def test_an_entry_not_taken_is_said(competition):
    user = make_user("canbo")
    own = builders.participant(user=user)
    entry = draft(competition, own)
    sat = sitting.start(entry, actor(entry), timezone.now() - 30 * MINUTE)
    competition.judges.create(user=user, appointed_at=timezone.now())
    sitting.hand_in_run_out(timezone.now())
    client = Client()
    client.force_login(user)
    assert "Bài dự thi không được tính" in body(client.get(at(competition)))
    assert Sitting.objects.get(pk=sat.pk).handed_in_at


def test_a_question_costs_the_same_in_a_short_and_a_long_paper():
    costs = []
    for number in (2, 30):
        competition = quiz(questions=30, questions_each=number)
        person = builders.participant()
        draft(competition, person)
        client = proven(person)
        client.post(at(competition, "bat-dau/"))
        costs.append(cost(client, at(competition, "1/")))
    assert costs[0] == costs[1] <= 20


def test_what_is_no_quiz_is_never_asked_for_a_sitting():
    """The content of an entry is looked at once for every row of some lists."""
    entry = builders.handed_in(builders.competition())
    whole = Entry.objects.select_related("competition").prefetch_related(
        "files", "participations__participant"
    )
    entry = whole.get(pk=entry.pk)
    with CaptureQueriesContext(connection) as asked:
        payload = consequences.payload_of(entry)
    assert "sitting" not in payload and not any("competitions_sitting" in q["sql"] for q in asked)


def test_a_script_without_a_token_gets_nowhere(competition, entry, person):
    script = proven(person, Client(enforce_csrf_checks=True))
    for path in ("bat-dau/", "1/", "nop/"):
        assert script.post(at(competition, path)).status_code == 403
    assert not Sitting.objects.exists()
