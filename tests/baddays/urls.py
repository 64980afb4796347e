"""The portal's addresses, and one that never answers."""

import time

from django.http import HttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401


def slow(request, seconds):
    time.sleep(seconds)
    return HttpResponse("late")


urlpatterns = [
    path("cham/<int:seconds>/", slow),
    path("", include("config.urls")),
]
