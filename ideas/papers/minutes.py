"""Biên bản họp Hội đồng (NĐ 30/2020, Mẫu 1.9): counts, not how a seat voted; no reason of an absence."""

from papers.documents import Clause, Column, Document, Paragraph, Section, Signer, Table, council_head
from papers.documents import paragraphs as lines
from scoring.words import grade_label

from .tally import counted_by
from .words import CONCLUSIONS, SEATS, moment, names_of, of_seats, person, points


def minutes(record):
    meeting = record.meeting
    return Document(
        head=council_head("BB", dated=False),
        name="BIÊN BẢN",
        subject=f"Họp Hội đồng sáng kiến, phiên thứ {meeting.number} năm {record.day.year}",
        blocks=(
            Paragraph(f"Thời gian bắt đầu: {moment(meeting.opened_at or meeting.starts_at)}."),
            Paragraph(f"Địa điểm: {meeting.place}."),
            Section("Thành phần tham dự"),
            *_attendance(record),
            Section("Nội dung"),
            *[block for item in record.items for block in _item(record, item)],
            Section("Kết luận"),
            *lines(meeting.conclusion),
            Paragraph(f"Cuộc họp kết thúc vào {moment(meeting.closed_at)}./."),
        ),
        signers=(
            Signer(("Thư ký",), record.keeping.staff.full_name if record.keeping else ""),
            Signer(("Chủ tọa",), _name(record.presiding)),
        ),
        recipients=("Thành viên Hội đồng", "Lưu: VT, hồ sơ"),
        is_sample=meeting.is_sample,
    )


def _name(seat):
    return seat.staff.full_name if seat and seat.staff else ""


def _attendance(record):
    sitting = record.sitting
    present = sitting.seats_present
    verdict = "đủ" if sitting.has_quorum else "không đủ"
    yield Paragraph(
        f"Có mặt {of_seats(present, sitting.seats)}; cần ít nhất {sitting.needed} thành viên. "
        f"Cuộc họp {verdict} điều kiện biểu quyết."
    )
    yield Paragraph(f"Chủ tọa: {_named(record.presiding)}.")
    yield Paragraph(f"Thư ký: {_named(record.keeping)}.")
    if record.counters:
        yield from counted_by(record.counters)
    seats = [seat for seat in sitting.council.seats if seat.staff]
    seats.sort(key=lambda seat: (not seat.is_voting, seat.number))
    yield Table(
        (
            Column("TT", 4, "center"),
            Column("Họ và tên", 13),
            Column("Trong Hội đồng", 13),
            Column("Chức vụ, đơn vị", 18),
            Column("Có mặt", 8),
        ),
        tuple(
            (
                str(number),
                seat.staff.full_name,
                SEATS[seat.role],
                str(record.post(seat)),
                _presence(sitting, seat),
            )
            for number, seat in enumerate(seats, start=1)
        ),
        "Thành phần tham dự",
    )


def _named(seat):
    return person(seat.staff.full_name, SEATS[seat.role]) if seat and seat.staff else "……………………………………"


def _presence(sitting, seat):
    row = sitting.roll.get(seat.pk)
    if row is None:
        return "–"
    if row.is_present:
        return "Có mặt"
    return "Vắng có lý do" if row.reason else "Vắng"


def _item(record, item):
    initiative, sitting = item.initiative, record.sitting
    yield Clause(f"Hồ sơ {initiative.code}: {initiative.title}", titled=True)
    yield Paragraph(f"Tác giả: {names_of(initiative)}.")
    if leads := record.leads.get(initiative.pk):
        yield Paragraph(f"Ủy viên phụ trách trình bày: {'; '.join(lead.staff.full_name for lead in leads)}.")
    yield from _scores(initiative)
    presider = sitting.presiding(initiative)
    if presider is not None and record.presiding is not None and presider.pk != record.presiding.pk:
        yield Paragraph(f"Điều hành nội dung này: {_named(presider)}.")
    yield from _recusals(sitting, initiative)
    yield Paragraph(_ballot(item) if item.mode == "secret" else "Hình thức: biểu quyết công khai.")
    count = sitting.count(item)
    yield Paragraph(
        f"Kết quả: đồng ý {of_seats(count.votes_for, count.seats)}, không đồng ý {count.votes_against}, "
        f"không biểu quyết {count.not_voting}; cần ít nhất {count.needed} thành viên đồng ý."
    )
    yield Paragraph(f"Hội đồng {CONCLUSIONS[item.conclusion]}.")


def _scores(initiative):
    result = initiative.current_result
    if result is None:
        return
    grade = grade_label(initiative.rubric.rubric, result.grade) if initiative.rubric and result.grade else ""
    yield Paragraph(
        f"Chấm điểm độc lập: {result.submitted}/{result.expected} phiếu, điểm trung bình "
        f"{points(result.mean)}{f', xếp loại {grade}' if grade else ''}."
    )


def _recusals(sitting, initiative):
    """Who did not vote because of the dossier itself, and who voted in whose place."""
    aside = [
        f"{seat.staff.full_name} ({_tie(initiative, seat)})"
        for seat in sitting.council.seats
        if seat.staff and sitting.concerned(seat.staff_id, initiative)
    ]
    if aside:
        yield Paragraph(f"Không tham gia xét và biểu quyết: {'; '.join(aside)}.")
    standing = [
        f"{filled.staff.full_name} (thay {_name(filled.seat) or f'thành viên số {filled.seat.number}'})"
        for filled in sitting.voters(initiative)
        if filled.alternate
    ]
    if standing:
        yield Paragraph(f"Ủy viên dự khuyết biểu quyết thay: {'; '.join(standing)}.")


def _tie(initiative, seat):
    return "tác giả" if seat.staff_id in initiative.author_staff_ids else "có xung đột lợi ích"


def _ballot(item):
    return (
        f"Hình thức: bỏ phiếu kín. Phát ra {item.issued} phiếu, thu về {item.returned} phiếu, "
        f"hợp lệ {item.valid} phiếu, không hợp lệ {item.invalid} phiếu."
    )
