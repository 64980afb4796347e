"""A commendation in the crawler's ward, read by its holder, their unit head and who keeps the roster."""

from django.utils import timezone

from people import commendations
from people.models import Staff

SECRETS = {"commendation": ("Giấy khen riêng 5561", "staff", "unit_head", "training", "personnel")}


def add_extracts(world):
    today = timezone.localdate()
    row = commendations.enter(
        world.ward.nhansu,
        Staff.objects.get(staff_code=world.labels["trainee"]),
        year=today.year,
        kind="commendation",
        title="Giấy khen riêng 5561",
        decision_number="61/QĐ-UBND",
        decided_on=today,
        issued_by="Chủ tịch UBND phường",
    )
    world.labels["commendation"] = row.pk
