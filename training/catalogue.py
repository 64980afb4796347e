"""Which course counts for what: the one way to say it."""

from collections import defaultdict

from .models import RequirementCourse


def set_counting(course, requirements, years):
    """Makes `course` count for every one of `requirements` in every one of `years`, and for nothing else.

    A whole product, because one row of the workbook says no more (training.md §7). Inside atomic().
    """
    wanted = {(requirement.pk, year) for requirement in requirements for year in years}
    present = {(row.requirement_id, row.year): row.pk for row in course.counting.all()}
    gone = [pk for key, pk in present.items() if key not in wanted]
    if gone:
        RequirementCourse.objects.filter(pk__in=gone).delete()
    RequirementCourse.objects.bulk_create(
        RequirementCourse(course=course, requirement_id=requirement, year=year)
        for requirement, year in sorted(wanted - present.keys())
    )


def counting_of_all():
    """`{course pk: (sorted requirement codes, sorted years)}`, one query."""
    found = defaultdict(lambda: (set(), set()))
    for course, code, year in RequirementCourse.objects.values_list("course", "requirement__code", "year"):
        found[course][0].add(code)
        found[course][1].add(year)
    return {course: (sorted(codes), sorted(years)) for course, (codes, years) in found.items()}
