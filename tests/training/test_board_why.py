"""Behind a number: the people, and the dated facts of one; what must not be read there; who is missing."""

from datetime import date, time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from people.roles import Role
from tests.html import assert_sound
from training import coverage
from training.coverage import State
from training.models import Enrolment, RequirementYear

from . import board_builders as bb
from . import builders as b
from .test_board import BOARD, officer, queries, today, ward  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
PEOPLE, MISSING = f"{BOARD}nguoi/", f"{BOARD}con-thieu/"
PRIVATE = ("Bệnh riêng 7716", "88/QĐ", "Thai sản 4402")


def page_of(person):
    return f"{PEOPLE}{person.staff_code}/"


def codes(answer):
    return [person.staff_code for person in answer.context["page_obj"]]


def facts(answer, step):
    return [(fact.when, fact.counts, fact.why) for fact in answer.context["found"].steps[step].facts]


def test_each_number_leads_to_its_people_by_given_name(client, ward, officer):  # noqa: F811
    answer = client.get(PEOPLE)
    assert_sound(answer.content)
    given = ["HD-0002", "HD-0005", "HD-0001", "HD-0003", "HD-0004", "HD-0006"]  # Ân Chờ Lan Miễn Nghỉ Thịnh
    assert codes(answer) == given
    for state, expected in {
        "trained": ["HD-0002", "HD-0001"],
        "exempt": ["HD-0003", "HD-0004"],
        "not_due": [],
        "missing": ["HD-0005", "HD-0006"],
    }.items():
        assert codes(client.get(PEOPLE, {"state": state})) == expected
    assert codes(client.get(PEOPLE, {"state": "trained", "unit": "VHXH"})) == ["HD-0002", "HD-0001"]
    assert codes(client.get(PEOPLE, {"state": "trained", "unit": "VHXH", "own": "1"})) == ["HD-0001"]
    assert codes(client.get(PEOPLE, {"unit": "-"})) == []
    lost = b.person(full_name="Lê Lạc")
    assert codes(client.get(PEOPLE, {"unit": "-"})) == [lost.staff_code]


def test_the_page_of_a_person_says_the_state_the_rule_says(client, ward, officer):  # noqa: F811
    policy = coverage.policy_of("digital-skills", bb.YEAR)
    for person in (ward.trained, ward.below, ward.waived, ward.away, ward.waits, ward.nobody):
        answer = client.get(page_of(person))
        assert_sound(answer.content)
        assert answer.context["found"].judgement == coverage.explain(person, policy, bb.DAY)[0]


def test_each_session_says_why_it_does_not_count(client, officer):  # noqa: F811
    one = b.person(in_unit=b.unit("VP"))
    other = b.course("KHAC", counts_for=())
    b.attended(one, b.session(on=date(2026, 1, 10)))
    b.attended(one, b.session(on=date(2026, 2, 10)), "absent")
    b.attended(one, b.session(other, on=date(2026, 3, 10)))
    b.attended(one, b.session(on=date(2026, 4, 10), state="cancelled"))
    b.attended(one, b.session(on=date(2026, 5, 10), state="held"))
    b.attended(one, b.session(on=date(2026, 12, 10)))
    b.attended(one, b.session(on=date(2025, 12, 10)))
    b.outside(one, date(2026, 6, 1), state="submitted")
    b.outside(one, date(2026, 6, 2), verifier_name="Phạm Xác Minh")
    b.outside(one, date(2026, 6, 3), requirement_code="information-security")
    found = facts(client.get(page_of(one)), 1)
    assert [counts for _when, counts, _why in found] == [True, *[False] * 6, True, False]
    assert len({why for _when, _counts, why in found}) == 9
    assert found[0][0] == "10/01/2026 08:00–11:00"
    assert "Phạm Xác Minh" in found[7][2]


