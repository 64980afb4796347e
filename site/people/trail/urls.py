from django.urls import path, re_path

from . import views

app_name = "trail"
urlpatterns = [
    path("", views.trail, name="page"),
    re_path(r"^xuat\.(?P<face>xlsx|csv)$", views.export, name="export"),
]
