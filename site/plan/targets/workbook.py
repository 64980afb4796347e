"""What the board shows, as an Excel file made to be printed."""

from django.conf import settings
from django.utils import timezone, translation

from people.workbook import A3, PrintedSheet, save_workbook

from . import wording

HEADINGS = (
    ("Mã", 6),
    ("Nhóm", 20),
    ("Chỉ tiêu", 46),
    ("Đơn vị chủ trì", 24),
    ("Đơn vị phối hợp", 24),
    ("Cách tính", 40),
    ("Mục tiêu", 16),
    ("Mức phấn đấu trong năm", 12),
    ("Số đạt được", 12),
    ("Trên tổng số", 12),
    ("Kết quả", 18),
    ("Số liệu tính đến ngày", 12),
    ("Nguồn", 28),
    ("Người báo cáo", 18),
    ("Tiến độ", 16),
    ("Căn cứ đánh giá", 44),
    ("Ghi chú", 26),
)
TITLE = "TIẾN ĐỘ THỰC HIỆN CÁC CHỈ TIÊU"


def write_board(file, board):
    """`board` (`board.Board`) into an open binary file; in Vietnamese, as every paper of the ward."""
    with translation.override("vi"):
        sheet = PrintedSheet(
            name=f"Chỉ tiêu {board.asked.year}",
            columns=HEADINGS,
            rows=[_cells(row.line) for row in board.rows],
            above=(TITLE, settings.PAPERS_BODY_NAME, _asked(board), f"Lập lúc {_now()}"),
            numbered=True,
            paper=A3,
        )
        save_workbook(file, [sheet], title=f"Tiến độ chỉ tiêu năm {board.asked.year}")


def file_name(board):
    return f"chi-tieu-{board.asked.year}.xlsx"


def _now():
    return f"{timezone.localtime():%H:%M ngày %d/%m/%Y}"


def _asked(board):
    asked = board.asked
    said = [f"Năm {asked.year}"]
    if asked.group:
        said.append(f"nhóm {asked.group}")
    if asked.unit:
        said.append(f"đơn vị {asked.unit}")
    if asked.state:
        said.append(f"tiến độ: {board.rows[0].line.standing.label if board.rows else asked.state}")
    if asked.unconfirmed:
        said.append("chủ trì chưa xác nhận")
    return ", ".join(said)


def _cells(line):
    held, definition = line.held, line.definition
    return (
        line.code,
        line.target.group.name,
        line.target.text,
        _names(line, "lead"),
        _names(line, "coordinate"),
        _how(definition),
        wording.goal_of(definition),
        line.expected_value,
        held.measure.numerator if held else None,
        held.measure.denominator if held else None,
        "\n".join(filter(None, [wording.value_of(held), held.words if held else ""])),
        held.as_of if held else None,
        "Cổng tự tính" if held and held.is_computed else held.source if held else "",
        held.by_name if held else "",
        str(line.standing.label),
        wording.why(line),
        "; ".join(filter(None, ["tính theo cách cũ" if line.by_an_older_definition else "", _lacking(line)])),
    )


def _names(line, part):
    return "; ".join(
        f"{one.unit.name} (dự kiến)" if one.is_suggested else one.unit.name
        for one in line.parts
        if one.part == part
    )


def _how(definition):
    if not definition.denominator:
        return definition.numerator
    return f"{definition.numerator} / {definition.denominator}"


def _lacking(line):
    return wording.units_missing(line)
