"""The sample catalogue: the same courses every year, each year's under its own codes."""

import json
from functools import cache
from pathlib import Path

from training.models import Course, Requirement, RequirementCourse

_DATA = Path(__file__).parent / "data"


@cache
def read(name):
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


def make_courses(years, current) -> dict[str, Course]:
    """`{code: course}` of `years`; only those of the `current` one are offered."""
    described = [(year, entry) for year in years for entry in read("courses")]
    courses = Course.objects.bulk_create(
        Course(
            code=entry["code"].format(year=year),
            name=entry["name"],
            description=entry["description"],
            topics=entry["topics"],
            level=entry["level"],
            mode=entry["mode"],
            is_active=year == current,
            is_sample=True,
        )
        for year, entry in described
    )
    requirements = {requirement.code: requirement for requirement in Requirement.objects.all()}
    RequirementCourse.objects.bulk_create(
        RequirementCourse(requirement=requirements[code], year=year, course=course)
        for (year, entry), course in zip(described, courses, strict=True)
        for code in entry["counts_for"]
    )
    return {course.code: course for course in courses}
