"""Official papers as PDF and as Word: minutes of ten items, a decision with a hundred authors, the
application of a dossier whose every box is full, and that form printed blank.
"""

import statistics
import time

BUDGETS = {
    "minutes.pdf_first_ms": ("<=", 300),
    "minutes.pdf_median_ms": ("<=", 300),
    "minutes.docx_median_ms": ("<=", 500),
    "decision.pdf_median_ms": ("<=", 300),
    "decision.docx_median_ms": ("<=", 500),
    "application.pdf_first_ms": ("<=", 300),
    "application.pdf_median_ms": ("<=", 300),
    "application.docx_median_ms": ("<=", 500),
    "blank.pdf_median_ms": ("<=", 300),
}
TIMES = 15


def run():
    """Milliseconds and bytes; needs no database. Each PDF has other words, so that nothing is remembered."""
    papers = {"minutes": _minutes, "decision": _decision, "application": _application, "blank": _blank}
    return {name: _measure(made) for name, made in papers.items()}


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


def _template():
    from ideas.application.definition import read_template
    from ideas.application.shipped import SHIPPED

    return read_template(SHIPPED[0]["definition"])


def _application(number):
    """Ten authors, ten people of the first use, and 3,000 characters in each long box."""
    from ideas.application.filling import filled
    from ideas.application.paper import application_paper

    template = _template()
    person = {
        "full_name": f"Nguyễn Thị Ngọc {number}",
        "birth_date": "1985-03-02",
        "workplace": "Trung tâm Phục vụ hành chính công",
        "job_title": "Viên chức",
        "qualification": "Cử nhân Hành chính",
        "share": "10.00",
        "support": "Dùng thử, ghi nhận xét hằng tuần",
    }
    short = {"date": "2026-08-21", "amount": "12500000", "text": f"Nhắc hạn bằng bảng màu, lần {number}"}
    long = "Một bảng màu dùng chung: xanh còn hạn, vàng còn 2 ngày, đỏ quá hạn.\n" * 45
    values = {field.key: short.get(field.kind, long) for field in template.fields}
    values |= {"has_confidential_part": True, "uses_public_money": False, "kind": "operational_solution"}
    values |= {"authors": [person] * 10, "participants": [person] * 10}
    return application_paper(
        template,
        filled(template, values, field_name="Cải cách hành chính"),
        applicant=person["full_name"],
        running="Hồ sơ SK-2026-HD15: bản nộp lần 01",
        attachments=[f"minh-chung-{file}.pdf" for file in range(10)],
    )


def _blank(number):
    from ideas.application.paper import blank_paper
    from papers.documents import Code

    code = Code("K7QM-4TXD", f"https://doimoi.example/tu-don-giay/{number}/", "Mã của đơn này.")
    return blank_paper(_template(), code, ["Cải cách hành chính"] * 10)


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
