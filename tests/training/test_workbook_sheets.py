"""The training workbook, sheet by sheet: what is written, what is refused, and the sentence said."""

import io
import unicodedata
from datetime import time

import pytest
from django.utils import translation
from openpyxl import load_workbook

from people.models import Staff
from training.imports import import_training
from training.models import (
    Attendance,
    AttendanceEvent,
    Course,
    Exemption,
    ImportBatch,
    OutsideCredit,
    RequirementCourse,
    Session,
    SessionHistory,
)
from training.workbook import Importer, export_training

from .builders import attended, course, exempt, outside, person, session
from .workbooks import COURSE, SESSION, D, T, bring_in, counts, meaning, reasons, said, small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def an():
    return person("HD-0001", full_name="Nguyễn Văn An")


@pytest.fixture
def hoa():
    return person("HD-0002", full_name="Trần Thị Hòa")


def whole():
    return small(["KNS-01", "HD-0001", "Nguyễn Văn An", "có mặt", None]) | {
        "Tín chỉ ngoài": [
            ["HD-0002", D(2026, 4, 1), 240, "Học viện", "GCN-1", "Có", "", "HD-0002", "HD-0001"],
            ["HD-0001", D(2026, 4, 2), 60, "", "", "Không", "innovation", "", ""],
        ],
        "Miễn": [
            ["HD-0002", "", D(2026, 1, 1), D(2026, 7, 1), "5/QĐ", "HD-0001"],
            ["HD-0001", "innovation", D(2026, 1, 1), None, "", ""],
        ],
    }


def test_all_five_sheets_are_written(an, hoa):
    found = bring_in(whole())
    assert (found["errors"], found["conflicts"], found["warnings"]) == ([], [], [])
    assert counts(found) == (7, 0, 0)
    kns = Course.objects.get()
    assert (kns.name, kns.topics) == ("Kỹ năng số cơ bản", [1, 3])
    assert list(RequirementCourse.objects.values_list("requirement__code", "year")) == [
        ("digital-skills", 2026)
    ]
    one = Session.objects.get()
    assert (one.course, one.held_on, one.starts_at, one.ends_at, one.credit_minutes, one.state) == (
        kns,
        D(2026, 3, 10),
        time(8),
        time(11),
        180,
        "confirmed",
    )
    row = Attendance.objects.get()
    assert (row.session, row.staff, row.status, row.minutes) == (one, an, "present", 180)
    verified = OutsideCredit.objects.get(staff=hoa)
    assert (verified.state, verified.minutes, verified.issuer, verified.certificate_number) == (
        "verified",
        240,
        "Học viện",
        "GCN-1",
    )
    assert (verified.submitter, verified.verifier, verified.requirement.code) == (hoa, an, "digital-skills")
    waiting = OutsideCredit.objects.get(staff=an)
    assert (waiting.state, waiting.requirement.code, waiting.verifier) == ("submitted", "innovation", None)
    approved = Exemption.objects.get(staff=hoa)
    assert (approved.state, approved.approver, approved.end_before, approved.decision_number) == (
        "approved",
        an,
        D(2026, 7, 1),
        "5/QĐ",
    )
    asked = Exemption.objects.get(staff=an)
    assert (asked.state, asked.approver, asked.requirement.code) == ("requested", None, "innovation")


def test_the_same_file_twice_writes_nothing_more(an, hoa):
    bring_in(whole())
    before = (AttendanceEvent.objects.count(), ImportBatch.objects.count(), SessionHistory.objects.count())
    assert counts(bring_in(whole())) == (0, 0, 7)
    after = (AttendanceEvent.objects.count(), ImportBatch.objects.count(), SessionHistory.objects.count())
    assert after == before == (1, 1, 1)


