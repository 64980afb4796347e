"""The record's pages: whose one reads, what stands there, what positions need, the extract."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.text import capfirst

from people.extracts import ExtractPart, ExtractRow
from people.models import Position
from tests.html import assert_sound
from training.competency import assessments, evidence, targets
from training.models import CompetencyEvidence, SelfAssessment, Session
from training.record import STANDINGS

from . import builders
from .claim_people import make_people
from .test_claim_pages import all_but, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RECORD = "/dao-tao/ho-so/"
OF_CANBO = f"{RECORD}HD-canbo/"


@pytest.fixture
def people():
    return make_people()


@pytest.fixture(autouse=True)
def _sessions_have_pages(monkeypatch):
    """These tests are about links to sessions, not about the sessions' own page."""
    monkeypatch.setattr(Session, "get_absolute_url", lambda session: f"/dao-tao/buoi/{session.code}/")


def attended(user, code="KNS-2026-01", on=None, topics=(1,), level=2):
    on = on or timezone.localdate().replace(month=1, day=2)
    course = builders.course(f"C-{code}", topics=list(topics), level=level, years=(on.year,))
    session = builders.session(course, on, code=code)
    builders.attended(user.staff, session)
    with transaction.atomic():
        evidence.from_session(session)
    return session


def content(client, user, address):
    client.force_login(user)
    page = client.get(address).content.decode()
    assert_sound(page)
    return page


def test_who_reads_whose_record(client, people):
    sees = {"canbo": 200, "truong": 200, "daotao": 200, "daotao2": 200}
    assert statuses(client, people, RECORD) == all_but(200, goc=403)
    assert statuses(client, people, OF_CANBO) == all_but(404, **sees)
    extract = statuses(client, people, f"{OF_CANBO}trich-yeu/")
    assert extract == all_but(404, **sees, nhansu=200, nhansu2=200)
    readers = {"truong": 200, "daotao": 200, "daotao2": 200}
    assert statuses(client, people, f"{RECORD}danh-sach/") == all_but(403, **readers)
    assert statuses(client, people, f"{RECORD}tu-danh-gia/") == all_but(200, goc=403)
    writers = {"canbo": 403, "truong": 403, "daotao": 200, "daotao2": 200}
    assert statuses(client, people, f"{OF_CANBO}minh-chung/") == all_but(404, **writers)
    assert statuses(client, people, "/dao-tao/muc-can-dat/") == all_but(403, daotao=200, daotao2=200)
    assert statuses(client, people, f"{RECORD}HD-khong-co/") == all_but(404)


def test_who_withdraws_evidence(client, people):
    row = evidence.add_by_hand(
        people.daotao,
        people.canbo.staff,
        targets.areas()[0],
        kind="work",
        level=2,
        source="Việc đã làm",
        shown_on=date(2026, 1, 5),
    )
    at = f"/dao-tao/minh-chung/{row.pk}/rut/"
    writers = {"canbo": 403, "truong": 403, "daotao": 200, "daotao2": 200}
    assert statuses(client, people, at) == all_but(404, **writers)
    assert statuses(client, people, at, "post") == all_but(404, **writers)
    client.force_login(people.daotao2)
    assert client.post(at, {"reason": "Ghi nhầm 2210"}).url == OF_CANBO
    withdrawal = row.withdrawal
    assert client.get(f"/dao-tao/minh-chung/{withdrawal.pk}/rut/").status_code == 404
    assert "Ghi nhầm 2210" in content(client, people.canbo, RECORD)


def test_a_head_of_units_lists_the_subtree_of_today_alone(client, people):
    page = content(client, people.truong, f"{RECORD}danh-sach/")
    assert [code in page for code in ("HD-canbo", "HD-dongnghiep", "HD-truong/", "HD-truongkhac")] == [
        True,
        True,
        True,
        False,
    ]
    people.canbo.staff.assignments.update(end_before=timezone.localdate())
    assert "HD-canbo" not in content(client, people.truong, f"{RECORD}danh-sach/")


