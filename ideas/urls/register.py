"""Addresses of the register, of its yearly report and of what goes to the city."""

from django.urls import path

from ..views import register

_ALL = "so-theo-doi/"
_YEAR = f"{_ALL}bao-cao/<int:year>/"
_CITY = f"{_ALL}thanh-pho/"
_BATCH = f"{_CITY}<slug:dot>/<int:batch>/"

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
    path(_CITY, register.to_city, name="to_city"),
    path(f"{_CITY}ho-so/<str:code>/chon/", register.choose, name="city_choose"),
    path(f"{_CITY}ho-so/<str:code>/bo/", register.take_out, name="city_take_out"),
    path(f"{_BATCH}to-trinh.<slug:face>", register.submission, name="city_submission"),
    path(f"{_BATCH}to-trinh/", register.submission_register, name="city_submission_register"),
    path(f"{_BATCH}to-trinh/ban-ky/", register.submission_signed, name="city_submission_signed"),
    path(f"{_BATCH}goi/", register.package, name="city_package"),
]
