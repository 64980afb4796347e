"""Addresses of organising."""

from django.urls import path

from ..views.organising import entries, extending, overview, own, people, writing

_ONE = "to-chuc/<str:code>/"
urlpatterns = [
    path("to-chuc/", own.organise, name="organise"),
    path("to-chuc/moi/", own.choose, name="make"),
    path("to-chuc/moi/<slug:kind>/", own.make, name="make_of_kind"),
    path(_ONE, overview.manage, name="manage"),
    path(f"{_ONE}gui-duyet/", overview.send, name="send"),
    path(f"{_ONE}rut-ve/", overview.take_back, name="take_back"),
    path(f"{_ONE}the-le/", writing.rules, name="rules"),
    path(f"{_ONE}thong-tin/", writing.texts, name="texts"),
    path(f"{_ONE}dieu-kien/", writing.entrance, name="entrance"),
    path(f"{_ONE}thoi-gian/", writing.phases, name="phases"),
    path(f"{_ONE}gia-han/", extending.extend, name="extend"),
    path(f"{_ONE}giai-thuong/", writing.prizes, name="prizes"),
    path(f"{_ONE}ty-le/", writing.vote_share, name="vote_share"),
    path(f"{_ONE}nhan-su/", people.jury, name="jury"),
    path(f"{_ONE}nhan-su/giam-khao/<int:pk>/", people.release, name="release_judge"),
    path(f"{_ONE}nhan-su/to-chuc/<int:pk>/", people.remove_organiser, name="remove_organiser"),
    path(f"{_ONE}bai/", entries.entries, name="entries"),
    path(f"{_ONE}bai/excel/", entries.workbook, name="entries_workbook"),
    path(f"{_ONE}bai/nop-muon/", entries.take_late, name="take_late"),
    path(f"{_ONE}bai/<int:pk>/", entries.entry, name="manage_entry"),
    path(f"{_ONE}bai/<int:pk>/tep/<int:file>/", entries.entry_file, name="manage_entry_file"),
    path(f"{_ONE}bai/<int:pk>/<slug:step>/", entries.entry_step, name="manage_entry_step"),
]
