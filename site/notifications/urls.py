from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.notification_list, name="list"),
    path("moi/", views.news, name="news"),
    path("da-doc/", views.mark_all_read, name="mark_all_read"),
    path("<int:pk>/mo/", views.open_notification, name="open"),
    path("<int:pk>/da-doc/", views.mark_read, name="mark_read"),
    path("thu-dien-tu/", views.preferences, name="preferences"),
    path("thu-di/", views.outbox, name="outbox"),
    path("thu-di/<int:pk>/gui-lai/", views.send_again, name="send_again"),
]