def test_overlapping_sessions_say_what_they_credit_together(client, officer):  # noqa: F811
    one = b.person(in_unit=b.unit("VP"))
    b.attended(one, b.session(on=date(2026, 1, 10)))
    b.attended(one, b.session(on=date(2026, 1, 10), begins=time(10), ends=time(12)))
    answer = client.get(page_of(one))
    assert answer.context["found"].judgement.credit == 240
    note = answer.context["found"].steps[1].note
    assert "240" in note and "300" in note and "10/01/2026" in note


def test_people_in_no_scope_are_told_why(client, officer):  # noqa: F811
    worker = b.person(category="HDLD", in_unit=b.unit("VP"))
    left = b.person(in_unit=b.unit("VP"), until=date(2026, 3, 1))
    for person in (worker, left):
        answer = client.get(page_of(person))
        assert answer.context["found"].judgement.state == State.OUT
    assert facts(client.get(page_of(left)), 0)[0][1] is False
    assert client.get(page_of(left), {"day": "28/02/2026"}).context["found"].judgement.state == State.MISSING


def test_reasons_and_kinds_of_leave_are_for_personnel_alone(client, ward):  # noqa: F811
    pages = [page_of(ward.waived), page_of(ward.away), PEOPLE, BOARD, MISSING, f"{MISSING}tai-ve/"]
    for role in (Role.TRAINING_OFFICER, Role.HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD):
        client.force_login(bb.reader(role.value, role, in_unit=ward.vp))
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200
            assert [words for words in PRIVATE if words.encode() in answer.content] == []
    client.force_login(bb.reader("nhansu", Role.PERSONNEL_OFFICER))
    shown = b"".join(client.get(page).content for page in pages)
    assert [words for words in PRIVATE if words.encode() in shown] == list(PRIVATE)
    client.force_login(bb.reader("daotao2", Role.TRAINING_OFFICER))
    assert "353" in client.get(page_of(ward.away)).content.decode()  # days of leave, as a count


def test_a_person_is_read_by_the_heads_of_the_unit_and_by_the_person(client, ward):  # noqa: F811
    client.force_login(bb.reader("truongvp", Role.UNIT_HEAD, in_unit=ward.vp))
    statuses = [client.get(page_of(p)).status_code for p in (ward.nobody, ward.trained, ward.below)]
    assert statuses == [200, 404, 404]
    assert client.get(f"{PEOPLE}KHONG-CO/").status_code == 404
    own = bb.reader("chinhminh", in_unit=ward.vp)
    client.force_login(own)
    assert client.get(page_of(own.staff)).status_code == 200
    assert [client.get(f"{PEOPLE}{code}/").status_code for code in ("HD-0001", "KHONG-CO")] == [403, 403]
    client.logout()
    assert client.get(page_of(ward.trained)).status_code == 302


def test_as_many_queries_for_many_facts_as_for_one(client, officer):  # noqa: F811
    one = b.person(in_unit=b.unit("VP"))

    def grow(number):
        for n in range(number):
            b.attended(one, b.session(on=date(2026, 3, 1 + n)))
            b.outside(one, date(2026, 4, 1 + n))

    grow(1)
    few = queries(client, page_of(one))
    grow(20)
    assert queries(client, page_of(one)) == few


def test_a_frozen_state_stands_beside_what_is_known_today(client, ward, officer):  # noqa: F811
    bb.freeze(rows=[("HD-0001", "Vũ Thị Lan", "VHXH", "Phòng", "trained", 180)])
    answer = client.get(page_of(ward.trained), {"year": "2025"})
    assert (answer.context["frozen"].state, str(answer.context["found"].judgement.state)) == (
        "trained",
        "missing",
    )


def test_whoever_left_during_the_year_stands_on_a_line_of_their_own(client, ward, officer):  # noqa: F811
    gone = b.person("HD-0090", in_unit=ward.vp, full_name="Lê Đã Đi", until=date(2026, 4, 1))
    b.attended(gone, ward.done)
    found = client.get(BOARD).context["found"]
    assert (found.left, found.total.population) == (1, 6)
    answer = client.get(PEOPLE, {"state": "left"})
    assert_sound(answer.content)
    assert [(p.staff_code, p.last_day) for p in answer.context["page_obj"]] == [
        ("HD-0090", date(2026, 3, 31))
    ]
    client.force_login(bb.reader("truong", Role.UNIT_HEAD, in_unit=ward.vhxh))
    assert (client.get(BOARD).context["found"].left, codes(client.get(PEOPLE, {"state": "left"}))) == (0, [])


