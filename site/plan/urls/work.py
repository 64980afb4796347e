from django.urls import path

from ..views import work

urlpatterns = [
    path("dieu-hanh/", work.entrance, name="work"),
]
