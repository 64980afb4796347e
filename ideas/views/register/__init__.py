"""Sổ theo dõi sáng kiến, its yearly report, and what goes to the city."""

from .book import book, note, workbook
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
    "note",
    "report",
    "report_paper",
    "report_register",
    "report_signed",
    "report_texts",
    "report_workbook",
    "this_year",
    "workbook",
]