def test_importing_an_export_changes_nothing(an, hoa):
    bring_in(whole())
    exempt(an, D(2027, 1, 1))  # approved by an account of nobody on the roster
    outside(hoa, D(2026, 5, 5), state="refused", verifier=an)
    attended(hoa, session(Course.objects.get(), D(2026, 5, 1)), "late", 70)
    before = meaning()
    found = import_training(io.BytesIO(export_training())).as_dict()
    assert (counts(found), found["errors"], found["warnings"]) == ((0, 0, 11), [], [])
    assert meaning() == before


def test_every_word_of_the_export_is_the_offices(an):
    bring_in(small(["KNS-01", "HD-0001", "", "muộn", 90]))
    book = load_workbook(io.BytesIO(export_training()))
    assert book.sheetnames == ["Khóa học", "Buổi học", "Điểm danh", "Tín chỉ ngoài", "Miễn"]
    values = {name: [[c.value for c in row] for row in book[name].iter_rows()] for name in book.sheetnames}
    assert values["Khóa học"] == [
        ["Mã", "Tên", "Nhóm nội dung", "Tính cho các năm", "Yêu cầu"],
        ["KNS", "Kỹ năng số cơ bản", "1, 3", "2026", "digital-skills"],
    ]
    assert values["Buổi học"][0] == [
        "Mã",
        "Mã khóa học",
        "Ngày",
        "Bắt đầu",
        "Kết thúc",
        "Số phút",
        "Trạng thái",
    ]
    assert values["Buổi học"][1][3:] == [time(8), time(11), 180, "xác nhận"]
    assert values["Điểm danh"] == [
        ["Mã buổi học", "Mã cán bộ", "Họ và tên", "Trạng thái", "Số phút"],
        ["KNS-01", "HD-0001", "Nguyễn Văn An", "muộn", 90],
    ]
    assert values["Tín chỉ ngoài"] == [
        [
            "Mã cán bộ",
            "Ngày hoàn thành",
            "Số phút",
            "Đơn vị cấp",
            "Số chứng nhận",
            "Xác minh",
            "Yêu cầu",
            "Người nộp",
            "Người xác minh",
        ]
    ]
    assert values["Miễn"] == [
        ["Mã cán bộ", "Yêu cầu", "Từ ngày", "Đến trước ngày", "Số quyết định", "Người duyệt"]
    ]


def test_optional_columns_and_sheets_may_be_absent(an):
    def shorten(book):
        book["Khóa học"].delete_cols(5)
        book["Tín chỉ ngoài"].delete_cols(7, 3)

    sheets = small() | {"Tín chỉ ngoài": [["HD-0001", D(2026, 4, 1), 60, "", "G1", "Có"]]}
    assert counts(bring_in(sheets, prepare=shorten)) == (3, 0, 0)
    assert RequirementCourse.objects.get().requirement.code == "digital-skills"
    credit = OutsideCredit.objects.get()
    assert (credit.requirement.code, credit.state, credit.verifier_name) == (
        "digital-skills",
        "verified",
        "import_training",
    )


def test_absent_columns_change_nothing_that_stands(an):
    bring_in(small(["KNS-01", "HD-0001", "", "muộn", 90]))

    def shorten(book):
        book["Khóa học"].delete_cols(2, 4)
        book["Điểm danh"].delete_cols(5)

    again = {"Khóa học": [["KNS"]], "Điểm danh": [["KNS-01", "HD-0001", "", "muộn"]]}
    assert counts(bring_in(again, prepare=shorten)) == (0, 0, 2)


def test_headings_forgive_notes_case_and_decomposed_letters(an):
    def rename(book):
        book["Khóa học"]["C1"] = "NHÓM NỘI DUNG (1–7, cách nhau bằng dấu phẩy)"
        book["Điểm danh"]["D1"] = unicodedata.normalize("NFD", "Trạng thái (có mặt/muộn/có phép/vắng)")
        book["Điểm danh"].title = unicodedata.normalize("NFD", "Điểm danh")

    assert counts(bring_in(small(["KNS-01", "HD-0001", "", "vắng", None]), prepare=rename)) == (3, 0, 0)


