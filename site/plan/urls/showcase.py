"""/ke-hoach/mo-hinh/ and /ke-hoach/buoi/: what everybody reads of the books."""

from django.urls import path

from ..views import programme, showcase

urlpatterns = [
    path("mo-hinh/", showcase.library, name="showcases"),
    path("mo-hinh/<slug:slug>/", showcase.page, name="showcase"),
    path("mo-hinh/<slug:slug>/anh/<int:file>/", showcase.picture, name="showcase_picture"),
    path("buoi/<int:pk>/", showcase.session, name="resident_session"),
    path("chuong-trinh/<int:year>/ban-ky/", programme.public_signed, name="programme_public"),
]
