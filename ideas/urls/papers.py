"""Official papers as Word and PDF, and their registration."""

from django.urls import path

from ideas.views import papers

_MEETING = "hoi-dong/hop/<int:pk>/giay-to/<slug:kind>"
_DOSSIER = "ho-so/<str:code>/giay-to/<slug:kind>"

urlpatterns = [
    path(f"{_MEETING}.<slug:face>", papers.of_meeting, name="meeting_paper"),
    path(f"{_MEETING}/", papers.register_of_meeting, name="meeting_paper_register"),
    path(f"{_MEETING}/ban-ky/", papers.signed_of_meeting, name="meeting_paper_signed"),
    path(f"{_DOSSIER}.<slug:face>", papers.about_dossier, name="dossier_paper"),
    path(f"{_DOSSIER}/", papers.register_about_dossier, name="dossier_paper_register"),
    path(f"{_DOSSIER}/ban-ky/", papers.signed_about_dossier, name="dossier_paper_signed"),
    path("ho-so/<str:code>/bien-nhan.<slug:face>", papers.receipt, name="receipt"),
    path("quyet-dinh/giay-to/", papers.drafts, name="draft_decisions"),
    path("quyet-dinh/giay-to/cong-nhan.<slug:face>", papers.draft, name="draft_decision"),
]