# ---- courses


@pytest.mark.parametrize(
    ("typed", "topics"), [("1", [1]), (3, [3]), ("7,1, 3", [1, 3, 7]), (" 2 ", [2]), ("1,1", [1])]
)
def test_groups_of_content(typed, topics):
    bring_in({"Khóa học": [["K", "Tên", typed, "", ""]]})
    assert Course.objects.get().topics == topics


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (1.3, "Excel may have made one number of several. Type the cell as text, for example 1, 3."),
        (12, "Write numbers from 1 to 7 with commas between them, for example 1, 3."),
        ("8", "Write numbers from 1 to 7 with commas between them, for example 1, 3."),
        ("1;3", "Write numbers from 1 to 7 with commas between them, for example 1, 3."),
        ("1,,3", "Write numbers from 1 to 7 with commas between them, for example 1, 3."),
        (D(2026, 3, 1), "Excel turned this cell into a date or a yes/no value. Type it as text."),
        (None, "Nothing stands here. Fill in “Nhóm nội dung”."),
    ],
)
def test_groups_of_content_that_are_not_guessed(typed, reason):
    found = bring_in({"Khóa học": [["K", "Tên", typed, "", ""]]})
    assert reasons(found) == [reason]
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("years", "requirements", "expected"),
    [
        (2026, "", [("digital-skills", 2026)]),
        ("2025, 2026", "", [("digital-skills", 2025), ("digital-skills", 2026)]),
        ("2026", "innovation, Digital-Skills", [("digital-skills", 2026), ("innovation", 2026)]),
        ("", "innovation", []),
        (None, None, []),
    ],
)
def test_what_a_course_counts_for(years, requirements, expected):
    row = ["K", "Tên", "1", years, requirements]
    bring_in({"Khóa học": [row]})
    assert sorted(RequirementCourse.objects.values_list("requirement__code", "year")) == expected
    assert counts(bring_in({"Khóa học": [row]})) == (0, 0, 1)


@pytest.mark.parametrize(
    ("years", "requirements", "reason"),
    [
        (
            2025.2026,
            "",
            "Excel may have made one number of several. Type the cell as text, for example 2026, 2027.",
        ),
        ("26", "", "Write numbers from 2000 to 2100 with commas between them, for example 2026, 2027."),
        (
            "2026",
            "ky-nang-so",
            "There is no requirement “ky-nang-so”. Known are: core-digital-skills, digital-skills, "
            "digital-transformation, information-security, innovation.",
        ),
    ],
)
def test_years_and_requirements_that_are_wrong(years, requirements, reason):
    assert reasons(bring_in({"Khóa học": [["K", "Tên", "1", years, requirements]]})) == [reason]


def test_another_year_is_a_change_that_replaces_the_old_ones():
    course("K", years=(2025,), topics=[1])
    found = bring_in({"Khóa học": [["K", "Khóa K", "1", "2026", ""]]})
    assert counts(found) == (0, 1, 0)
    assert list(RequirementCourse.objects.values_list("year", flat=True)) == [2026]


