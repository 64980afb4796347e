"""Courses, sessions, seats, the roll, scans, calendars."""

from django.urls import path

from ..views import calendar, certificates, checkin, courses, enrolling, home, roll, sessions, sheets, steps
from . import codes  # noqa: F401  registers <code:…>

urlpatterns = [
    path("", home.home, name="home"),
    path("lich/", calendar.month, name="calendar"),
    path("lich.ics", calendar.public_feed, name="public_feed"),
    path("lich/<str:token>.ics", calendar.personal_feed, name="personal_feed"),
    path("buoi-cua-toi/", home.my_sessions, name="my_sessions"),
    path("giay-chung-nhan/<str:code>/", certificates.certificate, name="certificate"),
    path("khoa-hoc/", courses.course_list, name="courses"),
    path("khoa-hoc/moi/", courses.create, name="course_create"),
    path("khoa-hoc/<code:code>/sua/", courses.change, name="course_change"),
    path("buoi/", sessions.session_list, name="sessions"),
    path("buoi/moi/", sessions.create, name="session_create"),
    path("buoi/<code:code>/", sessions.detail, name="session"),
    path("buoi/<code:code>/sua/", sessions.change, name="session_change"),
    path("buoi/<code:code>/buoc/<str:step>/", steps.step, name="session_step"),
    path("buoi/<code:code>/ghi-danh/", enrolling.enrol, name="enrol"),
    path("buoi/<code:code>/roi-lop/", enrolling.give_back, name="give_back"),
    path("buoi/<code:code>/danh-sach/", enrolling.people, name="session_people"),
    path("buoi/<code:code>/danh-sach/bo/", enrolling.take_off, name="take_off"),
    path("buoi/<code:code>/trieu-tap/", enrolling.call_up, name="call_up"),
    path("buoi/<code:code>/diem-danh/", roll.roll, name="roll"),
    path("buoi/<code:code>/diem-danh/danh-dau/", roll.tick, name="roll_tick"),
    path("buoi/<code:code>/diem-danh/them/", roll.add, name="roll_add"),
    path("buoi/<code:code>/diem-danh/bo/", roll.take_back, name="roll_take_back"),
    path("buoi/<code:code>/diem-danh/so-dem/", roll.head_count, name="head_count"),
    path("buoi/<code:code>/ngoai-danh-sach/", roll.answer_scan, name="answer_scan"),
    path("buoi/<code:code>/man-hinh/", checkin.screen, name="screen"),
    path("buoi/<code:code>/man-hinh/ma/", checkin.stage, name="stage"),
    path("buoi/<code:code>/co-mat/", checkin.standing, name="standing"),
    path("buoi/<code:code>/danh-sach-ky/", sheets.sheet, name="sheet"),
    path("buoi/<code:code>/ban-ky/", sheets.upload, name="sheet_upload"),
    path("buoi/<code:code>/ban-ky/<int:pk>/", sheets.scan, name="sheet_scan"),
    path("buoi/<code:code>/giay-chung-nhan/", certificates.issue, name="issue_certificates"),
    path("diem-danh/<str:claim>/", checkin.claim, name="claim"),
    path("diem-danh/<code:code>/<str:token>/", checkin.scan, name="scan"),
]