# ---- who is missing


def test_the_list_says_what_each_lacks_and_which_session_helps(client, ward, officer):  # noqa: F811
    RequirementYear.objects.create(requirement=b.requirement(), year=bb.YEAR, min_minutes=180)
    full = b.session(on=date(2026, 11, 24), state="open", capacity=1)
    bb.seat(ward.trained, full)
    b.session(on=date(2026, 11, 1), state="open")  # behind us
    b.session(b.course("KHAC", counts_for=()), on=date(2026, 11, 25), state="open")
    bb.seat(ward.nobody, ward.soon)
    later = b.session(on=date(2026, 12, 2), state="open")
    answer = client.get(MISSING)
    assert_sound(answer.content)
    found = {one.person.staff_code: one for one in answer.context["found"].people}
    assert list(found) == ["HD-0005", "HD-0006"]
    assert (found["HD-0005"].waits, found["HD-0006"].waits) == (True, False)
    assert (found["HD-0005"].helps, found["HD-0006"].helps) == (ward.soon, later)
    assert [seat.session for seat in found["HD-0006"].seats] == [ward.soon]
    assert (found["HD-0006"].lacks, found["HD-0006"].comes) == (180, True)
    assert answer.context["found"].without_seat == 0


def test_the_list_is_the_definitions_missing_people(client, ward, officer):  # noqa: F811
    policy = coverage.policy_of("digital-skills", bb.YEAR)
    expected = {p.staff_code for p in coverage.people(policy, bb.DAY, states=[State.MISSING])}
    assert {one.person.staff_code for one in client.get(MISSING).context["found"].people} == expected


def test_unit_heads_see_and_take_away_their_own_missing_people(client, ward):  # noqa: F811
    client.force_login(bb.reader("truong", Role.UNIT_HEAD, in_unit=ward.vp))
    answer = client.get(MISSING)
    assert [one.person.staff_code for one in answer.context["found"].people] == ["HD-0006"]
    assert answer.context["may_call_up"] is False
    sheet = load_workbook(BytesIO(client.get(f"{MISSING}tai-ve/").content)).worksheets[0]
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=2)]
    assert rows == [["HD-0006", "Ngô Đức Thịnh", "Văn phòng", 0, 1]]
    assert client.post(f"{MISSING}trieu-tap/", {}).status_code == 403


def test_ticked_people_are_called_up_all_or_nobody(client, ward, officer):  # noqa: F811
    found = client.get(MISSING).context["found"].people
    people = [one.key for one in found]
    none = client.post(f"{MISSING}trieu-tap/", {"session": ward.soon.code})
    assert_sound(none.content)
    assert (none.status_code, Enrolment.objects.count()) == (422, 0)

    small = b.session(on=date(2026, 11, 27), state="open", capacity=1)
    ahead = b.session(on=date(2026, 11, 28), state="open")
    full = client.post(f"{MISSING}trieu-tap/", {"session": small.code, "people": people})
    assert (full.status_code, Enrolment.objects.count()) == (422, 0)
    assert full.content.decode().count(" checked") == 2  # the ticks stay

    done = client.post(f"{MISSING}trieu-tap/", {"session": ahead.code, "people": people})
    assert done.status_code == 302
    assert set(Enrolment.objects.values_list("staff", "state")) == {(int(key), "invited") for key in people}
    stranger = client.post(f"{MISSING}trieu-tap/", {"session": ahead.code, "people": [str(ward.trained.pk)]})
    assert (stranger.status_code, Enrolment.objects.count()) == (422, 2)  # not missing: not called up here
