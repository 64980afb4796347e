"""Official papers as PDF and as Word: minutes of ten items, and a decision with a hundred authors."""

import statistics
import time

BUDGETS = {
    "minutes.pdf_first_ms": ("<=", 300),
    "minutes.pdf_median_ms": ("<=", 300),
    "minutes.docx_median_ms": ("<=", 500),
    "decision.pdf_median_ms": ("<=", 300),
    "decision.docx_median_ms": ("<=", 500),
}
TIMES = 15


def run():
    """Milliseconds and bytes; needs no database. Each PDF has other words, so that nothing is remembered."""
    return {"minutes": _measure(_minutes), "decision": _measure(_decision)}


def _measure(made):
    pdf, pdf_bytes = _times(made, "pdf")
    docx, docx_bytes = _times(made, "docx")
    return {
        "pdf_first_ms": round(pdf[0], 1),
        "pdf_median_ms": round(statistics.median(pdf), 1),
        "docx_median_ms": round(statistics.median(docx), 1),
        "pdf_bytes": pdf_bytes,
        "docx_bytes": docx_bytes,
    }


def _times(made, face):
    from papers.documents import draw, freeze

    times, size = [], 0
    for number in range(TIMES):
        document = made(number)
        began = time.perf_counter()
        size = len(draw(freeze(document).data, face).content)
        times.append((time.perf_counter() - began) * 1000)
    return times, size


def _minutes(number):
    from papers.documents import Clause, Document, Paragraph, Section, Signer, council_head

    items = [
        block
        for item in range(10)
        for block in (
            Clause(f"Hồ sơ SK-2026-HD{item}: Nhắc hạn hồ sơ bằng bảng màu {number}", titled=True),
            *(Paragraph("Kết quả: đồng ý 6/7 ghế; cần ít nhất 5 ghế. " * 3) for _ in range(4)),
        )
    ]
    return Document(
        head=council_head("BB", dated=False),
        name="BIÊN BẢN",
        subject=f"Họp Hội đồng sáng kiến, phiên thứ {number}",
        blocks=(Section("Thành phần"), _people(10), Section("Nội dung"), *items),
        signers=(Signer(("Thư ký",), "Trần Văn Bình"), Signer(("Chủ tọa",), "Phạm Quốc Khánh")),
        recipients=("Thành viên Hội đồng", "Lưu: VT, hồ sơ"),
    )


def _decision(number):
    from papers.documents import Annex, Article, Authority, Document, Grounds, Signer, ward_head

    return Document(
        head=ward_head("QĐ"),
        name="QUYẾT ĐỊNH",
        subject=f"Về việc công nhận sáng kiến, lần {number}",
        blocks=(
            Authority("ỦY BAN NHÂN DÂN PHƯỜNG HƯNG ĐẠO"),
            Grounds(tuple(f"Căn cứ văn bản số {ground}" for ground in range(4))),
            *(Article("Công nhận các sáng kiến trong danh sách kèm theo.") for _ in range(3)),
        ),
        signers=(Signer(("TM. Ủy ban nhân dân", "Chủ tịch"), "Phạm Văn Minh"),),
        annexes=(Annex("Danh sách sáng kiến được công nhận", (_people(100),), "Quyết định"),),
    )


def _people(count):
    from papers.documents import Column, Table

    columns = (
        Column("TT", 4, "center"),
        Column("Họ và tên", 15),
        Column("Chức danh", 12),
        Column("Nơi công tác", 17),
    )
    rows = tuple(
        (str(row), f"Nguyễn Thị Ngọc {row}", "Viên chức", "Trung tâm Phục vụ hành chính công")
        for row in range(1, count + 1)
    )
    return Table(columns, rows, "Danh sách")
