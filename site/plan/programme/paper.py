"""The programme as an official paper (kế hoạch, NĐ 30/2020): drawn from the record, pure. In Vietnamese."""

from papers.documents import (
    Column,
    Document,
    Grounds,
    Paragraph,
    Section,
    Signer,
    Table,
    paragraphs,
    ward_head,
)
from papers.documents.issuers import HEAD_AUTHORITY, WARD
from papers.documents.kinds import PaperKind

from . import periods

SERIES = "KH"
GROUNDS = (
    "Kế hoạch số 178/KH-UBND ngày 12 tháng 6 năm 2026 của Ủy ban nhân dân phường Hưng Đạo triển khai Đề án "
    "“Hải Phòng - Thành phố Đổi mới sáng tạo” trên địa bàn phường Hưng Đạo",
)
_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Nội dung công việc", 42),
    Column("Đơn vị thực hiện", 22),
    Column("Thời gian", 12, "center"),
    Column("Kết quả", 18),
)


def kind(label):
    return PaperKind("chuong-trinh-cong-tac", label, WARD, SERIES)


def document(programme, items):
    """`items` in the order of the list, with unit and task; number, day and signature come later."""
    rows = tuple(
        (str(number), _what(item), item.unit.name, _when(item), item.result)
        for number, item in enumerate(items, 1)
    )
    return Document(
        head=ward_head(SERIES),
        name="KẾ HOẠCH",
        subject=f"Chương trình công tác “Phường đổi mới sáng tạo” năm {programme.year}",
        blocks=(
            Grounds(GROUNDS),
            Paragraph(
                "Ủy ban nhân dân phường ban hành chương trình công tác “Phường đổi mới sáng tạo” năm "
                f"{programme.year} như sau:"
            ),
            Section("Mục đích, yêu cầu"),
            *(paragraphs(programme.purpose) or (Paragraph(_PURPOSE.format(year=programme.year)),)),
            Section("Nội dung công việc"),
            Table(_COLUMNS, rows, f"Công việc năm {programme.year}"),
            Section("Tổ chức thực hiện"),
            Paragraph(
                "Các phòng chuyên môn, cơ quan, đơn vị thuộc phường chủ động thực hiện đúng thời gian, cập "
                "nhật kết quả trên Cổng Đổi mới sáng tạo phường. Đề nghị Ủy ban MTTQ Việt Nam và các tổ chức "
                "chính trị - xã hội phường phối hợp thực hiện. Phòng Văn hóa - Xã hội theo dõi, đôn đốc, "
                "tổng hợp báo cáo Ủy ban nhân dân phường."
            ),
        ),
        signers=(Signer(HEAD_AUTHORITY),),
        recipients=(
            "Cơ quan Ủy ban MTTQ phường",
            "Các cơ quan, đơn vị thuộc phường",
            "Lưu: VT, VHXH",
        ),
        is_sample=programme.is_sample,
    )


_PURPOSE = (
    "Cụ thể hóa các chỉ tiêu, nhiệm vụ của Kế hoạch số 178/KH-UBND trong năm {year}; xác định rõ đơn vị, "
    "thời gian và kết quả của từng công việc."
)


def _what(item):
    return f"{item.what} (nhiệm vụ {item.task.code})" if item.task else item.what


def _when(item):
    """As it stands on a paper, whatever language the page is in."""
    code = item.period
    if code == "year":
        return "Cả năm"
    number = int(code[1:])
    return f"Tháng {number}" if code[0] == "m" else f"Quý {('I', 'II', 'III', 'IV')[number - 1]}"


def in_order(items):
    return sorted(items, key=lambda item: (periods.last_month(item.period), item.order, item.pk))
