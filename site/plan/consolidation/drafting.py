"""The first draft of each section: office Vietnamese with figures, their source and their day. Pure.

A section is plain text, so that whoever goes on with it needs no tool: a line is a paragraph, "- " begins a
line of a list, "1. " a heading. The same material gives the same text, whatever the day it is drawn on.
"""

from collections import Counter

from config.plan_file import read_plan
from papers.documents import ward_name
from vietnamese.dates import long_date, short_date

from . import facts, summing, wording
from .wording import ended, names, one_line, two

TO, OPENING, LEAD, TARGETS, TASKS = "kinh-gui", "mo-dau", "chi-dao", "chi-tieu", "nhiem-vu"
DIFFICULTIES, NEXT, CLOSING, RECIPIENTS = "kho-khan", "phuong-huong", "ket-thuc", "noi-nhan"
# What stands over a section on the paper; the others have no heading of their own.
HEADINGS = {
    LEAD: "Công tác chỉ đạo, triển khai",
    TARGETS: "Kết quả thực hiện các chỉ tiêu",
    TASKS: "Kết quả thực hiện các nhiệm vụ",
    DIFFICULTIES: "Khó khăn, vướng mắc và đề xuất, kiến nghị",
    NEXT: "Phương hướng, nhiệm vụ thời gian tới",
}
CODES = (TO, OPENING, *HEADINGS, CLOSING, RECIPIENTS)
LONGEST = 40_000  # characters of one section; what is left out stands in the annexes
_ADDRESSEES = (
    "Sở Khoa học và Công nghệ thành phố",
    "Thường trực Đảng ủy phường",
    "Thường trực Hội đồng nhân dân phường",
)
_RECIPIENTS = (
    "Như trên",
    "Chủ tịch, các Phó Chủ tịch UBND phường",
    "Ban Xây dựng Đảng",
    "Cơ quan Ủy ban MTTQ phường",
    "Các cơ quan, đơn vị thuộc phường",
    "Cổng thông tin điện tử phường",
    "Lưu: VT, VHXH",
)
NOTHING = "Chưa có báo cáo nào của đơn vị được chấp nhận."


def draft(material):
    """{code: text} of all sections."""
    targets, tasks = summing.target_lines(material), summing.task_lines(material)
    return {
        TO: "\n".join(_ADDRESSEES),
        OPENING: _opening(material),
        LEAD: _joined(_lead(material)),
        TARGETS: _joined(_targets(material, targets)),
        TASKS: _joined(_tasks(material, tasks)),
        DIFFICULTIES: _joined(_difficulties(material)),
        NEXT: _joined(_next(material)),
        CLOSING: f"Trên đây là báo cáo {_about(material)} của {ward_name()}./.",
        RECIPIENTS: "\n".join(_RECIPIENTS),
    }


def _joined(lines):
    """The lines as one text. What passes the limit is named by its number, never cut in the middle."""
    kept, size, lines = [], 0, list(lines)
    for place, line in enumerate(lines):
        if size + len(line) > LONGEST - 200:
            left = len(lines) - place
            kept.append(f"(Còn {left} dòng không nêu ở đây: xem phụ lục và báo cáo của đơn vị.)")
            break
        kept.append(line)
        size += len(line) + 1
    return "\n".join(kept)


def _about(material):
    number = read_plan()["source"]["number"]
    subject = wording.subject(material.period, number)
    return subject[0].lower() + subject[1:]


def _opening(material):
    period = material.period
    return (
        f"Thực hiện chế độ báo cáo theo {wording.plan_named(read_plan()['source'])}, {ward_name()} báo cáo "
        f"{_about(material)}; thời gian từ {long_date(period.from_day)} đến {long_date(period.to_day)}, "
        f"số liệu tính đến {long_date(period.cut_off)}, như sau:"
    )


# ---- I


def _lead(material):
    source, catalogue = read_plan()["source"], material.catalogue
    yield "1. Tổ chức thực hiện"
    title = source["title_vi"][0].lower() + source["title_vi"][1:]
    yield (
        f"{wording.plan_named(source)} về {title} gồm {two(len(catalogue.targets))} chỉ tiêu và "
        f"{two(len(catalogue.tasks))} nhiệm vụ. {ward_name()} chỉ đạo các phòng chuyên môn, cơ quan, đơn vị "
        "thuộc phường; đề nghị Ủy ban MTTQ Việt Nam và các tổ chức chính trị - xã hội phường triển khai thực "
        "hiện và báo cáo kết quả trên Cổng Đổi mới sáng tạo phường."
    )
    results = [(p["unit"]["name"], p.get("results")) for p in material.payloads if one_line(p.get("results"))]
    if results:
        yield "2. Kết quả nổi bật theo báo cáo của các đơn vị"
        yield from _of_units(results)
    yield f"{3 if results else 2}. Tình hình gửi báo cáo"
    yield from _filed(material)


