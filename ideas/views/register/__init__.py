"""Sổ theo dõi sáng kiến, its yearly report, and what goes to the city."""

from .book import book, note, workbook
from .city import choose, package, submission, submission_register, submission_signed, take_out, to_city
from .report import (
    report,
    report_paper,
    report_register,
    report_signed,
    report_texts,
    report_workbook,
    this_year,
)

__all__ = [
    "book",
    "choose",
    "note",
    "package",
    "report",
    "report_paper",
    "report_register",
    "report_signed",
    "report_texts",
    "report_workbook",
    "submission",
    "submission_register",
    "submission_signed",
    "take_out",
    "this_year",
    "to_city",
    "workbook",
]
