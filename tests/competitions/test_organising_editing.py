"""What organisers change, before and after the public has read it; two of them at once; who is with them."""

import threading
from copy import deepcopy
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from competitions.models import CompetitionPage, EntrySheet, Judge
from competitions.organising import editing, team
from competitions.organising.refusals import ActRefused
from competitions.phases import Window
from notifications.models import Notification
from people.roles import Role
from tests.competitions import builders
from tests.competitions import organising_builders as o
from tests.html import assert_sound
from tests.ideas.builders import make_user
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def make_world():
    """An organiser and their draft."""
    user = o.organiser()
    return user, o.made(user, vote=True)


standing_world = standing(make_world)


@pytest.fixture
def user(standing_world):
    return deepcopy(standing_world[0])


@pytest.fixture
def draft(standing_world):
    return deepcopy(standing_world[1])


@pytest.fixture
def browser(client, user):
    client.force_login(user)
    return client


def at(competition, path):
    return f"/cuoc-thi/to-chuc/{competition.code}/{path}/"


def refused(act, *args, **kwargs):
    with pytest.raises(ActRefused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def fields_of(response):
    form = response.context["form"]
    return {name: "" if (value := form[name].value()) is None else value for name in form.fields}


def as_typed(fields):
    return {
        name: f"{timezone.localtime(value):%d/%m/%Y %H:%M}" if hasattr(value, "isoformat") else value
        for name, value in fields.items()
        if value is not False
    }


PARTS = ["the-le", "thong-tin", "dieu-kien", "thoi-gian", "ty-le", "giai-thuong", "nhan-su"]


@pytest.mark.parametrize("path", ["", "bai", *PARTS])
@pytest.mark.parametrize("kind", ["ideas", "photos", "quiz", "forum"])
def test_every_page_of_every_kind_is_sound(browser, user, kind, path):
    page = o.made(user, kind)
    response = browser.get(f"/cuoc-thi/to-chuc/{page.code}/{path}/".replace("//", "/"))
    assert response.status_code == 200
    assert_sound(response.content.decode())


@pytest.mark.parametrize("path", ["the-le", "thong-tin", "dieu-kien", "thoi-gian", "ty-le"])
def test_saving_what_was_shown_changes_nothing(browser, draft, path):
    fields = as_typed(fields_of(browser.get(at(draft, path))))
    assert browser.post(at(draft, path), fields).status_code == 302
    assert [line.act for line in draft.changes.all()] == ["made"]


def test_rules_are_a_revision_by_whoever_wrote_them(browser, draft, user):
    fields = fields_of(browser.get(at(draft, "the-le"))) | {"article-muc-dich": "Mục đích mới.\n- một\n- hai"}
    browser.post(at(draft, "the-le"), fields)
    page = o.fresh(draft)
    revision = page.get_latest_revision()
    assert revision.user == user and page.rules[0].value["text"] == "Mục đích mới.\n- một\n- hai"
    assert page.rules[0].value["heading"] == "Mục đích, yêu cầu" and len(page.rules) == 15
    assert page.changes.get(act="rules_changed").details == {"revision": revision.pk}


def test_once_published_a_text_waits_for_another_approval(browser, user, client):
    page = o.published(user)
    fields = fields_of(browser.get(at(page, "the-le"))) | {"article-muc-dich": "Sửa sau công bố 4471."}
    browser.post(at(page, "the-le"), fields)
    assert "4471" not in client.get(f"/cuoc-thi/{page.slug}/").content.decode()
    assert "4471" in browser.get(at(page, "the-le")).content.decode()
    page = o.sent(o.fresh(page), user)
    page.current_workflow_state.current_task_state.approve(user=o.publisher())
    assert "4471" in client.get(f"/cuoc-thi/{page.slug}/").content.decode()
    assert page.changes.filter(act="text_published").count() == 1


@pytest.mark.parametrize("prepare", ["published", "taken off"])
def test_once_published_the_rest_stays_as_announced(user, browser, prepare):
    page = o.published(user, vote=True)
    if prepare == "taken off":
        page.unpublish()
    acts = [
        (editing.save_facts, [{"min_age": 18}]),
        (editing.save_phases, [o.windows()]),
        (editing.save_prizes, [[{"name": "Giải", "kind": "ranked", "count": 1, "amount": 0}]]),
        (editing.save_share, [Decimal(10)]),
    ]
    for act, values in acts:
        assert refused(act, page, user, *values, seen=0) == "fixed_since_published"
    for path in ("dieu-kien", "thoi-gian", "ty-le", "giai-thuong"):
        response = browser.get(at(page, path))
        assert response.context["why"]
        assert_sound(response.content.decode())
        sent = {"prizes": {}, "form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0", "seen": "0"}
        if path != "giai-thuong":
            sent = as_typed(fields_of(response))
        assert browser.post(at(page, path), sent).status_code == 422


def test_entrance_is_saved_and_logged_with_before_and_after(browser, draft):
    fields = fields_of(browser.get(at(draft, "dieu-kien"))) | {
        "min_age": "18",
        "max_age": "35",
        "team_most": "3",
    }
    assert browser.post(at(draft, "dieu-kien"), as_typed(fields)).status_code == 302
    page = o.fresh(draft)
    assert (page.min_age, page.max_age, page.team_most, page.ward_only) == (18, 35, 3, True)
    assert page.changes.get(act="entrance_changed").details == {
        "min_age": [None, 18],
        "max_age": [None, 35],
        "team_most": [5, 3],
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"min_age": "40", "max_age": "30"}, "max_age"),
        ({"files_least": "3", "files_most": "2"}, "files_most"),
        ({"team_most": "0"}, "team_most"),
        ({"judges_each": "0"}, "judges_each"),
        ({"words_most": "-1"}, "words_most"),
        ({"who": "x"}, "who"),
    ],
)
def test_entrance_that_cannot_be_is_refused_by_its_field(browser, draft, change, field):
    response = browser.post(
        at(draft, "dieu-kien"), as_typed(fields_of(browser.get(at(draft, "dieu-kien"))) | change)
    )
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]


