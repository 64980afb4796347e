from django.urls import path

from . import views

app_name = "obligations"
urlpatterns = [
    path("", views.work, name="work"),
    path("nhac-viec/", views.reminders, name="reminders"),
    path("nhac-viec/<int:pk>/gui-lai/", views.remind_again, name="remind_again"),
    path("ngay-nghi/", views.days_off, name="days_off"),
    path("ngay-nghi/<int:pk>/rut/", views.take_back, name="take_back"),
]
