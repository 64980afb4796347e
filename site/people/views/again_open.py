"""An account that was closed because it was not used: its owner opens it again by a letter."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trust.answers import limited, too_many
from trust.limits import Requests

from ..sign_in import sleeping

_ASKED = Requests("wake", most=10, seconds=3600)
_TRIED = Requests("wake-link", most=30, seconds=3600)


class AskForm(forms.Form):
    name = forms.CharField(
        label=_("User name or e-mail"), max_length=150, widget=forms.TextInput({"autocomplete": "username"})
    )


@require_safe
@never_cache
def asleep(request):
    """After the right password."""
    return render(request, "account/asleep.html", {"hours": sleeping.LETTER_HOURS})


@limited(_ASKED)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request):
    """Says the same whatever was typed."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sleeping.ask_for_letter(form.cleaned_data["name"])
        return render(request, "account/wake_asked.html", {"hours": sleeping.LETTER_HOURS})
    return render(request, "account/wake_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def wake(request, token):
    """Opening the letter's link opens nothing yet: mail programs do that by themselves."""
    if not _TRIED.take(request):
        return too_many(request, _TRIED)
    if request.method == "POST":
        if sleeping.wake(token):
            return render(request, "account/awake.html")
    elif sleeping.sleeper(token):
        return render(request, "account/wake.html")
    return render(request, "account/wake_gone.html", status=404)
