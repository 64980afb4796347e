"""Public ward totals."""

from django.urls import path

from ..views import figures

urlpatterns = [
    path("so-lieu/", figures.page, name="figures"),
    path("so-lieu.json", figures.as_json, name="figures_json"),
]
