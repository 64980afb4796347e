"""Bringing training workbooks in."""

from django.urls import path

from training.views import imports as views

urlpatterns = [
    path("nhap/", views.import_list, name="imports"),
    path("nhap/so-dao-tao.xlsx", views.import_export, name="import_export"),
    path("nhap/<uuid:pk>/", views.import_batch, name="import_batch"),
    path("nhap/<uuid:pk>/lua-chon/", views.import_decide, name="import_decide"),
    path("nhap/<uuid:pk>/ghi/", views.import_write, name="import_write"),
    path("nhap/<uuid:pk>/huy/", views.import_drop, name="import_drop"),
    path("nhap/<uuid:pk>/hoan-lai/", views.import_revert, name="import_revert"),
    path("nhap/<uuid:pk>/loi.xlsx", views.import_errors, name="import_errors"),
]
