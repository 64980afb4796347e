"""Certificates for tests."""

from datetime import date

from django.db import transaction

from papers.certificates import CertificateData, issue


def data(**fields):
    return CertificateData(
        **{
            "holder_name": "Phạm Thu Hà",
            "holder_unit": "Trung tâm Phục vụ hành chính công",
            "birth_date": date(1988, 3, 7),
            "position": "Viên chức tiếp nhận hồ sơ",
            "degree": "Thạc sĩ Quản lý công",
            "title": "Phiếu hẹn trả kết quả có mã QR và tin nhắn nhắc ngày hẹn",
            "co_authors": ("Đỗ Quang Huy", "Vũ Thị Ngọc Ánh"),
            "investor": "Ủy ban nhân dân phường Hưng Đạo",
            "summary": "In mã QR trên phiếu hẹn để người dân tự tra tình trạng hồ sơ.",
            "benefit": "Người dân bớt một lần đi lại cho mỗi hồ sơ.",
            "decision_number": "402/QĐ-UBND",
            "decision_on": date(2026, 10, 14),
            "issued_on": date(2026, 10, 16),
            "signer_name": "Nguyễn Văn An",
            **fields,
        }
    )


def certificate(**fields):
    with transaction.atomic():
        return issue("initiative", data(**fields))
