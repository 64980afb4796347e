from django.urls import path

from ..views import consolidation as views

_REPORT = "dieu-hanh/tong-hop/<slug:code>/"
_SECTION = f"{_REPORT}muc/<slug:section>/"

urlpatterns = [
    path("dieu-hanh/tong-hop/", views.periods, name="consolidations"),
    path(_REPORT, views.report, name="consolidation"),
    path(f"{_REPORT}bat-dau/", views.begin, name="consolidation_begin"),
    path(f"{_REPORT}cap-nhat/", views.renew, name="consolidation_renew"),
    path(f"{_REPORT}so-voi-ky-truoc/", views.differences, name="consolidation_differences"),
    path(_SECTION, views.section, name="consolidation_section"),
    path(f"{_SECTION}tu-luu/", views.autosave, name="consolidation_autosave"),
    path(f"{_SECTION}du-thao-moi/", views.redraft, name="consolidation_redraft"),
    path(f"{_REPORT}van-ban/", views.issue, name="consolidation_issue"),
    path(f"{_REPORT}nguoi-ky/", views.signer, name="consolidation_signer"),
    path(f"{_REPORT}van-ban/ban-ky/", views.signed, name="consolidation_signed"),
    path(f"{_REPORT}van-ban.<slug:face>", views.paper, name="consolidation_paper"),
    path(f"{_REPORT}phu-luc.xlsx", views.annexes, name="consolidation_annexes"),
]
