"""Giấy biên nhận đơn yêu cầu công nhận sáng kiến (TT 18/2013, Phụ lục II), with the day of the answer."""

from papers.documents import Clause, Dash, Document, Paragraph, Signer, council_head, ward_name
from vietnamese.dates import long_date

from .words import authors_of, two


def receipt(record):
    initiative = record.initiative
    authors = authors_of(initiative)
    applicant = next((author for author in authors if author.is_main), authors[0])
    others = len(authors) - 1
    return Document(
        head=council_head("", dated=True),
        name="GIẤY BIÊN NHẬN",
        subject="Đơn yêu cầu công nhận sáng kiến",
        blocks=(
            Clause(f"Cơ sở được yêu cầu công nhận sáng kiến: {ward_name()}."),
            Clause(f"Tên sáng kiến: {record.title} (mã hồ sơ {initiative.code})."),
            Clause(
                f"Người nộp đơn: {applicant.full_name}"
                f"{f', {applicant.workplace}' if applicant.workplace else ''}"
                f"{f' (và {two(others)} đồng tác giả)' if others else ''}."
            ),
            Clause(f"Ngày nhận đơn: {long_date(record.received_on)}."),
            Clause("Tài liệu kèm theo đơn:"),
            *(Dash(name) for name in record.documents or ("Không có",)),
            Clause(
                "Ngày trả lời việc chấp nhận đơn: chậm nhất "
                f"{long_date(record.answer_due) if record.answer_due else 'một tháng kể từ ngày nhận đơn'}."
            ),
            Paragraph(
                "Giấy biên nhận này lập thành hai bản: người nộp đơn giữ một bản, Hội đồng giữ một bản."
            ),
        ),
        signers=(
            Signer(("Người nộp đơn",), applicant.full_name, note="(Ký, ghi rõ họ tên)"),
            Signer(("Người nhận đơn",), record.receiver, note="(Ký, ghi rõ họ tên)"),
        ),
        is_sample=initiative.is_sample,
    )
