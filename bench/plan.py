"""The board of targets: a ward as the plan names it, and a city of 1,026 units.

In the city each of 114 wards has a unit leading every target; figures of five years.
"""

import statistics
import time
from datetime import date

WARDS, UNITS_A_WARD, RUNS = 114, 9, 12
BUDGETS = {
    "ward.own_queries": ("<=", 12),  # of the board, beside what every page asks about its reader
    "ward.page_queries": ("<=", 12),
    "ward.page_cpu_ms": ("<=", 200),
    "ward.html_bytes": ("<=", 160_000),
    "city.own_queries": ("<=", 12),
    "city.page_queries": ("<=", 12),
    "city.page_cpu_ms": ("<=", 2_500),
    "city.html_bytes": ("<=", 260_000),
    "city.unit_cpu_ms": ("<=", 2_500),
    "city.excel_cpu_ms": ("<=", 3_000),
    "city.target_cpu_ms": ("<=", 400),
}


def run():
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    reader = _reader()
    _report()
    ward = _board(reader)
    _city()
    return {"ward": ward, "city": _board(reader) | _more(reader)}


def _reader():
    """The plan loaded, and its coordinator."""
    from people.models import User
    from people.roles import Role, set_up_role
    from plan.loading import load_content
    from plan.units import load_units

    load_units()
    load_content()
    reader = User.objects.create_user("dieuphoi", password=None, is_sample=True)
    set_up_role(reader, Role.PLAN_COORDINATOR, "bench")
    return reader


def _report(leads=None):
    """Figures of five years for every leading unit, in bulk."""
    from django.utils import timezone

    from plan.loading import YEARS
    from plan.models import Part, ReportedValue, TargetDefinition, TargetUnit

    now = timezone.now()
    definitions = {one.target_id: one for one in TargetDefinition.objects.all()}
    parts = leads or TargetUnit.objects.filter(part=Part.LEAD)
    ReportedValue.objects.bulk_create(
        (
            ReportedValue(
                target_id=part.target_id,
                definition=definitions[part.target_id],
                unit_id=part.unit_id,
                year=year,
                as_of=date(year, 12, 31),
                numerator=70 + part.unit_id % 30,
                denominator=100,
                source="Sổ theo dõi của đơn vị",
                by_name="Nguyễn Thị Bích Liên",
                at=now,
            )
            for part in parts
            for year in YEARS
        ),
        batch_size=2_000,
    )


def _city():
    from people.models import Unit
    from plan.models import Part, Target, TargetUnit

    top = Unit.objects.get(code="HD")
    wards = Unit.objects.bulk_create(
        Unit(code=f"M{n:03d}", name=f"Phường mẫu {n}", parent=top, order=1_000 + n) for n in range(WARDS)
    )
    Unit.objects.bulk_create(
        Unit(code=f"{ward.code}-{n}", name=f"Phòng {n} {ward.name}", parent=ward, order=10_000 + n)
        for ward in wards
        for n in range(UNITS_A_WARD - 1)
    )
    led = Unit.objects.filter(code__endswith="-0").order_by("code")
    leads = TargetUnit.objects.bulk_create(
        [
            TargetUnit(target=target, unit=unit, part=Part.LEAD, order=1)
            for target in Target.objects.all()
            for unit in led
        ],
        batch_size=2_000,
    )
    _report(leads)


def _board(reader):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from people.models import Unit, User
    from plan.models import ReportedValue
    from plan.targets.board import Asked, board

    client, path = Client(), reverse("plan:targets")
    client.force_login(reader)
    client.get(path)
    with CaptureQueriesContext(connection) as page:
        answer = client.get(path)
    assert answer.status_code == 200
    again = User.objects.get(pk=reader.pk)
    with CaptureQueriesContext(connection) as own:
        found = board(again, Asked(2026))
    assert len(found.rows) == 42
    return {
        "units": Unit.objects.count(),
        "values": ReportedValue.objects.count(),
        "own_queries": len(own),
        "page_queries": len(page),
        "page_cpu_ms": _median(lambda: client.get(path)),
        "html_bytes": len(answer.content),
    }


def _more(reader):
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(reader)
    board, excel = reverse("plan:targets"), reverse("plan:targets_workbook")
    return {
        "unit_cpu_ms": _median(lambda: client.get(f"{board}?don_vi=M057")),
        "excel_cpu_ms": _median(lambda: client.get(excel).getvalue()),
        "target_cpu_ms": _median(lambda: client.get(reverse("plan:target", args=["A1"]))),
    }


def _median(ask):
    """Milliseconds of CPU, warm: whatever else the machine does plays no part."""
    ask()
    return round(statistics.median(_timed(ask) for _ in range(RUNS)), 1)


def _timed(ask):
    began = time.process_time()
    ask()
    return (time.process_time() - began) * 1000
