"""The public page of the plan's progress: 42 targets over five published years, in the ward and in one of
1,026 units; queries and milliseconds of a page that is made anew."""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from .databases import printed_by

ROOT = Path(__file__).resolve().parent.parent
MANY_UNITS, RUNS = 1_026, 15
BUDGETS = {
    "queries_most": ("<=", 12),
    "queries_more_with_units": ("<=", 0),
    "progress.cpu_ms": ("<=", 150),
    "target.cpu_ms": ("<=", 60),
    "freeze.queries": ("<=", 16),
    "payload_bytes": ("<=", 200_000),
}


def run():
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/plan.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "MEDIA_ROOT": f"{folder}/media",
            "REDIS_URL": "",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }
        return printed_by("bench.plan_public", environment)


def measure():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_plan", stdout=sys.stderr)
    _five_years()
    few = _pages()
    _more_units()
    many = _pages()
    pages = ("progress", "target", "tasks", "home")
    return many | {
        "queries_most": max(many[page]["queries"] for page in ("progress", "target", "tasks")),
        "queries_more_with_units": max(many[page]["queries"] - few[page]["queries"] for page in pages),
        "freeze": _freeze(),
        "payload_bytes": _payload_bytes(),
    }


def _five_years():
    from datetime import datetime

    from django.utils import timezone

    from people.models import User
    from plan.loading import YEARS
    from plan.models import Target, TargetPublication
    from plan.public import freezing
    from plan.public.publishing import hash_of

    now = timezone.now()
    user = User.objects.create_user("dieuphoi", "d@hungdao.example", "x", is_sample=True)
    targets = list(Target.objects.prefetch_related("definitions", "parts"))
    _report(targets, now)
    for year in YEARS:
        payload = freezing.payload_of(year, datetime(year, 12, 20).date())
        TargetPublication.objects.create(
            year=year,
            number=1,
            published_at=now,
            by=user,
            by_name="Điều phối",
            payload=payload,
            counts=freezing.counts_of(payload),
            sha256=hash_of(payload),
        )


def _report(targets, now):
    from datetime import date

    from plan.loading import YEARS
    from plan.models import ReportedValue

    ReportedValue.objects.bulk_create(
        ReportedValue(
            target=target,
            definition=target.definitions.last(),
            unit=target.parts.first().unit,
            year=year,
            as_of=date(year, 11, 30),
            numerator=n + year - 2026,
            denominator=100,
            by_name="Người báo cáo",
            at=now,
        )
        for n, target in enumerate(targets)
        for year in YEARS
    )


def _more_units():
    from people.models import Unit

    root = Unit.objects.get(parent=None)
    missing = MANY_UNITS - Unit.objects.count()
    for number in range(missing):
        Unit.objects.create(code=f"BE{number}", name=f"Tổ dân phố số {number}", parent=root)


def _pages():
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    return {
        name: _page(path)
        for name, path in (
            ("progress", "/ke-hoach/tien-do/"),
            ("target", "/ke-hoach/tien-do/A1/"),
            ("tasks", "/ke-hoach/tien-do/nhiem-vu/"),
            ("home", "/"),
        )
    }


def _page(path):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    for _ in range(2):
        assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
        queries = len(caught)
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        client.get(path)
        spent.append((time.process_time() - began) * 1000)
    return {"queries": queries, "cpu_ms": round(statistics.median(spent), 1)}


def _freeze():
    """What the coordinator's page costs: everything read and written down once."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from plan.public import publishing

    with CaptureQueriesContext(connection) as caught:
        began = time.process_time()
        publishing.draft(2026)
        spent = (time.process_time() - began) * 1000
    return {"queries": len(caught), "cpu_ms": round(spent, 1)}


def _payload_bytes():
    from plan.models import TargetPublication

    row = TargetPublication.objects.first()
    return len(json.dumps(row.payload, ensure_ascii=False).encode())


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measure()))
    sys.exit(0)