def test_dates_are_changed_and_an_optional_phase_dropped(browser, draft, user):
    fields = as_typed(fields_of(browser.get(at(draft, "thoi-gian"))))
    fields |= {"vote-opens_at": "", "vote-closes_at": ""}
    browser.post(at(draft, "thoi-gian"), fields)
    assert [phase.code for phase in draft.phases.all()] == ["entry", "preliminary", "final"]
    response = browser.post(at(draft, "thoi-gian"), fields | {"seen": "0", "final-opens_at": ""})
    assert response.status_code == 422 and list(response.context["form"].errors) == ["final-opens_at"]
    seen, strange = editing.seen_rows(draft, "phases"), Window("event", *_edges(o.windows()[0]))
    assert refused(editing.save_phases, draft, user, [strange], seen=seen) == "windows_of_another_kind"


def _edges(window):
    return window.opens_at, window.closes_at


def prize_fields(rows, seen="0", total=6):
    fields = {"form-TOTAL_FORMS": str(total), "form-INITIAL_FORMS": "0", "seen": seen}
    for number in range(total):
        row = rows[number] if number < len(rows) else {}
        for name in ("name", "kind", "count", "amount"):
            fields[f"form-{number}-{name}"] = row.get(name, "")
    return fields


def test_prizes_are_replaced_in_their_order(browser, draft):
    rows = [
        {"name": "Giải Nhất", "kind": "ranked", "count": "1", "amount": "10.000.000"},
        {"name": "Bài được yêu thích", "kind": "favourite", "count": "1", "amount": ""},
    ]
    assert browser.post(at(draft, "giai-thuong"), prize_fields(rows)).status_code == 302
    assert list(draft.prizes.values_list("name", "kind", "count", "amount", "order")) == [
        ("Giải Nhất", "ranked", 1, 10_000_000, 0),
        ("Bài được yêu thích", "favourite", 1, 0, 1),
    ]
    for wrong in ({"name": ""}, {"count": ""}, {"count": "0"}, {"amount": "nhiều"}, {"amount": "9999999999"}):
        response = browser.post(at(draft, "giai-thuong"), prize_fields([rows[0] | wrong]))
        assert response.status_code == 422, wrong
        assert_sound(response.content.decode())
    assert draft.prizes.count() == 2


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0", 0),
        ("12,5", Decimal("12.5")),
        ("100", 100),
        ("100,01", None),
        ("-1", None),
        ("x", None),
        ("1,234", None),
    ],
)
def test_a_share_is_a_number_from_0_to_100(browser, draft, text, share):
    response = browser.post(at(draft, "ty-le"), {"vote_share": text, "seen": "0"})
    assert response.status_code == (422 if share is None else 302)
    assert o.fresh(draft).vote_share == (share or 0)


def test_there_is_no_share_without_a_vote(user, browser):
    page = o.made(user)
    assert browser.post(at(page, "ty-le"), {"vote_share": "10", "seen": "0"}).status_code == 422
    assert refused(editing.save_share, page, user, Decimal(10), seen=0) == "share_without_vote"


