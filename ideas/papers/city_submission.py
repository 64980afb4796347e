"""Tờ trình that sends recognised initiatives to the city's council (legal.md §1.7), their list as annex."""

from django.conf import settings

from papers.documents import (
    Addressees,
    Annex,
    Column,
    Dash,
    Document,
    Paragraph,
    Table,
    council_name,
    ward_head,
    ward_name,
)

from .words import two, ward_signer


def city_submission(lines, batch, signature):
    """`lines` of the register of what goes; `batch` of `register.city`; `signature` for the ward."""
    count = len(lines)
    return Document(
        head=ward_head("TTr"),
        name="TỜ TRÌNH",
        subject=(
            "Về việc đề nghị xét công nhận sáng kiến cấp thành phố, "
            f"đợt {batch.round.number} năm {batch.round.year}"
        ),
        blocks=(
            Addressees((settings.PAPERS_CITY_COUNCIL,)),
            Paragraph(
                f"{ward_name()} đã công nhận các sáng kiến theo quy định của Điều lệ Sáng kiến. {two(count)} "
                "sáng kiến trong danh sách kèm theo đạt mức điểm để đề nghị xét ở cấp thành phố."
            ),
            Paragraph(
                f"{ward_name()} kính trình Hội đồng xem xét, công nhận phạm vi ảnh hưởng, hiệu quả áp dụng "
                f"và khả năng nhân rộng của {two(count)} sáng kiến. Hồ sơ gửi kèm gồm:"
            ),
            Dash("Danh sách sáng kiến đề nghị (Phụ lục);"),
            Dash("Đơn yêu cầu công nhận sáng kiến và tài liệu minh chứng của từng sáng kiến;"),
            Dash("Quyết định công nhận và Giấy chứng nhận sáng kiến;"),
            Dash("Biên bản họp Hội đồng có số phiếu đồng ý."),
            Paragraph(f"{ward_name()} kính đề nghị Hội đồng xem xét./."),
        ),
        signers=(ward_signer(signature.name, signature.is_deputy),),
        recipients=("Như trên", council_name(), "Lưu: VT, HĐSK"),
        annexes=(_list(lines),),
        is_sample=any("Dữ liệu mẫu" in line.note for line in lines),
    )


def _list(lines):
    columns = (
        Column("TT", 3, "center"),
        Column("Mã hồ sơ", 8),
        Column("Tên sáng kiến", 14),
        Column("Tác giả, đồng tác giả", 12),
        Column("Đơn vị", 10),
        Column("Điểm trung bình, phiếu đồng ý", 9),
        Column("Quyết định", 9),
        Column("Giấy chứng nhận", 10),
    )
    body = tuple(
        (
            str(number),
            line.code,
            line.title,
            line.authors,
            line.unit,
            line.score,
            line.decision,
            line.certificates,
        )
        for number, line in enumerate(lines, start=1)
    )
    title = "Danh sách sáng kiến đề nghị xét công nhận cấp thành phố"
    return Annex(title, (Table(columns, body, title),), attached_to="Tờ trình", landscape=True)
