"""Certificates: the first PDF of a process, and the following ones."""

import statistics
import time


def run():
    """Milliseconds and bytes; needs no database."""
    from papers import render

    times = []
    for i in range(101):
        began = time.perf_counter()
        pdf = render.certificate_pdf(_data(i))
        times.append((time.perf_counter() - began) * 1000)
    following = sorted(times[1:])
    return {
        "first_ms": round(times[0], 1),
        "following_median_ms": round(statistics.median(following), 1),
        "following_p95_ms": round(following[94], 1),
        "bytes": len(pdf),
    }


def _data(i):
    return {
        "template": "certificate_initiative.typ",
        "number": f"{i + 1:02d}/GCN-UBND",
        "code": "K7QM-4TXD",
        "verify_url": "https://cong.example/xac-minh/K7QM4TXD/",
        "body_lines": ["ỦY BAN NHÂN DÂN", "PHƯỜNG HƯNG ĐẠO"],
        "place": "Hưng Đạo",
        "holder_name": f"Phạm Thu Hà {i}",
        "holder_unit": "Trung tâm Phục vụ hành chính công",
        "birth_date": "1988-03-07",
        "position": "Viên chức",
        "degree": "Thạc sĩ Quản lý công",
        "title": "Phiếu hẹn trả kết quả có mã QR và tin nhắn nhắc ngày hẹn",
        "co_authors": ["Đỗ Quang Huy"],
        "investor": "Ủy ban nhân dân phường Hưng Đạo",
        "summary": "In mã QR trên phiếu hẹn để người dân tự tra tình trạng hồ sơ.",
        "benefit": "Người dân bớt một lần đi lại cho mỗi hồ sơ.",
        "decision_number": "402/QĐ-UBND",
        "decision_on": "2026-10-14",
        "issued_on": "2026-10-16",
        "signing_authority": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "signer_name": "Nguyễn Văn An",
        "is_sample": False,
    }
