"""Which course counts for what: the one way to say it."""

from collections import defaultdict

from .models import RequirementCourse


def set_counting(course, requirements, years):
    """Makes `course` count for every one of `requirements` in every one of `years`, and for nothing else.

    A whole product, because one row of the workbook says no more (training.md §7). Inside atomic().
    """
    set_counting_of({course.pk: {(requirement.pk, year) for requirement in requirements for year in years}})


def set_counting_of(wanted):
    """`set_counting` of many courses: `wanted` is {course pk: {(requirement pk, year)}}. Inside atomic()."""
    asked = {(course, *pair) for course, pairs in wanted.items() for pair in pairs}
    rows = RequirementCourse.objects.filter(course__in=list(wanted))
    present = {tuple(key): pk for pk, *key in rows.values_list("pk", "course", "requirement", "year")}
    gone = [pk for key, pk in present.items() if key not in asked]
    if gone:
        RequirementCourse.objects.filter(pk__in=gone).delete()
    RequirementCourse.objects.bulk_create(
        RequirementCourse(course_id=course, requirement_id=requirement, year=year)
        for course, requirement, year in sorted(asked - present.keys())
    )


def counting_of_all():
    """`{course pk: (sorted requirement codes, sorted years)}`, one query."""
    found = defaultdict(lambda: (set(), set()))
    for course, code, year in RequirementCourse.objects.values_list("course", "requirement__code", "year"):
        found[course][0].add(code)
        found[course][1].add(year)
    return {course: (sorted(codes), sorted(years)) for course, (codes, years) in found.items()}