# ---- sessions


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (T(8, 30), T(8, 30)),
        ("08:30", T(8, 30)),
        ("8:30", T(8, 30)),
        (" 08:30 ", T(8, 30)),
        ("'08:30", T(8, 30)),
        ("08:30:00", T(8, 30)),
        (8.5 / 24, T(8, 30)),
        ("00:30", T(0, 30)),
    ],
)
def test_times_are_read(typed, expected):
    course("KNS")
    bring_in({"Buổi học": [["S", "KNS", D(2026, 3, 10), typed, "11:30", None, "mở"]]})
    made = Session.objects.get()
    assert (made.starts_at, made.credit_minutes) == (expected, made.length)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("8h30", "The time must look like 08:30."),
        ("24:00", "There is no such time of day. Write it as 08:30."),
        ("08:60", "There is no such time of day. Write it as 08:30."),
        (8, "A time was expected here, for example 08:30."),
        (T(8, 30, 20), "Times are whole minutes, for example 08:30."),
        (D(2026, 3, 10), "A time alone was expected here, for example 08:30."),
        (None, "Nothing stands here. Fill in “Bắt đầu”."),
        ("11:00", "The session must end after it begins, on the same day."),
        ("12:00", "The session must end after it begins, on the same day."),
    ],
)
def test_times_that_are_not_guessed(typed, reason):
    course("KNS")
    found = bring_in({"Buổi học": [["S", "KNS", D(2026, 3, 10), typed, T(11), None, "mở"]]})
    assert reasons(found) == [reason]
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("typed", "expected"), [(None, 180), ("", 180), (90, 90), ("90", 90), (90.0, 90), (180, 180)]
)
def test_minutes_of_a_session(typed, expected):
    course("KNS")
    bring_in({"Buổi học": [["S", "KNS", D(2026, 3, 10), T(8), T(11), typed, "mở"]]})
    assert Session.objects.get().credit_minutes == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (181, "From begin to end the session has only 180 minutes."),
        (0, "A session counts at least one minute."),
        (-5, "Write a whole number of minutes, for example 180."),
        (1.5, "Write a whole number of minutes, for example 180."),
        ("3 tiếng", "Write a whole number of minutes, for example 180."),
        (True, "Write a whole number of minutes, for example 180."),
        (99_999, "At most 30000 minutes fit here."),
    ],
)
def test_minutes_of_a_session_that_are_wrong(typed, reason):
    course("KNS")
    found = bring_in({"Buổi học": [["S", "KNS", D(2026, 3, 10), T(8), T(11), typed, "mở"]]})
    assert reasons(found) == [reason]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("dự kiến", "draft"),
        ("Mở", "open"),
        ("ĐÃ HỌC", "held"),
        (unicodedata.normalize("NFD", "xác nhận"), "confirmed"),
        ("hủy", "cancelled"),
        ("huỷ", "cancelled"),
        ("Ðã  học", "held"),
    ],
)
def test_states_of_a_session_in_the_offices_words(word, state):
    course("KNS")
    bring_in({"Buổi học": [["S", "KNS", D(2026, 3, 10), T(8), T(11), None, word]]})
    assert Session.objects.get().state == state


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("confirmed", "Write one of: dự kiến, mở, đã học, xác nhận, hủy."),
        ("", "Nothing stands here. Fill in “Trạng thái”."),
    ],
)
def test_a_state_nobody_knows(word, reason):
    course("KNS")
    found = bring_in({"Buổi học": [["S", "KNS", D(2026, 3, 10), T(8), T(11), None, word]]})
    assert reasons(found) == [reason]


def test_a_session_of_no_course_is_an_error_and_so_is_attendance_in_a_wrong_session(an):
    sheets = small(["KNS-01", "HD-0001", "", "có mặt", None])
    sheets["Buổi học"] = [[*SESSION[:1], "XXX", *SESSION[2:]]]
    assert said(bring_in(sheets)) == [
        (
            "Buổi học",
            2,
            "Mã khóa học",
            "XXX",
            "There is no such course, neither in the portal nor among the correct rows of “Khóa học”.",
        ),
        (
            "Điểm danh",
            2,
            "Mã buổi học",
            "KNS-01",
            "There is no such session, neither in the portal nor among the correct rows of “Buổi học”.",
        ),
    ]
    assert not Course.objects.exists()


def test_sessions_in_the_future_are_accepted_with_a_warning():
    course("KNS")
    found = bring_in({"Buổi học": [["S", "KNS", "31/12/2199", T(8), T(11), None, "xác nhận"]]})
    assert counts(found) == (1, 0, 0)
    assert said(found, "warnings") == [("Buổi học", 2, "Ngày", "31/12/2199", "The session is in the future.")]


