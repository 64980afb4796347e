"""The unit's own report as Word and PDF (NĐ 30/2020): from frozen values, or from a draft that says so."""

from django.conf import settings
from django.utils import translation

from config.plan_file import read_plan
from papers.documents import (
    Addressees,
    Clause,
    Column,
    Dash,
    Document,
    Head,
    Paragraph,
    Section,
    Signer,
    Table,
    draw,
    freeze,
    paragraphs,
    ward_name,
)
from vietnamese.text import together

from ..models import Part
from ..units import CODES, FRONT
from . import saying

THROUGH = "Phòng Văn hóa - Xã hội"  # the plan's own words: "qua Phòng Văn hóa - Xã hội"
_NONE = "Không có."


def drawn(payload, face, *, version=None, is_sample=False):
    """The file; KeyError for a face there is none of. Outside any transaction."""
    with translation.override("vi"):
        frozen = freeze(report_paper(payload, version=version, is_sample=is_sample))
    return draw(frozen.data, face)


def report_paper(payload, *, version=None, is_sample=False) -> Document:
    """`version` is the frozen one; without it the paper says on every page that it is a draft."""
    name, plan = payload["unit"]["name"], read_plan()["source"]
    return Document(
        head=Head(
            issuer=(name.upper(),),
            parent=() if _is_of_the_front(payload) else (settings.PORTAL["ward_committee"].upper(),),
            symbol=f"BC-{payload['unit']['code']}",
            place=settings.PAPERS_PLACE,
            name=name,
        ),
        name="BÁO CÁO",
        subject=f"Kết quả {_small(plan['title_vi'])} ({payload['period']['title']})",
        blocks=(
            Addressees((f"{ward_name()} (qua {THROUGH})",)),
            Paragraph(
                f"Thực hiện Kế hoạch số {plan['number']} ngày {saying.day(plan['date'])} của "
                f"{settings.PORTAL['ward_committee']}, {name} báo cáo kết quả như sau "
                f"(số liệu tính đến ngày {saying.day(payload['period']['cut_off'])}):"
            ),
            Section("Kết quả thực hiện các chỉ tiêu"),
            *_targets(payload),
            Section("Kết quả thực hiện các nhiệm vụ"),
            *_tasks(payload),
            Section("Kết quả nổi bật"),
            *(paragraphs(together(payload["results"])) or (Paragraph(_NONE),)),
            Section("Khó khăn, vướng mắc và đề xuất, kiến nghị"),
            *_difficulties(payload),
            Section("Phương hướng, nhiệm vụ thời gian tới"),
            *(paragraphs(together(payload["next"])) or (Paragraph(_NONE),)),
            *_roll(payload),
            Paragraph(f"Trên đây là báo cáo của {name}./."),
        ),
        signers=(Signer(("THỦ TRƯỞNG ĐƠN VỊ",)),),
        recipients=("Như trên", "Lưu: VT"),
        is_sample=is_sample,
        running=_running(version),
    )


def _running(version):
    if version is None:
        return "DỰ THẢO"
    return f"Bản gửi lần {version.number}, mã kiểm tra {version.sha256[:16]}"


def _small(text):
    return text[:1].lower() + text[1:]


def _is_of_the_front(payload):
    """The Front and its organisations do not stand under the ward's committee."""
    code = payload["unit"]["code"]
    return code == CODES[FRONT] or code.startswith(f"{CODES[FRONT]}-")


def _targets(payload):
    if not payload["targets"]:
        return (Paragraph(_NONE),)
    columns = (
        Column("STT", 6, "center"),
        Column("Chỉ tiêu", 44),
        Column("Mục tiêu", 16),
        Column("Kết quả", 18),
        Column("Đánh giá", 16),
    )
    rows = tuple(
        (
            str(place),
            f"{entry['code']}. {entry['indicator'] or entry['text']}"
            + (" (phối hợp)" if entry["part"] == Part.COORDINATE else ""),
            saying.goal_words(entry),
            "; ".join(filter(None, (saying.figure_words(entry), entry["words"], entry["note"]))),
            saying.standing_words(entry),
        )
        for place, entry in enumerate(payload["targets"], start=1)
    )
    return (Table(columns, rows, "Kết quả các chỉ tiêu"),)


def _tasks(payload):
    if not payload["tasks"]:
        return (Paragraph(_NONE),)
    columns = (
        Column("STT", 6, "center"),
        Column("Nhiệm vụ", 36),
        Column("Tiến độ", 18),
        Column("Việc đã làm", 22),
        Column("Việc tiếp theo", 18),
    )
    rows = tuple(
        (
            str(place),
            f"{entry['code']}. {entry['text']}" + (" (phối hợp)" if entry["part"] == Part.COORDINATE else ""),
            saying.progress_words(entry) + (", quá hạn" if entry["is_late"] else ""),
            entry["done"],
            entry["next"],
        )
        for place, entry in enumerate(payload["tasks"], start=1)
    )
    return (Table(columns, rows, "Kết quả các nhiệm vụ"),)


def _difficulties(payload):
    if not payload["difficulties"]:
        yield Paragraph(_NONE)
    for entry in payload["difficulties"]:
        yield Clause(entry["text"])
        if entry["proposal"]:
            yield Paragraph(f"Đề xuất, kiến nghị: {entry['proposal']}")


def _roll(payload):
    roll = payload["roll"]
    yield Section("Nhân sự của đơn vị")
    yield Paragraph(f"Tính đến ngày {saying.day(roll['on'])}: {roll['people']} người.")
    for code, count in roll["by_category"].items():
        yield Dash(f"{saying.category_words(code).capitalize()}: {count} người")


def file_name(payload, face, version=None):
    ending = f"-lan-{version.number}" if version else "-nhap"
    return f"bao-cao-{payload['period']['code']}-{payload['unit']['code']}{ending}.{face}".lower()
