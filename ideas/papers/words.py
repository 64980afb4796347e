"""What the papers say alike, in Vietnamese whatever the reader's language: no catalogue is asked."""

from fractions import Fraction

from django.utils import timezone

from papers.documents import Signer, ward_name
from papers.documents.issuers import DEPUTY_AUTHORITY, HEAD_AUTHORITY
from scoring.result import COMPLETE_AGAIN, FAIL, PASS
from vietnamese.dates import long_date, spoken_date
from vietnamese.numbers import format_decimal, format_percent

BLANK = "…" * 24  # what the record does not know is left to be written

SEATS = {
    "chair": "Chủ tịch Hội đồng",
    "vice_chair": "Phó Chủ tịch Hội đồng",
    "secretary": "Ủy viên thư ký",
    "member": "Ủy viên",
    "alternate": "Ủy viên dự khuyết",
}
CONCLUSIONS = {
    "recognise": "đề nghị công nhận sáng kiến",
    "decline": "không đề nghị công nhận sáng kiến",
    "complete_again": "đề nghị tác giả hoàn thiện hồ sơ để xét lại",
}
VERDICTS = {PASS: "Đạt", COMPLETE_AGAIN: "Hoàn thiện, chấm lại", FAIL: "Không đạt"}
DECREE = "Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 của Chính phủ ban hành Điều lệ Sáng kiến"
CIRCULAR = (
    "Thông tư số 18/2013/TT-BKHCN ngày 01 tháng 8 năm 2013 của Bộ trưởng Bộ Khoa học và Công nghệ hướng dẫn "
    "thi hành một số quy định của Điều lệ Sáng kiến được ban hành theo Nghị định số 13/2012/NĐ-CP"
)
LOCAL_GOVERNMENT = "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"


def moment(at):
    """ "14 giờ 00 phút, thứ Sáu, ngày 18 tháng 12 năm 2026", local."""
    local = timezone.localtime(at)
    weekday = spoken_date(local, "vi").partition(",")[0]
    return f"{local:%H} giờ {local:%M} phút, {weekday}, {long_date(local)}"


def day_of(at):
    return long_date(timezone.localtime(at))


def two(number):
    """Counts below ten with a 0, as papers write them."""
    return f"{number:02d}"


def points(value):
    return "" if value is None else format_decimal(value, 2, "vi")


def of_seats(votes, seats):
    """ "5/7 thành viên (71,4 %)". Whether it is enough is never read from the percentage."""
    share = Fraction(100 * votes, seats) if seats else 0
    return f"{votes}/{seats} thành viên ({format_percent(share, 1, 'vi')})"


def quoted(title):
    return f"“{title}”"


def person(name, *about):
    """ "ông (bà) Vũ Thị Lan, Chuyên viên": what is not known leaves no comma."""
    return ", ".join(filter(None, (f"ông (bà) {name}", *about)))


def authors_of(initiative):
    """The authors, the main one first."""
    return sorted(initiative.authors.all(), key=lambda author: (not author.is_main, author.order, author.pk))


def names_of(initiative):
    """ "Bùi Thị Ngọc; Đỗ Minh Tuấn"."""
    return "; ".join(author.full_name for author in authors_of(initiative))


def council_signer(record):
    """Whoever presides signs for the council; the office in the ward below, since the ward's seal is used."""
    seat = record.presiding
    if seat is None or seat.staff is None:
        return Signer(("TM. HỘI ĐỒNG", "CHỦ TỊCH"))
    lines = ("CHỦ TỊCH",) if seat.role == "chair" else ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    return Signer(("TM. HỘI ĐỒNG", *lines), seat.staff.full_name, office=record.post(seat).position.upper())


def ward_signer(name="", is_deputy=False):
    return Signer(DEPUTY_AUTHORITY if is_deputy else HEAD_AUTHORITY, name)


def appointment_ground(appointment):
    return (
        f"Quyết định số {appointment.decision_number} {long_date(appointment.decided_on)} của {ward_name()} "
        "về việc thành lập Hội đồng sáng kiến"
    )
