"""One's own sign-in, below /tai-khoan/ beside allauth's pages."""

from django.urls import path

from .views import again_open, security

app_name = "own"
urlpatterns = [
    path("bao-mat/", security.security, name="security"),
    path("bao-mat/dang-xuat/", security.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("bao-mat/dang-xuat/<int:pk>/", security.sign_out_one, name="sign_out_one"),
    path("don-vi/", security.other_sign_in, name="oidc"),
    path("chua-mo/", again_open.asleep, name="asleep"),
    path("mo-lai/", again_open.ask, name="ask_wake"),
    path("mo-lai/<str:token>/", again_open.wake, name="wake"),
]
