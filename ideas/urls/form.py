"""Addresses of the author's side. Every one also gets its row in tests/role_table.py."""

from django.urls import path

from ideas.views.form import authors, confirming, files, lists, participants, similar, steps

_OWN = "ho-so/<str:code>/"
urlpatterns = [
    path("ho-so/", lists.my_dossiers, name="form_list"),
    path("ho-so/moi/", lists.start, name="form_start"),
    path("ho-so/tuong-tu/", similar.similar, name="form_similar"),
    path(f"{_OWN}sua/<int:step>/", steps.step, name="form_step"),
    path(f"{_OWN}sua/<int:step>/luu/", steps.autosave, name="form_autosave"),
    path(f"{_OWN}sua/<int:step>/con-thieu/", steps.standing, name="form_standing"),
    path(f"{_OWN}tac-gia/them/", authors.add, name="form_author_add"),
    path(f"{_OWN}tac-gia/them-ngoai/", authors.add_outside, name="form_author_outside"),
    path(f"{_OWN}tac-gia/<int:pk>/", authors.details, name="form_author"),
    path(f"{_OWN}tac-gia/<int:pk>/bo/", authors.remove, name="form_author_remove"),
    path(f"{_OWN}nguoi-tham-gia/them/", participants.edit, name="form_participant_add"),
    path(f"{_OWN}nguoi-tham-gia/<int:pk>/", participants.edit, name="form_participant"),
    path(f"{_OWN}nguoi-tham-gia/<int:pk>/bo/", participants.remove, name="form_participant_remove"),
    path(f"{_OWN}xac-nhan/", confirming.confirm, name="form_confirm"),
    path(f"{_OWN}tep/<int:pk>/", files.download, name="form_file"),
    path(f"{_OWN}tep/<int:pk>/bo/", files.remove, name="form_file_remove"),
]
