"""Addresses under /sang-kien/, by subject."""

from . import benefits, council, decision, dossier, form, meeting, papers, public

app_name = "ideas"
urlpatterns = [
    *form.urlpatterns,
    *dossier.urlpatterns,
    *benefits.urlpatterns,
    *council.urlpatterns,
    *meeting.urlpatterns,
    *decision.urlpatterns,
    *papers.urlpatterns,
    *public.urlpatterns,  # last: it takes /sang-kien/ itself and one code
]
