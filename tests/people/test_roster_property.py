"""Export then import = identity, import twice = once, the order of rows plays no part."""

import io
import random
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.roster import export_roster, import_roster, stored_roster

from .builders import workbook

NAME = st.sampled_from(
    ["Nguyễn Văn An", "Trần Thị Hòa", "=HYPERLINK(1)", "Đỗ Thuý", "+84 Ba", "Lê  Bốn", "#N/A"]
)
CODE = st.sampled_from(["HD-0001", "HD-0002", "007", "0007", "7", "Đ-1"])
DAY = st.integers(0, 2000).map(lambda n: date(2020, 1, 1) + timedelta(days=n))
END = st.one_of(st.none(), st.integers(2001, 3000).map(lambda n: date(2020, 1, 1) + timedelta(days=n)))


@st.composite
def rosters(draw):
    units = draw(st.lists(st.sampled_from(["VP", "VHXH", "01", "MTTQ-HND"]), unique=True, min_size=1))
    people = draw(st.lists(CODE, unique=True, min_size=1, max_size=4))
    person = st.sampled_from(people)
    spells = draw(st.lists(st.tuples(person, st.sampled_from(["CC", "VC"])), unique=True, max_size=5))
    primary = draw(st.lists(person, unique=True, max_size=4))
    leaves = draw(st.lists(st.tuples(person, DAY), unique=True, max_size=4))
    return {
        "Đơn vị": [[u, f"Đơn vị {u}", units[0] if n else "", "phòng"] for n, u in enumerate(units)],
        "Nhân sự": [[c, draw(NAME), draw(st.one_of(st.none(), DAY)), ""] for c in people],
        "Công tác": [[c, category, draw(DAY), draw(END)] for c, category in spells],
        "Phân công": [
            *([c, draw(st.sampled_from(units)), draw(NAME), draw(DAY), draw(END), "Có"] for c in primary),
            *([c, units[0], "", date(2019, 1, 1), None, "Không"] for c in primary[:1]),
        ],
        "Nghỉ": [
            [c, draw(NAME), day, draw(END), "1/QĐ", draw(st.sampled_from(["Có", "Không", ""]))]
            for c, day in leaves
        ],
    }


def write(sheets):
    return import_roster(workbook(_as_text(sheets)))


def _as_text(sheets):
    """openpyxl would make formulas of text; an office's file carries it as text, as the export does."""

    def text(value):
        return "\u200b" + value if isinstance(value, str) and value[:1] in "=#" and value else value

    return {title: [[text(v) for v in row] for row in rows] for title, rows in sheets.items()}


class RosterProperties(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rosters(), st.randoms(use_true_random=False))
    def test_export_then_import_is_identity_and_order_plays_no_part(self, sheets, rnd: random.Random):
        with transaction.atomic():
            plan = write(sheets)
            assert plan.errors == [] and plan.conflicts == []
            once = stored_roster()
            again = write(sheets)
            assert (again.count("new"), again.count("changed")) == (0, 0)
            back = import_roster(io.BytesIO(export_roster(with_leave_kind=True)))
            assert (back.count("new"), back.count("changed"), back.errors) == (0, 0, [])
            assert back.count("same") == sum(len(rows) for rows in once.values())
            assert stored_roster() == once
            transaction.set_rollback(True)
        with transaction.atomic():
            shuffled = {title: rnd.sample(rows, len(rows)) for title, rows in sheets.items()}
            write(shuffled)
            assert stored_roster() == once
            transaction.set_rollback(True)
