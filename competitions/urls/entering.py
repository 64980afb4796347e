"""Addresses of entering."""

from django.urls import path

from ..views.entering import code, content, files, handing_in, mine, start, team

_ONE = "bai-cua-toi/<int:pk>"

urlpatterns = [
    path("ma/", code.code, name="code"),
    path("ma/nhap/", code.code_typed, name="code_typed"),
    path("ma/quen/", code.forget, name="forget"),
    path("bai-cua-toi/", mine.my_entries, name="my_entries"),
    path("bai-cua-toi/loi-moi/<int:pk>/", team.invitation, name="invitation"),
    path(f"{_ONE}/", mine.entry, name="entry"),
    path(f"{_ONE}/ban/<int:number>/", mine.entry_version, name="entry_version"),
    path(f"{_ONE}/ban-than/", start.entry_about, name="entry_about"),
    path(f"{_ONE}/noi-dung/", content.entry_content, name="entry_content"),
    path(f"{_ONE}/noi-dung/luu/", content.entry_autosave, name="entry_autosave"),
    path(f"{_ONE}/tep/", files.entry_files, name="entry_files"),
    path(f"{_ONE}/tep/<int:file>/", files.entry_file, name="entry_file"),
    path(f"{_ONE}/tep/<int:file>/nho/", files.entry_preview, name="entry_preview"),
    path(f"{_ONE}/tep/<int:file>/bo/", files.entry_file_remove, name="entry_file_remove"),
    path(f"{_ONE}/doi/", team.entry_team, name="entry_team"),
    path(f"{_ONE}/doi/moi/<int:invitation>/bo/", team.invitation_take_back, name="invitation_take_back"),
    path(f"{_ONE}/doi/<int:place>/bo/", team.member_remove, name="member_remove"),
    path(f"{_ONE}/doi/roi/", team.team_leave, name="team_leave"),
    path(f"{_ONE}/dong-y/", handing_in.entry_consents, name="entry_consents"),
    path(f"{_ONE}/nop/", handing_in.entry_submit, name="entry_submit"),
    path(f"{_ONE}/bien-nhan/", handing_in.entry_receipt, name="entry_receipt"),
    path(f"{_ONE}/rut/", handing_in.entry_withdraw, name="entry_withdraw"),
    path("<slug:slug>/du-thi/", start.enter, name="enter"),
]
