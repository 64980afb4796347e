"""What several units' reports come to: sums, never averages of percentages; compared where it can be."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.consolidation import summing
from plan.consolidation.facts import (
    EXCUSED,
    Catalogue,
    Filing,
    Group,
    Lead,
    Material,
    Period,
    TargetItem,
    TaskItem,
)
from plan.targets.standing import Asked

from .payloads import count, payload, target, task, words

PERIOD = Period(
    "2026-nam",
    "year",
    "Báo cáo năm 2026",
    date(2026, 1, 1),
    date(2026, 12, 31),
    date(2026, 11, 30),
    date(2026, 12, 9),
)
GROUP = Group("A", "Về chính quyền số")
ASKED = Asked("once_by_due_year", 2030, ">", Decimal(80), {2026: Decimal(70)})


def item(**changes):
    values = {
        "code": "A1",
        "group": GROUP,
        "text": "Trên 80%",
        "measured_in": "%",
        "comparator": ">",
        "goal": Decimal(80),
        "leads": (Lead("PVHCC", "Trung tâm"), Lead("VP", "Văn phòng")),
        "asked": ASKED,
    }
    return TargetItem(**(values | changes))


def line(*payloads, before=(), of=None):
    material = Material(PERIOD, Catalogue(targets=(of or item(),)), tuple(payloads), before=tuple(before))
    return summing.target_lines(material)[0]


def of_task(*payloads, **changes):
    one = TaskItem(**({"code": "U7.1", "group": GROUP, "text": "Nhiệm vụ"} | changes))
    return summing.task_lines(Material(PERIOD, Catalogue(tasks=(one,)), tuple(payloads)))[0]


PVHCC = payload(targets=[target(numerator="90", denominator="100", standing="met")])
VP = payload("VP", "Văn phòng", targets=[target(numerator="100", denominator="900", as_of="2026-11-25")])
BEFORE = PVHCC | {"targets": [target(numerator="84", denominator="100")]}


def test_numerators_and_denominators_are_added_never_percentages():
    found = line(PVHCC, VP)
    assert (found.now.numerator, found.now.denominator, found.now.value) == (190, 1000, Decimal("19.0"))
    assert found.now.units == (("PVHCC", PVHCC["unit"]["name"]), ("VP", "Văn phòng"))
    assert found.now.days == (date(2026, 11, 25), date(2026, 11, 30))
    assert found.standing == "at_risk"  # 19 % of 70 % expected, by the rule: not what either unit says
    assert found.lacking == ()


shares = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda p: (min(p), max(p))),
    min_size=1,
    max_size=30,
)


@given(shares)
def test_the_sum_of_shares_is_exact_whatever_the_order_and_lies_between_them(parts):
    payloads = [
        payload(f"U{n}", targets=[target(numerator=str(a), denominator=str(b))])
        for n, (a, b) in enumerate(parts)
    ]
    found, turned = line(*payloads).now, line(*reversed(payloads)).now
    assert (found.numerator, found.denominator) == (sum(a for a, _ in parts), sum(b for _, b in parts))
    assert (found.value, found.days) == (turned.value, turned.days)
    whole = [Decimal(100 * a) / b for a, b in parts if b]
    if found.value is None:
        assert not whole
    else:
        assert min(whole) - Decimal("0.1") < found.value <= max(whole)


def test_what_the_portal_computes_stands_in_every_report_and_counts_once():
    one = target(source="computed", numerator="40", denominator="47", as_of="2026-11-29")
    two = one | {"numerator": "41", "as_of": "2026-11-30"}
    found = line(payload(targets=[one]), payload("VP", "Văn phòng", targets=[two]))
    assert (found.now.numerator, found.now.denominator, found.now.is_computed) == (41, 47, True)
    assert found.lacking == ()


def test_a_coordinating_unit_s_figure_is_not_added():
    other = payload("VP", "Văn phòng", targets=[target(numerator="5", denominator="10", part="coordinate")])
    assert line(PVHCC, other).now.denominator == 100


def test_counts_are_added_too():
    of = item(measured_in="lớp", comparator=">=")
    found = line(payload(targets=[count("A1", 2)]), payload("VP", targets=[count("A1", 3)]), of=of)
    assert (found.now.value, found.now.is_share) == (5, False)


def test_figures_measured_by_another_definition_are_named_not_added():
    newer = payload("VP", "Văn phòng", targets=[target(numerator="1", denominator="4", definition=2)])
    found = line(PVHCC, newer)
    assert (found.now.numerator, found.apart) == (1, (PVHCC["unit"]["name"],))


def test_where_nobody_leads_a_task_who_co_operates_carries_it_out():
    told = payload("CA", "Công an", tasks=[task(part="coordinate", state="doing")])
    assert of_task(told).state == summing.DOING
    led = (Lead("PVHCC", "Trung tâm"),)
    assert of_task(told, leads=led).state == summing.UNREPORTED


def test_who_has_not_reported_is_named_beside_the_figure():
    assert line(PVHCC).lacking == ("Văn phòng",)
    above = item(leads=(Lead("DTN", "Đoàn Thanh niên", frozenset({"MTTQ", "DTN"})),))
    assert line(payload("MTTQ", "MTTQ", targets=[target()]), of=above).lacking == ()


def test_an_excused_unit_is_not_missing_and_a_computed_figure_needs_no_leader():
    material = Material(PERIOD, Catalogue(targets=(item(),)), (PVHCC,), (Filing("VP", "Văn phòng", EXCUSED),))
    assert summing.target_lines(material)[0].lacking == ()
    handed = Filing("VP", "Văn phòng", EXCUSED, taken_over_by="Công an", taken_over_code="CA")
    waiting = Material(PERIOD, Catalogue(targets=(item(),)), (PVHCC,), (handed,))
    assert summing.target_lines(waiting)[0].lacking == ("Văn phòng",)  # who reports instead has not yet
    reports = (PVHCC, payload("CA", "Công an", targets=[target()]))
    told = Material(PERIOD, Catalogue(targets=(item(),)), reports, (handed,))
    assert summing.target_lines(told)[0].lacking == ()
    computed = target(source="computed", part="coordinate", numerator="45", denominator="47")
    assert line(payload("CA", "Công an", targets=[computed])).now.value == Decimal("95.7")


def test_nothing_to_count_has_no_value_and_no_report_no_figure():
    found = line(payload(targets=[target(numerator="0", denominator="0")]))
    assert (found.now.value, found.not_compared) == (None, "no_now")
    empty = line()
    assert (empty.now, empty.standing, empty.has_data) == (None, "no_data", False)


@pytest.mark.parametrize(
    ("before", "why", "difference"),
    [
        ([BEFORE], "", Decimal("6.0")),
        ([], "no_before", None),
        (
            [PVHCC | {"targets": [target(numerator="84", denominator="100", definition=0)]}],
            "definition",
            None,
        ),
        ([PVHCC, VP], "units", None),
    ],
)
def test_two_periods_are_compared_where_the_same_was_counted_by_the_same(before, why, difference):
    found = line(PVHCC, before=before)
    assert (found.not_compared, found.difference) == (why, difference)


def test_words_of_targets_without_a_number_and_the_one_furthest_behind():
    of = item(measured_in="", goal=None, asked=Asked("continuous", None))
    one = payload(targets=[words("A1", "Đã duy trì chỉ số.")])
    two = payload("VP", "Văn phòng", targets=[words("A1", "Chưa xong.", is_met=False)])
    found = line(one, two, of=of)
    assert found.said == (
        (one["unit"]["name"], "Đã duy trì chỉ số.", date(2026, 11, 30)),
        ("Văn phòng", "Chưa xong.", date(2026, 11, 30)),
    )
    assert found.standing == "at_risk"


def test_a_target_without_a_number_is_reached_only_once_every_leading_unit_has_said_so():
    of = item(measured_in="", goal=None, comparator="", asked=Asked("continuous", None))
    one, two = payload(targets=[words("A1", "Đạt.")]), payload("VP", targets=[words("A1", "Đạt.")])
    waiting = line(one, of=of)
    assert (waiting.standing, waiting.lacking) == ("no_data", ("Văn phòng",))
    assert line(one, two, of=of).standing == "met"
    behind = payload(targets=[words("A1", "Chưa xong.", is_met=False, standing="late")])
    assert line(behind, of=of).standing == "late"  # known already, whatever the other one says
    excused = (Filing("VP", "Văn phòng", EXCUSED),)
    material = Material(PERIOD, Catalogue(targets=(of,)), (one,), excused)
    assert summing.target_lines(material)[0].standing == "met"


def test_a_task_of_several_units_is_as_far_as_the_one_furthest_behind():
    first = payload(tasks=[task(state="done", due_on="2026-12-31")])
    second = payload(
        "VP", "Văn phòng", tasks=[task(state="doing", percent=40, due_on="2026-11-30", is_late=True)]
    )
    found = of_task(first, second)
    assert (found.state, found.percent, found.due_on, found.is_late) == (
        "doing",
        40,
        date(2026, 11, 30),
        True,
    )
    assert of_task(first).state == "done"
    assert of_task(first, payload("VP", tasks=[task(state="todo")])).state == "doing"
    assert of_task(first, payload("VP", tasks=[task(state="dropped")])).state == "done"
    assert of_task().state == "unreported"
