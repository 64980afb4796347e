"""Addresses under /sang-kien/, by subject."""

from . import application, benefits, council, decision, dossier, form, meeting, papers, public, register

app_name = "ideas"
urlpatterns = [
    *application.urlpatterns,
    *form.urlpatterns,
    *dossier.urlpatterns,
    *benefits.urlpatterns,
    *council.urlpatterns,
    *meeting.urlpatterns,
    *decision.urlpatterns,
    *papers.urlpatterns,
    *register.urlpatterns,
    *public.urlpatterns,  # last: it takes /sang-kien/ itself and one code
]
