"""Biên bản kiểm phiếu: the totals of the secret ballots of one meeting."""

from papers.documents import Column, Document, Paragraph, Signer, Table, council_head

from .words import BLANK, moment, of_seats, person, two


def secret_items(record):
    """The items whose secret ballot is recorded."""
    return [item for item in record.items if item.mode == "secret" and item.recorded_at]


def counted_by(counters):
    """Who counted, the leader first; blank lines for a meeting held before counters were recorded."""
    others = "; ".join(person(c.staff.full_name) for c in counters if not c.is_leader)
    leader = _leader(counters)
    return (
        Paragraph(f"Tổ trưởng Tổ kiểm phiếu: {f'{person(leader)}.' if leader else BLANK}"),
        Paragraph(f"Tổ viên: {f'{others}.' if others else BLANK}"),
    )


def _leader(counters):
    return next((counter.staff.full_name for counter in counters if counter.is_leader), "")


def tally(record):
    meeting = record.meeting
    items = secret_items(record)
    return Document(
        head=council_head("BB", dated=False),
        name="BIÊN BẢN KIỂM PHIẾU",
        subject=f"Bỏ phiếu kín xét công nhận sáng kiến, phiên thứ {meeting.number} năm {record.day.year}",
        blocks=(
            Paragraph(f"Thời gian: {moment(items[-1].recorded_at)}."),
            Paragraph(f"Địa điểm: {meeting.place}."),
            *counted_by(record.counters),
            Paragraph(
                f"Hội đồng có {record.sitting.seats} thành viên; sáng kiến được đề nghị công nhận khi ít "
                f"nhất {record.sitting.needed} thành viên đồng ý. Đã bỏ phiếu kín về {two(len(items))} "
                "sáng kiến, kết quả như sau:"
            ),
            _table(items),
            Paragraph("Biên bản lập ngay sau khi kiểm phiếu./."),
        ),
        signers=(
            Signer(("Tổ trưởng Tổ kiểm phiếu",), _leader(record.counters)),
            Signer(("Chủ tọa",), record.presiding.staff.full_name if record.presiding else ""),
        ),
        recipients=("Thành viên Hội đồng", "Lưu: VT, hồ sơ"),
        landscape=True,
        is_sample=meeting.is_sample,
    )


def _table(items):
    return Table(
        (
            Column("TT", 4, "center"),
            Column("Mã hồ sơ", 9),
            Column("Tên sáng kiến", 17),
            Column("Phát ra", 4, "center"),
            Column("Thu về", 4, "center"),
            Column("Hợp lệ", 4, "center"),
            Column("Không hợp lệ", 5, "center"),
            Column("Đồng ý", 4, "center"),
            Column("Không đồng ý", 5, "center"),
            Column("Đồng ý trên tổng số thành viên", 10, "center"),
        ),
        tuple(
            (
                str(number),
                item.initiative.code,
                item.initiative.title,
                *map(str, (item.issued, item.returned, item.valid, item.invalid)),
                *map(str, (item.votes_for, item.votes_against)),
                of_seats(item.votes_for, item.seats),
            )
            for number, item in enumerate(items, start=1)
        ),
        "Kết quả kiểm phiếu",
    )
