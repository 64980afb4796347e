"""The books of activities: what is written, who writes it, what is counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from config.figures import figure_of
from plan.books import all_books, book_at, writing
from plan.books.access import Rights
from plan.books.marks import mark_of
from plan.groups import residential
from plan.models import BookChange, BookEntry, GroupMember, ResidentialGroupChange

from . import books as b
from .builders import make_plan_ward

AT = "/ke-hoach/dieu-hanh/hoat-dong/"


@pytest.fixture
def ward(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return make_plan_ward()


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def value(code, day=None):
    day = day or b.today()
    return figure_of(code).compute(day.year, day)


def members(client, at):
    """How many the page of a club counts."""
    return (
        client.get(at).content.decode().partition("<dt>Thành viên</dt><dd>")[2].partition("</dd>")[0].strip()
    )


# ---- residential groups


def test_a_coordinator_adds_and_renames_a_residential_group_and_both_are_logged(ward, client):
    client.force_login(ward.dieuphoi)
    assert client.post("/ke-hoach/dieu-hanh/to-dan-pho/", {"name": "Tổ dân phố số 1"}).status_code == 302
    unit = residential.residential_groups().get()
    assert (unit.code, unit.name, unit.parent.code) == ("TDP-01", "Tổ dân phố số 1", "HD")
    client.post(f"/ke-hoach/dieu-hanh/to-dan-pho/{unit.pk}/", {"name": "Tổ dân phố Đông"})
    unit.refresh_from_db()
    assert unit.name == "Tổ dân phố Đông"
    assert list(ResidentialGroupChange.objects.values_list("change", "actor_name")) == [
        ("added", "Đinh Thị Điều"),
        ("renamed", "Đinh Thị Điều"),
    ]


@pytest.mark.parametrize("name", ["to dan pho so 1", "TỔ DÂN PHỐ SỐ 1", "Tổ dân phố số 1", "  "])
def test_the_same_name_in_other_letters_is_refused_in_words(ward, client, name):
    b.a_group(ward.dieuphoi)
    client.force_login(ward.dieuphoi)
    answer = client.post("/ke-hoach/dieu-hanh/to-dan-pho/", {"name": name})
    assert answer.status_code == 422
    assert residential.residential_groups().count() == 1


def test_a_reporter_adds_no_residential_group(ward, client):
    client.force_login(ward.baocao)
    assert client.post("/ke-hoach/dieu-hanh/to-dan-pho/", {"name": "Tổ mới"}).status_code == 403
    assert not residential.residential_groups().exists()


# ---- clubs, members, activities


def test_the_reporter_of_the_culture_division_enters_a_club_and_it_counts_once_it_is_active(ward):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    assert (value("C6").numerator, value("C6").complete) == (0, False)
    b.enter("nhat-ky", ward.baocao, **b.activity_values(club))
    assert (value("C6").numerator, value("C6").denominator, value("C6").complete) == (1, None, True)
    assert value("C9").numerator == 0


def test_a_second_residential_group_without_a_club_leaves_the_target_open(ward):
    unit = b.a_group(ward.dieuphoi)
    b.a_group(ward.dieuphoi, "Tổ dân phố số 2")
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    b.enter("nhat-ky", ward.baocao, **b.activity_values(club))
    assert (value("C6").numerator, value("C6").complete) == (1, False)


def test_two_clubs_of_one_residential_group_count_once_for_c6_and_two_teams_twice_for_c9(ward):
    unit = b.a_group(ward.dieuphoi)
    for slug, title in (
        ("cau-lac-bo", "A"),
        ("cau-lac-bo", "B"),
        ("to-cong-nghe-so", "C"),
        ("to-cong-nghe-so", "D"),
    ):
        group = b.enter(slug, ward.baocao, **b.club_values(unit, title=title))
        b.enter("nhat-ky", ward.baocao, **b.activity_values(group))
    assert (value("C6").numerator, value("C9").numerator) == (1, 2)


def test_months_without_an_activity_are_a_setting(ward, settings):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    b.enter("nhat-ky", ward.baocao, **b.activity_values(club, held_on=b.day(-80)))
    assert value("C6").numerator == 1
    settings.PLAN_ACTIVE_MONTHS = 2
    assert value("C6").numerator == 0


def test_a_struck_activity_counts_no_more_and_stays_in_the_log(ward, client):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    activity = b.enter("nhat-ky", ward.baocao, **b.activity_values(club))
    client.force_login(ward.baocao)
    at = f"{AT}nhat-ky/{activity.pk}/"
    assert client.post(f"{at}gach-bo/", {"seen": 1}).status_code == 422  # no reason
    assert client.post(f"{at}gach-bo/", {"seen": 1, "reason": "Ghi nhầm"}).status_code == 302
    assert value("C6").numerator == 0
    assert client.get(at).status_code == 200
    assert client.post(f"{at}sua/", {}).status_code == 403
    changes = BookChange.objects.filter(entry=activity.pk).values_list("change", "note", "actor_name")
    assert list(changes) == [("made", "", "Lương Thị Mai"), ("struck", "Ghi nhầm", "Lương Thị Mai")]


def test_a_dissolved_club_counts_until_its_last_day(ward):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    b.enter("nhat-ky", ward.baocao, **b.activity_values(club))
    club.refresh_from_db()
    b.enter("cau-lac-bo", ward.baocao, entry=club, **b.club_values(unit, last_day=b.day(-3)))
    yesterday = b.today() - timedelta(days=3)
    assert value("C6", yesterday).numerator == 1
    assert value("C6", yesterday + timedelta(days=1)).numerator == 0


def test_an_activity_before_the_founding_or_in_the_future_is_refused(ward, english):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    early = b.form_of("nhat-ky", ward.baocao, **b.activity_values(club, held_on=b.day(-101)))
    late = b.form_of("nhat-ky", ward.baocao, **b.activity_values(club, held_on=b.day(1)))
    assert "did not exist on that day" in str(early.errors["held_on"])
    assert "still to come" in str(late.errors["held_on"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.200 người", 1200), ("1.200", 1200), ("1200", 1200), ("0", 0), ("35 lượt người", 35)],
)
def test_people_are_typed_as_people_write_them(ward, typed, kept):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    assert b.enter("nhat-ky", ward.baocao, **b.activity_values(club, people=typed)).people == kept


@pytest.mark.parametrize("typed", ["-5", "nhiều", "12,5", "999999999", "", "1e9", "١٢"])
def test_what_is_no_number_of_people_is_refused_in_words(ward, typed):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    form = b.form_of("nhat-ky", ward.baocao, **b.activity_values(club, people=typed))
    assert list(form.errors) == ["people"]


def test_dates_the_wrong_way_round_are_refused_by_the_last_day(ward):
    unit = b.a_group(ward.dieuphoi)
    form = b.form_of("cau-lac-bo", ward.baocao, **b.club_values(unit, last_day=b.day(-101)))
    assert list(form.errors) == ["last_day"]


def test_decomposed_letters_are_stored_composed(ward):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit, title="Câu lạc bộ số 1"))
    assert club.title == "Câu lạc bộ số 1"


def test_members_are_kept_counted_and_logged_and_never_public(ward, client):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    client.force_login(ward.baocao)
    at = f"{AT}cau-lac-bo/{club.pk}/thanh-vien/"
    values = {"name": "Phạm Thị Kín 6140", "phone": "0912 345 678", "start_on": b.day(-50)}
    assert client.post(f"{at}them/", values).status_code == 302
    member = GroupMember.objects.get()
    answer = client.get(f"{AT}cau-lac-bo/{club.pk}/")
    assert "Phạm Thị Kín 6140" in answer.content.decode()
    at_club = f"{AT}cau-lac-bo/{club.pk}/"
    assert members(client, at_club) == "1"
    client.post(f"{at}{member.pk}/", values | {"last_day": b.day(-1), "seen": mark_of(member)})
    assert members(client, at_club) == "0"
    client.post(f"{at}{member.pk}/bo/", {})
    assert not GroupMember.objects.exists()
    changes = BookChange.objects.filter(entry=club.pk).values_list("change", flat=True)
    assert list(changes) == ["made", "part_added", "part_changed", "part_removed"]


def test_a_staff_code_nobody_has_is_refused(ward, client):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    client.force_login(ward.baocao)
    answer = client.post(
        f"{AT}cau-lac-bo/{club.pk}/thanh-vien/them/",
        {"name": "A", "start_on": b.day(), "staff_code": "HD-khong"},
    )
    assert answer.status_code == 422
    assert not GroupMember.objects.exists()


# ---- who


def test_the_reporter_of_the_front_writes_the_same_books_and_other_units_do_not(ward, client):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    b.enter("nhat-ky", ward.baocaomttq, **b.activity_values(club))
    client.force_login(ward.baocaokt)
    for address in (
        "cau-lac-bo/",
        f"cau-lac-bo/{club.pk}/",
        "cau-lac-bo/them/",
        "nhat-ky/",
        "cau-lac-bo/excel/",
    ):
        assert client.get(f"{AT}{address}").status_code == 403, address
    client.force_login(ward.lanhdao)
    assert client.get(f"{AT}cau-lac-bo/{club.pk}/").status_code == 200
    assert client.get(f"{AT}cau-lac-bo/{club.pk}/sua/").status_code == 403
    client.force_login(ward.canbo)
    assert client.get(AT).status_code == 403


def test_a_unit_reads_and_writes_its_own_sessions_alone(ward, client):
    of = b.units("VHXH", "KTHTDT")
    own = b.enter("buoi-tuyen-truyen", ward.baocaokt, **b.session_values(of["KTHTDT"]))
    other = b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(of["VHXH"], title="Buổi riêng 7741"))
    client.force_login(ward.baocaokt)
    assert "Buổi riêng 7741" not in client.get(f"{AT}buoi-tuyen-truyen/").content.decode()
    assert client.get(f"{AT}buoi-tuyen-truyen/{own.pk}/").status_code == 200
    assert client.get(f"{AT}buoi-tuyen-truyen/{other.pk}/").status_code == 404
    form = b.form_of("buoi-tuyen-truyen", ward.baocaokt, **b.session_values(of["VHXH"]))
    assert list(form.errors) == ["unit"]


def test_a_coordinator_says_why_they_write_for_another_unit(ward):
    of = b.units("VHXH", "KTHTDT")
    form = b.form_of("buoi-tuyen-truyen", ward.dieuphoi, **b.session_values(of["KTHTDT"]))
    assert list(form.errors) == ["reason"]
    made = b.enter("buoi-tuyen-truyen", ward.dieuphoi, **b.session_values(of["KTHTDT"], reason="Đơn vị nghỉ"))
    assert BookChange.objects.get(entry=made.pk).note == "Đơn vị nghỉ"
    b.enter("buoi-tuyen-truyen", ward.dieuphoi, **b.session_values(of["VHXH"]))  # the coordinator's own unit


# ---- writing


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(ward):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    mine = b.form_of(
        "cau-lac-bo", ward.baocao, entry=type(club).objects.get(), **b.club_values(unit, title="Tên tôi")
    )
    theirs = type(club).objects.get()
    b.enter("cau-lac-bo", ward.dieuphoi, entry=theirs, **b.club_values(unit, title="Tên khác"))
    assert mine.is_valid()
    with pytest.raises(writing.Changed):
        writing.write(mine, ward.baocao)
    assert type(club).objects.get().title == "Tên khác"


def test_a_photo_is_kept_without_what_the_phone_wrote_into_it(ward, client):
    from PIL import Image

    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    activity = b.enter("nhat-ky", ward.baocao, [b.a_photo(size=(3000, 2000))], **b.activity_values(club))
    row = activity.files.get()
    with row.file.open("rb") as file, Image.open(file) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (1600, 1067)
        file.seek(0)
        assert b"Phone 7731" not in file.read()
    client.force_login(ward.baocaokt)
    assert client.get(f"{AT}nhat-ky/{activity.pk}/tep/{row.pk}/").status_code == 403
    client.force_login(ward.baocaomttq)
    answer = b.opened(client, f"{AT}nhat-ky/{activity.pk}/tep/{row.pk}/")
    assert answer["Content-Type"] == "image/jpeg"


def test_a_file_that_is_no_picture_whatever_its_name_is_refused(ward):
    from django.core.files.uploadedfile import SimpleUploadedFile

    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    for file in (
        SimpleUploadedFile("anh.jpg", b"MZ no picture"),
        SimpleUploadedFile("anh.exe", b"MZ"),
        SimpleUploadedFile("anh.jpg", b"\xff\xd8" + b"0" * (20 * 1024 * 1024 + 1)),
    ):
        form = b.form_of("nhat-ky", ward.baocao, [file], **b.activity_values(club))
        assert list(form.errors) == ["files"], file.name
    assert BookEntry.objects.filter(book="activities").count() == 0


def test_a_file_taken_away_opens_no_more(ward, client):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    client.force_login(ward.baocao)
    at = f"{AT}cau-lac-bo/{club.pk}/tep/"
    assert client.post(f"{at}them/", {"file": b.a_photo()}).status_code == 302
    row = club.files.get()
    assert client.post(f"{at}{row.pk}/bo/", {}).status_code == 302
    assert client.get(f"{at}{row.pk}/").status_code == 404
    changes = BookChange.objects.filter(entry=club.pk).values_list("change", flat=True)
    assert list(changes) == ["made", "file_added", "file_removed"]


# ---- as many questions for thirty entries as for one


def _questions(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_every_list_asks_as_much_for_thirty_entries_as_for_one(ward, client):
    unit = b.a_group(ward.dieuphoi)
    staff = ward.baocao.staff
    of = b.units("VHXH")["VHXH"]
    club = b.enter("cau-lac-bo", ward.dieuphoi, **b.club_values(unit))

    def fill(number):
        for index in range(number):
            for slug in ("cau-lac-bo", "to-cong-nghe-so"):
                b.enter(slug, ward.dieuphoi, **b.club_values(unit, title=f"Nhóm {index}"))
            b.enter("nhat-ky", ward.dieuphoi, **b.activity_values(club))
            b.enter("buoi-tuyen-truyen", ward.dieuphoi, **b.session_values(of, groups=[str(unit.pk)]))
            b.enter("dot-tuyen-truyen", ward.dieuphoi, **b.campaign_values(of, groups=[str(unit.pk)]))
            b.enter("can-bo", ward.dieuphoi, **b.officer_values(staff))
            b.enter("truyen-thong", ward.dieuphoi, **b.publicity_values(of))
            b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(of, where=unit.pk))

    client.force_login(ward.dieuphoi)
    books = [book for book in all_books() if book.slug != "chuong-trinh"]  # one a year: asked beside it
    addresses = [AT, *(f"{AT}{book.slug}/{more}" for book in books for more in ("", "excel/"))]
    fill(1)
    before = {address: _questions(client, address) for address in addresses}
    fill(30)
    assert {address: _questions(client, address) for address in addresses} == before
    assert max(before.values()) < 40


def test_a_book_as_excel_holds_every_entry_this_person_reads(ward, client):
    from io import BytesIO

    from openpyxl import load_workbook

    of = b.units("VHXH", "KTHTDT")
    b.enter("truyen-thong", ward.baocao, **b.publicity_values(of["VHXH"], title="=1+1"))
    b.enter("truyen-thong", ward.baocaokt, **b.publicity_values(of["KTHTDT"], title="Của đơn vị khác"))
    client.force_login(ward.baocao)
    book = load_workbook(BytesIO(client.get(f"{AT}truyen-thong/excel/").content))
    rows = list(book.worksheets[0].values)
    assert [row[0] for row in rows[1:]] == ["=1+1"]
    assert book.worksheets[0]["A2"].data_type == "s"
    assert len(book.worksheets) == 2  # the table by month


def test_rights_of_a_reporter_placed_in_a_residential_group(ward):
    from people.roles import Role
    from tests.ideas.builders import make_user

    from .builders import in_unit

    unit = b.a_group(ward.dieuphoi)
    b.a_group(ward.dieuphoi, "Tổ dân phố số 2")
    user = in_unit(make_user("tdp1", "Bùi Văn Tổ", Role.UNIT_REPORTER), unit.code)
    assert Rights(user).writable_units(book_at("cau-lac-bo")) == {unit.pk}
    club = b.enter("cau-lac-bo", user, **b.club_values(unit))
    b.enter("nhat-ky", user, **b.activity_values(club))
    assert value("C6").numerator == 1
    assert timezone.now() >= club.made_at


def test_an_administrator_finds_the_residential_groups_in_the_menu(ward, client):
    from people.roles import Role
    from tests.ideas.builders import make_user

    client.force_login(make_user("quantri", "Đào Văn Quản", Role.ADMINISTRATOR))
    page = client.get("/ke-hoach/dieu-hanh/to-dan-pho/")
    assert page.status_code == 200
    assert '<a href="/ke-hoach/dieu-hanh/to-dan-pho/" aria-current' in page.content.decode()
    client.force_login(ward.dieuphoi)  # comes by the tab of the plan work
    assert "/ke-hoach/dieu-hanh/to-dan-pho/" in client.get(AT).content.decode()


def test_the_way_in_is_no_link_for_whom_the_work_area_is_closed_to(ward, client):
    from people.roles import Role
    from tests.ideas.builders import make_user

    client.force_login(make_user("quantri", "Đào Văn Quản", Role.ADMINISTRATOR))
    assert client.get("/ke-hoach/dieu-hanh/").status_code == 403
    assert 'href="/ke-hoach/dieu-hanh/"' not in client.get(AT).content.decode()
    client.force_login(ward.dieuphoi)
    assert 'href="/ke-hoach/dieu-hanh/"' in client.get(AT).content.decode()


def test_the_list_leads_to_the_other_books_and_an_entry_begins_with_itself(ward, client):
    """On a telephone the nine books would fill the first screen of every entry; its way back is above it."""
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(b.a_group(ward.dieuphoi)))
    client.force_login(ward.dieuphoi)
    others = f'href="{AT}to-cong-nghe-so/"'
    assert others in client.get(f"{AT}cau-lac-bo/").content.decode()
    page = client.get(f"{AT}cau-lac-bo/{club.pk}/").content.decode()
    assert others not in page
    assert f'href="{AT}cau-lac-bo/"' in page
