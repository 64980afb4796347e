"""The ward and its units as plan 178/KH-UBND names them."""

from django.conf import settings
from django.db import transaction

from config.plan_file import read_plan
from people.models import Unit

# The plan's unit: the code the ward files it under, and its kind (training.md §6).
_UNITS = {
    "U1": ("VP", "Văn phòng"),
    "U2": ("VHXH", "Phòng chuyên môn"),
    "U3": ("KTHTDT", "Phòng chuyên môn"),
    "U4": ("MTTQ", "Mặt trận Tổ quốc"),
    "U5": ("CA", "Công an"),
    "U6": ("DVSNC", "Đơn vị sự nghiệp"),
    "U7": ("PVHCC", "Trung tâm"),
}
CODES = {name: code for name, (code, _kind) in _UNITS.items()}
FRONT = "U4"  # its tasks are asked for ("Đề nghị"), not ordered
# Organisations under the Front: the task of part VII that names each.
ORGANISATIONS = {
    "U4.2": "MTTQ-DTN",
    "U4.3": "MTTQ-HND",
    "U4.4": "MTTQ-HPN",
    "U4.5": "MTTQ-KHAC",
}


def planned_units():
    """`(code, name, kind, parent code)` of everything the plan names, parents first."""
    ward = settings.WARD_CODE
    yield ward, settings.PORTAL["ward_name"], "Phường", ""
    for unit in read_plan()["units"]:
        code, kind = _UNITS[unit["id"]]
        yield code, unit["name_vi"], kind, ward
        for task in unit["tasks"]:
            if child := ORGANISATIONS.get(task["id"]):
                yield child, task["assigned_to_vi"], "Tổ chức chính trị - xã hội", code


def load_units():
    """Makes the units that are missing; `(created, kept)` codes.

    A unit that is there stays as it is: name, place in the tree and order are the office's own by then.
    """
    created, kept = [], []
    with transaction.atomic():
        present = {unit.code: unit for unit in Unit.objects.all()}
        for order, (code, name, kind, parent) in enumerate(planned_units()):
            if code in present:
                kept.append(code)
                continue
            values = {"name": name, "kind": kind, "order": order, "parent": present.get(parent)}
            present[code] = Unit.objects.create(code=code, **values)
            created.append(code)
    return created, kept
