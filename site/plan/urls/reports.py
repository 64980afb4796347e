from django.urls import path

from ..views.reports import deciding, listing, periods, reading, writing

WORK = "dieu-hanh/bao-cao/"
_ONE = f"{WORK}don-vi/<int:pk>/"

urlpatterns = [
    path(WORK, listing.reports, name="reports"),
    path(f"{WORK}ky-moi/", periods.new_period, name="report_period_new"),
    path(f"{WORK}ky/<slug:code>/", listing.board, name="report_board"),
    path(f"{WORK}ky/<slug:code>/mo/", periods.open_period, name="report_period_open"),
    path(f"{WORK}ky/<slug:code>/sua/", periods.change_period, name="report_period_change"),
    path(f"{WORK}ky/<slug:code>/don-doc/", listing.urge, name="report_urge"),
    path(_ONE, reading.report, name="report"),
    path(f"{_ONE}buoc/<int:step>/", writing.step, name="report_step"),
    path(f"{_ONE}buoc/<int:step>/tu-luu/", writing.autosave, name="report_autosave"),
    path(f"{_ONE}buoc/<int:step>/tien-do/", writing.standing, name="report_standing"),
    path(f"{_ONE}ban-nhap.<slug:face>", reading.draft_paper, name="report_draft_paper"),
    path(f"{_ONE}lan/<int:number>/", reading.version, name="report_version"),
    path(f"{_ONE}lan/<int:number>/bao-cao.<slug:face>", reading.version_paper, name="report_paper"),
    path(f"{_ONE}xu-ly/<slug:step>/", deciding.decide, name="report_decide"),
]
