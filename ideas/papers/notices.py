"""Thông báo từ chối chấp nhận đơn, không công nhận: the reason and how to complain, no score, no vote."""

from papers.documents import Addressees, Document, Paragraph, paragraphs, ward_head, ward_name
from vietnamese.dates import long_date

from .words import BLANK, authors_of, day_of, quoted, ward_signer

_COMPLAINT = (
    "Tác giả không đồng ý với nội dung trên có quyền khiếu nại đến Chủ tịch {ward} trong thời hạn "
    "90 ngày kể từ ngày nhận được thông báo này, theo quy định của Luật Khiếu nại./."
)


def refusal(record):
    """NĐ 13/2012, Điều 6: an application is refused in writing, with its reasons."""
    initiative = record.initiative
    return _notice(
        record,
        subject="Về việc từ chối chấp nhận đơn yêu cầu công nhận sáng kiến",
        told=(
            f"Ngày nhận đơn: {long_date(initiative.received_on)}. Sau khi xem xét đơn yêu cầu công nhận sáng "
            f"kiến {quoted(initiative.title)} (mã hồ sơ {initiative.code}), {ward_name()} từ chối chấp nhận "
            "đơn vì lý do sau:"
        ),
    )


def non_recognition(record):
    """NĐ 13/2012, Điều 7: recognition is refused in writing, with its reasons."""
    initiative = record.initiative
    met = f" {day_of(record.meetings[-1].starts_at)}" if record.meetings else ""
    return _notice(
        record,
        subject="Về việc không công nhận sáng kiến",
        told=(
            f"Sau khi xem xét kết quả họp Hội đồng sáng kiến{met} về sáng kiến {quoted(initiative.title)} "
            f"(mã hồ sơ {initiative.code}), {ward_name()} không công nhận sáng kiến vì lý do sau:"
        ),
    )


def _notice(record, *, subject, told):
    initiative = record.initiative
    return Document(
        head=ward_head("TB"),
        name="THÔNG BÁO",
        subject=subject,
        blocks=(
            Addressees(tuple(_addressee(author) for author in authors_of(initiative))),
            Paragraph(told),
            *(paragraphs(initiative.public_reason) or (Paragraph(BLANK),)),
            Paragraph(_COMPLAINT.format(ward=ward_name())),
        ),
        signers=(ward_signer(record.signature.name, record.signature.is_deputy),),
        recipients=("Như trên", "Hội đồng sáng kiến", "Lưu: VT, HĐSK"),
        is_sample=initiative.is_sample,
    )


def _addressee(author):
    return ", ".join(filter(None, (f"Ông (bà) {author.full_name}", author.workplace)))
