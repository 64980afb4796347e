"""The organiser's side of judging: handing out, what is missing, closing, reopening, the shortlist."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competitions import workflow
from competitions.judging import closing, finalists, handing_out, organising
from competitions.models import CompetitionChange, EntryRubric, EntrySheet, Finalist, StageResult, StageRun
from competitions.moves import Actor, Refused
from notifications.models import Notification, OutboxMail
from people.roles import Role
from scoring.freezing import freeze, hash_of
from scoring.models import RubricFixed
from scoring.result import compute
from tests.competitions import builders
from tests.competitions import judging_builders as judging
from tests.html import assert_sound
from tests.ideas.builders import make_user

pytestmark = pytest.mark.django_db
TOTALS = {"Bài số 0": 70, "Bài số 1": 90, "Bài số 2": 80}


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


def address(competition, tail=""):
    return f"/cuoc-thi/to-chuc/{competition.code}/cham/{tail}"


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.answer.reason


def over(competition, code="preliminary"):
    """The window of a stage has passed."""
    phase = competition.phases.get(code=code)
    phase.closes_at = (timezone.now() - timedelta(hours=1)).replace(second=0, microsecond=0)
    phase.save()
    return judging.fresh(competition)


# ---- handing out


def test_handing_out_fixes_the_rubric_tells_the_judges_and_is_logged(client, organiser):
    competition = judging.judged(organiser)
    client.force_login(organiser)
    assert_sound(client.get(address(competition)).content)
    asked = client.get(address(competition, "so-khao/phan-cong/"))
    assert_sound(asked.content)
    assert not EntrySheet.objects.exists()
    assert client.post(address(competition, "so-khao/phan-cong/"))["Location"] == address(competition)
    assert EntrySheet.objects.count() == 6
    loads = [EntrySheet.objects.filter(judge=seat).count() for seat in competition.judges.all()]
    assert loads == [2, 2, 2]
    rubric = EntryRubric.objects.get(pk=competition.rubric_id)
    assert rubric.fixed_at is not None
    with pytest.raises(RubricFixed):
        rubric.definition = {**rubric.definition, "name": "Khác"}
        rubric.save()
    told = Notification.objects.filter(event="competitions.to_judge")
    assert told.count() == 3 and {row.params["count"] for row in told} == {2}
    line = CompetitionChange.objects.get(act="assigned")
    assert line.details["seed"] == StageRun.objects.get().seed and line.details["sheets"] == 6
    client.post(address(competition, "so-khao/phan-cong/"))
    assert EntrySheet.objects.count() == 6
    assert_sound(client.get(address(competition)).content)


def test_nothing_is_handed_out_while_entries_are_taken(organiser):
    competition = judging.judged(organiser, phase="entry", entries=1)
    closes = competition.window("entry").closes_at
    for moment, reason in (
        (closes - timedelta(seconds=1), "entries_still_open"),
        (closes, ""),
        (closes + timedelta(seconds=1), ""),
    ):
        assert handing_out.may_assign(competition, "preliminary", moment).reason == reason


def test_too_few_judges_no_rubric_no_entries(organiser):
    short = judging.judged(organiser, judges=1)
    assert refusal(handing_out.assign_stage, short, "preliminary", organiser) == "too_few_judges"
    bare = judging.judged(organiser, judges=0, rubric=None)
    assert refusal(handing_out.assign_stage, bare, "preliminary", organiser) == "no_rubric"
    empty = judging.judged(organiser, judges=0, entries=0)
    assert refusal(handing_out.assign_stage, empty, "preliminary", organiser) == "no_entries"
    assert not StageRun.objects.exists()


def test_drafts_refused_and_withdrawn_entries_are_not_judged(organiser):
    competition = judging.judged(organiser, entries=2)
    builders.entry(competition, builders.participant(), title="Nháp")
    first, second = competition.entries.filter(number__isnull=False)
    workflow.move(first, "refuse", Actor.of(user=organiser), reason="Không đúng thể lệ")
    handing_out.assign_stage(competition, "preliminary", organiser)
    assert {sheet.entry_id for sheet in EntrySheet.objects.all()} == {second.pk}


# ---- blind until the close


def test_the_board_shows_counts_and_no_point_before_the_close(client, organiser):
    competition = judging.assigned(organiser)
    judging.send_all(competition, totals={"Bài số 0": "71.5", "Bài số 1": "83.5", "Bài số 2": "64.5"})
    client.force_login(organiser)
    for path in (address(competition), address(competition, "bang/")):
        body = client.get(path).content.decode()
        body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
        assert "6/6" in body
        for points in ("71,5", "83,5", "64,5", "71.5"):
            assert points not in body
    closing.close_stage(competition, "preliminary", organiser)
    body = client.get(address(competition)).content.decode()
    assert_sound(body)
    lines = client.get(address(competition)).context["boards"][0].entries
    assert [(line.entry.title, line.rank) for line in lines] == [
        ("Bài số 1", 1),
        ("Bài số 0", 2),
        ("Bài số 2", 3),
    ]
    assert "83,50" in body
    sheet = EntrySheet.objects.first()
    assert client.get(sheet.get_absolute_url()).status_code == 200


def test_the_board_costs_the_same_for_one_and_for_thirty(client, organiser):
    client.force_login(organiser)
    costs = []
    for count in (1, 30):
        competition = judging.judged(organiser, entries=count, judges=0, judges_each=1)
        for number in range(2):
            user = make_user(f"gk{count}{number}", "", Role.JUDGE)
            competition.judges.create(user=user, appointed_at=timezone.now())
        handing_out.assign_stage(competition, "preliminary", organiser)
        client.get(address(competition))
        for path in (address(competition), address(competition, "bang/")):
            with CaptureQueriesContext(connection) as caught:
                client.get(path)
            costs.append(len(caught))
    assert costs[:2] == costs[2:]


def test_another_organiser_a_judge_and_the_anonymous_see_no_board(client, organiser):
    competition = judging.assigned(organiser)
    paths = ["", "bang/", "so-khao/chot/", "so-khao/phan-cong/", "so-khao/mo-lai/", "chon-chung-khao/"]
    for user in (make_user("khac", "", Role.ORGANISER), competition.judges.first().user):
        client.force_login(user)
        assert {client.get(address(competition, path)).status_code for path in paths} == {404}
        for tail in ("so-khao/nhac/", "so-khao/bo-sung/"):
            assert client.post(address(competition, tail)).status_code == 404


# ---- reminding, giving back


def test_who_has_not_sent_is_reminded_once_with_the_count(client, organiser):
    competition = judging.assigned(organiser)
    first = competition.judges.first()
    for sheet in EntrySheet.objects.filter(judge=first):
        judging.send(sheet)
    client.force_login(organiser)
    client.post(address(competition, "so-khao/nhac/"))
    rows = Notification.objects.filter(event="competitions.judging_reminder")
    assert rows.count() == 2 and first.user not in {row.recipient for row in rows}
    assert {row.params["count"] for row in rows} == {2}


def test_a_sent_sheet_goes_back_with_a_reason_and_without_showing_points(client, organiser):
    competition = judging.assigned(organiser)
    sheet = judging.send(EntrySheet.objects.first())
    client.force_login(organiser)
    path = address(competition, f"phieu/{sheet.pk}/tra-lai/")
    assert_sound(client.get(path).content)
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Chấm nhầm bài"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.submitted_at, sheet.points.count()) == ("draft", None, 7)
    assert Notification.objects.get(event="competitions.sheet_back").recipient == sheet.judge.user
    assert CompetitionChange.objects.get(act="sheet_given_back").reason == "Chấm nhầm bài"
    assert refusal(organising.give_sheet_back, organiser, sheet, "Lần nữa") == "sheet_not_sent"


# ---- closing


def test_closing_says_what_is_missing(client, organiser):
    competition = judging.assigned(organiser)
    sheets = list(EntrySheet.objects.order_by("entry__number", "pk"))
    assert refusal(closing.close_stage, competition, "preliminary", organiser) == "entries_without_sheet"
    answer = closing.may_close(competition, "preliminary", timezone.now())
    assert answer.params["count"] == 3
    for sheet in sheets[::2]:  # one of two for each entry
        judging.send(sheet)
    answer = closing.may_close(competition, "preliminary", timezone.now())
    assert (answer.reason, answer.params["count"]) == ("sheets_open", 3)
    client.force_login(organiser)
    assert client.post(address(competition, "so-khao/chot/"), {"reason": "Vội"}).status_code == 302
    assert not StageResult.objects.exists()
    closes = competition.window("preliminary").closes_at
    for offset, reason in ((-1, "sheets_open"), (0, ""), (1, "")):
        moment = closes + timedelta(seconds=offset)
        assert closing.may_close(competition, "preliminary", moment).reason == reason
    competition = over(competition)
    assert client.post(address(competition, "so-khao/chot/"), {"reason": ""}).status_code == 422
    client.post(address(competition, "so-khao/chot/"), {"reason": "Một giám khảo ốm"})
    line = CompetitionChange.objects.get(act="stage_closed")
    assert (line.reason, line.details["not_handed_in"]) == ("Một giám khảo ốm", 3)
    counts = {
        e["entry"]: e["result"]["count"] for e in json.loads(StageResult.objects.get().payload)["entries"]
    }
    assert set(counts.values()) == {1}


def test_what_is_frozen_can_be_computed_again(organiser):
    competition = judging.closed(organiser, TOTALS)
    result = StageResult.objects.get()
    assert hashlib.sha256(result.payload.encode()).hexdigest() == result.sha256
    payload = json.loads(result.payload)
    assert hash_of(payload) == result.sha256
    rubric = competition.rubric.rubric
    for frozen in payload["entries"]:
        entry = competition.entries.get(code=frozen["entry"])
        values = [s.values(f"{s.judge_id:06d}") for s in entry.sheets.filter(state="submitted")]
        assert freeze(compute(rubric, values, expected=2), rubric, values).sha256 == frozen["sha256"]
        assert frozen["version"]["sha256"] == entry.versions.last().sha256
    assert "Thí Sinh" not in result.payload and "Giám Khảo" not in result.payload


def test_a_closed_stage_takes_no_sheet_any_more(client, organiser):
    competition = judging.assigned(organiser)
    sheets = list(EntrySheet.objects.order_by("entry__number", "pk"))
    for sheet in sheets[::2]:
        judging.send(sheet)
    competition = over(competition)
    closing.close_stage(competition, "preliminary", organiser, reason="Hết giờ")
    left = sheets[1]
    client.force_login(left.judge.user)
    page = client.get(left.get_absolute_url())
    assert page.status_code == 200 and "data-score-sheet" not in page.content.decode()
    assert refusal(judging.send, left) == "stage_closed"
    assert refusal(closing.close_stage, competition, "preliminary", organiser) == "already_closed"


# ---- reopening


def test_reopening_is_logged_keeps_the_old_result_and_drops_the_shortlist(client, organiser):
    competition = judging.closed(organiser, TOTALS, finalists=2)
    finalists.choose_finalists(competition, organiser)
    client.force_login(organiser)
    path = address(competition, "so-khao/mo-lai/")
    assert_sound(client.get(path).content)
    assert client.post(path, {"reason": " "}).status_code == 422
    assert client.post(path, {"reason": "Một phiếu ghi nhầm"}).status_code == 302
    assert not Finalist.objects.exists()
    line = CompetitionChange.objects.get(act="stage_reopened")
    assert line.reason == "Một phiếu ghi nhầm" and len(line.details["finalists_dropped"]) == 2
    assert client.get(EntrySheet.objects.first().get_absolute_url()).status_code == 404
    closing.close_stage(competition, "preliminary", organiser)
    assert list(StageResult.objects.values_list("sequence", flat=True)) == [1, 2]


def test_once_the_final_has_begun_the_preliminary_stays_closed(organiser):
    competition = judging.closed(organiser, TOTALS, finalists=2)
    again = {"reason": "Sai"}
    opens = competition.window("final").opens_at
    for moment, reason in ((opens - timedelta(seconds=1), ""), (opens, "next_stage_has_begun")):
        assert closing.may_reopen(competition, "preliminary", moment).reason == reason
    finalists.choose_finalists(competition, organiser)
    handing_out.assign_stage(competition, "final", organiser)
    assert (
        refusal(closing.reopen_stage, competition, "preliminary", organiser, **again)
        == "next_stage_has_begun"
    )


def test_a_late_entry_is_taken_in_again_while_the_stage_is_open_anew(organiser):
    competition = judging.closed(organiser, TOTALS)
    late = builders.entry(competition, builders.participant(), title="Muộn")
    actor = Actor.of(user=organiser)
    assert workflow.may(late, "submit_late", actor).reason == "judging_is_over"
    closing.reopen_stage(competition, "preliminary", organiser, reason="Sót một bài")
    workflow.move(late, "submit_late", actor, reason="Sót một bài")
    assert EntrySheet.objects.filter(entry=late).count() == 2


# ---- the shortlist and the final


def test_the_shortlist_goes_by_place_and_everybody_is_told(client, organiser):
    competition = judging.closed(organiser, TOTALS, finalists=2)
    before = OutboxMail.objects.count()
    client.force_login(organiser)
    page = client.get(address(competition, "chon-chung-khao/"))
    assert_sound(page.content)
    assert client.post(address(competition, "chon-chung-khao/")).status_code == 302
    assert [(f.entry.title, f.rank) for f in Finalist.objects.all()] == [("Bài số 1", 1), ("Bài số 2", 2)]
    mails = {
        mail.to: mail.subject for mail in OutboxMail.objects.order_by("pk")[before:] if "thi.sinh" in mail.to
    }
    assert len(mails) == 3
    out = competition.entries.get(title="Bài số 0")
    assert "không vào" in mails[builders.leader_of(out).email]
    client.post(address(competition, "chon-chung-khao/"))
    assert Finalist.objects.count() == 2


def test_a_tie_at_the_edge_is_chosen_in_writing_or_all_of_them_go_on(client, organiser):
    totals = {"Bài số 0": 70, "Bài số 1": 90, "Bài số 2": 70}
    competition = judging.closed(organiser, totals, finalists=2)
    by = dict(competition.entries.values_list("title", "code"))
    client.force_login(organiser)
    path = address(competition, "chon-chung-khao/")
    page = client.get(path)
    assert_sound(page.content)
    assert set(page.context["edge"].tied) == {by["Bài số 0"], by["Bài số 2"]}
    assert refusal(finalists.choose_finalists, competition, organiser) == "choose_of_the_tied"
    assert refusal(finalists.choose_finalists, competition, organiser, [by["Bài số 1"]]) == "not_at_the_edge"
    assert client.post(path, {"chosen": [by["Bài số 2"]], "reason": ""}).status_code == 422
    assert not Finalist.objects.exists()
    client.post(path, {"chosen": [by["Bài số 2"]], "reason": "Sản phẩm đã có người dùng"})
    rows = {f.entry.title: f.reason for f in Finalist.objects.all()}
    assert rows == {"Bài số 1": "", "Bài số 2": "Sản phẩm đã có người dùng"}
    closing.reopen_stage(competition, "preliminary", organiser, reason="Chọn lại")
    closing.close_stage(competition, "preliminary", organiser)
    both = [by["Bài số 0"], by["Bài số 2"]]
    finalists.choose_finalists(competition, organiser, both, reason="Lấy cả hai bài bằng điểm")
    assert Finalist.objects.count() == 3


def test_in_the_final_every_judge_has_every_finalist(organiser):
    competition = judging.closed(organiser, TOTALS, finalists=2)
    assert handing_out.may_assign(competition, "final", timezone.now()).reason == "no_finalists"
    finalists.choose_finalists(competition, organiser)
    handing_out.assign_stage(competition, "final", organiser)
    sheets = EntrySheet.objects.filter(stage="final")
    assert sheets.count() == 6
    assert {sheet.entry.title for sheet in sheets} == {"Bài số 1", "Bài số 2"}


def test_telling_finalists_costs_the_same_for_few_and_many(organiser):
    costs = []
    for count in (2, 30):
        competition = judging.judged(organiser, entries=count, judges=0, judges_each=1, finalists=1)
        user = make_user(f"gk{count}", "", Role.JUDGE)
        competition.judges.create(user=user, appointed_at=timezone.now())
        handing_out.assign_stage(competition, "preliminary", organiser)
        for number, sheet in enumerate(EntrySheet.objects.filter(competition=competition)):
            judging.send(sheet, 50 + number)
        closing.close_stage(competition, "preliminary", organiser)
        competition = judging.fresh(competition)
        with CaptureQueriesContext(connection) as caught:
            finalists.choose_finalists(competition, organiser)
        costs.append(len(caught))
    assert costs[0] == costs[1]


def test_who_withdrew_since_leaves_the_place_to_the_next(organiser):
    competition = judging.closed(organiser, TOTALS, finalists=2)
    gone = competition.entries.get(title="Bài số 1")
    workflow.move(gone, "withdraw", Actor.of(participant=builders.leader_of(gone)))
    finalists.choose_finalists(competition, organiser)
    assert [f.entry.title for f in Finalist.objects.all()] == ["Bài số 2", "Bài số 0"]
