"""Import twice = once, import then revert = identity, export then import = identity, order plays no part."""

import io
import random
from datetime import date, time, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.models import User
from training.competency import evidence
from training.imports import import_training, revert
from training.models import AttendanceEvent, ImportBatch
from training.workbook import Importer, export_training
from training.workbook.sheets import SESSION_WORDS, STATUS_WORDS

from .builders import attended, course, exempt, outside, person, session
from .workbooks import meaning, workbook

PEOPLE = ["HD-0001", "007", "0007", "Đ-1"]
COURSES, SESSIONS = ["K1", "K2", "01"], ["S1", "S2", "S3", "001"]
NAME = st.sampled_from(["Kỹ năng số", "=HYPERLINK(1)", "Đổi  mới", "+84", "#N/A"])
DAY = st.integers(0, 600).map(lambda n: date(2025, 6, 1) + timedelta(days=n))
SOME = {"max_size": 4, "unique": True}


@st.composite
def workbooks(draw):
    courses = draw(st.lists(st.sampled_from(COURSES), min_size=1, unique=True))
    sessions = draw(st.lists(st.sampled_from(SESSIONS), min_size=1, unique=True))
    pick = st.sampled_from
    rows = {"Khóa học": [], "Buổi học": [], "Điểm danh": [], "Tín chỉ ngoài": [], "Miễn": []}
    for code in courses:
        years = draw(
            st.lists(st.integers(2024, 2027), max_size=2).map(lambda found: ", ".join(map(str, found)))
        )
        wanted = draw(pick(["", "digital-skills", "innovation, digital-skills"]))
        rows["Khóa học"].append([code, draw(NAME), draw(pick(["1", "2, 7", 3])), years, wanted])
    for code in sessions:
        begin, length = draw(st.integers(0, 20)), draw(st.integers(1, 180))
        end = time(begin + length // 60, length % 60)
        minutes = draw(st.one_of(st.none(), st.integers(1, length)))
        state = draw(pick(list(SESSION_WORDS)))
        rows["Buổi học"].append([code, draw(pick(courses)), draw(DAY), time(begin), end, minutes, state])
    for code, who in draw(st.lists(st.tuples(pick(sessions), pick(PEOPLE)), **SOME)):
        rows["Điểm danh"].append([code, who, "", draw(pick(list(STATUS_WORDS))), draw(pick([None, 0, 1]))])
    for who, number in draw(st.lists(st.tuples(pick(PEOPLE), pick(["", "G1", "=2"])), **SOME)):
        yes, handed_in = draw(pick(["Có", "Không"])), draw(pick(["", "007"]))
        row = [who, date(2026, 2, 1), draw(st.integers(1, 500)), draw(NAME), number, yes, "", handed_in]
        rows["Tín chỉ ngoài"].append([*row, "HD-0900" if yes == "Có" else ""])
    for who, wanted in draw(st.lists(st.tuples(pick(PEOPLE), pick(["", "innovation"])), **SOME)):
        approver, end = draw(pick(["", "HD-0900"])), draw(st.one_of(st.none(), st.just(date(2027, 6, 1))))
        rows["Miễn"].append([who, wanted, date(2026, 3, 1), end, draw(NAME), approver])
    return rows


def write(sheets):
    return import_training(workbook(_as_text(sheets)), importer=Importer(name="kiểm thử"))


def _as_text(sheets):
    """openpyxl would make formulas of text; an office's file carries it as text, as the export does."""

    def text(value):
        return "\u200b" + value if isinstance(value, str) and value[:1] in "=#" and value else value

    return {title: [[text(v) for v in row] for row in rows] for title, rows in sheets.items()}


def _what_stands_before(draw_some):
    """People, and some of what the file will name: standing there differently."""
    for code in PEOPLE:
        person(code, full_name=f"Người {code}")
    checker = person("HD-0900")
    if draw_some:
        known = session(course("K1", topics=[5]), code="S1", on=date(2026, 1, 1))
        attended(checker, known, "late", 20)
        attended(checker.__class__.objects.get(staff_code="007"), known, source="scan")
        evidence.from_session(known)
        outside(checker, date(2026, 2, 1), state="refused", certificate_number="G9")
        exempt(checker, date(2026, 3, 1), state="requested")


class TrainingProperties(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(workbooks(), st.booleans(), st.randoms(use_true_random=False))
    def test_twice_is_once_back_is_identity_and_order_plays_no_part(self, sheets, some, rnd: random.Random):
        with transaction.atomic():
            _what_stands_before(some)
            user = User.objects.create_user("daotao")
            before = meaning()
            plan = write(sheets)
            assert plan.errors == [] and plan.conflicts == []
            once, events = meaning(), AttendanceEvent.objects.count()
            again = write({title: rnd.sample(rows, len(rows)) for title, rows in sheets.items()})
            assert (again.count("new"), again.count("changed")) == (0, 0)
            assert (meaning(), AttendanceEvent.objects.count()) == (once, events)
            back = import_training(io.BytesIO(export_training()))
            assert (back.count("new"), back.count("changed"), back.errors) == (0, 0, [])
            assert ImportBatch.objects.count() == 1
            assert revert(user, ImportBatch.objects.get().pk).code == "reverted"
            assert meaning() == before
            shuffled = {title: rnd.sample(rows, len(rows)) for title, rows in sheets.items()}
            assert write(shuffled).errors == []
            assert meaning() == once
            transaction.set_rollback(True)
