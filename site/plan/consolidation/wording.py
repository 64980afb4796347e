"""Figures, goals and states in the words of a report. Vietnamese whatever the reader's language: no catalogue
is asked, since a paper speaks one language."""

from datetime import date

from django.utils import timezone

from vietnamese.dates import long_date, short_date
from vietnamese.numbers import format_decimal

from . import facts, summing

STANDINGS = {
    "met": "đạt",
    "on_track": "đúng tiến độ",
    "at_risk": "có nguy cơ chậm",
    "late": "chậm",
    "nothing": "không phát sinh",
    "no_data": "chưa có căn cứ đánh giá",
}
STATES = {
    summing.DONE: "đã hoàn thành",
    summing.DOING: "đang thực hiện",
    summing.TODO: "chưa thực hiện",
    summing.DROPPED: "không còn phải thực hiện",
    summing.UNREPORTED: "chưa có báo cáo",
}
FILINGS = {
    facts.ACCEPTED: "đã chấp nhận",
    facts.SUBMITTED: "đã gửi, chưa được chấp nhận",
    facts.RETURNED: "trả lại để bổ sung",
    facts.DRAFT: "đang soạn, chưa gửi",
    facts.MISSING: "chưa gửi",
    facts.EXCUSED: "không phải báo cáo kỳ này",
}
NOT_COMPARED = {
    summing.NO_NOW: "kỳ này chưa có số liệu",
    summing.NO_BEFORE: "kỳ trước chưa có số liệu",
    summing.OTHER_DEFINITION: "cách tính đã thay đổi",
    summing.OTHER_UNITS: "hai kỳ không cùng đơn vị báo cáo",
}


def filed(filing):
    """Where a unit stands with its report; who reports instead is named."""
    if filing.state == facts.EXCUSED and filing.taken_over_by:
        return f"đã giao cho {filing.taken_over_by}"
    return FILINGS[filing.state]


def group_name(group):
    """As a heading of this report: the plan writes one of its own in capitals."""
    return group.name.capitalize() if group.name.isupper() else group.name


def two(number):
    """Counts below ten with a 0, as papers write them."""
    return f"{number:02d}"


def number(value):
    return format_decimal(value, None, "vi")


def measured(value, measured_in):
    """ "76,4 %", "2 lớp", "1.250"."""
    text = format_decimal(value, 1, "vi") if measured_in == "%" and value % 1 else number(value)
    return f"{text} {measured_in}".strip()


def figure(of, measured_in):
    """A figure with what it was counted from: "76,4 % (1.528/2.000)"."""
    if of.value is None:
        return "không phát sinh"
    shown = measured(of.value, measured_in)
    if not of.is_share:
        return shown
    return f"{shown} ({number(of.numerator)}/{number(of.denominator)})"


def goal(item):
    """ "trên 80 %", "từ 1 đến 2 lớp"; "" for a target without a number."""
    if item.goal is None:
        return ""
    if item.goal_upper is not None:
        return f"từ {number(item.goal)} đến {measured(item.goal_upper, item.measured_in)}"
    words = {">": "trên ", ">=": "từ ", "<=": "không quá "}.get(item.comparator, "")
    reached = measured(item.goal, item.measured_in)
    if item.measured_in == "%" and item.goal == 100:
        return reached
    if words == "từ ":
        return f"từ {reached} trở lên"
    return f"{words}{reached}"


def aim(item):
    """The goal with its time: "trên 80 % đến năm 2030", "100 % hằng năm", "từ 1 buổi/năm trở lên"."""
    reached, frequency = goal(item), item.asked.frequency if item.asked else ""
    if reached and frequency == "yearly":  # "1 buổi/năm" has said so already
        return reached if item.measured_in.endswith("/năm") else f"{reached} hằng năm"
    return (
        f"{reached} đến năm {item.due_year}"
        if reached and item.due_year and frequency != "continuous"
        else reached
    )


def difference(line):
    """ "tăng 6,3 điểm phần trăm", "giảm 1 lớp", "không đổi"; "" where two periods are not compared."""
    by = line.difference
    if by is None:
        return ""
    if not by:
        return "không đổi"
    unit = "điểm phần trăm" if line.now.is_share else line.item.measured_in
    return f"{'tăng' if by > 0 else 'giảm'} {number(abs(by))} {unit}".strip()


def days(of):
    """ "số liệu tính đến 30/11/2026", or the span where units counted on different days."""
    return _until(of.days)


def _until(found):
    if not found:
        return ""
    first, last = found[0], found[-1]
    if first == last:
        return f"số liệu tính đến {short_date(first)}"
    return f"số liệu tính đến các ngày từ {short_date(first)} đến {short_date(last)}"


def source(line):
    """Who says so and of which day. Every figure has one."""
    if line.now is not None:
        told = f"báo cáo của {names(name for _code, name in line.now.units)}"
        who = "Cổng tự tính" if line.now.is_computed else told
        found = [f"{who}, {days(line.now)}".rstrip(", ")]
    else:
        who = names(dict.fromkeys(name for name, _words, _day in line.said))
        told = tuple(sorted({day for _name, _words, day in line.said if day}))
        found = [f"báo cáo của {who}, {_until(told)}".rstrip(", ")]
    if line.lacking:
        found.append(f"chưa gồm {names(line.lacking)}")
    if line.apart:
        found.append(f"không cộng {names(line.apart)} vì tính theo cách khác")
    return "; ".join(found)


def names(found):
    return ", ".join(found)


def one_line(text):
    """A text of several lines as one: what stands in a sentence or a cell."""
    lines = [line.strip().lstrip("-+• ").strip() for line in (text or "").splitlines()]
    return "; ".join(line.rstrip(";") for line in lines if line)


def ended(text):
    """The text with the full stop it lacks."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?…" else f"{text.rstrip(';,')}."


def day_of(moment):
    return short_date(timezone.localdate(moment)) if moment else ""


def span(period):
    """The time a report speaks of, as its title says it: "năm 2026", "6 tháng đầu năm 2027"."""
    year = period.to_day.year
    if period.kind == "year":
        return f"năm {year}"
    if period.kind == "six_months":
        return f"6 tháng {'đầu' if period.to_day.month <= 6 else 'cuối'} năm {year}"
    if period.kind in ("interim_review", "final_review"):
        return f"giai đoạn {period.from_day.year}-{year}"
    return f"từ ngày {short_date(period.from_day)} đến ngày {short_date(period.to_day)}"


def subject(period, plan_number):
    done = {
        "interim_review": "Sơ kết thực hiện",
        "final_review": "Tổng kết thực hiện",
    }.get(period.kind, "Kết quả thực hiện")
    return f"{done} Kế hoạch số {plan_number} {span(period)}"


def plan_named(plan):
    """ "Kế hoạch số 178/KH-UBND ngày 12 tháng 6 năm 2026"."""
    return f"Kế hoạch số {plan['number']} {long_date(date.fromisoformat(plan['date']))}"