def test_a_requirement_of_once_a_year_is_not_called_one_minute(client, people):
    attended(people.canbo)
    client.force_login(people.canbo)
    for path in (RECORD, f"{OF_CANBO}trich-yeu/"):
        page = " ".join(re.sub("<[^>]+>", " ", client.get(path).content.decode()).split())
        assert "180" in page and "cần 1 phút" not in page
        assert "đã đủ" in page.lower() and "/1 phút" not in page


def test_the_record_shows_levels_gaps_minutes_and_what_helps(client, people):
    session = attended(people.canbo, topics=(1, 3))
    first, _second, third = targets.areas()[:3]
    position = Position.objects.get(name="Chuyên viên")
    targets.change(people.daotao, {(position.pk, first.pk): 2, (position.pk, third.pk): 3})
    assessments.assess(people.canbo, {first.pk: 4})
    soon = timezone.localdate() + timedelta(days=5)
    helps = builders.session(
        builders.course("C-3", topics=[3], level=3), soon, code="KNS-TOI-3", state="open", capacity=9
    )
    page = content(client, people.canbo, RECORD)
    shown = {c.area.topic: (c.row.had, c.row.needed, c.row.gap) for c in _context(client)["competences"]}
    assert shown == {1: (2, 2, 0), 2: (0, None, 0), 3: (2, 3, 1)} | dict.fromkeys((4, 5, 6, 7), (0, None, 0))
    assert [(c.row.self_assessed) for c in _context(client)["competences"][:2]] == [4, None]
    standing = _context(client)["standings"][0]
    assert (standing.minutes, standing.is_enough) == (180, True)
    assert [s.session.code for s in _context(client)["suggestions"]] == [helps.code]
    assert session.get_absolute_url() in page
    assert helps.get_absolute_url() in page
    assert page.count('class="f-miss"') == 2  # the key's, and the one level short


def _context(client):
    return client.get(RECORD).context


def test_a_past_year_shows_what_counted_then(client, people):
    this_year = timezone.localdate().year
    attended(people.canbo, "NAY")
    attended(people.canbo, "TRUOC", date(this_year - 1, 5, 4), topics=(2,), level=4)
    client.force_login(people.canbo)
    now, before = (client.get(RECORD, {"nam": year}).context for year in (this_year, this_year - 1))
    assert now["years"] == [this_year, this_year - 1]
    assert [[t.note for t in page["trainings"]] for page in (now, before)] == [["NAY"], ["TRUOC"]]
    assert [[c.row.had for c in page["competences"][:2]] for page in (now, before)] == [[2, 4], [0, 4]]
    for nonsense in ("1999", "abc", "²", ""):
        assert client.get(RECORD, {"nam": nonsense}).context["year"] == this_year


def test_sessions_not_confirmed_and_absences_are_no_training(client, people):
    on = timezone.localdate().replace(month=1, day=2)
    course = builders.course("C")
    builders.attended(people.canbo.staff, builders.session(course, on, state="held"))
    builders.attended(people.canbo.staff, builders.session(course, on), "absent")
    client.force_login(people.canbo)
    context = client.get(RECORD).context
    assert (context["trainings"], context["minutes"]) == ([], 0)


def test_leave_and_exemption_read_alike(client, people):
    year = timezone.localdate().year
    whole = (date(year, 1, 1), date(year + 1, 1, 1))
    builders.exempt(people.canbo.staff, *whole)
    builders.leave(people.dongnghiep.staff, *whole, kind="Ốm")
    labels = []
    for user in (people.canbo, people.dongnghiep):
        client.force_login(user)
        labels.append(client.get(RECORD).context["standings"][0].label)
    assert labels[0] == labels[1]


def test_self_assessment_is_one_page_of_radios_and_changes_no_level(client, people):
    page = content(client, people.canbo, f"{RECORD}tu-danh-gia/")
    assert page.count('type="radio"') == 7 * 5
    answer = client.post(f"{RECORD}tu-danh-gia/", {"area_1": "3", "area_2": "0"})
    assert answer.url == RECORD
    assert list(SelfAssessment.objects.values_list("area__topic", "level").order_by("pk")) == [(1, 3), (2, 0)]
    assert client.post(f"{RECORD}tu-danh-gia/", {"area_1": "9"}).status_code == 200
    assert [c.row.had for c in _context(client)["competences"]] == [0] * 7


