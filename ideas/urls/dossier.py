"""A dossier, its steps, its formality check, its complaints."""

from django.urls import path

from ideas.views import dossier

_ONE = "ho-so/<str:code>/"

urlpatterns = [
    path(_ONE, dossier.dossier, name="dossier"),
    path(f"{_ONE}thay-doi/", dossier.changes, name="changes"),
    path(f"{_ONE}hien-trang/", dossier.live, name="dossier_live"),
    path(f"{_ONE}buoc/<slug:transition>/", dossier.step, name="step"),
    path(f"{_ONE}lien-quan/", dossier.link, name="link"),
    path(f"{_ONE}lien-quan/<int:pk>/bo/", dossier.unlink, name="unlink"),
    path(f"{_ONE}kiem-tra/", dossier.check, name="formality"),
    path(f"{_ONE}kiem-tra/van-ban/", dossier.attach, name="attach_document"),
    path(f"{_ONE}quyet-dinh/<int:pk>/", dossier.decision_file, name="decision_file"),
    path(f"{_ONE}khieu-nai/", dossier.complaints, name="complaints"),
    path(f"{_ONE}khieu-nai/moi/", dossier.file_complaint, name="file_complaint"),
    path(f"{_ONE}khieu-nai/<int:pk>/thu-ly/", dossier.take_up, name="take_up_complaint"),
    path(f"{_ONE}khieu-nai/<int:pk>/giai-quyet/", dossier.settle, name="settle_complaint"),
]
