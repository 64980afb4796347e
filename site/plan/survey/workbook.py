"""Results as an Excel file: by month, by point, by level and service; no single answer, no comment."""

from people.workbook import write_workbook

from ..models import Level, ServiceField
from . import results
from .counting import Tally

_COUNTS = tuple((f"Mức {level}", 10) for level in Level.values)
_ENDS = (("Tổng", 10), ("Hài lòng (mức 4, 5)", 20), ("Tỷ lệ hài lòng, %", 18))


def results_file(year, answers, points):
    """`points`: those shown, in their order."""
    months = results.by_month(answers)
    by_point = results.tallies(answers, "point")
    by_service = results.tallies(answers, "service_field")
    labels = dict(ServiceField.choices) | {"": "Không nêu"}
    sheets = [
        ("Theo tháng", "Tháng", [(f"{month:02d}/{year}", tally) for month, tally in months.items()]),
        (
            "Theo điểm khảo sát",
            "Điểm khảo sát",
            [(f"{point.name}, {point.unit.name}", by_point.get(point.pk, Tally())) for point in points],
        ),
        (
            "Theo lĩnh vực",
            "Lĩnh vực",
            [(str(labels[code]), tally) for code, tally in sorted(by_service.items())],
        ),
    ]
    return write_workbook(
        [
            (title, ((heading, 44), *_COUNTS, *_ENDS), [_line(*row) for row in rows])
            for title, heading, rows in sheets
        ],
        title=f"Kết quả khảo sát mức độ hài lòng năm {year}",
    )


def _line(name, tally):
    return (
        name,
        *tally.counts,
        tally.total,
        tally.satisfied,
        float(tally.percent) if tally.percent else None,
    )