def test_the_officer_adds_evidence_and_nobody_about_themselves(client, people):
    typed = {"area": "3", "kind": "test", "level": "2", "source": "Bài kiểm tra 7", "shown_on": "05/01/2026"}
    assert_sound(content(client, people.daotao, f"{OF_CANBO}minh-chung/"))
    assert client.post(f"{OF_CANBO}minh-chung/", typed).url == OF_CANBO
    assert client.post(f"{OF_CANBO}minh-chung/", typed).status_code == 200  # there already
    assert CompetencyEvidence.objects.get().area.topic == 3
    assert client.get(f"{RECORD}HD-daotao/minh-chung/").status_code == 403


def test_targets_are_filled_in_as_a_table(client, people):
    page = content(client, people.daotao, "/dao-tao/muc-can-dat/")
    positions = {position.name: position.pk for position in Position.objects.all()}
    assert page.count("<select") == 7 * len(positions)
    typed = {f"p{pk}_{topic}": "0" for pk in positions.values() for topic in range(1, 8)}
    typed[f"p{positions['Chuyên viên']}_6"] = "3"
    assert client.post("/dao-tao/muc-can-dat/", typed).status_code == 302
    area = targets.areas()[5]
    assert targets.stored() == {(positions["Chuyên viên"], area.pk): 3}
    typed.popitem()
    assert client.post("/dao-tao/muc-can-dat/", {}).status_code == 200
    assert targets.stored() == {(positions["Chuyên viên"], area.pk): 3}


def test_the_extract_holds_the_year_and_what_other_apps_add(client, people, monkeypatch):
    from people import extracts

    def add(staff, year, viewer):
        row = ExtractRow("Một sáng kiến", "tác giả", "/sang-kien/x/", ("recognised", "đã công nhận"))
        return ExtractPart("initiatives", "Sáng kiến tham gia", "sáng kiến", [row])

    kinds = [one for one in extracts._kinds if one.code == "training"]
    nothing = extracts.Kind("khac", "Phần khác", lambda *asked: None)
    monkeypatch.setattr(extracts, "_kinds", [extracts.Kind("a", "A", add), *kinds, nothing])
    attended(people.canbo)
    page = content(client, people.truong, f"{OF_CANBO}trich-yeu/")
    for words in ("KNS-2026-01", "180", "Sáng kiến tham gia", "Một sáng kiến", "Lý Văn Thường", "Phần khác"):
        assert words in page
    record = content(client, people.canbo, RECORD)
    assert "Một sáng kiến" in record
    assert "Phần khác" not in record  # the record shows what there is


def test_the_extract_is_vietnamese_whatever_the_screen_speaks(client, people):
    attended(people.canbo)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(people.canbo)
    parts = {part.code: part for part in client.get(f"{OF_CANBO}trich-yeu/").context["shown"].parts}
    paper = parts["training"].rows[0].state[1]
    with translation.override("vi"):
        assert paper == capfirst(str(STANDINGS["trained"][1]))


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("canbo", RECORD),
        ("daotao", OF_CANBO),
        ("truong", f"{OF_CANBO}trich-yeu/"),
        ("daotao", f"{RECORD}danh-sach/"),
        ("daotao", "/dao-tao/muc-can-dat/"),
    ],
)
def test_pages_cost_the_same_queries_for_one_row_and_thirty(client, people, who, address):
    client.force_login(people.everybody()[who])
    first = targets.areas()[0]
    position = Position.objects.get(name="Chuyên viên")
    targets.change(people.daotao, {(position.pk, first.pk): 4})

    def add(number):
        attended(people.canbo, f"S-{number}")
        builders.person(in_unit=builders.unit("VHXH"))
        builders.outside(people.canbo.staff, timezone.localdate())
        Position.objects.create(name=f"Chức danh {number}")
        builders.session(
            builders.course(f"O-{number}", topics=[1], level=4),
            timezone.localdate() + timedelta(days=2),
            code=f"O-{number}",
            state="open",
        )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(0)
    queries()
    one = queries()
    for number in range(1, 30):
        add(number)
    assert queries() == one
