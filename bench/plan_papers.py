"""The ward's consolidated report as Word, PDF and Excel: of seven units that all lead every target and task,
and of 1,026 units, which no ward has: there it is only asked that time and length stay bounded.

Time is of the CPU, so that what else the machine does plays no part.
"""

import statistics
import time
from datetime import date, datetime, timedelta
from decimal import Decimal

BUDGETS = {
    "ward.draft_ms": ("<=", 500),
    "ward.docx_ms": ("<=", 3000),
    "ward.pdf_ms": ("<=", 3000),
    "ward.xlsx_ms": ("<=", 1500),
    "many.docx_ms": ("<=", 3000),
    "many.pdf_ms": ("<=", 20_000),
    "many.xlsx_ms": ("<=", 5000),
    "many.longest_section": ("<=", 40_000),
}
TIMES, MANY = 3, 1026


def run():
    """Milliseconds of CPU and characters; needs no database."""
    return {"ward": _measure(_ward(), TIMES), "many": _measure(_many(), 1)}


def _measure(material, times):
    from papers.documents import draw, freeze
    from plan.consolidation.drafting import draft
    from plan.consolidation.paper import report_paper
    from plan.consolidation.tables import tables, workbook

    def paper(face):
        document = report_paper(material.period, draft(material), tables(material), signer="Phạm Văn Minh")
        return len(draw(freeze(document).data, face).content)

    def book():
        return len(workbook(tables(material), title=material.period.title, as_of=material.period.cut_off))

    return {
        "draft_ms": _times(lambda: draft(material), times),
        "docx_ms": _times(lambda: paper("docx"), times),
        "pdf_ms": _times(lambda: paper("pdf"), times),
        "xlsx_ms": _times(book, times),
        "longest_section": max(map(len, draft(material).values())),
        "docx_bytes": paper("docx"),
    }


def _times(act, times):
    found = []
    for _time in range(times):
        began = time.process_time()
        act()
        found.append((time.process_time() - began) * 1000)
    return round(statistics.median(found), 1)


def _catalogue():
    from config.plan_file import read_plan
    from plan.consolidation.facts import Catalogue, Group, Lead, TargetItem, TaskItem
    from plan.targets.standing import Asked

    plan = read_plan()
    groups = {group["id"]: Group(group["id"], group["name_vi"]) for group in plan["target_groups"]}
    targets = tuple(
        TargetItem(
            code=one["id"],
            group=groups.get(one["id"][0], groups["V"]),
            text=one["text_vi"],
            indicator=one.get("indicator_vi") or "",
            measured_in="%",
            comparator=">=",
            goal=Decimal(90),
            due_year=2030,
            leads=tuple(Lead(unit["id"], unit["name_vi"]) for unit in plan["units"][:3]),
            asked=Asked("once_by_due_year", 2030, ">=", Decimal(90), {2026: Decimal(50)}),
        )
        for one in plan["targets"]
    )
    tasks = tuple(
        TaskItem(one["id"], Group(group["id"], group["name_vi"]), one["text_vi"], date(2026, 12, 31))
        for group in (*plan["task_groups"], *plan["units"])
        for one in group["tasks"]
    )
    return Catalogue(targets, tasks)


def _material(payloads, catalogue, before=()):
    from plan.consolidation.facts import ACCEPTED, Filing, Material, Period

    def period(year):
        first, last = date(year, 1, 1), date(year, 12, 31)
        return Period(f"{year}-nam", "year", f"Báo cáo năm {year}", first, last, date(year, 11, 30), last)

    sent_at = datetime.fromisoformat("2026-12-08T09:00:00+07:00")
    filings = tuple(
        Filing(
            code=payload["unit"]["code"],
            name=payload["unit"]["name"],
            state=ACCEPTED,
            submitted_at=sent_at - timedelta(minutes=place),
            accepted_at=sent_at,
            by="Lương Thị Mai",
            people=14,
        )
        for place, payload in enumerate(payloads)
    )
    return Material(period(2026), catalogue, tuple(payloads), filings, period(2025), tuple(before))


def _target(code, number, year=2026):
    return {
        "code": code,
        "part": "lead",
        "definition": 1,
        "measured_in": "%",
        "numerator": str(1000 + number),
        "denominator": "2000",
        "value": None,
        "standing": "on_track",
        "words": "",
        "source": "reported",
        "as_of": f"{year}-11-30",
    }


def _task(code):
    return {
        "code": code,
        "part": "lead",
        "state": "doing",
        "percent": 60,
        "due_on": "2026-12-31",
        "is_late": False,
        "done": "Đã hướng dẫn 1.250 lượt người dân; số hóa 4.300 hồ sơ. " * 3,
        "next": "Mở thêm điểm hỗ trợ tại các tổ dân phố.",
    }


def _payload(code, name, targets=(), tasks=()):
    return {
        "unit": {"code": code, "name": name},
        "targets": list(targets),
        "tasks": list(tasks),
        "results": "Khai trương điểm hỗ trợ dịch vụ công tại 12 tổ dân phố. " * 5,
        "difficulties": [{"text": "Máy quét đã cũ, hay hỏng.", "proposal": "Bố trí kinh phí mua máy mới."}]
        * 2,
        "next": "Hoàn thành số hóa hồ sơ các năm trước.\nMở thêm điểm hỗ trợ.",
        "roll": {"people": 14},
    }


def _ward():
    """Every unit leads everything: more than any real year brings."""
    from config.plan_file import read_plan

    catalogue = _catalogue()

    def payloads(year):
        return [
            _payload(
                unit["id"],
                unit["name_vi"],
                [_target(item.code, number, year) for item in catalogue.targets],
                [_task(item.code) for item in catalogue.tasks],
            )
            for number, unit in enumerate(read_plan()["units"])
        ]

    return _material(payloads(2026), catalogue, payloads(2025))


def _many():
    """A report of its own from each of a thousand and more units."""
    catalogue = _catalogue()
    codes, tasks = [item.code for item in catalogue.targets], [item.code for item in catalogue.tasks]
    return _material(
        [
            _payload(
                f"U{number}",
                f"Tổ dân phố số {number}",
                [_target(codes[number % len(codes)], number)],
                [_task(tasks[number % len(tasks)])],
            )
            for number in range(MANY)
        ],
        catalogue,
    )
