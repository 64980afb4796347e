"""Freezes: the list, taking one, reading one and its files."""

from django.urls import path

from ..views import freezes

urlpatterns = [
    path("chot/", freezes.freezes, name="freezes"),
    path("chot/<slug:code>/<int:year>/<slug:label>/", freezes.take, name="freeze_take"),
    path("chot/<uuid:pk>/", freezes.freeze, name="freeze"),
    path("chot/<uuid:pk>/excel/", freezes.excel, name="freeze_excel"),
    path("chot/<uuid:pk>/pdf/", freezes.pdf, name="freeze_pdf"),
]
