"""The board of the council's officers, and the records it rests on."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ideas import evaluation, workflow
from ideas.models import CouncilChange, Delegation, Initiative, Round, Rubric, ScoreSheet, Seat
from notifications.models import Notification
from tests.html import assert_sound
from trust.append_only import Frozen

from . import builders
from .starting import starting

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BOARD = "/sang-kien/hoi-dong/"


@pytest.fixture
def dossier(initiative):
    return initiative


def codes(answer):
    return [line.initiative.code for line in answer.context["lines"]]


# ---- the board


@starting(builders.evaluating)
def test_the_board_is_for_officers_alone(client, ward):
    seen = {}
    for name, user in ward.users.items():
        client.force_login(user)
        seen[name] = client.get(BOARD).status_code
    assert {name for name, status in seen.items() if status == 200} == {"chutich", "phochutich", "thuky"}
    assert set(seen.values()) == {200, 403}
    client.logout()
    assert client.get(BOARD).status_code == 302


@starting(builders.evaluating)
def test_the_board_counts_sheets_and_holds_the_mean_back_until_the_close(client, ward, dossier):
    for sheet in dossier.sheets.all()[:3]:
        builders.send_sheet(sheet)
    closed = builders.evaluated(ward, title="Việc đã chấm xong")
    client.force_login(ward.thuky)
    answer = client.get(BOARD)
    assert_sound(answer.content)
    lines = {line.initiative.code: line for line in answer.context["lines"]}
    assert (lines[dossier.code].sent, lines[dossier.code].seats) == (3, 7)
    assert lines[dossier.code].result is None
    assert lines[closed.code].result.mean == Decimal("80.00")
    assert (answer.context["sent"], answer.context["all_sheets"]) == (10, 14)
    row = client.get(f"{BOARD}dong/{dossier.code}/").content.decode()
    assert "3/7" in row and f'data-refresh="initiative:{dossier.pk}"' in row


def test_chips_and_search_find_by_title_without_accents_code_author_and_unit(client, ward):
    first = builders.evaluating(ward, title="Đổi mới cách trả hồ sơ")
    second = builders.evaluated(ward, title="Họp không giấy")
    third = builders.accepted(ward, title="Chờ chấm")
    client.force_login(ward.thuky)
    assert set(codes(client.get(BOARD))) == {first.code, second.code, third.code}
    asked = {
        "q=doi+moi": [first.code],
        f"q={second.code}": [second.code],
        "loc=dang-cham": [first.code],
        "loc=da-khoa": [second.code],
        "loc=cho-cham": [third.code],
        "loc=lech": [],
        "q=khong-co-gi": [],
        "loc=bay-ba&page=x": None,
    }
    for query, found in asked.items():
        answer = client.get(f"{BOARD}?{query}")
        assert answer.status_code == 200
        if found is not None:
            assert codes(answer) == found, query
    assert len(codes(client.get(f"{BOARD}?q=bui+thi+ngoc"))) == 3
    assert codes(client.get(f"{BOARD}?unit={first.unit_id}&loc=dang-cham")) == [first.code]
    assert [chip[3] for chip in answer.context["chips"]] == [3, 1, 1, 0, 0, 1]


@starting(builders.evaluating)
def test_overdue_and_strong_disagreement_have_their_chips(client, ward, dossier):
    for number, sheet in enumerate(dossier.sheets.all()):
        builders.send_sheet(sheet, share=Decimal("0.95") if number else Decimal("0.5"))
    late = builders.evaluating(ward)
    Round.objects.update(scoring_due_on=timezone.localdate() - timedelta(days=3))
    client.force_login(ward.thuky)
    assert codes(client.get(f"{BOARD}?loc=lech")) == [dossier.code]
    answer = client.get(f"{BOARD}?loc=qua-han")
    assert codes(answer) == [late.code]
    assert answer.context["lines"][0].days_late == 3


def test_the_secretary_who_is_author_is_not_on_the_board_and_the_chair_does_the_work(client, ward):
    dossier = builders.draft(ward, co_author=False)
    dossier.authors.update(share=Decimal("99.99"))
    builders.add_author(dossier, staff=ward.thuky.staff, share=Decimal("0.01"))
    dossier.authors.update(confirmed_at=timezone.now())
    dossier = workflow.move(builders.fresh(dossier), "submit", ward.tacgia)
    Initiative.objects.filter(pk=dossier.pk).update(
        formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
    )
    workflow.move(dossier, "accept", ward.chutich)
    client.force_login(ward.thuky)
    assert codes(client.get(BOARD)) == []
    assert client.get(f"{BOARD}dong/{dossier.code}/").status_code == 404
    assert client.get(f"{BOARD}phieu/{dossier.code}/").status_code == 404
    client.post(f"{BOARD}bat-dau/", {"code": dossier.code})
    assert builders.fresh(dossier).state == "accepted"
    client.force_login(ward.chutich)
    client.post(f"{BOARD}bat-dau/", {"code": dossier.code})
    dossier = builders.fresh(dossier)
    assert dossier.state == "evaluating"
    assert ward.thuky.staff.pk not in {sheet.staff_id for sheet in dossier.sheets.all()}


@starting(builders.evaluating)
def test_an_officer_who_stands_aside_loses_the_row(client, ward, dossier):
    sheet = dossier.sheets.get(staff=ward.phochutich.staff)
    evaluation.declare_conflict(ward.phochutich, sheet, "Cùng nhóm")
    client.force_login(ward.phochutich)
    assert codes(client.get(BOARD)) == []
    assert client.get(dossier.get_absolute_url()).status_code in (403, 404)


@starting(builders.evaluating)
@pytest.mark.parametrize("count", [1, 30])
def test_the_board_costs_the_same_for_one_row_and_thirty(
    client, ward, dossier, django_assert_max_num_queries, count
):
    for _ in range(count - 1):
        _copy(dossier)
    client.force_login(ward.thuky)
    with django_assert_max_num_queries(13):
        answer = client.get(BOARD)
    assert len(codes(answer)) == count


def _copy(dossier):
    """One more dossier with sheets, by rows alone."""
    sheets = list(ScoreSheet.objects.filter(initiative=dossier))
    version = dossier.versions.get()
    copy = Initiative.objects.get(pk=dossier.pk)
    copy.pk, copy.code, copy.receipt_number, copy._state.adding = (
        None,
        f"SK-2026-X{Initiative.objects.count()}",
        None,
        True,
    )
    copy.save()
    for sheet in sheets:
        sheet.pk, sheet._state.adding, sheet.initiative, sheet.version = None, True, copy, version
    ScoreSheet.objects.bulk_create(sheets)


# ---- acts


@starting(builders.evaluating)
def test_reminding_tells_each_member_who_has_not_sent_and_nobody_else(client, ward, dossier):
    closed = builders.evaluated(ward, title="Đã khóa")
    builders.send_sheet(dossier.sheets.get(staff=ward.hoidong1.staff))
    client.force_login(ward.thuky)
    client.post(f"{BOARD}nhac/", {"code": [dossier.code, closed.code]})
    told = Notification.objects.filter(event="ideas.sheet_reminder").values_list(
        "recipient__username", flat=True
    )
    assert sorted(told) == ["chutich", "hoidong2", "hoidong3", "hoidong4", "phochutich", "thuky"]
    Notification.objects.all().delete()
    client.force_login(ward.chutich)
    client.post(f"{BOARD}nhac/", {"code": dossier.code})
    assert not Notification.objects.filter(event="ideas.sheet_reminder").exists()


@starting(builders.evaluating)
def test_reminding_many_costs_no_query_more(ward, dossier):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(5):
        _copy(dossier)
    costs = []
    for pks in ([dossier.pk], list(Initiative.objects.values_list("pk", flat=True))):
        rows = list(Initiative.objects.for_workflow().filter(pk__in=pks))
        with CaptureQueriesContext(connection) as caught:
            evaluation.remind(ward.thuky, rows)
        costs.append(len(caught))
    assert costs[0] == costs[1]


def test_starting_many_is_all_or_none_and_names_the_reason(client, ward):
    dossiers = [builders.accepted(ward, title=f"Việc {n}") for n in range(3)]
    ward.appointment.seats.filter(role__in=("alternate", "member")).update(staff=None)
    client.force_login(ward.thuky)
    ticked = {"code": [d.code for d in dossiers]}
    answer = client.post(f"{BOARD}bat-dau/", ticked, follow=True)
    assert dossiers[0].code in str(next(iter(answer.context["messages"])))
    assert {builders.fresh(d).state for d in dossiers} == {"accepted"}
    for seat, name in zip(
        ward.appointment.seats.filter(role="member"), ("hoidong1", "hoidong2"), strict=False
    ):
        seat.staff = ward.users[name].staff
        seat.save()
    client.post(f"{BOARD}bat-dau/", ticked)
    assert {builders.fresh(d).state for d in dossiers} == {"evaluating"}
    assert ScoreSheet.objects.count() == 15


@starting(builders.evaluating)
def test_the_sheets_page_shows_states_without_points_and_lets_the_right_people_act(client, ward, dossier):
    sent = dossier.sheets.get(staff=ward.hoidong1.staff)
    open_ = dossier.sheets.get(staff=ward.hoidong2.staff)
    builders.send_sheet(sent, share=Decimal("0.9"))
    page = f"{BOARD}phieu/{dossier.code}/"
    client.force_login(ward.thuky)
    html = client.get(page).content.decode()
    assert_sound(html)
    assert f"/phieu/{open_.pk}/thay/" in html and f"/phieu/{sent.pk}/mo-lai/" not in html
    assert client.get(f"{BOARD}phieu/{sent.pk}/mo-lai/").status_code == 403
    refused = client.post(f"{BOARD}phieu/{open_.pk}/thay/", {"reason": ""})
    assert refused.status_code == 422
    assert_sound(refused.content)
    alternate = ward.appointment.seats.get(staff=ward.hoidong6.staff)
    answer = client.post(
        f"{BOARD}phieu/{open_.pk}/thay/", {"reason": "Nghỉ phép dài", "alternate": alternate.pk}
    )
    assert answer.status_code == 302
    assert dossier.sheets.get(seat=open_.seat, state="todo").staff == ward.hoidong6.staff
    client.force_login(ward.chutich)
    assert f"/phieu/{sent.pk}/mo-lai/" in client.get(page).content.decode()
    assert client.post(f"{BOARD}phieu/{sent.pk}/mo-lai/", {"reason": " "}).status_code == 422
    assert client.post(f"{BOARD}phieu/{sent.pk}/mo-lai/", {"reason": "Nhầm cột"}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.points.filter(points__isnull=False).count()) == ("draft", 3)


# ---- rounds


def round_values(ward, **values):
    return {
        "year": 2027,
        "number": 1,
        "opens_at": "08:00 01/03/2027",
        "closes_at": "17:00 31/03/2027",
        "scoring_due_on": "20/04/2027",
        "rubric": Rubric.objects.default().pk,
        "appointment": ward.appointment.pk,
        **values,
    }


def test_the_secretary_records_a_round_to_the_minute_of_the_ward_s_clock(client, ward):
    client.force_login(ward.thuky)
    page = client.get(f"{BOARD}dot/moi/")
    assert_sound(page.content)
    assert "chờ Hội đồng quyết định" in page.content.decode()
    assert client.post(f"{BOARD}dot/moi/", round_values(ward)).status_code == 302
    made = Round.objects.get(year=2027)
    assert made.closes_at == builders.moment("2027-03-31 17:00")
    assert not made.is_open_at(builders.moment("2027-03-31 17:00"))
    assert made.is_open_at(builders.moment("2027-03-31 16:59:59"))
    change = CouncilChange.objects.get(kind="round")
    assert (change.actor_name, change.before, change.after["number"]) == ("Trần Văn Bình", {}, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes_at": "08:00 01/03/2027"}, "closes_at"),
        ({"closes_at": "31/02/2027"}, "closes_at"),
        ({"scoring_due_on": "01/02/2027"}, "scoring_due_on"),
        ({"opens_at": "08:00 01/01/2026"}, "opens_at"),
        ({"number": "-1"}, "number"),
    ],
)
def test_a_round_that_cannot_be_says_why_by_its_field(client, ward, wrong, field):
    client.force_login(ward.thuky)
    answer = client.post(f"{BOARD}dot/moi/", round_values(ward, **wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Round.objects.count() == 1


def test_the_rubric_of_an_open_round_stands(client, ward):
    other = Rubric.objects.filter(is_default=False).first()
    client.force_login(ward.thuky)
    before = ward.round.rubric_id
    moment = "%H:%M %d/%m/%Y"
    values = round_values(
        ward,
        year=ward.round.year,
        number=2,
        opens_at=timezone.localtime(ward.round.opens_at).strftime(moment),
        closes_at=timezone.localtime(ward.round.closes_at).strftime(moment),
        scoring_due_on="",
        rubric=other.pk,
    )
    client.post(f"{BOARD}dot/{ward.round.pk}/", values)
    ward.round.refresh_from_db()
    assert ward.round.rubric_id == before


def test_who_may_read_and_who_may_record(client, ward):
    expected = {
        "dot/": {"seats", "lanhdao", "cappho", "quantri"},
        "dot/moi/": {"thuky", "quantri"},
        "nhiem-ky/": {"seats", "lanhdao", "cappho", "quantri"},
        "nhiem-ky/moi/": {"quantri"},
        f"nhiem-ky/{ward.appointment.pk}/": {"seats", "lanhdao", "cappho", "quantri"},
        f"nhiem-ky/{ward.appointment.pk}/sua/": {"quantri"},
        "uy-quyen/": {"seats", "lanhdao", "cappho", "quantri"},
        "uy-quyen/moi/": {"lanhdao", "quantri"},
    }
    seats = {name for name, _full, _role in builders.COUNCIL}
    for tail, allowed in expected.items():
        allowed = allowed - {"seats"} | (seats if "seats" in allowed else set())
        found = set()
        for name, user in ward.users.items():
            client.force_login(user)
            answer = client.get(BOARD + tail)
            assert answer.status_code in (200, 403)
            if answer.status_code == 200:
                found.add(name)
                assert_sound(answer.content)
        assert found == allowed, tail
    client.force_login(ward.nguoikhac)
    rubric = client.get(f"{BOARD}thang-diem/{Rubric.objects.default().pk}/")
    assert rubric.status_code == 200
    assert_sound(rubric.content)


# ---- appointments and delegations


def council_form(ward, people, **values):
    roles = ["chair", "vice_chair", "secretary", "member", "member", "alternate"]
    data = {
        "decision_number": "200/QĐ-UBND",
        "decided_on": "02/01/2027",
        "start_on": "02/01/2027",
        "last_day": "31/12/2028",
        "stricter_percent": "0",
        "ghe-TOTAL_FORMS": len(roles),
        "ghe-INITIAL_FORMS": 0,
    }
    for n, role in enumerate(roles):
        data |= {f"ghe-{n}-role": role, f"ghe-{n}-staff": people[n] if n < len(people) else ""}
    return data | values


def test_the_administrator_records_a_council_and_the_chair_is_told(client, ward):
    client.force_login(ward.quantri)
    people = ["HD-hoidong1", "hd-hoidong2", "HD-thuky – Trần Văn Bình", "HD-hoidong3"]
    answer = client.post(f"{BOARD}nhiem-ky/moi/", council_form(ward, people))
    assert answer.status_code == 302, answer.context["form"].errors
    seats = list(
        Seat.objects.exclude(appointment=ward.appointment).values_list("number", "role", "staff__staff_code")
    )
    assert seats == [
        (1, "chair", "HD-hoidong1"),
        (2, "vice_chair", "HD-hoidong2"),
        (3, "secretary", "HD-thuky"),
        (4, "member", "HD-hoidong3"),
        (5, "member", None),
        (6, "alternate", None),
    ]
    told = Notification.objects.filter(event="ideas.council_recorded").values_list(
        "recipient__username", flat=True
    )
    assert {"chutich", "hoidong1"} <= set(told)
    change = CouncilChange.objects.get(kind="appointment")
    assert len(change.after["seats"]) == 6
    with pytest.raises(Frozen):
        change.save()
    with pytest.raises(Frozen):
        CouncilChange.objects.all().delete()


@pytest.mark.parametrize(
    ("people", "values"),
    [
        (["HD-quantri"], {}),
        (["HD-hoidong1", "HD-hoidong1"], {}),
        (["HD-khong-co"], {}),
        (["HD-hoidong1"], {"ghe-1-role": "chair"}),
        (["HD-hoidong1"], {"ghe-2-role": "member"}),
        (["HD-hoidong1"], {"last_day": "01/01/2026"}),
        (["HD-hoidong1"], {"ghe-5-role": "", "ghe-5-staff": "HD-hoidong2"}),
    ],
)
def test_a_council_that_cannot_be_is_refused_with_words_and_nothing_is_kept(client, ward, people, values):
    client.force_login(ward.quantri)
    answer = client.post(f"{BOARD}nhiem-ky/moi/", council_form(ward, people, **values))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode() or "invalid-feedback" in answer.content.decode()
    assert_sound(answer.content)
    assert Seat.objects.exclude(appointment=ward.appointment).count() == 0
    assert CouncilChange.objects.count() == 0


@starting(builders.evaluating)
def test_two_members_change_seats_and_a_leaver_s_sheet_goes_to_the_successor(client, ward, dossier):
    client.force_login(ward.quantri)
    data = {
        "decision_number": "101/QĐ-UBND",
        "decided_on": "05/01/2026",
        "start_on": "05/01/2026",
        "last_day": "",
        "stricter_percent": "0",
    }
    seats = list(ward.appointment.seats.select_related("staff"))
    codes_ = [seat.staff.staff_code for seat in seats]
    codes_[3], codes_[4] = codes_[4], codes_[3]
    codes_[6] = "HD-nguoikhac"
    for n, seat in enumerate(seats):
        data |= {f"ghe-{n}-seat_id": seat.pk, f"ghe-{n}-staff": codes_[n]}
    data |= {"ghe-TOTAL_FORMS": 10, "ghe-INITIAL_FORMS": 10}
    answer = client.post(f"{BOARD}nhiem-ky/{ward.appointment.pk}/sua/", data)
    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["seats"].errors)
    assert Seat.objects.get(pk=seats[3].pk).staff == ward.hoidong2.staff
    left = dossier.sheets.get(staff=ward.hoidong4.staff)
    assert left.state == "void"
    assert dossier.sheets.get(seat=seats[6], state="todo").staff == ward.nguoikhac.staff


@starting(builders.evaluating)
def test_a_seat_with_sheets_is_not_removed(client, ward):
    client.force_login(ward.quantri)
    seat = ward.appointment.seats.get(number=4)
    data = {
        "decision_number": "101/QĐ-UBND",
        "decided_on": "05/01/2026",
        "start_on": "05/01/2026",
        "stricter_percent": "0",
        "ghe-TOTAL_FORMS": 1,
        "ghe-INITIAL_FORMS": 1,
        "ghe-0-seat_id": seat.pk,
        "ghe-0-staff": seat.staff.staff_code,
        "ghe-0-removed": "on",
    }
    assert client.post(f"{BOARD}nhiem-ky/{ward.appointment.pk}/sua/", data).status_code == 422
    assert ward.appointment.seats.count() == 10


def test_the_head_records_a_delegation_and_ends_it(client, ward):
    client.force_login(ward.lanhdao)
    today = timezone.localdate()
    data = {
        "deputy": ward.cappho.staff.pk,
        "document_number": "15/UQ-UBND",
        "start_on": f"{today:%d/%m/%Y}",
        "last_day": f"{today + timedelta(days=10):%d/%m/%Y}",
    }
    assert client.post(f"{BOARD}uy-quyen/moi/", data | {"last_day": "01/01/2026"}).status_code == 422
    assert client.post(f"{BOARD}uy-quyen/moi/", data | {"last_day": ""}).status_code == 422
    assert client.post(f"{BOARD}uy-quyen/moi/", data).status_code == 302
    delegation = Delegation.objects.get()
    assert delegation.last_day == today + timedelta(days=10)
    assert Notification.objects.filter(recipient=ward.cappho, event="ideas.delegation_recorded").count() == 1
    client.force_login(ward.thuky)
    assert client.post(f"{BOARD}uy-quyen/{delegation.pk}/ket-thuc/").status_code == 403
    client.force_login(ward.quantri)
    assert client.post(f"{BOARD}uy-quyen/{delegation.pk}/ket-thuc/").status_code == 302
    delegation.refresh_from_db()
    assert delegation.last_day == today
    assert CouncilChange.objects.filter(kind="delegation").count() == 2


def test_a_deputy_does_not_record_a_delegation_to_themselves(client, ward):
    ward.cappho.groups.add(*ward.quantri.groups.all())
    client.force_login(ward.cappho)
    today = timezone.localdate()
    data = {
        "deputy": ward.cappho.staff.pk,
        "document_number": "15/UQ-UBND",
        "start_on": f"{today:%d/%m/%Y}",
        "last_day": f"{today:%d/%m/%Y}",
    }
    assert client.post(f"{BOARD}uy-quyen/moi/", data).status_code == 422
    assert not Delegation.objects.exists()


@starting(builders.evaluating)
def test_every_id_a_row_refers_to_is_on_the_page(client, ward, dossier):
    client.force_login(ward.thuky)
    html = client.get(BOARD).content.decode()
    builders.send_sheet(dossier.sheets.first())
    row = client.get(f"{BOARD}dong/{dossier.code}/").content.decode()
    assert set(re.findall(r'href="#(s\d+-\d+)"', row)) <= set(re.findall(r'<symbol id="(s\d+-\d+)"', html))
