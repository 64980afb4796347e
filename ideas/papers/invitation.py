"""Giấy mời họp Hội đồng (NĐ 30/2020, Mẫu 1.7). Dossiers by code: members in conflict are invited too."""

from papers.documents import Column, Document, Paragraph, Table, council_head, council_name

from .words import SEATS, appointment_ground, council_signer, moment, person, two


def invitation(record):
    meeting = record.meeting
    return Document(
        head=council_head("GM"),
        name="GIẤY MỜI",
        subject=f"Họp {_council()} xét công nhận sáng kiến",
        blocks=(
            Paragraph(
                f"{council_name()} (thành lập theo {appointment_ground(meeting.appointment)}) trân trọng "
                "kính mời các ông (bà) có tên dưới đây tới dự phiên họp "
                f"thứ {meeting.number} năm {record.day.year} của Hội đồng."
            ),
            Paragraph(f"Chủ trì: {_presiding(record)}."),
            Paragraph(f"Thời gian: {moment(meeting.starts_at)}."),
            Paragraph(f"Địa điểm: {meeting.place}."),
            Paragraph(_agenda(record)),
            Paragraph("Thành phần mời:"),
            _guests(record),
            Paragraph(
                "Tài liệu họp có trên cổng. Thành viên không dự họp được, đề nghị báo trước cho Thư ký "
                "Hội đồng để mời ủy viên dự khuyết./."
            ),
        ),
        signers=(council_signer(record),),
        recipients=("Như thành phần mời", "Lưu: VT, HĐSK"),
        is_sample=meeting.is_sample,
    )


def _council():
    name = council_name()
    return name if name.startswith("Hội đồng") else f"Hội đồng {name}"


def _presiding(record):
    seat = record.presiding
    if seat is None or seat.staff is None:
        return SEATS["chair"]
    return person(seat.staff.full_name, SEATS[seat.role])


def _agenda(record):
    codes = ", ".join(item.initiative.code for item in record.items)
    if not codes:
        return "Nội dung: xét công nhận sáng kiến."
    return f"Nội dung: xét, biểu quyết {two(len(record.items))} sáng kiến (mã hồ sơ: {codes})."


def _guests(record):
    held = [seat for seat in record.sitting.council.seats if seat.staff]
    held.sort(key=lambda seat: (not seat.is_voting, seat.number))
    return Table(
        (
            Column("TT", 4, "center"),
            Column("Họ và tên", 14),
            Column("Trong Hội đồng", 14),
            Column("Chức vụ, đơn vị", 22),
        ),
        tuple(
            (str(number), seat.staff.full_name, SEATS[seat.role], str(record.post(seat)))
            for number, seat in enumerate(held, start=1)
        ),
        "Thành phần mời họp",
    )
