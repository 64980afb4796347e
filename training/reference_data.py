"""What every installation starts with: the requirements, and the framework of competencies. Run after
migrate, never changing what is there."""

import json
from pathlib import Path

from django.db import transaction

# code: (name, categories, legal basis); training.md §1, targets A9, C4, D9, E2 of plan 178/KH-UBND.
REQUIREMENTS = {
    "digital-skills": (
        "Kỹ năng số, chuyển đổi số",
        ["CB", "CC", "VC"],
        "Kế hoạch 178/KH-UBND, mục II.2.a (A9)",
    ),
    "core-digital-skills": ("Kỹ năng số của hội viên nòng cốt", ["NC"], "Kế hoạch 178/KH-UBND (C4)"),
    "digital-transformation": ("Chuyển đổi số", ["CB", "CC"], "Kế hoạch 178/KH-UBND (E2)"),
    "innovation": ("Đổi mới sáng tạo", ["CB", "CC"], "Kế hoạch 178/KH-UBND (E2)"),
    "information-security": ("An toàn thông tin", ["CB", "CC"], "Kế hoạch 178/KH-UBND (D9)"),
}
DIGITAL_SKILLS = "digital-skills"
FRAMEWORK = Path(__file__).parent / "data" / "framework.json"


def load_reference_data(**kwargs):
    from .models import Requirement

    present = set(Requirement.objects.values_list("code", flat=True))
    Requirement.objects.bulk_create(
        Requirement(code=code, name=name, categories=categories, legal_basis=basis, order=order)
        for order, (code, (name, categories, basis)) in enumerate(REQUIREMENTS.items())
        if code not in present
    )
    load_framework()


def load_framework():
    """The framework of the file where its code is unknown; one that is there is left as the office has it.

    It becomes the current one only where there is none. A constant number of queries.
    """
    from .models import Framework

    told = json.loads(FRAMEWORK.read_text(encoding="utf-8"))
    present = list(Framework.objects.values_list("code", "is_current"))
    if told["code"] in {code for code, _current in present}:
        return
    with transaction.atomic():
        _write(told, is_current=not any(current for _code, current in present))


def _write(told, *, is_current):
    from .models import Area, Competency, Framework, Level

    framework = Framework.objects.create(
        code=told["code"],
        name=told["name"],
        legal_basis=told["legal_basis"],
        is_current=is_current,
    )
    Level.objects.bulk_create(Level(framework=framework, **level) for level in told["levels"])
    Area.objects.bulk_create(
        Area(framework=framework, topic=area["topic"], name=area["name"]) for area in told["areas"]
    )
    areas = {area.topic: area for area in framework.areas.all()}
    Competency.objects.bulk_create(
        Competency(area=areas[area["topic"]], **competency)
        for area in told["areas"]
        for competency in area["competencies"]
    )