# ---- two at once


@pytest.mark.parametrize(
    ("path", "mine", "theirs"),
    [
        ("the-le", {"article-muc-dich": "Của tôi."}, {"article-muc-dich": "Của người kia."}),
        ("thong-tin", {"summary": "Của tôi."}, {"summary": "Của người kia."}),
        ("dieu-kien", {"min_age": "18"}, {"min_age": "16"}),
        ("thoi-gian", {"vote-opens_at": "", "vote-closes_at": ""}, {"final-closes_at": "01/01/2099 08:00"}),
        ("ty-le", {"vote_share": "10"}, {"vote_share": "20"}),
    ],
)
def test_of_two_browsers_the_second_overwrites_only_after_reading(browser, draft, path, mine, theirs):
    shown = as_typed(fields_of(browser.get(at(draft, path))))
    assert browser.post(at(draft, path), shown | theirs).status_code == 302
    response = browser.post(at(draft, path), shown | mine)
    assert response.status_code == 409
    html = response.content.decode()
    assert_sound(html)
    assert len(response.context["saved_now"]) >= 1
    form = response.context["form"]
    assert all(str(form[name].value()) == value for name, value in mine.items())
    again = as_typed(fields_of(response))
    assert browser.post(at(draft, path), again).status_code == 302
    shown = as_typed(fields_of(browser.get(at(draft, path))))
    assert all(
        shown[name] in (value, int(value) if value.isdecimal() else value) for name, value in mine.items()
    )


def test_prizes_of_two_browsers(browser, draft):
    row = {"name": "Giải Nhất", "kind": "ranked", "count": "1", "amount": ""}
    browser.post(at(draft, "giai-thuong"), prize_fields([row]))
    response = browser.post(at(draft, "giai-thuong"), prize_fields([row | {"name": "Khác"}]))
    assert response.status_code == 409 and "Giải Nhất" in response.content.decode()
    again = prize_fields([row | {"name": "Khác"}], seen=str(response.context["seen"]))
    assert browser.post(at(draft, "giai-thuong"), again).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told():
    user = o.organiser()
    page = o.made(user)
    seen, answers, barrier = editing.seen_rows(page, "entrance"), [], threading.Barrier(4)

    def save(age):
        try:
            barrier.wait(20)
            editing.save_facts(page, user, {"min_age": age}, seen=seen)
            answers.append("saved")
        except ActRefused as caught:
            answers.append(caught.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(age,)) for age in (16, 17, 18, 19)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == ["changed_meanwhile"] * 3 + ["saved"]
    assert page.changes.filter(act="entrance_changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_taken_away_while_it_goes_out():
    from competitions.publishing import NotReady

    user = o.organiser()
    page = o.complete(user)
    barrier, answers = threading.Barrier(2), {}

    def run(name, act):
        try:
            barrier.wait(20)
            act()
            answers[name] = "done"
        except (ActRefused, NotReady) as caught:
            answers[name] = getattr(caught, "code", "not_ready")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=("publish", lambda: page.get_latest_revision().publish())),
        threading.Thread(target=run, args=("prizes", lambda: editing.save_prizes(page, user, [], seen=0))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers in (
        {"publish": "done", "prizes": "fixed_since_published"},
        {"publish": "not_ready", "prizes": "done"},
    )
    assert o.fresh(page).live == (page.prizes.count() > 0)


# ---- jury and organisers


def test_a_judge_is_appointed_told_and_taken_off(browser, draft, user):
    judge = make_user("gk1", "Vũ Giám Khảo", Role.JUDGE)
    response = browser.post(at(draft, "nhan-su"), {"judge-account": judge.pk, "add": "judge"})
    assert response.status_code == 302
    seat = Judge.objects.get()
    assert (seat.user, seat.ended_at) == (judge, None)
    assert Notification.objects.get(recipient=judge).event == "competitions.judge_appointed"
    address = at(draft, f"nhan-su/giam-khao/{seat.pk}")
    assert_sound(browser.get(address).content.decode())
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "Bận công tác."}).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_at and draft.changes.get(act="judge_removed").reason == "Bận công tác."
    assert Notification.objects.filter(recipient=judge).count() == 2
    assert browser.get(address).status_code == 404
    team.appoint(draft, judge, user)
    assert team.seats(draft).count() == 1


