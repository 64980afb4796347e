"""Every board and list of the plan in a city of 114 wards, 1,026 units: what one page asks of the database
and the CPU of its making, for the coordinator, a unit's reporter and everybody."""

import json
import statistics
import sys
import tempfile
import time

from .databases import on_both

WARDS, UNITS, STAFF, RUNS = 114, 1_026, 300, 5  # nine units a ward
MOST_QUERIES, MOST_MS = 12, 1_500
_EACH = {"most_queries": ("<=", MOST_QUERIES), "slowest_cpu_ms": ("<=", MOST_MS), "units": (">=", UNITS)}
BUDGETS = {f"sqlite.{name}": budget for name, budget in _EACH.items()}
_WITH_POSTGRESQL = {f"postgresql.{name}": budget for name, budget in _EACH.items()}
# Names of addresses; each book and one period's board are added to them.
INSIDE = ("targets", "tasks", "money", "reports", "difficulties", "survey", "survey_results", "books")
COORDINATORS = ("consolidations", "survey_comments")
PUBLIC = ("progress", "progress_tasks", "difficulties_answered", "showcases")


def run():
    with tempfile.TemporaryDirectory() as folder:
        figures = on_both("bench.plan_lists", folder)
    if "postgresql" in figures:
        BUDGETS.update(_WITH_POSTGRESQL)
    return figures


# ---- inside the process of one database


def measure():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("load_plan", stdout=sys.stderr)
    call_command("load_samples", wards=WARDS, staff=STAFF, stdout=sys.stderr)
    units = _everybody_takes_part()
    if connection.vendor == "postgresql":  # as autovacuum leaves it a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    pages = {f"{who} {path}": _asked(who, path) for who, path in _pages()}
    return {
        "units": units,
        "most_queries": max(page["queries"] for page in pages.values()),
        "slowest_cpu_ms": max(page["cpu_ms"] for page in pages.values()),
        "pages": pages,
    }


def _pages():
    """(user name, path); "" is everybody."""
    from django.urls import reverse

    from people.models import User
    from plan.books.access import Rights
    from plan.books.book import all_books
    from plan.models import ReportPeriod

    def books(who):
        rights = Rights(User.objects.get(username=who))
        return [reverse("plan:book", args=[book.slug]) for book in all_books() if rights.reads(book)]

    inside = [reverse(f"plan:{name}") for name in INSIDE]
    board = ReportPeriod.objects.get(reports__state="returned").get_absolute_url()
    coordinators = [reverse(f"plan:{name}") for name in COORDINATORS] + [board]
    public = [reverse(f"plan:{name}") for name in PUBLIC]
    yield from (("dieuphoi", path) for path in (*inside, *coordinators, *books("dieuphoi")))
    yield from (("baocao", path) for path in (*inside, *books("baocao")))
    yield from (("", path) for path in public)


def _everybody_takes_part():
    """Every unit leads a target and a task, owes a report and raised a difficulty; the number of units."""
    from people.models import Unit
    from plan.models import Difficulty, Part, ReportPeriod, Target, TargetUnit, Task, TaskUnit, UnitReport

    units = list(Unit.objects.exclude(parent=None))
    targets, tasks = list(Target.objects.all()), list(Task.objects.all())
    period = ReportPeriod.objects.get(reports__state="returned")
    owing = set(period.reports.values_list("unit", flat=True))
    pattern = Difficulty.objects.order_by("pk").first()
    for number, unit in enumerate(units):
        TargetUnit.objects.get_or_create(
            target=targets[number % len(targets)], unit=unit, defaults={"part": Part.LEAD, "order": 9}
        )
        TaskUnit.objects.get_or_create(
            task=tasks[number % len(tasks)], unit=unit, defaults={"part": Part.LEAD, "order": 9}
        )
    UnitReport.objects.bulk_create(
        UnitReport(period=period, unit=unit, unit_code=unit.code, unit_name=unit.name, state="draft")
        for unit in units
        if unit.pk not in owing
    )
    Difficulty.objects.bulk_create(
        Difficulty(
            number=f"{pattern.number}-{number}",
            origin=pattern.origin,
            from_unit=unit,
            from_unit_name=unit.name,
            text=pattern.text,
            received_at=pattern.received_at,
            answer_due_on=pattern.answer_due_on,
            state=pattern.state,
            state_since=pattern.state_since,
        )
        for number, unit in enumerate(units)
    )
    return Unit.objects.count()


def _asked(who, path):
    """What one answer asks of the database, and the median of the milliseconds of CPU it takes."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from people.models import User

    client, times = Client(), []
    if who:
        client.force_login(User.objects.get(username=who), settings.AUTHENTICATION_BACKENDS[0])
    for _run in range(RUNS):
        began = time.process_time()
        assert client.get(path).status_code == 200, path
        times.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return {"queries": len(captured), "cpu_ms": round(statistics.median(times), 1)}


if __name__ == "__main__":
    print(json.dumps(measure()))