def test_a_step_of_a_session_leaves_its_line_in_the_history():
    made = session(course("KNS"), code="S", state="open")
    bring_in({"Buổi học": [["S", "KNS", made.held_on, T(8), T(11), None, "đã học"]]})
    line = SessionHistory.objects.get()
    assert (line.transition, line.from_state, line.to_state, line.actor_name) == (
        "import",
        "open",
        "held",
        "import_training",
    )


def test_a_smaller_credit_takes_minutes_from_who_was_there(an, hoa):
    made = session(course("KNS"), code="S")
    attended(an, made)
    attended(hoa, made, "late", 100)
    found = bring_in({"Buổi học": [["S", "KNS", made.held_on, T(8), T(11), 120, "xác nhận"]]})
    assert counts(found) == (0, 1, 0)
    assert sorted(Attendance.objects.values_list("staff__staff_code", "minutes")) == [
        ("HD-0001", 120),
        ("HD-0002", 100),
    ]


def test_attendance_says_what_the_file_says_when_the_credit_of_the_session_grows(an):
    made = session(course("KNS"), code="S", credit_minutes=90)
    attended(an, made)  # 90 minutes, because the session has no more
    row = ["S", "KNS", made.held_on, T(8), T(11), 180, "xác nhận"]
    found = bring_in({"Buổi học": [row], "Điểm danh": [["S", "HD-0001", "", "có mặt", 90]]})
    assert counts(found) == (0, 1, 1)
    assert Attendance.objects.get().minutes == 90


# ---- attendance


@pytest.mark.parametrize(
    ("word", "minutes", "expected"),
    [
        ("có mặt", None, ("present", 180)),
        ("muộn", "", ("late", 180)),
        ("Muộn", 90, ("late", 90)),
        ("có phép", None, ("excused", 0)),
        ("Vắng", None, ("absent", 0)),
        ("vắng", 0, ("absent", 0)),
        ("CÓ MẶT", 0, ("present", 0)),
    ],
)
def test_attendance_and_its_minutes(an, word, minutes, expected):
    found = bring_in(small(["KNS-01", "HD-0001", "Nguyễn Văn An", word, minutes]))
    row = Attendance.objects.get()
    assert ((row.status, row.minutes), found["warnings"]) == (expected, [])


def test_minutes_beyond_the_session_are_an_error_of_their_cell(an):
    found = bring_in(small(["KNS-01", "HD-0001", "", "có mặt", 240]))
    assert said(found) == [("Điểm danh", 2, "Số phút", "240", "The session has only 180 minutes.")]
    assert not Session.objects.exists()


def test_minutes_of_somebody_who_was_not_there_are_not_counted(an):
    found = bring_in(small(["KNS-01", "HD-0001", "", "vắng", 90]))
    assert reasons(found, "warnings") == ["Not there: the minutes are not counted."]
    assert Attendance.objects.get().minutes == 0


def test_an_unknown_code_is_an_error(an):
    found = bring_in(small(["KNS-01", "HD-0091", "Trịnh Văn Thảo", "có mặt", None]))
    assert said(found) == [("Điểm danh", 2, "Mã cán bộ", "HD-0091", "Nobody on the roster has this code.")]


def test_a_row_without_code_waits_for_a_persons_choice_even_when_the_name_is_there_once(an):
    found = bring_in(small(["KNS-01", "", "Nguyễn Văn An", "có mặt", None]))
    assert said(found, "conflicts") == [
        ("Điểm danh", 2, "Mã cán bộ", "", "No staff code: choose the person and write the code.")
    ]
    assert (found["errors"], counts(found)) == ([], (0, 0, 0))
    assert not Course.objects.exists()


def test_a_bare_number_is_the_one_code_it_fits():
    person("007", full_name="Lê Ba")
    found = bring_in(small(["KNS-01", 7, "Lê Ba", "có mặt", None]))
    assert (counts(found), Attendance.objects.get().staff.staff_code) == ((3, 0, 0), "007")