def test_who_cannot_judge(draft, user):
    judge = make_user("gk1", "", Role.JUDGE)
    both = make_user("cahai", "", Role.JUDGE, Role.ORGANISER)
    entrant = make_user("thisinh", "", Role.JUDGE)
    builders.entry(draft, builders.participant(user=entrant))
    team.add_organiser(draft, both, user)
    team.appoint(draft, judge, user)
    assert refused(team.appoint, draft, judge, user) == "judges_already"
    assert refused(team.appoint, draft, both, user) == "organises_it"
    assert refused(team.appoint, draft, entrant, user) == "is_in_an_entry"
    assert refused(team.appoint, draft, make_user("ai"), user) == "not_a_judge"
    assert refused(team.appoint, draft, judge, o.organiser("khac")) == "only_organiser"
    assert set(team.may_judge(draft)) == {entrant}


def test_who_cannot_organise(draft, user):
    both = make_user("cahai", "", Role.JUDGE, Role.ORGANISER)
    entrant = make_user("thisinh", "", Role.ORGANISER)
    builders.entry(draft, builders.participant(user=entrant))
    team.appoint(draft, both, user)
    assert refused(team.add_organiser, draft, both, user) == "judges_it"
    assert refused(team.add_organiser, draft, entrant, user) == "is_in_an_entry"
    assert refused(team.add_organiser, draft, user, user) == "organises_already"
    assert refused(team.add_organiser, draft, make_user("ai"), user) == "not_an_organiser"


def test_the_last_organiser_stays_another_may_leave(browser, draft, user):
    own = team.organiser_rows(draft).get()
    assert refused(team.remove_organiser, draft, own.pk, user, reason="Đi.") == "last_organiser"
    other = o.organiser("tochuc2")
    assert (
        browser.post(at(draft, "nhan-su"), {"organiser-account": other.pk, "add": "organiser"}).status_code
        == 302
    )
    assert set(CompetitionPage.objects.organised_by(other)) == {draft}
    response = browser.post(at(draft, f"nhan-su/to-chuc/{own.pk}"), {"reason": "Chuyển việc."})
    assert response.url == "/cuoc-thi/to-chuc/"
    assert browser.get(at(draft, "nhan-su")).status_code == 404
    assert refused(team.remove_organiser, draft, own.pk, other, reason="Đi.") == "organises_no_more"


def test_a_judge_with_sheets_stays(user):
    page = builders.competition(organiser=user)
    judge = o.with_jury(page, 1)[0]
    seat, entry = Judge.objects.get(user=judge), builders.handed_in(page)
    sheet = EntrySheet.objects.create(
        competition=page, entry=entry, version=entry.versions.get(), stage="preliminary", judge=seat
    )
    assert refused(team.release, page, seat, user, reason="Bận.") == "judge_has_sheets"
    EntrySheet.objects.filter(pk=sheet.pk).update(state="void")
    assert team.release(page, seat, user, reason="Bận.").ended_at


def test_a_choice_of_nobody_is_refused(browser, draft):
    assert browser.post(at(draft, "nhan-su"), {"add": "judge"}).status_code == 422
    assert browser.post(at(draft, "nhan-su"), {"add": "judge", "judge-account": "999999"}).status_code == 422
    assert browser.post(at(draft, "nhan-su"), {"add": "khac"}).status_code == 404


# ---- the work page


def test_what_waits_stands_on_the_work_page(browser, user, draft, django_assert_max_num_queries):
    from competitions.organising.duties import of_organisers

    def kinds():
        return [(i.kind, i.code) for s in of_organisers(user, timezone.now()) for i in s.items]

    assert kinds() == [("competition_draft", draft.code)]
    assert draft.code in browser.get("/viec-cua-toi/").content.decode()
    other = o.sent(o.complete(user), user)
    other.current_workflow_state.current_task_state.reject(user=o.publisher(), comment="Sửa.")
    assert kinds() == [("competition_draft", draft.code), ("competition_returned", other.code)]
    running = builders.competition(organiser=user)
    assert kinds()[2:] == [("competition_jury", running.code)]
    o.with_jury(running, 2)
    assert len(kinds()) == 2
    for _number in range(6):
        o.made(user)
    with django_assert_max_num_queries(6):
        kinds()
    assert list(of_organisers(make_user("ai"), timezone.now())) == []


def test_the_bar_has_an_entry_for_organisers_alone(browser, client, user):
    from django.test import Client

    link = 'href="/cuoc-thi/to-chuc/"'
    assert link in browser.get("/viec-cua-toi/").content.decode()
    other = Client()
    other.force_login(make_user("canbo"))
    assert link not in other.get("/viec-cua-toi/").content.decode()
