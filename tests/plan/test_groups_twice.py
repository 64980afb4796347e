"""A page of the books sent twice, without any script, enters one thing; of two windows on one row the later
is told."""

import re

import pytest

from plan.models import BookChange, BookFile, GroupMember, ResidentSession

from . import books as b
from .builders import make_plan_ward

AT = "/ke-hoach/dieu-hanh/hoat-dong/"


@pytest.fixture
def ward(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return make_plan_ward()


@pytest.fixture
def club(ward):
    return b.enter("cau-lac-bo", ward.baocao, **b.club_values(b.a_group(ward.dieuphoi)))


@pytest.fixture
def desk(ward, client):
    client.force_login(ward.baocao)
    client.cookies["ngon_ngu"] = "en"
    return client


def hidden(desk, address, name):
    """What the page at this address carries in a hidden field."""
    page = desk.get(address).content.decode()
    field = re.search(rf'<input type="hidden" name="{name}"[^>]*>', page)
    return re.search(r'value="([^"]+)"', field[0])[1]


def test_a_session_sent_twice_is_one_and_both_answers_lead_to_it(ward, desk):
    address = f"{AT}buoi-tuyen-truyen/them/"
    values = b.session_values(b.units("VHXH")["VHXH"], khoa=hidden(desk, address, "khoa"))
    answers = [desk.post(address, values) for _press in range(2)]
    made = ResidentSession.objects.get()
    assert {answer["Location"] for answer in answers} == {f"{AT}buoi-tuyen-truyen/{made.pk}/"}
    assert BookChange.objects.filter(entry=made.pk).count() == 1


def test_two_pages_with_the_same_words_are_two_sessions(ward, desk):
    address = f"{AT}buoi-tuyen-truyen/them/"
    for _page in range(2):
        desk.post(address, b.session_values(b.units("VHXH")["VHXH"], khoa=hidden(desk, address, "khoa")))
    assert ResidentSession.objects.count() == 2


def test_back_in_the_browser_and_other_words_are_another_session(ward, desk):
    address = f"{AT}buoi-tuyen-truyen/them/"
    key = hidden(desk, address, "khoa")
    for title in ("Buổi sáng", "Buổi chiều"):
        desk.post(address, b.session_values(b.units("VHXH")["VHXH"], title=title, khoa=key))
    assert set(ResidentSession.objects.values_list("title", flat=True)) == {"Buổi sáng", "Buổi chiều"}


def test_the_key_of_a_page_opens_nothing_of_somebody_else(ward, desk, client):
    of = b.units("VHXH", "KTHTDT")
    desk.post(f"{AT}buoi-tuyen-truyen/them/", b.session_values(of["VHXH"], khoa="a" * 32))
    client.force_login(ward.baocaokt)
    client.post(f"{AT}buoi-tuyen-truyen/them/", b.session_values(of["KTHTDT"], khoa="a" * 32))
    assert ResidentSession.objects.count() == 2


def test_a_member_sent_twice_is_one(desk, club):
    address = f"{AT}cau-lac-bo/{club.pk}/thanh-vien/them/"
    values = {"name": "Phạm Thị Một", "start_on": b.day(-5), "khoa": hidden(desk, address, "khoa")}
    assert [desk.post(address, values).status_code for _press in range(2)] == [302, 302]
    assert GroupMember.objects.count() == 1


def test_a_file_sent_twice_is_one(desk, club):
    address = f"{AT}cau-lac-bo/{club.pk}/tep/them/"
    key = hidden(desk, address, "khoa")
    for _press in range(2):
        assert desk.post(address, {"file": b.a_pdf("quyet-dinh.pdf"), "khoa": key}).status_code == 302
    assert BookFile.objects.count() == 1


def test_of_two_windows_on_one_member_the_later_is_told_and_keeps_what_it_typed(desk, club):
    member = GroupMember.objects.create(group=club, name="Lê Văn Hai", start_on=club.start_on)
    address = f"{AT}cau-lac-bo/{club.pk}/thanh-vien/{member.pk}/"
    values = {"name": "Lê Văn Hai", "start_on": b.day(-100), "seen": hidden(desk, address, "seen")}
    assert desk.post(address, values | {"role": "Thư ký"}).status_code == 302
    late = desk.post(address, values | {"role": "Thủ quỹ 4419"})
    assert late.status_code == 409
    assert "Thủ quỹ 4419" in late.content.decode()
    member.refresh_from_db()
    assert member.role == "Thư ký"
    assert "Changed: Members, Lê Văn Hai" in late.content.decode()  # who was quicker, with what
    again = {name: late.context["form"][name].value() for name in ("name", "role", "start_on", "seen")}
    assert desk.post(address, again).status_code == 302
    member.refresh_from_db()
    assert member.role == "Thủ quỹ 4419"


def test_whoever_comes_second_to_an_entry_saves_once_more_after_looking(ward, desk, club):
    address = f"{AT}cau-lac-bo/{club.pk}/sua/"
    values = b.club_values(club.unit, seen=hidden(desk, address, "seen"))
    theirs = type(club).objects.get()
    b.enter("cau-lac-bo", ward.dieuphoi, entry=theirs, **b.club_values(club.unit, head="Bà Sáu"))
    late = desk.post(address, values | {"title": "Tên tôi đặt"})
    text = late.content.decode()
    assert (late.status_code, "Tên tôi đặt" in text, "Đinh Thị Điều" in text) == (409, True, True)
    again = {name: late.context["form"][name].value() for name in ("unit", "title", "start_on", "seen")}
    assert desk.post(address, again).status_code == 302
    assert type(club).objects.get().title == "Tên tôi đặt"


def test_another_member_added_meanwhile_stops_nobody(desk, club):
    member = GroupMember.objects.create(group=club, name="Lê Văn Hai", start_on=club.start_on)
    address = f"{AT}cau-lac-bo/{club.pk}/thanh-vien/{member.pk}/"
    values = {"name": "Lê Văn Hai", "start_on": b.day(-100), "seen": hidden(desk, address, "seen")}
    new = {"name": "Vũ Thị Ba", "start_on": b.day(-5)}
    desk.post(f"{AT}cau-lac-bo/{club.pk}/thanh-vien/them/", new)
    assert desk.post(address, values | {"role": "Thư ký"}).status_code == 302


def test_what_is_taken_away_already_is_said_in_words_on_the_page_of_the_entry(desk, club):
    member = GroupMember.objects.create(group=club, name="Lê Văn Hai", start_on=club.start_on)
    desk.post(f"{AT}cau-lac-bo/{club.pk}/tep/them/", {"file": b.a_pdf("quyet-dinh.pdf")})
    file = club.files.get()
    for address in (f"thanh-vien/{member.pk}/bo/", f"tep/{file.pk}/bo/"):
        answers = [desk.post(f"{AT}cau-lac-bo/{club.pk}/{address}", {}) for _press in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], address
    assert not GroupMember.objects.exists()
    assert desk.get(f"{AT}cau-lac-bo/{club.pk}/tep/{file.pk}/bo/").status_code == 404
