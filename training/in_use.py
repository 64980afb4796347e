"""Which requirements somebody works with in a year: nobody is asked or shown about the others."""

from collections import defaultdict

from .models import Requirement, RequirementCourse, RequirementYear
from .reference_data import DIGITAL_SKILLS


def in_use(year: int) -> list[Requirement]:
    """Those with a stored policy or a course that counts in the year; digital skills always, since the plan
    asks for them every year (A9)."""
    used = years_in_use([year])
    return [one for one in Requirement.objects.all() if one.code == DIGITAL_SKILLS or year in used[one.pk]]


def years_in_use(years) -> dict[int, set[int]]:
    """{requirement key: those of `years` with a stored policy or a course that counts}. Two queries."""
    found = defaultdict(set)
    for model in (RequirementYear, RequirementCourse):
        rows = model.objects.filter(year__in=years).order_by().distinct()
        for requirement, year in rows.values_list("requirement", "year"):
            found[requirement].add(year)
    return found
