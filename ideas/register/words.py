"""How a narrowing of the register reads in files and on papers: always in Vietnamese."""

from people.models import Unit

from ..models import Field
from .asking import NONE

OUTCOMES = {
    "cong-nhan": "Công nhận",
    "khong-cong-nhan": "Không công nhận",
    "tu-choi": "Từ chối đơn",
    "het-han": "Hết hạn bổ sung",
    "rut-don": "Rút đơn",
    "gop": "Gộp hồ sơ",
    "huy-bo": "Hủy bỏ công nhận",
    "dang-xu-ly": "Đang xử lý",
}
REASONS = {
    "hinh-thuc": "Từ chối khi kiểm tra hình thức",
    "khong-bo-sung": "Không bổ sung hồ sơ đúng hạn",
    "tac-gia-rut": "Tác giả rút đơn",
    "gop-ho-so": "Gộp vào hồ sơ khác",
    "khong-dat-diem": "Điểm chấm dưới mức đạt",
    "khong-du-phieu": "Không đủ tỷ lệ phiếu đồng ý",
    "nguoi-quyet-dinh": "Chủ tịch UBND phường quyết định khác, có nêu lý do",
    "bi-huy-bo": "Hủy bỏ việc công nhận",
}
BASES = {"nhan": "theo ngày nhận đơn", "ket-thuc": "theo ngày quyết định hoặc ngày kết thúc xử lý"}
NO_UNIT, NO_FIELD = "Không ghi đơn vị", "Không ghi lĩnh vực"


def asked_in_words(asked):
    """ "Năm 2026, theo ngày nhận đơn; đơn vị: …", or that nothing is left out."""
    parts = []
    if asked.year:
        parts.append(f"Năm {asked.year}, {BASES[asked.basis]}")
    if asked.round:
        year, _dash, number = asked.round.partition("-")
        parts.append(f"đợt {number} năm {year}")
    if asked.unit:
        parts.append(f"đơn vị: {_name(Unit, asked.unit, NO_UNIT)}")
    if asked.field:
        parts.append(f"lĩnh vực: {_name(Field, asked.field, NO_FIELD)}")
    if asked.outcome:
        parts.append(f"kết quả: {OUTCOMES[asked.outcome]}")
    if asked.reason:
        parts.append(f"lý do: {REASONS[asked.reason]}")
    if asked.text:
        parts.append(f"có chữ “{asked.text}”")
    return "; ".join(parts) or "Tất cả hồ sơ đã nhận"


def _name(model, code, missing):
    if code == NONE:
        return missing
    return model.objects.filter(code=code).values_list("name", flat=True).first() or code
