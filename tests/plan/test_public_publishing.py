"""Publishing the plan's figures: who may, what is frozen, and that nobody publishes figures unread."""

import hashlib
import json
import threading
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from plan.models import Target, TargetPublication
from plan.public import publishing
from plan.public.difference import changes
from plan.public.publishing import Refused
from tests.html import assert_sound
from tests.standing import standing
from trust.append_only import Frozen

from .builders import make_plan_ward
from .test_public_pages import YEAR, keep, publish, report, text_of

pytestmark = pytest.mark.django_db
PAGE = "/ke-hoach/dieu-hanh/cong-bo/"


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def seen_on(client):
    return client.get(f"{PAGE}?nam={YEAR}").context["form"].initial["seen"]


def test_a_coordinator_reads_what_would_go_out_and_publishes_it(ward):
    report("A1", 846, 1000)
    client = as_user(ward.dieuphoi)
    page = client.get(f"{PAGE}?nam={YEAR}")
    assert_sound(page.content.decode())
    told = text_of(page)
    assert "84,6" in page.content.decode() and "41 chỉ tiêu chưa có số" in told
    answer = client.post(f"{PAGE}?nam={YEAR}", {"seen": seen_on(client), "note": "Số quý III."})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}?nam={YEAR}")
    made = TargetPublication.objects.get()
    assert (made.year, made.number, made.by, made.by_name, made.note) == (
        YEAR,
        1,
        ward.dieuphoi,
        "Đinh Thị Điều",
        "Số quý III.",
    )


def test_what_is_published_can_be_checked_and_never_changed(ward):
    report("A1", 846, 1000)
    made = TargetPublication.objects.get(pk=publish(ward).pk)
    text = json.dumps(made.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (len(made.payload["targets"]), len(made.payload["tasks"])) == (42, 61)
    made.note = "khác"
    with pytest.raises(Frozen):
        made.save()
    with pytest.raises(Frozen):
        made.delete()


def test_a_figure_typed_while_somebody_reads_stops_the_publication(ward):
    report("A1", 846, 1000)
    client = as_user(ward.dieuphoi)
    seen = seen_on(client)
    report("A2", 9, 10)
    answer = client.post(f"{PAGE}?nam={YEAR}", {"seen": seen, "note": "Giữ ghi chú này"})
    assert answer.status_code == 409
    assert "Giữ ghi chú này" in text_of(answer) and "số liệu đã thay đổi" in text_of(answer)
    assert not TargetPublication.objects.exists()
    again = client.post(f"{PAGE}?nam={YEAR}", {"seen": answer.context["form"].initial["seen"]})
    assert again.status_code == 302 and TargetPublication.objects.count() == 1


def test_nothing_new_is_not_published_again(ward):
    report("A1", 846, 1000)
    publish(ward)
    held = publishing.draft(YEAR)
    with pytest.raises(Refused) as no:
        publishing.publish(ward.dieuphoi, YEAR, seen=held.seen)
    assert no.value.code == "same_as_before"
    page = as_user(ward.dieuphoi).get(f"{PAGE}?nam={YEAR}")
    assert "aria-disabled" in page.content.decode()


def test_pressed_twice_it_is_one_publication(ward):
    report("A1", 846, 1000)
    client = as_user(ward.dieuphoi)
    typed = {"seen": seen_on(client)}
    assert client.post(f"{PAGE}?nam={YEAR}", typed).status_code == 302
    assert client.post(f"{PAGE}?nam={YEAR}", typed).status_code == 409
    assert TargetPublication.objects.count() == 1


@pytest.mark.parametrize("name", ["baocao", "truongdonvi", "canbo"])
def test_others_neither_look_nor_publish(ward, name):
    client = as_user(ward.users[name])
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"seen": "x"}).status_code == 403


def test_the_head_looks_and_does_not_publish(ward):
    client = as_user(ward.lanhdao)
    page = client.get(f"{PAGE}?nam={YEAR}")
    assert page.status_code == 200 and "Công bố số liệu</button>" not in page.content.decode()
    assert client.post(f"{PAGE}?nam={YEAR}", {"seen": "x"}).status_code == 403
    with pytest.raises(Refused) as no:
        publishing.publish(ward.lanhdao, YEAR, seen=publishing.draft(YEAR).seen)
    assert no.value.code == "not_coordinator"


def test_the_page_says_what_changes_against_the_last_publication(ward):
    report("A1", 500, 1000)
    report("A2", 9, 10)
    publish(ward, now=timezone.now() - timedelta(minutes=5))
    report("A1", 846, 1000)
    held = publishing.draft(YEAR)
    assert [(one.code, one.figure, one.standing) for one in held.changes] == [("A1", True, True)]
    page = as_user(ward.dieuphoi).get(f"{PAGE}?nam={YEAR}").content.decode()
    assert "50\u00a0%" in page and "84,6\u00a0%" in page


def test_a_target_whose_goal_changed_is_told(ward):
    before = publishing.draft(YEAR).payload
    target = Target.objects.get(code="B1")
    target.definitions.create(
        version=2,
        in_force_on=timezone.localdate(),
        indicator="Số mô hình đã nghiệm thu",
        comparator=">=",
        goal=3,
        measured_in="mô hình",
        made_at=timezone.now(),
    )
    (change,) = changes(before, publishing.draft(YEAR).payload)
    assert (change.code, change.definition, change.figure) == ("B1", True, False)


@pytest.mark.parametrize("year", ["2025", "2031", "abc", "²"])
def test_only_years_that_have_begun(ward, year):
    client = as_user(ward.dieuphoi)
    assert client.get(f"{PAGE}?nam={year}").status_code == 404
    with pytest.raises(Refused):
        publishing.draft(2031)


def test_a_note_too_long_is_refused_and_kept(ward):
    report("A1", 1, 2)
    client = as_user(ward.dieuphoi)
    answer = client.post(f"{PAGE}?nam={YEAR}", {"seen": seen_on(client), "note": "x" * 501})
    assert answer.status_code == 422 and "x" * 501 in answer.content.decode()
    assert not TargetPublication.objects.exists()


def test_what_the_portal_counts_is_frozen_as_of_its_day(ward):
    keep("A9", 27, 30, population=32)
    made = publish(ward)
    held = next(one for one in made.payload["targets"] if one["code"] == "A9")["held"]
    assert held == {
        "as_of": date(YEAR, 11, 29).isoformat(),
        "definition": 1,
        "numerator": "27",
        "denominator": "30",
        "is_met": False,
        "is_computed": True,
        "source": "coverage:digital-skills",
        "units": [],
        "is_public": True,
    }


def test_every_source_the_portal_counts_from_has_words():
    from config.figure_sources import all_sources, words_of_source
    from config.figures import all_figures

    day = timezone.localdate()
    sources = {figure.compute(day.year, day).source for figure in all_figures()}
    assert sources and sources <= set(all_sources())
    assert all(words_of_source(code) for code in sources)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_make_one_publication():
    ward = make_plan_ward()
    report("A1", 846, 1000)
    seen, barrier, answers = publishing.draft(YEAR).seen, threading.Barrier(2), []

    def press():
        try:
            barrier.wait(10)
            answers.append(publishing.publish(ward.dieuphoi, YEAR, seen=seen).number)
        except Refused as no:
            answers.append(no.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, answers)) == ["1", "figures_changed"]
    assert TargetPublication.objects.count() == 1
