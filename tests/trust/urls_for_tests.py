"""A form and a download, as an app would have them."""

import errno

from django import forms
from django.contrib.messages import get_messages
from django.http import HttpResponse, JsonResponse
from django.urls import path

from config import errors
from people.kept_post import keep_post
from trust.storage import PrivateStorage, serve_private
from trust.uploads import CheckedFileField, UploadPolicy


class File:
    """As a model's file field hands it out."""

    def __init__(self, name):
        self.name, self.storage = name, PrivateStorage()

    @property
    def path(self):
        return self.storage.path(self.name)

    def open(self, mode):
        return PrivateStorage().open(self.name, mode)


class PaperForm(forms.Form):
    note = forms.CharField()
    paper = CheckedFileField(policy=UploadPolicy(frozenset({"pdf"}), max_bytes=1024 * 1024))
    careless = forms.FileField(required=False)


def take(request):
    form = PaperForm(request.POST, request.FILES)
    form.is_valid()
    return JsonResponse(
        {"errors": form.errors, "note": request.POST.get("note"), "after": request.POST.get("after")}
    )


@keep_post
def write(request):
    """A form whose view finds the disk full."""
    if request.method == "POST":
        raise OSError(errno.ENOSPC, "No space left on device")
    told = [str(message) for message in get_messages(request)]
    return HttpResponse("|".join([(request.kept_post or {}).get("note", ""), *told]))


def broken(request):
    raise RuntimeError("broken")


def give(request, name):
    return serve_private(File(name), "Đơn yêu cầu.pdf", "application/pdf", inline="inline" in request.GET)


urlpatterns = [
    path("take/", take),
    path("give/<str:name>/", give),
    path("write/", write),
    path("broken/", broken),
    path("ok/", lambda request: HttpResponse("ok")),
]
handler500 = errors.server_error
