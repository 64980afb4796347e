"""How SQLite goes about the statement where a city is counted: what it plans from a city's statistics.

A part of the statement that it takes for a small one it may read whole for every person, 36,000 rows 42,000
times over, and the board never answers. The tests' own rows are too few to show it; the plan shows it.
"""

import re
import sqlite3
from datetime import date

import pytest
from django.db import connection

from training import forecast
from training.coverage import Policy
from training.coverage.statement import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# `SELECT tbl, idx, stat FROM sqlite_stat1` of 114 wards, 42,000 people and three years of training.
STATISTICS = """
people_leave | people_leave_staff_id_0e2aefa7 | 2141 1
people_leave | sqlite_autoindex_people_leave_1 | 2141 1 1
people_servicespell | people_servicespell_staff_id_d70120a5 | 42611 1
people_servicespell | people_spell_dates_idx | 42611 1 1 1
people_servicespell | sqlite_autoindex_people_servicespell_1 | 42611 1 1 1
people_unitassignment | people_primary_dates_idx | 44330 1 1 1
people_unitassignment | people_unitassignment_position_id_03d581a4 | 45576 2681
people_unitassignment | people_unitassignment_staff_id_5c4dba27 | 45576 1
people_unitassignment | people_unitassignment_unit_id_84c04132 | 45576 45
people_unitassignment | sqlite_autoindex_people_unitassignment_1 | 45576 1 1 1
training_attendance | sqlite_autoindex_training_attendance_1 | 766790 46 1
training_attendance | training_attendance_staff_id_6a179b11 | 766790 19
training_attendance | training_attended_idx | 721002 18 1 1
training_attendance | training_there_idx | 721002 43 1 1
training_enrolment | sqlite_autoindex_training_enrolment_1 | 766790 46 1
training_enrolment | training_enrolment_by_id_5f0c030a | 766790 766790
training_enrolment | training_enrolment_session_id_68f2f4bc | 766790 46
training_enrolment | training_enrolment_staff_id_a3ece18c | 766790 19
training_enrolment | training_enrolment_staff_idx | 766790 19 19
training_requirementcourse | sqlite_autoindex_training_requirementcourse_1 | 76 16 4 1
training_requirementcourse | training_requirementcourse_course_id_d5ade9af | 76 2
training_requirementcourse | training_requirementcourse_requirement_id_b16efe62 | 76 16
training_session | sqlite_autoindex_training_session_1 | 17250 1
training_session | training_session_course_id_e49368c8 | 17250 332
training_session | training_session_held_on_6b2fe92a | 17250 104
training_session | training_session_organiser_id_5765708c | 17250 17250
training_session | training_session_state_idx | 17250 5750 59
"""


@pytest.fixture
def city():
    """An empty database with the portal's tables and a city's statistics."""
    empty = sqlite3.connect(":memory:")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        for (statement,) in cursor.fetchall():
            if re.search(r"\b(training|people)_\w+", statement):
                empty.execute(statement)
    empty.execute("ANALYZE")
    lines = [line.split(" | ") for line in STATISTICS.strip().splitlines()]
    empty.executemany("INSERT INTO sqlite_stat1 VALUES (?, NULLIF(?, ''), ?)", lines)
    empty.execute("ANALYZE sqlite_schema")
    yield empty
    empty.close()


@pytest.mark.parametrize("kind", [Statement, forecast.OnceConfirmed, forecast.IfAllCome])
@pytest.mark.parametrize("minutes", [1, 180])
def test_no_part_is_read_whole_for_every_person(city, kind, minutes):
    policy = Policy(1, "digital-skills", "", 2026, ("CB", "CC", "VC"), min_minutes=minutes)
    asked = kind(policy, date(2026, 11, 24))
    select = "SELECT unit_id, state, COUNT(*) FROM judged GROUP BY unit_id, state"
    plan = city.execute(
        "EXPLAIN QUERY PLAN " + re.sub(r"%\((\w+)\)s", r":\1", f"{asked.tables}\n{select}"), asked.parameters
    ).fetchall()
    lines = [line for *_, line in plan]
    assert "USE TEMP B-TREE FOR GROUP BY" in lines
    assert [line for line in lines if re.search(r"SCAN \w+ LEFT-JOIN", line)] == []
