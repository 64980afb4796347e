"""Addresses under /y-tuong/. A code is longer than any word here, so the fixed ones come first."""

from django.urls import path

from ..views.suggestions import following, handling, published, sending

app_name = "suggestions"
_ONE = "xu-ly/<str:number>/"

urlpatterns = [
    path("", sending.send, name="send"),
    path("theo-doi/", following.look_up, name="look_up"),
    path("da-tra-loi/", published.ideas, name="published"),
    path("da-tra-loi/<str:number>/", published.idea, name="published_idea"),
    path("xu-ly/", handling.ideas, name="handling"),
    path(_ONE, handling.idea, name="idea"),
    path(f"{_ONE}chuyen/", handling.assign, name="assign"),
    path(f"{_ONE}tra-loi/", handling.answer, name="answer"),
    path(f"{_ONE}dong/", handling.close, name="close"),
    path(f"{_ONE}mo-lai/", handling.reopen, name="reopen"),
    path(f"{_ONE}ma-moi/", handling.renew, name="renew"),
    path(f"{_ONE}sang-kien/", handling.grow, name="grow"),
    path("<str:code>/", following.track, name="track"),
    path("<str:code>/phieu/", following.receipt, name="receipt"),
    path("<str:code>/dong-y/", following.change_consents, name="consents"),
]
