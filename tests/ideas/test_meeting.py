"""A council meeting from plan to close, through its pages: who votes, who runs it, what is refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from ideas import meetings, workflow
from ideas.models import AgendaItem, Conflict, HistoryEntry, Meeting, MeetingAttendance, Vote
from ideas.sitting import Sitting
from notifications.models import Notification, OutboxMail
from people.models import Leave
from tests.html import assert_sound

from . import builders
from .paper_builders import retitled
from .starting import begun_by

pytestmark = pytest.mark.django_db
LIST = "/sang-kien/hoi-dong/hop/"
start = begun_by(builders.evaluated)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        client.cookies["ngon_ngu"] = "en"
        return client

    return sign_in


def seat(ward, name):
    return ward.appointment.seats.get(staff__user=ward.users[name])


def planned(ward, *initiatives, user=None):
    return meetings.plan_meeting(
        user or ward.thuky,
        ward.appointment,
        starts_at=timezone.now(),
        place="Phòng họp tầng 2",
        initiatives=list(initiatives),
    )


def opened(ward, *initiatives, absent=()):
    meeting = planned(ward, *initiatives)
    meeting = meetings.open_meeting(ward.thuky, meeting, base_version=meeting.edit_version)
    present = {s.pk: s.staff.user.username not in absent for s in ward.appointment.seats.all()}
    return meetings.take_roll(ward.thuky, meeting, present, {}, base_version=meeting.edit_version)


def item_of(meeting, initiative=None):
    item = meeting.items.first() if initiative is None else meeting.items.get(initiative=initiative)
    item.meeting = Meeting.objects.get(pk=meeting.pk)
    return item


def in_mode(ward, meeting, mode="open", initiative=None, user=None):
    item = item_of(meeting, initiative)
    meetings.choose_mode(user or ward.thuky, item, mode, base_version=item.meeting.edit_version)
    return item_of(meeting, initiative)


def cast(ward, item, votes_for):
    """`votes_for` seats for, the others that can vote against."""
    able = list(Sitting(item.meeting).able(builders.fresh(item.initiative)))
    return {pk: place < votes_for for place, pk in enumerate(able)}


def record(ward, item, votes_for, conclusion, user=None):
    return meetings.record_open_vote(
        user or ward.thuky,
        item,
        cast(ward, item, votes_for),
        conclusion,
        base_version=item.meeting.edit_version,
    )


def why(refused):
    return refused.value.answer.reason


def post(client, meeting, form, action="", follow=False, **data):
    version = Meeting.objects.get(pk=meeting.pk).edit_version
    return client.post(
        meeting.get_absolute_url(),
        {"version": version, "form": form, "action": action, **data},
        follow=follow,
    )


# ---- the straight road, through pages


def test_a_meeting_goes_from_plan_to_the_head_through_its_pages(ward, initiative, as_user):
    client = as_user(ward.thuky)
    today = timezone.localdate()
    answer = client.post(
        f"{LIST}moi/",
        {
            "day": f"{today:%d/%m/%Y}",
            "time": "14:00",
            "place": "Phòng họp tầng 2",
            "initiatives": [initiative.pk],
        },
    )
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == f"{LIST}{meeting.pk}/"
    invited = Notification.objects.filter(event="ideas.meeting_invited")
    assert {row.recipient.username for row in invited} == {
        "chutich", "phochutich", "thuky", *(f"hoidong{n}" for n in range(1, 8)),
    }  # fmt: skip
    assert {row.subject for row in invited} == {""}
    assert OutboxMail.objects.filter(notification__event="ideas.meeting_invited").count() == 10

    assert post(client, meeting, "open").status_code == 302
    roll = {f"seat-{s.pk}": "in" for s in ward.appointment.seats.all()}
    roll[f"seat-{seat(ward, 'phochutich').pk}"] = "out"
    assert post(client, meeting, "roll", **roll).status_code == 302
    item = item_of(meeting)
    assert post(client, meeting, f"item-{item.pk}", "open").status_code == 302
    page = client.get(meeting.get_absolute_url())
    assert_sound(page.content)
    able = list(Sitting(item_of(meeting).meeting).able(builders.fresh(initiative)))
    assert len(able) == 7  # an alternate stands in for the vice chair
    votes = {f"viec-{item.pk}-seat-{pk}": "yes" if place < 5 else "no" for place, pk in enumerate(able)}
    assert post(client, meeting, f"item-{item.pk}", "save", **votes).status_code == 302
    assert Vote.objects.filter(item=item, agrees=True).count() == 5
    answer = post(
        client,
        meeting,
        f"item-{item.pk}",
        "record",
        **votes,
        **{f"viec-{item.pk}-conclusion": "recognise"},
    )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.seats, item.needed, item.votes_for, item.votes_against, item.had_quorum) == (
        7,
        5,
        5,
        2,
        True,
    )
    assert post(client, meeting, "conclusion", "close", conclusion="Đề nghị công nhận.").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.presided_by) == ("closed", ward.chutich.staff)
    told = Notification.objects.get(event="ideas.to_decide")
    assert (told.recipient, told.subject, told.link) == (
        ward.lanhdao,
        initiative.code,
        "/sang-kien/quyet-dinh/",
    )
    moved = workflow.move(builders.fresh(initiative), "recognise", ward.lanhdao, **builders.decision())
    assert moved.state == "recognised"


def test_a_recorded_vote_is_one_line_of_history_with_counts_alone(ward, initiative):
    meeting = opened(ward, initiative)
    record(ward, in_mode(ward, meeting), 5, "recognise")
    entry = HistoryEntry.objects.get(transition="vote_recorded")
    assert (entry.actor_name, entry.actor_role) == ("Trần Văn Bình", "secretary")
    assert (entry.from_state, entry.to_state) == ("evaluated", "evaluated")
    assert entry.details == {
        "meeting": 1,
        "mode": "open",
        "seats": 7,
        "needed": 5,
        "for": 5,
        "against": 2,
        "conclusion": "recognise",
    }


def test_a_secret_ballot_is_kept_as_totals_with_its_signed_tally(ward, initiative, as_user):
    meeting = opened(ward, initiative)
    item = in_mode(ward, meeting, "secret")
    client = as_user(ward.thuky)
    assert "Name the ballot counters first" in client.get(meeting.get_absolute_url()).content.decode()
    counters = {"leader": seat(ward, "hoidong1").pk, "members": [seat(ward, "hoidong2").pk]}
    assert post(client, meeting, "counters", "", **counters).status_code == 302
    name = f"viec-{item.pk}-"
    wrong = {"issued": 7, "returned": 8, "valid": 6, "invalid": 1, "votes_for": 6, "votes_against": 1}
    page = post(
        client, meeting, f"item-{item.pk}", "record", **{name + k: v for k, v in wrong.items()},
        **{name + "conclusion": "recognise"},
    )  # fmt: skip
    assert page.status_code == 200
    for words in (
        "8 ballots returned is more than the 7 issued.",
        "Valid 6 and invalid 1 make 7, not the 8 returned.",
        "For 6 and against 1 make 7, not the 6 valid.",
    ):
        assert words in page.content.decode()
    assert f'name="{name}returned" value="8"' in page.content.decode()
    right = {"issued": 7, "returned": 7, "valid": 6, "invalid": 1, "votes_for": 5, "votes_against": 1}
    tally = SimpleUploadedFile("kiem-phieu.pdf", builders.PDF, "application/pdf")
    answer = post(
        client, meeting, f"item-{item.pk}", "record", **{name + k: v for k, v in right.items()},
        **{name + "conclusion": "recognise", name + "tally": tally},
    )  # fmt: skip
    assert answer.status_code == 302
    item.refresh_from_db()
    totals = ("issued", "returned", "valid", "invalid", "votes_for", "votes_against")
    assert tuple(getattr(item, name) for name in totals) == (7, 7, 6, 1, 5, 1)
    assert Vote.objects.count() == 0
    url = f"{meeting.get_absolute_url()}kiem-phieu/{item.pk}/"
    assert b"".join(client.get(url).streaming_content) == builders.PDF
    assert as_user(ward.nguoikhac).get(url).status_code == 404


# ---- who votes


def test_an_author_never_votes_and_an_alternate_takes_the_seat(ward):
    ward.users["tacgia"] = ward.hoidong1
    initiative = builders.evaluated(ward)
    meeting = opened(ward, initiative)
    sitting = Sitting(item_of(meeting).meeting)
    filled = sitting.able(builders.fresh(initiative))[seat(ward, "hoidong1").pk]
    assert filled.staff == ward.hoidong5.staff
    assert ward.hoidong1.staff.pk not in {
        f.staff.pk for f in sitting.able(builders.fresh(initiative)).values()
    }


def test_a_declared_conflict_closes_the_vote_like_authorship(ward, initiative):
    Conflict.objects.create(initiative=initiative, staff=ward.hoidong2.staff, reason="anh em ruột")
    sitting = Sitting(item_of(opened(ward, initiative)).meeting)
    able = sitting.able(builders.fresh(initiative))
    assert able[seat(ward, "hoidong2").pk].staff == ward.hoidong5.staff


def test_an_alternate_in_conflict_stands_in_for_nobody(ward, initiative):
    Conflict.objects.create(initiative=initiative, staff=ward.hoidong5.staff, reason="vợ tác giả")
    sitting = Sitting(item_of(opened(ward, initiative, absent={"hoidong1"})).meeting)
    assert sitting.able(builders.fresh(initiative))[seat(ward, "hoidong1").pk].staff == ward.hoidong6.staff


def test_whoever_scored_from_a_seat_votes_from_it(ward):
    ward.users["tacgia"] = ward.hoidong3
    initiative = builders.evaluated(ward)  # hoidong5 scored from hoidong3's seat
    sitting = Sitting(item_of(opened(ward, initiative, absent={"hoidong1"})).meeting)
    able = sitting.able(builders.fresh(initiative))
    assert able[seat(ward, "hoidong3").pk].staff == ward.hoidong5.staff
    assert able[seat(ward, "hoidong1").pk].staff == ward.hoidong6.staff
    assert len({filled.staff.pk for filled in able.values()}) == len(able)


def test_a_vote_for_a_seat_that_cannot_vote_is_refused(ward, initiative, as_user):
    meeting = opened(ward, initiative, absent={"hoidong1", "hoidong5", "hoidong6", "hoidong7"})
    item = in_mode(ward, meeting)
    page = post(
        as_user(ward.thuky), meeting, f"item-{item.pk}", "save",
        **{f"viec-{item.pk}-seat-{seat(ward, 'hoidong1').pk}": "yes"},
    )  # fmt: skip
    assert "A vote was entered for a seat that cannot vote on this item." in page.content.decode()
    assert Vote.objects.count() == 0


def test_votes_not_recorded_go_when_the_roll_says_their_people_left(ward, initiative):
    meeting = opened(ward, initiative)
    item = in_mode(ward, meeting)
    meetings.save_votes(ward.thuky, item, cast(ward, item, 7), base_version=item.meeting.edit_version)
    item = item_of(meeting)
    gone = seat(ward, "hoidong1")
    meetings.take_roll(ward.thuky, meeting, {gone.pk: False}, {}, base_version=item.meeting.edit_version)
    assert set(item.votes.values_list("seat_id", flat=True)) == {
        s.pk for s in ward.appointment.seats.exclude(role="alternate") if s != gone
    }


# ---- refused


def test_recognition_is_concluded_only_by_two_thirds_of_the_seats(ward, initiative):
    meeting = opened(ward, initiative)
    item = in_mode(ward, meeting)
    with pytest.raises(meetings.MeetingRefused) as refused:
        record(ward, item, 4, "recognise")
    assert (why(refused), dict(refused.value.answer.params)) == (
        "votes_short",
        {"votes": 4, "needed": 5, "seats": 7},
    )
    with pytest.raises(meetings.MeetingRefused) as refused:
        record(ward, item, 5, "decline")
    assert why(refused) == "votes_enough"
    assert Vote.objects.count() == 0  # nothing of a refused result is kept
    record(ward, item, 4, "decline")


def test_without_a_quorum_nobody_votes(ward, initiative):
    absent = {"phochutich", "hoidong1", "hoidong2", "hoidong5", "hoidong6", "hoidong7"}
    meeting = opened(ward, initiative, absent=absent)
    item = item_of(meeting)
    with pytest.raises(meetings.MeetingRefused) as refused:
        meetings.choose_mode(ward.thuky, item, "open", base_version=item.meeting.edit_version)
    assert dict(refused.value.answer.params) == {"present": 4, "seats": 7, "needed": 5}
    assert why(refused) == "quorum_missing"


def test_a_meeting_closes_when_every_item_has_a_result_or_is_left_for_later(ward, initiative, as_user):
    first, second = initiative, builders.evaluated(ward, title="Việc thứ hai")
    meeting = opened(ward, first, second)
    record(ward, in_mode(ward, meeting, initiative=first), 6, "recognise")
    client = as_user(ward.thuky)
    page = post(client, meeting, "conclusion", "close", conclusion="Xong.")
    assert "No result is recorded yet for item 2." in page.content.decode()
    assert ">Xong.</textarea>" in page.content.decode().replace("\n", "")
    post(client, meeting, f"item-{item_of(meeting, second).pk}", "take-off")
    assert post(client, meeting, "conclusion", "close", conclusion="Xong.").status_code == 302
    assert list(meetings.can_be_put_on(ward.appointment)) == [second]
    assert [row.subject for row in Notification.objects.filter(event="ideas.to_decide")] == [first.code]


def test_completion_asked_for_does_not_go_to_the_head(ward, initiative):
    meeting = opened(ward, initiative)
    record(ward, in_mode(ward, meeting), 5, "complete_again")
    meeting.refresh_from_db()
    meetings.close_meeting(ward.thuky, meeting, "Hoàn thiện.", base_version=meeting.edit_version)
    assert not Notification.objects.filter(event="ideas.to_decide").exists()


def test_only_scored_and_free_initiatives_come_on_an_agenda(ward, initiative):
    scored, voted = initiative, builders.voted(ward, title="Đã biểu quyết")
    elsewhere = builders.evaluated(ward, title="Ở phiên khác")
    builders.evaluating(ward, title="Đang chấm")
    planned(ward, elsewhere)
    assert list(meetings.can_be_put_on(ward.appointment)) == [scored]
    with pytest.raises(meetings.MeetingRefused) as refused:
        planned(ward, scored, voted, elsewhere)
    assert dict(refused.value.answer.params) == {"codes": f"{voted.code}, {elsewhere.code}"}
    assert Meeting.objects.filter(state="planned").count() == 1


def test_a_dossier_that_left_scoring_is_not_voted_on(ward, initiative):
    meeting = opened(ward, initiative)
    item = in_mode(ward, meeting)
    workflow.move(builders.fresh(initiative), "reopen_evaluation", ward.chutich, reason="Chấm lại tiêu chí 2")
    with pytest.raises(meetings.MeetingRefused) as refused:
        record(ward, item, 6, "recognise")
    assert why(refused) == "wrong_state"


def test_a_meeting_opens_on_its_day_alone(ward, initiative):
    meeting = planned(ward, initiative)
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(meetings.MeetingRefused) as refused:
        meetings.open_meeting(ward.thuky, meeting, base_version=0, now=tomorrow)
    assert why(refused) == "meeting_other_day"


def test_two_browsers_do_not_overwrite_each_other(ward, initiative, as_user):
    meeting = opened(ward, initiative)
    client = as_user(ward.thuky)
    stale = Meeting.objects.get().edit_version
    post(client, meeting, f"item-{item_of(meeting).pk}", "open")
    page = client.post(
        meeting.get_absolute_url(),
        {"version": stale, "form": "conclusion", "action": "save", "conclusion": "Ý kiến đang gõ"},
    )
    assert page.status_code == 409
    assert "Ý kiến đang gõ" in page.content.decode()
    assert Meeting.objects.get().conclusion == ""


# ---- who runs it


@pytest.mark.parametrize("name", ["chutich", "phochutich", "hoidong1", "hoidong5"])
def test_only_the_secretary_runs_the_meeting_while_there(ward, initiative, as_user, name):
    meeting = opened(ward, initiative)
    page = post(as_user(ward.users[name]), meeting, f"item-{item_of(meeting).pk}", "open")
    assert page.status_code == 200
    assert "Only the council&#x27;s secretary can do this" in page.content.decode()
    assert AgendaItem.objects.get().mode == ""


def test_whoever_presides_runs_it_where_the_secretary_is_absent(ward, initiative):
    meeting = opened(ward, initiative, absent={"thuky"})
    with pytest.raises(meetings.MeetingRefused):
        in_mode(ward, meeting)
    record(ward, in_mode(ward, meeting, user=ward.chutich), 6, "recognise", user=ward.chutich)
    assert HistoryEntry.objects.get(transition="vote_recorded").actor_role == "chair"


def test_whoever_presides_keeps_the_item_the_secretary_wrote(ward):
    ward.users["tacgia"] = ward.thuky
    keeper, ward.users["thuky"] = ward.thuky, ward.chutich  # the chair does the secretary's work on it
    initiative = builders.evaluated(ward)
    ward.users["thuky"] = keeper
    meeting = opened(ward, initiative)
    with pytest.raises(meetings.MeetingRefused) as refused:
        in_mode(ward, meeting)
    assert why(refused) == "only_keeper"
    record(ward, in_mode(ward, meeting, user=ward.chutich), 6, "recognise", user=ward.chutich)


def test_the_vice_chair_presides_where_the_chair_is_absent_or_concerned(ward, initiative):
    meeting = opened(ward, initiative, absent={"chutich"})
    assert meeting.presided_by == ward.phochutich.staff
    Conflict.objects.create(initiative=initiative, staff=ward.chutich.staff, reason="em rể")
    everybody = {s.pk: True for s in ward.appointment.seats.all()}
    meeting = meetings.take_roll(ward.thuky, meeting, everybody, {}, base_version=meeting.edit_version)
    assert meeting.presided_by == ward.chutich.staff
    assert Sitting(meeting).presiding(builders.fresh(initiative)) == seat(ward, "phochutich")


def test_a_secretary_on_leave_leaves_the_planning_to_the_chair(ward, as_user):
    today = timezone.localdate()
    assert as_user(ward.chutich).get(f"{LIST}moi/").status_code == 403
    Leave.objects.create(staff=ward.thuky.staff, start_on=today, end_before=today + timedelta(days=3))
    assert as_user(ward.chutich).get(f"{LIST}moi/").status_code == 200
    assert as_user(ward.thuky).get(f"{LIST}moi/").status_code == 403


# ---- who sees it


def test_members_read_the_meeting_and_everybody_else_finds_nothing(ward, initiative, as_user, client):
    meeting = opened(ward, initiative)
    expected = dict.fromkeys(ward.users, 404) | {name: 200 for name, _n, _r in builders.COUNCIL}
    seen = {
        name: as_user(user).get(meeting.get_absolute_url()).status_code for name, user in ward.users.items()
    }
    assert seen == expected
    lists = {name: as_user(user).get(LIST).status_code for name, user in ward.users.items()}
    assert lists == expected
    client.logout()
    for url in (LIST, f"{LIST}moi/", meeting.get_absolute_url(), f"{meeting.get_absolute_url()}sua/"):
        assert client.get(url).headers["Location"].startswith("/tai-khoan/login/")


def test_a_concerned_member_sees_neither_title_nor_votes_of_that_item(ward, initiative, as_user):
    initiative = retitled(initiative, "Tên chỉ người được đọc thấy")
    Conflict.objects.create(initiative=initiative, staff=ward.hoidong2.staff, reason="anh em ruột")
    meeting = opened(ward, initiative)
    record(ward, in_mode(ward, meeting), 5, "recognise")
    page = as_user(ward.hoidong2).get(meeting.get_absolute_url()).content.decode()
    assert initiative.code in page
    assert "Tên chỉ người được đọc thấy" not in page
    assert "5/7 seats" not in page
    page = as_user(ward.hoidong1).get(meeting.get_absolute_url()).content.decode()
    assert "Tên chỉ người được đọc thấy" in page
    assert "5/7 seats" in page
    assert '<form method="post" class="stack" novalidate' not in page


def test_the_page_asks_no_more_for_six_items_than_for_one(
    ward, initiative, as_user, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    meeting = opened(ward, initiative)
    client = as_user(ward.thuky)
    client.get(meeting.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(meeting.get_absolute_url())
    more = builders.evaluated_together(ward, [f"Việc {n}" for n in range(5)])
    meeting.refresh_from_db()
    meetings.change_meeting(
        ward.thuky,
        meeting,
        starts_at=meeting.starts_at,
        place=meeting.place,
        initiatives=[item_of(meeting).initiative, *more],
        base_version=meeting.edit_version,
    )
    with django_assert_num_queries(len(one)):
        client.get(meeting.get_absolute_url())


def test_a_changed_plan_is_told_and_an_unchanged_one_is_not(ward, initiative, as_user):
    meeting = planned(ward, initiative)
    client = as_user(ward.thuky)
    local = timezone.localtime(meeting.starts_at)
    same = {
        "version": meeting.edit_version,
        "day": f"{local:%d/%m/%Y}",
        "time": f"{local:%H:%M}",
        "place": "Hội trường lớn",
        "initiatives": [initiative.pk],
    }
    assert client.get(f"{meeting.get_absolute_url()}sua/").status_code == 200
    assert client.post(f"{meeting.get_absolute_url()}sua/", same).status_code == 302
    assert Notification.objects.filter(event="ideas.meeting_changed").count() == 10
    meeting.refresh_from_db()
    again = client.post(f"{meeting.get_absolute_url()}sua/", same | {"version": meeting.edit_version})
    assert again.status_code == 302
    assert Notification.objects.filter(event="ideas.meeting_changed").count() == 10


def test_the_roll_keeps_reasons_and_alternates(ward, initiative, as_user):
    meeting = planned(ward, initiative)
    meeting = meetings.open_meeting(ward.thuky, meeting, base_version=meeting.edit_version)
    away = seat(ward, "hoidong6")
    roll = {f"seat-{s.pk}": "in" for s in ward.appointment.seats.all()}
    roll |= {f"seat-{away.pk}": "out", f"reason-{away.pk}": "đi công tác"}
    assert post(as_user(ward.thuky), meeting, "roll", **roll).status_code == 302
    assert MeetingAttendance.objects.filter(is_present=True).count() == 9
    row = MeetingAttendance.objects.get(is_present=False)
    assert (row.seat, row.reason) == (away, "đi công tác")