def _of_units(texts):
    """One line for a unit; what it wrote in several lines follows below."""
    for unit, text in texts:
        lines = [line.strip().lstrip("-+• ").strip() for line in text.splitlines()]
        lines = [line for line in lines if line]
        if len(lines) == 1:
            yield f"- {unit}: {ended(lines[0])}"
        else:
            yield f"- {unit}:"
            yield from (f"+ {ended(line)}" for line in lines)


def _filed(material):
    filings = [filing for filing in material.filings if filing.owes]
    excused = [filing for filing in material.filings if not filing.owes]
    handed = [filing for filing in excused if filing.taken_over_by]
    relieved = [filing.name for filing in excused if not filing.taken_over_by]
    period = material.period
    accepted = [filing for filing in filings if filing.counts]
    moments = [filing.accepted_at or filing.submitted_at for filing in accepted]
    latest = max(filter(None, moments), default=None)
    as_of = f", tính đến ngày {wording.day_of(latest)}" if latest else ""
    yield (
        f"Hạn gửi báo cáo: ngày {short_date(period.last_day)}. Có {two(len(accepted))}/{two(len(filings))} "
        f"đơn vị có báo cáo được chấp nhận{as_of}."
    )
    late = [filing.name for filing in accepted if filing.is_late]
    if late:
        yield f"- Gửi muộn: {two(len(late))} đơn vị ({names(late)})."
    for state in (facts.SUBMITTED, facts.RETURNED, facts.DRAFT, facts.MISSING):
        there = [filing.name for filing in filings if filing.state == state]
        if there:
            yield f"- {wording.FILINGS[state].capitalize()}: {two(len(there))} đơn vị ({names(there)})."
    if handed:
        told = names(f"{filing.name} {wording.filed(filing)}" for filing in handed)
        yield f"- Đơn vị khác báo cáo thay: {two(len(handed))} đơn vị ({told})."
    if relieved:
        words = wording.FILINGS[facts.EXCUSED].capitalize()
        yield f"- {words}: {two(len(relieved))} đơn vị ({names(relieved)})."
    if len(accepted) < len(filings):
        yield "Số liệu trong báo cáo này chỉ tính từ các báo cáo đã được chấp nhận."


# ---- II


def _targets(material, lines):
    source = _source(material)
    yield f"Trong {two(len(lines))} chỉ tiêu: {_standings(lines)}. {source} chi tiết tại Phụ lục I."
    yield _compared(material)
    for place, (group, within) in enumerate(_by_group(lines), start=1):
        yield f"{place}. {wording.group_name(group)}"
        if any(line.has_data for line in within):
            yield f"Trong {two(len(within))} chỉ tiêu: {_standings(within)}.{_changes(material, within)}"
        yield from (_target(line) for line in within if line.has_data)
        if none := [line.item.code for line in within if not line.has_data]:
            yield f"Chưa có số liệu của {two(len(none))} chỉ tiêu: {names(none)}."


def _source(material):
    day = short_date(material.period.cut_off)
    return f"Nguồn: báo cáo được chấp nhận của các đơn vị, số liệu tính đến {day};"


def _by_group(lines):
    groups = {}
    for line in lines:
        groups.setdefault(line.item.group, []).append(line)
    return groups.items()


def _standings(lines):
    counts = Counter(line.standing for line in lines)
    shown = [(words, counts[code]) for code, words in wording.STANDINGS.items() if counts[code]]
    return ", ".join(f"{words} {two(count)}" for words, count in shown)


def _compared(material):
    if material.previous is None:
        return "Chưa có kỳ báo cáo cùng loại trước đó để so sánh."
    span, day = wording.span(material.previous), short_date(material.previous.cut_off)
    if not material.before:
        return f"Kỳ trước ({span}) chưa có báo cáo được chấp nhận để so sánh."
    return f"So sánh với kỳ trước là {span}, số liệu tính đến {day}."


def _changes(material, lines):
    """ " So với kỳ trước: tăng 02 (A1, A2), giảm 01 (A3), không đổi 01 (A7)." """
    if not material.before:
        return ""
    ways = {"tăng": [], "giảm": [], "không đổi": []}
    for line in lines:
        by = line.difference
        if by is not None:
            ways["tăng" if by > 0 else "giảm" if by < 0 else "không đổi"].append(line.item.code)
    told = [f"{way} {two(len(codes))} ({names(codes)})" for way, codes in ways.items() if codes]
    if not told:
        return " Không có chỉ tiêu nào so sánh được với kỳ trước."
    return f" So với kỳ trước: {', '.join(told)}."


