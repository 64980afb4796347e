from django.urls import path, re_path

from ..views import public as views

urlpatterns = [
    path("", views.initiative_list, name="public_list"),
    path("giay-chung-nhan/<str:code>/", views.certificate, name="certificate"),
    re_path(r"^(?P<code>SK-\d{4}-[A-Z]{2,6}\d+)/$", views.card, name="public_card"),
]
