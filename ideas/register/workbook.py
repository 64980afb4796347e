"""The register as an Excel file: its twenty columns under their official headings, made to be printed."""

from django.conf import settings
from django.utils import timezone

from people.workbook import A3, PrintedSheet, save_workbook

from .outcome import RECEIVED
from .words import asked_in_words

HEADINGS = (
    ("Số thứ tự", 8),
    ("Mã số đơn", 16),
    ("Ngày nhận", 12),
    ("Số biên nhận", 9),
    ("Tên sáng kiến", 36),
    ("Tác giả, đồng tác giả (tỷ lệ đóng góp)", 30),
    ("Đơn vị", 22),
    ("Lĩnh vực", 18),
    ("Chủ đầu tư tạo ra sáng kiến", 20),
    ("Ngày áp dụng lần đầu", 12),
    ("Ngày chấp nhận đơn", 12),
    ("Hạn trả lời", 12),
    ("Kết quả", 18),
    ("Điểm trung bình, tỷ lệ phiếu đồng ý", 20),
    ("Số, ngày quyết định", 22),
    ("Số, ngày giấy chứng nhận", 24),
    ("Cấp gửi tiếp", 18),
    ("Khen thưởng, thù lao", 18),
    ("Tình trạng áp dụng, nhân rộng", 26),
    ("Ghi chú", 26),
)
TITLE = "SỔ THEO DÕI SÁNG KIẾN"


def write_register(file, lines, asked):
    """`lines` (an iterator of `Line`) into an open binary file, a row at a time."""
    sheet = PrintedSheet(
        name="Sổ theo dõi",
        columns=HEADINGS,
        rows=(line.cells for line in lines),
        above=(TITLE, settings.PAPERS_BODY_NAME, asked_in_words(asked), printed_on()),
        numbered=True,
        paper=A3,  # twenty columns
    )
    save_workbook(file, [sheet], title="Sổ theo dõi sáng kiến")


def printed_on():
    return f"Số liệu lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"


def file_name(asked):
    """Plain letters: so-theo-doi-sang-kien-2026.xlsx."""
    year = f"-{asked.year}" if asked.year else ""
    basis = "" if asked.basis == RECEIVED or not asked.year else f"-{asked.basis}"
    return f"so-theo-doi-sang-kien{year}{basis}.xlsx"