def _target(line):
    item = line.item
    told = []
    if line.now is not None:
        shown = wording.figure(line.now, item.measured_in)
        told.append(f"- {item.code}. {item.indicator or item.text}: {shown}")
        if aim := wording.aim(item):
            told.append(f"mục tiêu {aim}")
        if item.expected is not None:
            told.append(f"mức phấn đấu trong năm {wording.measured(item.expected, item.measured_in)}")
        told.append(_since(line))
        told.append(wording.STANDINGS[line.standing])
    else:
        said = "; ".join(f"{name}: {one_line(words)}" for name, words, _day in line.said)
        told.append(f"- {item.code}. {item.text.rstrip('.')}: {said.rstrip('.')}")
        told.append(wording.STANDINGS[line.standing])
    sentence = "; ".join(part for part in told if part)
    return f"{sentence}. Nguồn: {wording.source(line)}."


def _since(line):
    if line.difference is not None:
        before = wording.measured(line.before.value, line.item.measured_in)
        return f"kỳ trước {before}, {wording.difference(line)}"
    if line.before is not None and line.now is not None and line.now.value is not None:
        shown = wording.figure(line.before, line.item.measured_in)
        return f"kỳ trước {shown}, không so sánh vì {wording.NOT_COMPARED[line.not_compared]}"
    return ""


# ---- III


def _tasks(material, lines):
    yield f"Trong {two(len(lines))} nhiệm vụ: {_states(lines)}. {_source(material)} chi tiết tại Phụ lục II."
    for place, (group, within) in enumerate(_by_group(lines), start=1):
        yield f"{place}. {group.name}"
        reported = [line for line in within if line.state != summing.UNREPORTED]
        if reported:
            yield f"Trong {two(len(within))} nhiệm vụ: {_states(within)}."
        told = (summing.DONE, summing.DOING)
        yield from (_task(line) for line in reported if line.state in told or line.is_late)
        if waiting := [x.item.code for x in reported if x.state == summing.TODO and not x.is_late]:
            yield f"Chưa thực hiện, còn trong hạn: {names(waiting)}."
        if dropped := [x.item.code for x in reported if x.state == summing.DROPPED]:
            yield f"Không còn phải thực hiện: {names(dropped)}."
        if unknown := [x.item.code for x in within if x.state == summing.UNREPORTED]:
            yield f"Chưa có báo cáo về {two(len(unknown))} nhiệm vụ: {names(unknown)}."


def _states(lines):
    counts = Counter(line.state for line in lines)
    late = sum(line.is_late for line in lines)
    told = [f"{words} {two(counts[code])}" for code, words in wording.STATES.items() if counts[code]]
    return ", ".join(told) + (f"; trong đó quá hạn {two(late)}" if late else "")


def _task(line):
    about = [wording.STATES[line.state]]
    if line.state == summing.DOING and line.percent is not None:
        about.append(f"đạt {line.percent} %")
    if line.due_on and line.state != summing.DONE:
        about.append(f"{'quá hạn' if line.is_late else 'hạn'} {short_date(line.due_on)}")
    told = f"- {line.item.code}. {ended(line.item.text)} {', '.join(about).capitalize()}."
    for name, done, following in line.reports:
        words = [ended(one_line(done))] if one_line(done) else []
        if one_line(following) and line.state != summing.DONE:
            words.append(f"Việc tiếp theo: {ended(one_line(following))}")
        told += f" {name}: {' '.join(words)}" if words else f" Nguồn: báo cáo của {name}."
    return told


# ---- IV, V


def _difficulties(material):
    raised = [(p["unit"]["name"], entry) for p in material.payloads for entry in p.get("difficulties", ())]
    difficulties = [(unit, entry["text"]) for unit, entry in raised if one_line(entry.get("text"))]
    proposals = [(unit, entry["proposal"]) for unit, entry in raised if one_line(entry.get("proposal"))]
    if not material.payloads:
        yield NOTHING
        return
    yield "1. Khó khăn, vướng mắc"
    yield from _listed(difficulties, "Các đơn vị không nêu khó khăn, vướng mắc.")
    yield "2. Đề xuất, kiến nghị"
    yield from _listed(proposals, "Các đơn vị không có đề xuất, kiến nghị.")


def _listed(entries, nothing):
    if not entries:
        yield nothing
    yield from (f"- {unit}: {ended(one_line(text))}" for unit, text in entries)


def _next(material):
    plans = [(p["unit"]["name"], p["next"]) for p in material.payloads if one_line(p.get("next"))]
    if not material.payloads:
        yield NOTHING
    elif not plans:
        yield "Tiếp tục thực hiện các chỉ tiêu, nhiệm vụ của Kế hoạch theo phân công."
    else:
        yield "Tiếp tục thực hiện các chỉ tiêu, nhiệm vụ của Kế hoạch, trọng tâm theo báo cáo của các đơn vị:"
        yield from _of_units(plans)
