"""Reports of the units: the board of a period with the units of 114 wards, a page of it, and the steps of one
report; as the server makes the whole answer, without the network."""

import json
import statistics
import sys
import tempfile
import time
from datetime import timedelta

from .databases import on_both

WARDS, STAFF, RUNS = 114, 300, 15  # nine units a ward
LIMIT_MS = 300
BUDGETS = {f"sqlite.{name}_ms": ("<=", LIMIT_MS) for name in ("board", "board_late", "step", "check")}
BUDGETS |= {"sqlite.board_queries": ("<=", 30), "sqlite.step_queries": ("<=", 40)}
_WITH_POSTGRESQL = {path.replace("sqlite", "postgresql"): budget for path, budget in BUDGETS.items()}


def run():
    with tempfile.TemporaryDirectory() as folder:
        figures = on_both("bench.plan_reports", folder)
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
    from django.test import Client
    from django.utils import timezone

    from people.models import Unit, User
    from plan.models import ReportPeriod, UnitReport

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("load_plan", stdout=sys.stderr)
    call_command("load_samples", wards=WARDS, staff=STAFF, stdout=sys.stderr)
    period = ReportPeriod.objects.get(reports__state="returned")
    present = set(period.reports.values_list("unit", flat=True))
    others = Unit.objects.exclude(parent=None).exclude(pk__in=present)
    UnitReport.objects.bulk_create(
        UnitReport(
            period=period,
            unit=unit,
            unit_code=unit.code,
            unit_name=unit.name,
            state=("submitted", "draft", "accepted")[number % 3],
            is_late=number % 5 == 0,
            submitted_at=timezone.now() - timedelta(days=number % 9) if number % 3 != 1 else None,
        )
        for number, unit in enumerate(others)
    )
    if connection.vendor == "postgresql":  # as autovacuum leaves it a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(User.objects.get(username="dieuphoi"), settings.AUTHENTICATION_BACKENDS[0])
    board = period.get_absolute_url()
    figures = {"reports": period.reports.count()}
    figures |= _asked(client, "board", board) | _asked(client, "board_late", f"{board}?xem=muon")
    writer = User.objects.get(username="baocao")
    report = period.reports.get(unit__code="KTHTDT")
    client.force_login(writer, settings.AUTHENTICATION_BACKENDS[0])
    own = f"{report.get_absolute_url()}buoc/"
    return figures | _asked(client, "step", f"{own}1/") | _asked(client, "check", f"{own}6/")


def _asked(client, name, path):
    """Median of RUNS answers in milliseconds, and what one asks of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        assert client.get(path).status_code == 200, path
        times.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return {f"{name}_ms": round(statistics.median(times), 1), f"{name}_queries": len(captured)}


if __name__ == "__main__":
    print(json.dumps(measure()))