def test_a_bare_number_that_fits_several_codes_waits_for_a_choice():
    person("007"), person("0007")
    found = bring_in(small(["KNS-01", 7, "", "có mặt", None]))
    assert reasons(found, "conflicts") == ["“7” may be 0007, 007. Type the code as text."]


def test_a_number_with_a_format_of_zeros_is_padded_by_it():
    person("00007")

    def typed(book):
        book["Điểm danh"]["B2"] = 7
        book["Điểm danh"]["B2"].number_format = "00000"

    assert counts(bring_in(small(["KNS-01", "x", "", "có mặt", None]), prepare=typed)) == (3, 0, 0)


@pytest.mark.parametrize(
    "typed",
    [
        "Trần Thị Hoà",
        unicodedata.normalize("NFD", "Trần Thị Hòa"),
        " trần  thị\u200b hòa ",
    ],
)
def test_a_name_written_another_way_is_the_same_name(hoa, typed):
    found = bring_in(small(["KNS-01", "HD-0002", typed, "có mặt", None]))
    assert (counts(found), found["warnings"]) == ((3, 0, 0), [])


def test_latin_eth_for_d_with_stroke_is_the_same_name():
    person("HD-0003", full_name="Đỗ Đức")
    assert bring_in(small(["KNS-01", "HD-0003", "Ðỗ Ɖức", "có mặt", None]))["warnings"] == []


def test_the_code_decides_and_another_name_is_pointed_out(hoa):
    found = bring_in(small(["KNS-01", "HD-0002", "Trần Thị Hóa", "có mặt", None]))
    assert counts(found) == (3, 0, 0)
    assert said(found, "warnings") == [
        (
            "Điểm danh",
            2,
            "Họ và tên",
            "Trần Thị Hóa",
            "The roster has another name under this code. The code decides.",
        )
    ]


@pytest.mark.parametrize(
    ("word", "warnings"),
    [
        ("xác nhận", []),
        ("mở", ["The session is not confirmed: nothing is credited before it is."]),
        ("hủy", ["The session is cancelled: nothing is credited."]),
    ],
)
def test_attendance_in_a_session_that_is_not_confirmed_is_accepted_with_a_warning(an, word, warnings):
    sheets = small(["KNS-01", "HD-0001", "", "có mặt", None])
    sheets["Buổi học"] = [[*SESSION[:-1], word]]
    found = bring_in(sheets)
    assert (counts(found), reasons(found, "warnings")) == ((3, 0, 0), warnings)


def test_attendance_outside_service_is_accepted_with_a_warning():
    person("HD-0009", until=D(2026, 3, 10))
    found = bring_in(small(["KNS-01", "HD-0009", "", "có mặt", None]))
    assert counts(found) == (3, 0, 0)
    assert reasons(found, "warnings") == ["The person was not in service on the day of the session."]


def test_a_row_repeated_word_for_word_is_written_once_and_pointed_out(an):
    row = ["KNS-01", "HD-0001", "", "có mặt", None]
    found = bring_in(small(row, [*row[:4], 180]))
    assert (counts(found), reasons(found, "warnings")) == (
        (3, 0, 0),
        ["Row 2 says the same: written once."],
    )
    assert AttendanceEvent.objects.count() == 1


def test_two_rows_that_contradict_each_other_are_both_errors(an):
    found = bring_in(
        small(["KNS-01", "HD-0001", "", "có mặt", None], ["KNS-01", "HD-0001", "", "vắng", None])
    )
    assert said(found) == [
        (
            "Điểm danh",
            2,
            "Mã buổi học",
            "KNS-01",
            "Row 3 names the same record with other contents. Keep one of them.",
        ),
        (
            "Điểm danh",
            3,
            "Mã buổi học",
            "KNS-01",
            "Row 2 names the same record with other contents. Keep one of them.",
        ),
    ]
    assert not Attendance.objects.exists()


