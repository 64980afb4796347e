"""Tổ kiểm phiếu: who counts the secret ballots is a recorded fact of the meeting."""

import pytest
from django.utils import translation

from ideas import meetings
from ideas.meetings import MeetingRefused
from ideas.models import Conflict, Meeting
from ideas.papers import minutes, tally
from ideas.votes import Ballots
from tests.html import assert_sound

from . import builders
from .paper_builders import record, texts
from .test_meeting import in_mode, opened, post, seat, why

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def ward():
    return builders.make_ward()


def version(meeting):
    return Meeting.objects.get(pk=meeting.pk).edit_version


def name(ward, meeting, leader="hoidong1", *members, user=None):
    return meetings.name_counters(
        user or ward.thuky,
        meeting,
        seat(ward, leader).pk,
        [seat(ward, member).pk for member in members],
        base_version=version(meeting),
    )


def count(ward, item, votes_for=5):
    item.meeting = Meeting.objects.get(pk=item.meeting_id)
    return meetings.record_secret_ballot(
        ward.thuky,
        item,
        Ballots(7, 7, 6, 1, votes_for, 6 - votes_for),
        "recognise" if votes_for >= 5 else "decline",
        base_version=version(item.meeting),
    )


def test_no_ballot_is_recorded_before_its_counters_are_named(ward):
    meeting = opened(ward, builders.evaluated(ward))
    item = in_mode(ward, meeting, "secret")
    with pytest.raises(MeetingRefused) as refused:
        count(ward, item)
    assert why(refused) == "counters_missing"
    name(ward, meeting, "hoidong1", "hoidong2", "hoidong3")
    assert count(ward, item).votes_for == 5


def test_their_names_stand_on_the_ballot_count_and_in_the_minutes(ward):
    meeting = opened(ward, builders.evaluated(ward))
    item = in_mode(ward, meeting, "secret")
    name(ward, meeting, "hoidong2", "hoidong1", "hoidong3")
    count(ward, item)
    meetings.close_meeting(ward.thuky, meeting, "Đề nghị công nhận.", base_version=version(meeting))
    for paper in (tally.tally, minutes.minutes):
        text = texts(paper(record(meeting)))
        assert "Tổ trưởng Tổ kiểm phiếu: ông (bà) Hoàng Văn Sơn." in text
        assert "Tổ viên: ông (bà) Vũ Thị Lan; ông (bà) Lê Thị Hoa." in text
    assert "TỔ TRƯỞNG TỔ KIỂM PHIẾU\nHoàng Văn Sơn" in texts(tally.tally(record(meeting)))


def test_whoever_is_concerned_by_a_secret_ballot_does_not_count_it(ward):
    dossier = builders.evaluated(ward)
    Conflict.objects.create(initiative=dossier, staff=ward.hoidong1.staff, reason="Em ruột")
    meeting = opened(ward, dossier)
    in_mode(ward, meeting, "secret")
    with pytest.raises(MeetingRefused) as refused:
        name(ward, meeting, "hoidong2", "hoidong1")
    assert why(refused) == "counters_concerned"
    assert "Vũ Thị Lan" in refused.value.answer.params["names"]


def test_concerned_by_an_item_that_turned_secret_later_is_found_at_the_count(ward):
    first, second = builders.evaluated(ward), builders.evaluated(ward, title="Việc thứ hai")
    Conflict.objects.create(initiative=second, staff=ward.hoidong1.staff, reason="Em ruột")
    meeting = opened(ward, first, second)
    in_mode(ward, meeting, "secret", first)
    name(ward, meeting, "hoidong1", "hoidong2")
    item = in_mode(ward, meeting, "secret", second)
    with pytest.raises(MeetingRefused) as refused:
        count(ward, item)
    assert why(refused) == "counters_concerned"


@pytest.mark.parametrize(
    ("leader", "members", "reason"),
    [
        ("hoidong1", (), "counters_few"),
        ("hoidong1", ("hoidong4",), "counters_absent"),  # did not come
        ("hoidong1", ("hoidong1",), "counters_few"),  # one person twice
    ],
)
def test_counters_are_two_people_who_are_there(ward, leader, members, reason):
    meeting = opened(ward, builders.evaluated(ward), absent=("hoidong4",))
    in_mode(ward, meeting, "secret")
    with pytest.raises(MeetingRefused) as refused:
        name(ward, meeting, leader, *members)
    assert why(refused) == reason
    assert not meeting.counters.exists()


def test_counters_stand_once_a_ballot_is_recorded_and_only_whoever_runs_the_meeting_names_them(ward):
    meeting = opened(ward, builders.evaluated(ward))
    item = in_mode(ward, meeting, "secret")
    with pytest.raises(MeetingRefused) as refused:
        name(ward, meeting, "hoidong1", "hoidong2", user=ward.hoidong1)
    assert why(refused) == "only_keeper"
    name(ward, meeting, "hoidong1", "hoidong2")
    name(ward, meeting, "hoidong3", "hoidong2")  # before the count it can be changed
    count(ward, item)
    with pytest.raises(MeetingRefused) as refused:
        name(ward, meeting, "hoidong1", "hoidong2")
    assert why(refused) == "counters_fixed"
    assert [c.staff.full_name for c in meeting.counters.all()] == ["Lê Thị Hoa", "Hoàng Văn Sơn"]


def test_the_page_asks_for_counters_with_a_secret_ballot_and_keeps_what_was_typed(ward, client):
    meeting = opened(ward, builders.evaluated(ward))
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    assert "Ballot counters" not in client.get(meeting.get_absolute_url()).content.decode()
    in_mode(ward, meeting, "secret")
    page = client.get(meeting.get_absolute_url())
    assert "Name the ballot counters first" in page.content.decode()
    assert_sound(page.content)
    again = post(client, meeting, "counters", leader=seat(ward, "hoidong1").pk)
    assert "Tick at least one more person." in again.content.decode()
    assert_sound(again.content)
    chosen = {"leader": seat(ward, "hoidong1").pk, "members": [seat(ward, "hoidong2").pk]}
    assert post(client, meeting, "counters", **chosen).status_code == 302
    page = client.get(meeting.get_absolute_url())
    assert "Name the ballot counters first" not in page.content.decode()
    assert_sound(page.content)
