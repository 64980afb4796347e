"""A judge's pages: blind, inside the window alone, kept while typed, given up with a reason."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competitions import workflow
from competitions.judging import asking, handing_out, writing
from competitions.models import Entry, EntrySheet, EntryVersion, JudgeConflict, Participation
from competitions.moves import Actor, Refused
from notifications.models import Notification, OutboxMail
from people.roles import Role
from tests.competitions import builders
from tests.competitions import judging_builders as judging
from tests.html import assert_sound
from tests.ideas.builders import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECOND = timedelta(seconds=1)


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


@pytest.fixture
def competition(organiser):
    return judging.assigned(organiser)


def sheet_of(competition, number=1, **fields):
    rows = EntrySheet.objects.filter(competition=competition, judge__user__username=f"giamkhao{number}")
    return rows.filter(**fields).exclude(state__in=("recused", "void")).select_related("judge__user").first()


def contents(row):
    with row.file.open("rb") as stored:
        return stored.read()


def address(sheet, tail=""):
    return f"/cuoc-thi/cham/{sheet.pk}/{tail}"


def typed(sheet, **values):
    sheet.refresh_from_db()
    points = {f"points-{code}": str(value) for code, value in judging.POINTS.items()}
    return {"edit_version": sheet.edit_version, "comment": ""} | points | values


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.answer.reason


# ---- blindness


def test_a_judge_sees_the_content_and_nothing_of_who_entered(client, organiser):
    page = builders.competition(phase="preliminary", organiser=organiser)
    leader = builders.participant(
        "kin.7711@hungdao.example", full_name="Hồ Kín 7711", phone="0912007711", place="Xóm 7711"
    )
    entry = builders.entry(page, leader, title="Máy rút chữ", text="Cách làm mới.")
    named = builders.attach(entry, "ho-kin-7711.png", caption="Bản vẽ máy")
    builders.attach(entry, "bao-cao-7712.pdf", b"%PDF-1.7 x", "application/pdf", caption="")
    entry = builders.hand_in(entry)
    for number in (1, 2):
        judging.judge(page, number)
    handing_out.assign_stage(page, "preliminary", organiser)
    assert "Hồ Kín 7711" in EntryVersion.objects.get(entry=entry).payload  # what could leak is there
    assert "ho-kin-7711.png" in EntryVersion.objects.get(entry=entry).payload
    sheet = sheet_of(page)
    judging.send(sheet_of(page, 2))
    client.force_login(sheet.judge.user)
    pages = ["/cuoc-thi/cham/", "/cuoc-thi/cham/danh-sach/", "/thong-bao/", "/viec-cua-toi/"]
    pages += [address(sheet, tail) for tail in ("", "khong-cham/")]
    answers = [client.get(path) for path in pages]
    answers.append(client.post(address(sheet), typed(sheet, **{"points-sang-tao": "99"})))
    answers.append(client.post(address(sheet), typed(sheet, act="send")))
    answers.append(client.get(address(sheet, "gui/")))
    answers.append(client.post(address(sheet, "luu/"), typed(sheet)))
    for answer in answers:
        assert answer.status_code in (200, 302, 422)
        body = answer.content.decode()
        for secret in ("7711", "7712", entry.code, f"bai-cua-toi/{entry.pk}", f"entry-{entry.pk}"):
            assert secret not in body, (answer.request["PATH_INFO"], secret)
    body = answers[4].content.decode()
    for shown in ("Máy rút chữ", "Cách làm mới.", entry.blind_code, "Bản vẽ máy", "Tệp 1.png", "Tệp 2.pdf"):
        assert shown in body
    assert_sound(body)
    file = client.get(address(sheet, "tep/1/"))
    assert b"".join(file.streaming_content) == contents(named)
    assert "7711" not in str(file.headers)
    assert client.get(address(sheet, "tep/3/")).status_code == 404
    kept = [*Notification.objects.filter(recipient=sheet.judge.user).values_list("params", "subject", "link")]
    kept += OutboxMail.objects.filter(recipient=sheet.judge.user).values_list("subject", "body")
    assert "7711" not in str(kept) and entry.code not in str(kept)


def test_nobody_else_reads_a_sheet_or_its_files_before_the_close(client, competition, organiser):
    sheet = sheet_of(competition)
    writing.save_sheet(sheet.judge.user, sheet, {"sang-tao": Decimal("17.5")}, "Lời kín 17,5", base_version=0)
    others = [organiser, make_user("khac", "", Role.JUDGE), make_user("goc", "", Role.ADMINISTRATOR)]
    others += [seat.user for seat in competition.judges.exclude(pk=sheet.judge_id)]
    for user in others:
        client.force_login(user)
        for tail in ("", "luu/", "gui/", "khong-cham/", "tep/1/"):
            for answer in (client.get(address(sheet, tail)), client.post(address(sheet, tail), typed(sheet))):
                assert answer.status_code in (404, 405), (user.username, tail, answer.status_code)
    client.force_login(organiser)
    board = client.get(f"/cuoc-thi/to-chuc/{competition.code}/cham/").content.decode()
    assert "17,5" not in board and "17.5" not in board


def test_the_order_of_sheets_says_nothing_about_who_came_first(organiser):
    competition = judging.assigned(organiser, entries=12, judges=1, judges_each=1)
    numbers = list(EntrySheet.objects.order_by("pk").values_list("entry__number", flat=True))
    assert sorted(numbers) == list(range(1, 13)) and numbers != sorted(numbers)
    assert competition.stage_runs.get().seed == "7"


# ---- the window


@pytest.mark.parametrize(
    ("edge", "offset", "reason"),
    [
        ("opens_at", -1, "judging_not_open_yet"),
        ("opens_at", 0, ""),
        ("opens_at", 1, ""),
        ("closes_at", -1, ""),
        ("closes_at", 0, "judging_over"),
        ("closes_at", 1, "judging_over"),
    ],
)
def test_the_servers_moment_decides_to_the_second(competition, edge, offset, reason):
    sheet = sheet_of(competition)
    moment = getattr(competition.window("preliminary"), edge) + offset * SECOND
    answer = asking.can_judge(sheet.judge.user, sheet, moment)
    assert (answer.reason, answer.allowed) == (reason, not reason)
    if reason:
        assert refusal(judging.send, sheet, now=moment) == reason
        sheet.refresh_from_db()
        assert sheet.state == "todo"
    else:
        assert judging.send(sheet, now=moment).submitted_at == moment


def test_before_the_window_a_judge_reads_and_may_stand_aside(client, organiser):
    competition = judging.assigned(organiser)
    phase = competition.phases.get(code="preliminary")
    phase.opens_at = timezone.now() + timedelta(days=1)
    phase.save()
    sheet = sheet_of(competition)
    client.force_login(sheet.judge.user)
    page = client.get(address(sheet))
    body = page.content.decode()
    assert page.status_code == 200 and "data-score-sheet" not in body
    assert "khong-cham" in body and f"{timezone.localtime(phase.opens_at):%d/%m/%Y}" in body
    assert client.post(address(sheet), typed(sheet)).status_code == 403
    assert client.post(address(sheet, "luu/"), typed(sheet)).status_code == 403
    assert client.post(address(sheet, "khong-cham/"), {"reason": "Bài của em tôi"}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == "recused"


# ---- filling in


def test_a_sheet_starts_empty_is_kept_while_typed_and_sent_once(client, competition, organiser):
    sheet = sheet_of(competition)
    client.force_login(sheet.judge.user)
    body = client.get(address(sheet)).content.decode()
    assert body.count('value=""') + body.count("inputmode") >= 7 and sheet.points.count() == 0
    part = client.post(address(sheet, "luu/"), {"edit_version": 0, "points-sang-tao": "17,5"}).json()
    assert (part["standing"]["total"], part["standing"]["scored"]) == ("", 1)
    behind = client.post(address(sheet, "luu/"), {"edit_version": 0, "points-sang-tao": "2"})
    assert behind.status_code == 409
    assert client.post(address(sheet), {"edit_version": 0, "points-sang-tao": "2"}).status_code == 409
    asked = client.post(address(sheet), typed(sheet, act="send"))
    assert asked["Location"] == address(sheet, "gui/")
    assert_sound(client.get(asked["Location"]).content)
    sheet.refresh_from_db()
    sent = {"edit_version": sheet.edit_version}
    assert client.post(asked["Location"], sent)["Location"] == "/cuoc-thi/cham/"
    assert client.post(asked["Location"], sent).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    told = Notification.objects.filter(recipient=organiser, event="competitions.judging_changed")
    assert f"judging-{competition.pk}" in told.latest("pk").refresh
    read = client.get(address(sheet)).content.decode()
    assert "data-score-sheet" not in read
    assert client.post(address(sheet), typed(sheet)).status_code == 403


def test_an_incomplete_sheet_is_not_sent(competition):
    sheet = sheet_of(competition)
    part = {"sang-tao": Decimal(3)}
    why = refusal(writing.submit_sheet, sheet.judge.user, sheet, part, "", base_version=0)
    assert why == "sheet_incomplete"
    sheet.refresh_from_db()
    assert (sheet.state, sheet.points.count()) == ("todo", 0)


# ---- standing aside


def test_a_conflict_is_declared_with_a_reason_and_the_entry_passes_on(client, competition, organiser):
    sheet = sheet_of(competition)
    judge = sheet.judge.user
    client.force_login(judge)
    client.post(address(sheet), typed(sheet, comment="Nháp"))
    assert client.post(address(sheet, "khong-cham/"), {"reason": "  "}).status_code == 422
    before = set(EntrySheet.objects.filter(entry=sheet.entry).values_list("judge", flat=True))
    assert client.post(address(sheet, "khong-cham/"), {"reason": "Em ruột tôi 3391"}).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.comment, sheet.points.count()) == ("recused", "", 0)
    assert JudgeConflict.objects.get().reason == "Em ruột tôi 3391"
    new = EntrySheet.objects.get(
        entry=sheet.entry, state="todo", judge__in=set_of_judges(competition) - before
    )
    assert Notification.objects.filter(recipient=new.judge.user, event="competitions.to_judge").count() == 2
    assert Notification.objects.filter(recipient=organiser, event="competitions.judge_recused").exists()
    assert "3391" not in str(list(Notification.objects.values_list("params", flat=True)))
    assert client.get(address(sheet)).status_code == 404
    assert sheet.pk not in [line.sheet.pk for line in client.get("/cuoc-thi/cham/").context["to_do"]]


def set_of_judges(competition):
    return set(competition.judges.values_list("pk", flat=True))


def test_nobody_left_leaves_the_entry_with_one_judge_less_and_the_board_says_so(client, organiser):
    competition = judging.assigned(organiser, judges=2)
    sheet = sheet_of(competition)
    assert writing.declare_conflict(sheet.judge.user, sheet, "Quen thân") == []
    client.force_login(organiser)
    board = client.get(f"/cuoc-thi/to-chuc/{competition.code}/cham/").context["boards"][0]
    assert [line.entry.pk for line in board.short] == [sheet.entry_id]


# ---- a judge who enters


@pytest.mark.parametrize("by_mail", [False, True])
def test_a_judge_who_is_in_an_entry_judges_nothing(client, competition, by_mail):
    sheet = sheet_of(competition)
    user = sheet.judge.user
    user.email = "chinh.minh@hungdao.example"
    user.save()
    person = builders.participant(
        "Chinh.Minh+thi@hungdao.example" if by_mail else "khac@hungdao.example",
        **({} if by_mail else {"user": user}),
    )
    own = Entry.objects.filter(competition=competition).exclude(pk=sheet.entry_id).first()
    Participation.objects.create(
        competition=competition, entry=own, participant=person, role="member", joined_at=timezone.now()
    )
    sheet = sheet_of(competition)
    assert asking.can_judge(user, sheet).reason == "no_seat"
    client.force_login(user)
    for tail in ("", "luu/", "gui/", "khong-cham/", "tep/1/"):
        assert client.get(address(sheet, tail)).status_code in (404, 405)
        assert client.post(address(sheet, tail), typed(sheet)).status_code in (404, 405)
    handing_out.top_up(competition, "preliminary", make_user("phu", "", Role.ORGANISER))
    assert not sheet_of(competition)


def test_an_organiser_who_is_a_judge_of_the_same_competition_judges_nothing(organiser):
    competition = judging.judged(organiser, judges=2)
    builders.may_organise(competition.judges.first().user, competition)
    answer = handing_out.may_assign(competition, "preliminary", timezone.now())
    assert (answer.reason, answer.params) == ("too_few_judges", {"seats": 1, "needed": 2})


# ---- entries that leave, come back, come late


def test_a_withdrawn_entry_leaves_every_list_at_once(client, competition):
    sheet = sheet_of(competition)
    judging.send(sheet)
    other = EntrySheet.objects.filter(entry=sheet.entry).exclude(pk=sheet.pk).get()
    writing.save_sheet(other.judge.user, other, {"sang-tao": Decimal(5)}, "", base_version=0)
    leader = builders.leader_of(sheet.entry)
    workflow.move(sheet.entry, "withdraw", Actor.of(participant=leader))
    assert set(EntrySheet.objects.filter(entry=sheet.entry).values_list("state", flat=True)) == {"void"}
    for one in (sheet, other):
        client.force_login(one.judge.user)
        page = client.get("/cuoc-thi/cham/").context
        assert one.pk not in [line.sheet.pk for line in [*page["to_do"], *page["done"]]]
        assert client.get(address(one)).status_code == 404
        rows = Notification.objects.filter(recipient=one.judge.user, event="competitions.judging_changed")
        assert "judging" in rows.latest("pk").refresh


def test_a_refused_entry_that_comes_back_has_its_sheets_as_they_were_written(competition, organiser):
    sheet = sheet_of(competition)
    judging.send(sheet)
    actor = Actor.of(user=organiser)
    workflow.move(sheet.entry, "refuse", actor, reason="Nghi trùng bài")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.submitted_at) == ("void", None)
    workflow.move(Entry.objects.get(pk=sheet.entry_id), "reinstate", actor, reason="Không trùng")
    states = EntrySheet.objects.filter(entry=sheet.entry).order_by("pk").values_list("state", flat=True)
    assert sorted(states) == ["draft", "todo"]
    sheet.refresh_from_db()
    assert sheet.points.get(criterion="sang-tao").points == 15
    assert sheet.judge_id in set_of_judges(competition)


def test_a_late_entry_is_handed_out_as_well(competition, organiser):
    late = builders.entry(competition, builders.participant(), title="Bài muộn")
    workflow.move(late, "submit_late", Actor.of(user=organiser), reason="Mất điện")
    sheets = EntrySheet.objects.filter(entry=late)
    assert sheets.count() == 2 and len({s.judge_id for s in sheets}) == 2
    loads = [EntrySheet.objects.filter(judge=seat).count() for seat in competition.judges.all()]
    assert max(loads) - min(loads) <= 1


def test_sheets_judge_the_latest_version(organiser):
    competition = judging.judged(organiser, entries=1)
    entry = competition.entries.get()
    Entry.objects.filter(pk=entry.pk).update(text="Bản sửa")
    inside = competition.window("entry").closes_at - timedelta(hours=1)
    workflow.move(entry, "resubmit", Actor.of(participant=builders.leader_of(entry)), now=inside)
    handing_out.assign_stage(competition, "preliminary", organiser)
    assert {s.version.number for s in EntrySheet.objects.all()} == {2}
    sent = EntrySheet.objects.order_by("pk").first()
    judging.send(sent)
    Entry.objects.filter(pk=entry.pk).update(text="Bản sửa nữa")
    workflow.move(
        Entry.objects.get(), "resubmit", Actor.of(participant=builders.leader_of(entry)), now=inside
    )
    assert {(s.version.number, s.is_open) for s in EntrySheet.objects.all()} == {(3, True)}
    assert Notification.objects.filter(event="competitions.sheet_back").get().recipient == sent.judge.user


def test_what_a_seat_given_up_had_not_sent_passes_on(competition, organiser):
    gone = competition.judges.first()
    sent, *unsent = EntrySheet.objects.filter(judge=gone).order_by("pk")
    assert unsent
    judging.send(sent)
    gone.ended_at = timezone.now()
    gone.save()
    made = handing_out.top_up(competition, "preliminary", organiser)
    sent.refresh_from_db()
    assert sent.state == "submitted"
    assert {EntrySheet.objects.get(pk=s.pk).state for s in unsent} == {"void"}
    assert {s.entry_id for s in made} == {s.entry_id for s in unsent}
    assert gone.pk not in {s.judge_id for s in made}


# ---- the list


def test_the_list_shrinks_and_costs_the_same_for_few_and_many(client, organiser):
    costs = []
    for count in (1, 30):
        competition = (
            judging.assigned(organiser, entries=count, judges=0 if count > 1 else 1, judges_each=1)
            if count == 1
            else more(organiser, count)
        )
        client.force_login(competition.judges.first().user)
        for page in ("/cuoc-thi/cham/", "/cuoc-thi/cham/danh-sach/"):
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(page)
            costs.append(len(caught))
    assert costs[:2] == costs[2:]
    lines = answer.context["to_do"]
    assert len(lines) == 31
    judging.send(lines[0].sheet)
    page = client.get("/cuoc-thi/cham/").context
    assert (len(page["to_do"]), len(page["done"]), page["progress"]) == (30, 1, (1, 31))


def more(organiser, count):
    page = judging.judged(organiser, entries=count, judges=0, judges_each=1)
    from people.models import User

    page.judges.create(user=User.objects.get(username="giamkhao1"), appointed_at=timezone.now())
    handing_out.assign_stage(page, "preliminary", organiser)
    return judging.fresh(page)


def test_the_list_is_for_judges(client):
    client.force_login(make_user("canbo", "Lý Văn Thường"))
    assert client.get("/cuoc-thi/cham/").status_code == 403
    client.logout()
    assert client.get("/cuoc-thi/cham/").status_code == 302


def test_a_version_s_json_is_read_as_it_was_frozen(competition):
    """Changing the working copy after handing in changes nothing a judge sees."""
    sheet = sheet_of(competition)
    Entry.objects.filter(pk=sheet.entry_id).update(title="Sửa sau khi nộp")
    from competitions.judging.queue import my_sheets

    titles = {line.title for line in my_sheets(sheet.judge.user)}
    assert "Sửa sau khi nộp" not in titles
    assert json.loads(sheet.version.payload)["title"] in titles
