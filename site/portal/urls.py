"""Mounted at the root, before the page tree."""

from django.urls import path

from . import media

app_name = "portal"
urlpatterns = [
    path("media/images/<str:name>", media.picture, name="picture"),
]
