from django.urls import path

from ideas.views import council, leads, paper_sheets, records, sheets

urlpatterns = [
    # a member's sheets
    path("phieu-cham/", sheets.sheets, name="sheets"),
    path("phieu-cham/khong-xung-dot/", sheets.declare, name="sheets_declare"),
    path("phieu-cham/<int:pk>/", sheets.sheet, name="sheet"),
    path("phieu-cham/<int:pk>/luu/", sheets.sheet_autosave, name="sheet_autosave"),
    path("phieu-cham/<int:pk>/gui/", sheets.sheet_send, name="sheet_send"),
    path("phieu-cham/<int:pk>/khong-cham/", sheets.sheet_recuse, name="sheet_recuse"),
    path("phieu-cham/<int:pk>/in/", sheets.sheet_print, name="sheet_print"),
    path("phieu-cham/<int:pk>/dong/", sheets.sheet_row, name="sheet_row"),
    # lead members
    path("hoi-dong/phu-trach/", leads.leads, name="leads"),
    path("hoi-dong/phu-trach/de-xuat/", leads.propose, name="leads_propose"),
    path("hoi-dong/phu-trach/excel/", leads.upload, name="leads_upload"),
    path("hoi-dong/phu-trach/mau/", leads.template, name="leads_template"),
    path("hoi-dong/phu-trach/ghi/", leads.apply, name="leads_apply"),
    path("hoi-dong/phu-trach/<int:pk>/bo/", leads.undo, name="leads_undo"),
    path("hoi-dong/phu-trach/<str:code>/", leads.by_hand, name="leads_by_hand"),
    path("hoi-dong/phu-trach/<str:code>/y-kien/", leads.comment, name="lead_comment"),
    # sheets on paper
    path("phieu-giay/", paper_sheets.waiting, name="papers_waiting"),
    path("phieu-giay/<str:code>/", paper_sheets.paper, name="paper_sheet"),
    path("phieu-giay/<str:code>/anh/", paper_sheets.scan, name="paper_scan"),
    path("phieu-giay/<str:code>/bo/", paper_sheets.drop, name="paper_drop"),
    path("hoi-dong/phieu/<str:code>/in-giay/", paper_sheets.print_papers, name="print_papers"),
    # the officers' board
    path("hoi-dong/", council.board, name="board"),
    path("hoi-dong/dong/<str:code>/", council.board_row, name="board_row"),
    path("hoi-dong/xep-hang/", council.ranking, name="ranking"),
    path("hoi-dong/nhac/", council.remind, name="remind"),
    path("hoi-dong/bat-dau/", council.start_evaluation, name="start_evaluation"),
    path("hoi-dong/phieu/<str:code>/", council.sheets, name="sheets_of"),
    path("hoi-dong/phieu/<int:pk>/thay/", council.replace, name="sheet_replace"),
    path("hoi-dong/phieu/<int:pk>/mo-lai/", council.reopen, name="sheet_reopen"),
    # the council's records
    path("hoi-dong/dot/", records.rounds, name="rounds"),
    path("hoi-dong/dot/moi/", records.round_edit, name="round_new"),
    path("hoi-dong/dot/<int:pk>/", records.round_edit, name="round"),
    path("hoi-dong/thang-diem/<int:pk>/", records.rubric, name="rubric"),
    path("hoi-dong/nhiem-ky/", records.appointments, name="appointments"),
    path("hoi-dong/nhiem-ky/moi/", records.appointment_edit, name="appointment_new"),
    path("hoi-dong/nhiem-ky/<int:pk>/", records.appointment, name="appointment"),
    path("hoi-dong/nhiem-ky/<int:pk>/sua/", records.appointment_edit, name="appointment_edit"),
    path("hoi-dong/uy-quyen/", records.delegations, name="delegations"),
    path("hoi-dong/uy-quyen/moi/", records.delegation_new, name="delegation_new"),
    path("hoi-dong/uy-quyen/<int:pk>/ket-thuc/", records.delegation_end, name="delegation_end"),
]
