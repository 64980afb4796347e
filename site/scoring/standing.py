"""How far a sheet is, for the page that fills it: total and grade only once every required criterion has
points."""

from django.utils.translation import gettext as _

from vietnamese.numbers import format_decimal

from .result import SheetValues, compute
from .saving import missing_criteria


def standing(sheet, rubric):
    """The kept sheet as plain values: how many criteria are scored, which are not, total and grade."""
    points = sheet.values("").points
    missing = missing_criteria(sheet, rubric)
    found = {
        "scored": len(rubric.required) - len(missing),
        "required": len(rubric.required),
        "missing": [criterion.name for criterion in missing],
        "done": sorted(points),
        "total": "",
        "grade": "",
    }
    return found if missing else found | _total_and_grade(rubric, points)


def _total_and_grade(rubric, points):
    result = compute(rubric, [SheetValues("", points)])
    labels = {grade.code: grade.label for grade in rubric.grades}
    return {
        "total": format_decimal(result.sheets[0].total),
        "grade": labels.get(result.grade, _("below every grade") if labels else ""),
    }


def standing_words(standing):
    """The sentences the page shows for `standing`, in the reader's language."""
    scored = _("%(scored)s of %(required)s criteria scored") % standing
    why = _("not scored yet: %(names)s.") % {"names": ", ".join(standing["missing"])}
    return {"scored": scored, "why": why if standing["missing"] else ""}


def shown(sheet, rubric):
    """[(criterion, its row or None, band)] in the rubric's order, to read."""
    kept = {point.criterion: point for point in sheet.points.all()}
    rows = []
    for criterion in rubric.criteria:
        point = kept.get(criterion.code)
        given = point is not None and point.points is not None
        rows.append((criterion, point, criterion.band_of(point.points) if given else None))
    return rows
