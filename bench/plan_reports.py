"""Reports of the units with the units of 114 wards: the board of a period, the pages of one report, and the
ward's report over all that were accepted; as the server makes the whole answer, without the network.

`own` are the queries of the page itself, beside what every page asks about its reader; time is of the CPU, so
that what else the machine does plays no part.
"""

import json
import statistics
import sys
import tempfile
import time
from datetime import timedelta

from .databases import on_both

WARDS, STAFF, RUNS = 114, 300, 9  # nine units a ward, the ward itself among them
# Who writes a report sees at every step what is still missing anywhere:
# these pages, and those that draw the ward's report anew, ask all of targets, tasks and reports each time.
OWN = {"board": 8, "board_late": 8, "list": 4, "report": 16, "step": 14, "check": 16}
OWN |= {"ward": 16, "ward_compared": 12, "ward_section": 2}
CPU_MS = dict.fromkeys(OWN, 300) | {"ward": 1_200, "ward_compared": 800}
BUDGETS = {f"sqlite.{name}_own": ("<=", most) for name, most in OWN.items()}
BUDGETS |= {f"sqlite.{name}_cpu_ms": ("<=", most) for name, most in CPU_MS.items()}
_WITH_POSTGRESQL = {path.replace("sqlite", "postgresql"): budget for path, budget in BUDGETS.items()}
# What every page asks about its reader and the frame around it.
_FRAME = (
    "django_session",
    "accounts",
    "people_user",
    "notifications_",
    "obligations_dutyfigure",
    "auth_group",
    "ideas_seat",
    "competitions_participation",
)


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
    from plan.models import ReportPeriod, ReportVersion, UnitReport

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
    sent = ReportVersion.objects.filter(report__period=period, report__state="accepted").first()
    ReportVersion.objects.bulk_create(
        ReportVersion(
            report=report,
            number=1,
            payload=sent.payload | {"unit": {"code": report.unit_code, "name": report.unit_name}},
            sha256=f"{report.pk:064d}",
            submitted_at=report.submitted_at,
            by_name=sent.by_name,
        )
        for report in period.reports.filter(state="accepted", versions=None)
    )
    if connection.vendor == "postgresql":  # as autovacuum leaves it a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(User.objects.get(username="dieuphoi"), settings.AUTHENTICATION_BACKENDS[0])
    board, ward = period.get_absolute_url(), f"/ke-hoach/dieu-hanh/tong-hop/{period.code}/"
    figures = {
        "reports": period.reports.count(),
        "accepted": period.reports.filter(state="accepted", versions__isnull=False).count(),
    }
    figures |= _asked(client, "board", board) | _asked(client, "board_late", f"{board}?xem=muon")
    figures |= _asked(client, "ward", ward) | _asked(client, "ward_compared", f"{ward}so-voi-ky-truoc/")
    figures |= _asked(client, "ward_section", f"{ward}muc/chi-tieu/")
    report = period.reports.get(unit__code="KTHTDT")
    client.force_login(User.objects.get(username="baocao"), settings.AUTHENTICATION_BACKENDS[0])
    own = report.get_absolute_url()
    figures |= _asked(client, "list", "/ke-hoach/dieu-hanh/bao-cao/") | _asked(client, "report", own)
    return figures | _asked(client, "step", f"{own}buoc/1/") | _asked(client, "check", f"{own}buoc/6/")


def _asked(client, name, path):
    """Median of RUNS answers in milliseconds of CPU, and what one asks of the database, in all and itself."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _run in range(RUNS):
        began = time.process_time()
        assert client.get(path).status_code == 200, path
        times.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    own = [one for one in captured if not any(table in one["sql"] for table in _FRAME)]
    return {
        f"{name}_cpu_ms": round(statistics.median(times), 1),
        f"{name}_queries": len(captured),
        f"{name}_own": len(own),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
