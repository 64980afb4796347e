from django.urls import path

from ..views import meeting as views

urlpatterns = [
    path("hoi-dong/hop/", views.meeting_list, name="meetings"),
    path("hoi-dong/hop/moi/", views.plan, name="meeting_plan"),
    path("hoi-dong/hop/<int:pk>/", views.detail, name="meeting"),
    path("hoi-dong/hop/<int:pk>/sua/", views.change, name="meeting_change"),
    path("hoi-dong/hop/<int:pk>/kiem-phieu/<int:item_pk>/", views.tally, name="meeting_tally"),
]
