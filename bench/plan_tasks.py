"""The list of tasks: the 61 of the plan, then 1,026 units with a task each; queries and milliseconds."""

from datetime import timedelta

BUDGETS = {
    "ward.queries": ("<=", 12),
    "many.queries": ("<=", 12),
    "ward.ms": ("<=", 1_000),
    "many.ms": ("<=", 3_000),
}
UNITS = 1_026
LIST = "/ke-hoach/dieu-hanh/nhiem-vu/"


def run():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_plan", verbosity=0)
    coordinator = _coordinator()
    ward = _measured(coordinator)
    _fill()
    return {"ward": ward, "many": _measured(coordinator)}


def _coordinator():
    """Somebody who coordinates, on the roster of the culture division."""
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from people.models import Staff, Unit, UnitAssignment, User
    from people.roles import Role

    user = User.objects.create_user("dieuphoi", is_sample=True)
    staff = Staff.objects.create(staff_code="HD-1", full_name="Đinh Thị Điều", user=user)
    unit = Unit.objects.get(code="VHXH")
    UnitAssignment.objects.create(staff=staff, unit=unit, start_on=timezone.localdate() - timedelta(days=9))
    user.groups.add(Group.objects.get_or_create(name=Role.PLAN_COORDINATOR.value)[0])
    return user


def _fill():
    from django.utils import timezone

    from people.models import Unit
    from plan.models import Task, TaskGroup, TaskUnit

    today, group = timezone.localdate(), TaskGroup.objects.first()
    missing = UNITS - Unit.objects.count()
    top = Unit.objects.filter(parent=None).first()
    units = Unit.objects.bulk_create(
        Unit(code=f"X{n:04d}", name=f"Đơn vị {n}", parent=top, order=500) for n in range(missing)
    )
    tasks = Task.objects.bulk_create(
        Task(
            code=f"NV-{today.year}-{n:04d}",
            group=group,
            text=f"Lắp đặt mã QR tại nhà văn hóa tổ dân phố số {n}. " * 4,
            due_on=today + timedelta(days=n % 200 - 50),
            order=1000,
        )
        for n in range(missing)
    )
    TaskUnit.objects.bulk_create(TaskUnit(task=t, unit=u) for t, u in zip(tasks, units, strict=True))


def _measured(user):
    import time

    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from portal import furniture

    settings.ALLOWED_HOSTS = ["testserver"]
    # Known for half a minute, and so no part of what a page costs.
    cache.set(furniture.KEPT_AS, furniture.Furniture(), None)
    client = Client()
    client.force_login(user)
    queries, spent = [], []
    for more in ("", "?xem=trang-thai", "?xem=bang", "?xem=don-vi", "?q=ma+qr", "?page=2"):
        client.get(f"{LIST}{more}")
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(f"{LIST}{more}")
        assert answer.status_code == 200, more
        queries.append(len(caught))
        began = time.perf_counter()
        client.get(f"{LIST}{more}")
        spent.append(round((time.perf_counter() - began) * 1000))
    return {"queries": max(queries), "ms": max(spent)}