def test_a_file_overrules_a_scan_and_a_roll_and_is_overruled_by_a_later_roll(an):
    made = session(course("KNS"), code="S")
    attended(an, made, source="scan")
    bring_in({"Điểm danh": [["S", "HD-0001", "", "vắng", None]]})
    assert Attendance.objects.get().status == "absent"
    attended(an, made, "late", 60)
    assert (Attendance.objects.get().status, Attendance.objects.get().minutes) == ("late", 60)
    bring_in({"Điểm danh": [["S", "HD-0001", "", "có mặt", None]]})
    assert (Attendance.objects.get().status, Attendance.objects.get().minutes) == ("present", 180)


# ---- credits from outside


def credit(*cells):
    return {"Tín chỉ ngoài": [["HD-0001", D(2026, 4, 1), 60, "Học viện", "G1", *cells]]}


def test_yes_without_a_name_is_verified_by_whoever_imports(an, hoa):
    bring_in(credit("Có", "", "HD-0001", ""), importer=Importer("HD-0002", "Trần Thị Hòa"))
    made = OutsideCredit.objects.get()
    assert (made.state, made.verifier, made.verifier_name) == ("verified", hoa, "Trần Thị Hòa")
    again = bring_in(credit("Có", "", "HD-0001", ""), importer=Importer("HD-0001", "Nguyễn Văn An"))
    assert counts(again) == (0, 0, 1)


@pytest.mark.parametrize(
    ("cells", "importer", "reason"),
    [
        (
            ("Có", "", "HD-0002", ""),
            "HD-0002",
            "Whoever brings the file in would verify their own credit. Write another official's code.",
        ),
        (
            ("Có", "", "HD-0002", "HD-0002"),
            "",
            "Whoever handed the credit in does not verify it. Write another official's code.",
        ),
        (
            ("Có", "", "", "HD-0001"),
            "",
            "Whoever handed the credit in does not verify it. Write another official's code.",
        ),
        (("Có", "", "", "HD-0077"), "", "Nobody on the roster has this code."),
        (("Không", "", "HD-0077", ""), "", "Nobody on the roster has this code."),
        (("Có", "digital-skills, innovation", "", ""), "", "One requirement a row: write a row for each."),
        (("có lẽ", "", "", ""), "", "Write Có or Không."),
    ],
)
def test_credits_nobody_may_verify_like_that(an, hoa, cells, importer, reason):
    found = bring_in(credit(*cells), importer=Importer(importer, "x"))
    assert reasons(found) == [reason]
    assert not OutsideCredit.objects.exists()


@pytest.mark.parametrize("word", ["Không", "", None])
def test_without_yes_a_credit_waits(an, word):
    bring_in(credit(word, "", "", ""))
    assert OutsideCredit.objects.get().state == "submitted"


def test_a_refused_credit_stays_refused_until_the_file_says_yes(an, hoa):
    outside(an, D(2026, 4, 1), 60, state="refused", certificate_number="G1", issuer="Học viện")
    assert counts(bring_in(credit("Không", "", "", ""))) == (0, 0, 1)
    assert counts(bring_in(credit("Có", "", "", "HD-0002"))) == (0, 1, 0)
    assert OutsideCredit.objects.get().state == "verified"


@pytest.mark.parametrize(
    ("cell", "number_format", "stored"), [(12, "0000", "0012"), (12, "General", "12"), ("0012", "@", "0012")]
)
def test_numbers_of_certificates_keep_their_zeros(an, cell, number_format, stored):
    def typed(book):
        book["Tín chỉ ngoài"]["E2"] = cell
        book["Tín chỉ ngoài"]["E2"].number_format = number_format

    bring_in(credit("Có"), prepare=typed)
    assert OutsideCredit.objects.get().certificate_number == stored


def test_two_certificates_of_one_day_are_two_credits(an):
    rows = [["HD-0001", D(2026, 4, 1), 60, "", number, "Có"] for number in ("G1", "G2")]
    assert counts(bring_in({"Tín chỉ ngoài": rows})) == (2, 0, 0)


