"""Addresses of judging."""

from django.urls import path

from competitions.views import judging, stages

_STAGE = "to-chuc/<str:code>/cham/<slug:stage>/"

urlpatterns = [
    # organisers
    path("to-chuc/<str:code>/cham/", stages.stages, name="stages"),
    path("to-chuc/<str:code>/cham/bang/", stages.stages_board, name="stages_board"),
    path("to-chuc/<str:code>/cham/chon-chung-khao/", stages.shortlist, name="shortlist"),
    path("to-chuc/<str:code>/cham/phieu/<int:pk>/tra-lai/", stages.give_back, name="sheet_give_back"),
    path(f"{_STAGE}phan-cong/", stages.assign, name="stage_assign"),
    path(f"{_STAGE}bo-sung/", stages.top_up, name="stage_top_up"),
    path(f"{_STAGE}nhac/", stages.remind, name="stage_remind"),
    path(f"{_STAGE}chot/", stages.close, name="stage_close"),
    path(f"{_STAGE}mo-lai/", stages.reopen, name="stage_reopen"),
    # judges
    path("cham/", judging.sheets, name="sheets"),
    path("cham/danh-sach/", judging.sheet_list, name="sheet_list"),
    path("cham/<int:pk>/", judging.sheet, name="sheet"),
    path("cham/<int:pk>/luu/", judging.sheet_autosave, name="sheet_autosave"),
    path("cham/<int:pk>/gui/", judging.sheet_send, name="sheet_send"),
    path("cham/<int:pk>/khong-cham/", judging.sheet_recuse, name="sheet_recuse"),
    path("cham/<int:pk>/tep/<int:number>/", judging.sheet_file, name="sheet_file"),
]
