"""Rubrics and sheets for the scoring tests, as data and by chance."""

from decimal import Decimal

from hypothesis import strategies as st

from scoring.result import SheetValues
from scoring.rubric import read_rubric, shipped_rubrics


def rubric_named(code):
    return next(r for r in shipped_rubrics() if r.code == code)


def a_definition(**changes):
    """A small valid definition: two criteria of 10 in one group, pass from 10."""
    return {
        "code": "nho",
        "version": 1,
        "name": "Thang điểm nhỏ",
        "max_total": 20,
        "pass_total": 10,
        "city_mark": 17,
        "groups": [{"code": "G", "name": "Nhóm"}],
        "criteria": [
            {"code": "x", "group": "G", "name": "Tiêu chí X", "max_points": 10},
            {"code": "y", "group": "G", "name": "Tiêu chí Y", "max_points": 10},
        ],
    } | changes


def a_rubric(**changes):
    return read_rubric(a_definition(**changes))


def a_sheet(seat, *points, codes=("x", "y")):
    """`a_sheet("1", "8.5", 7)`; None where nothing was given."""
    values = [None if p is None else Decimal(p) for p in points]
    return SheetValues(seat, dict(zip(codes, values, strict=True)))


def default_sheet(seat, *points):
    return a_sheet(seat, *points, codes=("tinh-moi", "ap-dung", "loi-ich"))


def points_for(criterion):
    """Any points `criterion` takes."""
    steps = int(criterion.max_points / criterion.step)
    return st.integers(0, steps).map(lambda n: n * criterion.step)


@st.composite
def sheets_for(draw, rubric, min_size=1, max_size=9, complete=True):
    """Sheets under `rubric`; with `complete=False` some points may be missing."""
    given = {c.code: points_for(c) if complete else st.none() | points_for(c) for c in rubric.scored}
    values = draw(st.lists(st.fixed_dictionaries(given), min_size=min_size, max_size=max_size))
    return [SheetValues(f"ghế {number}", points) for number, points in enumerate(values, 1)]
