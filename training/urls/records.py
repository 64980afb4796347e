"""Records, courses taken elsewhere, exemptions, what positions need."""

from django.urls import path

from ..views import credits, exemptions, extracts, records, targets

urlpatterns = [
    path("ho-so/", records.my_record, name="my_record"),
    path("ho-so/danh-sach/", records.people, name="records"),
    path("ho-so/tu-danh-gia/", records.self_assessment, name="self_assessment"),
    path("ho-so/trich-luc/", extracts.my_extract, name="my_extract"),
    path("ho-so/trich-luc-don-vi/", extracts.unit_extracts, name="unit_extracts"),
    path("ho-so/trich-luc-don-vi.xlsx", extracts.unit_extracts_file, name="unit_extracts_file"),
    path("ho-so/<str:staff_code>/", records.record, name="record"),
    path("ho-so/<str:staff_code>/trich-yeu/", extracts.extract, name="record_extract"),
    path("ho-so/<str:staff_code>/trich-luc.<slug:face>", extracts.extract_file, name="extract_file"),
    path("ho-so/<str:staff_code>/minh-chung/", records.evidence_add, name="evidence_add"),
    path("minh-chung/<int:pk>/rut/", records.evidence_withdraw, name="evidence_withdraw"),
    path("muc-can-dat/", targets.targets, name="targets"),
    path("tin-chi-ngoai/", credits.credits, name="credits"),
    path("tin-chi-ngoai/khai/", credits.submit, name="credit_submit"),
    path("tin-chi-ngoai/<uuid:pk>/", credits.credit, name="credit"),
    path("tin-chi-ngoai/<uuid:pk>/xac-minh/", credits.verify, name="credit_verify"),
    path("tin-chi-ngoai/<uuid:pk>/khong-nhan/", credits.refuse, name="credit_refuse"),
    path("tin-chi-ngoai/<uuid:pk>/tep/", credits.file, name="credit_file"),
    path("mien/", exemptions.exemptions, name="exemptions"),
    path("mien/de-nghi/", exemptions.ask, name="exemption_ask"),
    path("mien/<uuid:pk>/", exemptions.exemption, name="exemption"),
    path("mien/<uuid:pk>/duyet/", exemptions.approve, name="exemption_approve"),
    path("mien/<uuid:pk>/khong-duyet/", exemptions.refuse, name="exemption_refuse"),
]