def test_a_credit_needs_minutes(an):
    for minutes, reason in (
        (None, "Nothing stands here. Fill in “Số phút”."),
        (0, "Write a whole number of minutes, for example 180."),
    ):
        found = bring_in({"Tín chỉ ngoài": [["HD-0001", D(2026, 4, 1), minutes, "", "G1", "Có"]]})
        assert reasons(found) == [reason]


# ---- exemptions


def free(approver="", end=None):
    return {"Miễn": [["HD-0001", "", D(2026, 1, 1), end, "5/QĐ", approver]]}


def test_a_request_is_approved_by_a_later_file(an, hoa):
    bring_in(free(), importer=Importer("HD-0001", "Nguyễn Văn An"))
    made = Exemption.objects.get()
    assert (made.state, made.requester) == ("requested", an)
    assert counts(bring_in(free("HD-0002"))) == (0, 1, 0)
    made = Exemption.objects.get()
    assert (made.state, made.approver, made.approver_name) == ("approved", hoa, "Trần Thị Hòa")


def test_an_approved_exemption_stays_approved_without_a_name_in_the_file(an, hoa):
    bring_in(free("HD-0002"))
    assert counts(bring_in(free("", D(2026, 12, 1)))) == (0, 1, 0)
    made = Exemption.objects.get()
    assert (made.state, made.approver, made.end_before) == ("approved", hoa, D(2026, 12, 1))


@pytest.mark.parametrize(
    ("approver", "end", "importer", "reason"),
    [
        ("HD-0001", None, "", "Nobody approves their own exemption."),
        ("HD-0002", None, "HD-0002", "Whoever asks for an exemption does not approve it."),
        ("HD-0077", None, "", "Nobody on the roster has this code."),
        (
            "",
            D(2026, 1, 1),
            "",
            "This day must be after “Từ ngày”: it is the first day on which it is over.",
        ),
    ],
)
def test_exemptions_that_are_refused(an, hoa, approver, end, importer, reason):
    assert reasons(bring_in(free(approver, end), importer=Importer(importer, "x"))) == [reason]
    assert not Exemption.objects.exists()


def test_whoever_asked_does_not_approve(an, hoa):
    bring_in(free(), importer=Importer("HD-0002", "Trần Thị Hòa"))
    assert reasons(bring_in(free("HD-0002"))) == ["Whoever asks for an exemption does not approve it."]


# ---- errors and what is left


def test_skip_errors_writes_the_rest(an):
    sheets = small(
        ["KNS-01", "HD-0001", "", "có mặt", None],
        ["KNS-01", "HD-0099", "", "có mặt", None],
        ["KNS-02", "HD-0001", "", "có mặt", None],
    )
    sheets["Buổi học"].append(["KNS-02", "KNS", "12/31/2026", "08:00", "11:00", None, "mở"])
    found = bring_in(sheets, skip_errors=True)
    assert [(i["sheet"], i["row"], i["column"]) for i in found["errors"]] == [
        ("Buổi học", 3, "Ngày"),
        ("Điểm danh", 3, "Mã cán bộ"),
        ("Điểm danh", 4, "Mã buổi học"),
    ]
    assert counts(found) == (3, 0, 0)
    assert (Staff.objects.count(), Attendance.objects.count()) == (1, 1)


def test_rows_absent_from_the_file_are_left_alone(an, hoa):
    bring_in(whole())
    before = meaning()
    found = bring_in({"Khóa học": [["MOI", "Khóa mới", 2, None, None]]})
    assert counts(found) == (1, 0, 0)
    assert {k: v for k, v in meaning().items() if k != "courses"} == {
        k: v for k, v in before.items() if k != "courses"
    }


def test_a_sheet_with_its_header_alone_is_fine():
    assert counts(bring_in({"Khóa học": [COURSE], "Điểm danh": [], "Miễn": []})) == (1, 0, 0)
