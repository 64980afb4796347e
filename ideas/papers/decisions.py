"""Quyết định công nhận, đính chính, hủy bỏ: drafts for the head to sign, or as decided (NĐ 13/2012 Đ7)."""

from datetime import date

from papers.documents import (
    Annex,
    Article,
    Authority,
    Column,
    Document,
    Grounds,
    Paragraph,
    SpanRow,
    Table,
    council_name,
    ward_head,
    ward_name,
)
from vietnamese.dates import long_date, short_date

from .words import (
    BLANK,
    CIRCULAR,
    DECREE,
    LOCAL_GOVERNMENT,
    appointment_ground,
    authors_of,
    day_of,
    names_of,
    quoted,
    two,
    ward_signer,
)

_FIELDS = {
    "title": "Tên sáng kiến",
    "full_name": "Họ và tên tác giả",
    "birth_date": "Ngày sinh",
    "workplace": "Nơi công tác",
    "job_title": "Chức danh",
    "qualification": "Trình độ chuyên môn",
}


def recognition(record):
    """One decision for one or several initiatives; the authors stand in the annex."""
    count = len(record.initiatives)
    return _decision(
        record,
        subject=f"Về việc công nhận sáng kiến năm {_year(record)}",
        grounds=(*_council_grounds(record), *_proposals(record)),
        articles=(
            Article(_recognised(record, count)),
            Article(
                "Tác giả, đồng tác giả có tên trong danh sách được cấp Giấy chứng nhận sáng kiến, có các "
                "quyền và nghĩa vụ theo quy định của Điều lệ Sáng kiến."
            ),
            Article(_charged("các tác giả, đồng tác giả có tên tại Điều 1")),
        ),
        annexes=(_list(record),),
    )


def correction(record):
    initiative = record.initiative
    return _decision(
        record,
        subject="Về việc đính chính Quyết định công nhận sáng kiến",
        grounds=(_of_recognition(record),),
        articles=(
            Article(
                f"Đính chính nội dung về sáng kiến {quoted(initiative.title)} (mã hồ sơ {initiative.code}) "
                f"được công nhận tại {_named_recognition(record)}, như sau:"
            ),
            _changes(record.changed),
            Paragraph(f"Lý do: {(record.reason or BLANK).rstrip('.')}."),
            Article(
                "Giấy chứng nhận sáng kiến đã cấp được thay bằng giấy mới; các nội dung khác không thay đổi."
            ),
            Article(_charged("các tác giả, đồng tác giả của sáng kiến")),
        ),
    )


def revocation(record):
    initiative = record.initiative
    return _decision(
        record,
        subject="Về việc hủy bỏ việc công nhận sáng kiến",
        grounds=(_of_recognition(record),),
        articles=(
            Article(
                f"Hủy bỏ việc công nhận sáng kiến {quoted(initiative.title)} (mã hồ sơ {initiative.code}) "
                f"của {names_of(initiative)} tại {_named_recognition(record)}."
            ),
            Paragraph(f"Lý do: {(record.reason or BLANK).rstrip('.')}."),
            Article(
                "Giấy chứng nhận sáng kiến đã cấp không còn giá trị. Việc hủy bỏ được ghi vào sổ theo dõi "
                "và công bố trên trang xác minh giấy chứng nhận."
            ),
            Article(_charged("các tác giả, đồng tác giả của sáng kiến")),
        ),
    )


# ---- what they share


def _decision(record, *, subject, grounds, articles, annexes=()):
    signature = record.signature
    return Document(
        head=ward_head("QĐ"),
        name="QUYẾT ĐỊNH",
        subject=subject,
        blocks=(
            Authority(ward_name().upper()),
            Grounds(tuple(f"Căn cứ {ground}" for ground in (LOCAL_GOVERNMENT, DECREE, CIRCULAR)) + grounds),
            Authority("QUYẾT ĐỊNH:"),
            *articles,
        ),
        signers=(ward_signer(signature.name, signature.is_deputy),),
        recipients=("Như Điều 3", council_name(), "Lưu: VT, HĐSK"),
        annexes=annexes,
        is_sample=record.initiative.is_sample,
    )


def _year(record):
    if record.decision is not None:
        return record.decision.decided_on.year
    return record.initiative.round.year


def _council_grounds(record):
    appointments = {meeting.appointment.pk: meeting.appointment for meeting in record.meetings}
    return tuple(f"Căn cứ {appointment_ground(appointment)}" for appointment in appointments.values())


def _proposals(record):
    return tuple(
        f"Theo đề nghị của {council_name()} tại Biên bản họp "
        f"{f'số {number} ' if (number := record.minutes.get(meeting.pk)) else ''}{day_of(meeting.starts_at)}"
        for meeting in record.meetings
    )


def _recognised(record, count):
    if count == 1:
        initiative = record.initiative
        return (
            f"Công nhận sáng kiến {quoted(initiative.title)} (mã hồ sơ {initiative.code}) của "
            f"{two(len(authors_of(initiative)))} tác giả, đồng tác giả (có danh sách kèm theo)."
        )
    people = sum(len(authors_of(initiative)) for initiative in record.initiatives)
    return (
        f"Công nhận {two(count)} sáng kiến của {two(people)} tác giả, đồng tác giả (có danh sách kèm theo)."
    )


def _charged(authors):
    return (
        "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân "
        f"phường, {council_name()}, thủ trưởng các đơn vị liên quan và {authors} chịu trách nhiệm thi hành "
        "Quyết định này./."
    )


def _list(record):
    """Grouped by initiative; no share, no birth date: the decision needs neither."""
    rows, number = [], 0
    for place, initiative in enumerate(record.initiatives, start=1):
        rows.append(SpanRow(f"{place}. {initiative.title} (mã hồ sơ {initiative.code})"))
        for author in authors_of(initiative):
            number += 1
            part = "Tác giả chính" if author.is_main else "Đồng tác giả"
            rows.append((str(number), author.full_name, author.job_title, author.workplace, part))
    columns = (
        Column("TT", 4, "center"),
        Column("Họ và tên", 15),
        Column("Chức danh", 12),
        Column("Nơi công tác", 17),
        Column("Tư cách", 10),
    )
    title = "Danh sách sáng kiến được công nhận"
    return Annex(title, (Table(columns, tuple(rows), title),), attached_to="Quyết định")


def _of_recognition(record):
    return f"Căn cứ {_named_recognition(record)}"


def _named_recognition(record):
    made = record.recognition
    if made is None:
        return "Quyết định công nhận sáng kiến"
    return f"Quyết định số {made.number} {long_date(made.decided_on)} của {ward_name()}"


def _changes(changed):
    rows = [(_FIELDS[c["what"]], _shown(c, "old"), _shown(c, "new")) for c in changed] or [("", BLANK, BLANK)]
    columns = (Column("Nội dung", 3), Column("Đã ghi", 5), Column("Nay sửa thành", 5))
    return Table(columns, tuple(rows), "Nội dung đính chính")


def _shown(change, which):
    value = change[which]
    return short_date(date.fromisoformat(value)) if change["what"] == "birth_date" and value else value
