"""Coverage of a city: 114 wards, 1,026 units, 42,000 people, 768,000 attendance rows (training.md §9).

Loading a city takes minutes; BENCH_CITY names an SQLite file to keep one in and to find it again.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from datetime import time as clock

from .databases import on_both

WARDS, STAFF, YEARS = 114, 42_000, 3
RUNS = 15


def _budgets(database, city, ward, prototype):
    """Milliseconds for a city, a ward and the prototype's city; the worst cases of a year may take twice as
    long. The shares hold on a slow machine too."""
    return {
        f"{database}.city_to_prototype": ("<=", round(city / prototype, 2)),
        f"{database}.city_ms": ("<=", city),
        f"{database}.city_queries": ("<=", 4),
        f"{database}.ward_ms": ("<=", ward),
        f"{database}.january_ms": ("<=", 2 * city),
        f"{database}.two_sessions_each_ms": ("<=", 2 * city),
        f"{database}.board_queries": ("<=", 12),
    }


BUDGETS = _budgets("sqlite", 250, 30, 137)
_WITH_POSTGRESQL = _budgets("postgresql", 150, 30, 93)


def run():
    with tempfile.TemporaryDirectory() as folder:
        city = os.environ.get("BENCH_CITY") or f"{folder}/city.sqlite3"
        figures = on_both("bench.coverage", folder, sqlite=city)
    if "postgresql" in figures:
        BUDGETS.update(_WITH_POSTGRESQL)
    return figures


# ---- inside the process of one database


def measure():
    import django

    django.setup()
    figures = _load()
    return figures | _coverage() | _board()


def _load():
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from people.models import Unit
    from people.samples import Size, load, samples_exist
    from training.models import Attendance

    call_command("migrate", verbosity=0)
    began, figures = time.monotonic(), {}
    if not samples_exist():
        call_command("load_plan", stdout=sys.stderr)
        load(Size(wards=WARDS, staff=STAFF, years=YEARS), now=timezone.now())
        _two_sessions_each(timezone.localdate().year + 1)
        figures["load_s"] = round(time.monotonic() - began)
        _tidied()
    settings.ALLOWED_HOSTS = ["testserver"]
    return figures | {"units": Unit.objects.count(), "attendance": Attendance.objects.count()}


def _tidied():
    """As a database is a minute after so many rows came in: PostgreSQL's autovacuum has been round."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _two_sessions_each(year):
    """Everybody at two sessions of 90 minutes on one day: with 180 asked, all are lined up."""
    from people.models import Staff
    from training.models import Attendance, Course, Requirement, RequirementCourse, Session
    from training.samples.bulk import insert_rows

    course = Course.objects.create(code=f"BENCH-{year}", name="Bench", topics=[1])
    RequirementCourse.objects.create(
        requirement=Requirement.objects.get(code="digital-skills"), year=year, course=course
    )
    people = list(Staff.objects.values_list("pk", flat=True))
    for start in range(0, len(people), STAFF // WARDS):
        for hour in (8, 10):
            session = Session.objects.create(
                code=f"BENCH-{start}-{hour}",
                course=course,
                held_on=date(year, 3, 10),
                starts_at=clock(hour),
                ends_at=clock(hour + 1, 30),
                credit_minutes=90,
                state="confirmed",
            )
            insert_rows(
                Attendance,
                ("session", "staff", "status", "minutes", "session_minutes"),
                [(session.pk, key, "present", 90, 90) for key in people[start : start + STAFF // WARDS]],
            )


def _coverage():
    from dataclasses import replace

    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from people.models import Unit
    from people.units import UnitTree
    from training import coverage

    today = timezone.localdate()
    ward = Unit.objects.get(code=f"M{WARDS // 2:03d}").pk

    def city(day=today, **changed):
        policy = replace(coverage.policy_of("digital-skills", day.year), **changed)
        return coverage.figures_by_unit(policy, day, tree=UnitTree.load())

    def one_ward():
        tree = UnitTree.load()
        policy = coverage.policy_of("digital-skills", today.year)
        return coverage.figures_by_unit(policy, today, units=tree.subtree(ward), tree=tree)

    def missing():
        policy = coverage.policy_of("digital-skills", today.year)
        return coverage.people(policy, today, states=[coverage.State.MISSING])

    policy = coverage.policy_of("digital-skills", today.year)
    with CaptureQueriesContext(connection) as caught:
        found = city()
    return {
        "people": coverage.whole(found).population,
        "city_queries": len(caught),
        **_beside_the_prototype(city, policy, today),
        "ward_ms": _median(one_ward),
        "january_ms": _median(lambda: city(date(today.year, 1, 1) + timedelta(days=1))),
        "two_sessions_each_ms": _median(lambda: city(date(today.year + 1, 12, 31), min_minutes=180)),
        "what_if_180_ms": _median(lambda: city(min_minutes=180)),
        "missing_ms": _median(missing),
    }


def _beside_the_prototype(city, policy, day):
    """Both in turn, so that whatever else the machine does slows both."""
    from .yardstick import ask_prototype

    def prototype():
        ask_prototype(policy, day)

    for ask in (city, prototype):
        ask()
    pairs = [(_timed(city), _timed(prototype)) for _ in range(RUNS)]
    return {
        "city_ms": round(statistics.median(ours for ours, _ in pairs), 1),
        "prototype_ms": round(statistics.median(theirs for _, theirs in pairs), 1),
        "city_to_prototype": round(statistics.median(ours / theirs for ours, theirs in pairs), 2),
    }


def _median(ask):
    """Milliseconds, warm."""
    _timed(ask)
    return round(statistics.median(_timed(ask) for _ in range(RUNS)), 1)


def _timed(ask):
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _board():
    """The board as the training officer opens it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from people.models import User

    client = Client()
    client.force_login(User.objects.get(username="daotao"))
    client.get(reverse("training:coverage"))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse("training:coverage"))
    assert answer.status_code == 200
    return {
        "board_queries": len(caught),
        "board_html_bytes": len(answer.content),
        "board_ms": _median(lambda: client.get(reverse("training:coverage"))),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
