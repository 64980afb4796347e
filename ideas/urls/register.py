"""Addresses of the register, of its yearly report and of what goes to the city."""

from django.urls import path

from ..views import register

_ALL = "so-theo-doi/"
_YEAR = f"{_ALL}bao-cao/<int:year>/"

urlpatterns = [
    path(_ALL, register.book, name="register"),
    path(f"{_ALL}so-theo-doi.xlsx", register.workbook, name="register_workbook"),
    path(f"{_ALL}ho-so/<str:code>/", register.note, name="register_note"),
    path(f"{_ALL}bao-cao/", register.this_year, name="year_report_now"),
    path(f"{_YEAR}", register.report, name="year_report"),
    path(f"{_YEAR}so-lieu.xlsx", register.report_workbook, name="year_report_workbook"),
    path(f"{_YEAR}noi-dung/", register.report_texts, name="year_report_texts"),
    path(f"{_YEAR}van-ban.<slug:face>", register.report_paper, name="year_report_paper"),
    path(f"{_YEAR}van-ban/", register.report_register, name="year_report_register"),
    path(f"{_YEAR}van-ban/ban-ky/", register.report_signed, name="year_report_signed"),
]
