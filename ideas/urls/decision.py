from django.urls import path

from ..views import decision as views

urlpatterns = [
    path("quyet-dinh/", views.waiting, name="decisions"),
    path("quyet-dinh/da-quyet-dinh/", views.decided, name="decisions_made"),
    path("quyet-dinh/khieu-nai/", views.complaints, name="decision_complaints"),
]
