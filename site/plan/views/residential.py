"""Residential groups (tổ dân phố): added, renamed and ended by coordinators and administrators."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from editing.fields import TextAnswer
from people.kept_post import keep_post
from people.models import Unit

from ..forms.base import reason_field
from ..forms.fields import day
from ..groups import residential
from ..models import ResidentialGroupChange
from ..navigation import work_area

ASKS = ["GET", "HEAD", "POST"]
AT = "/ke-hoach/dieu-hanh/to-dan-pho/"


class NameForm(forms.Form):
    name = TextAnswer(
        label=gettext_lazy("Name of the residential group"),
        help_text=gettext_lazy("For example: Tổ dân phố số 1."),
        max_length=200,
        required=True,
        error_messages={"required": gettext_lazy("Type the name.")},
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def groups(request):
    _check(request.user)
    form = NameForm(_typed(request))
    status = _write(request, form, None, _("Added."))
    if status == 302:
        return redirect(AT)
    context = {
        "form": form,
        "groups": residential.residential_groups().select_related("residential_end__into"),
        "today": timezone.localdate(),
        "changes": ResidentialGroupChange.objects.select_related("unit").order_by("-at", "-pk")[:30],
        "crumbs": [work_area(request.user), (_("Residential groups"), "")],
    }
    return render(request, "plan/groups/residential.html", context, status=status)


class EndForm(forms.Form):
    ended_from = day(gettext_lazy("Ended from"), gettext_lazy("The first day without it: day/month/year."))
    into = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Merged into"),
        empty_label=gettext_lazy("Into none"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a residential group that is there.")},
    )
    reason = reason_field()

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        there = residential.standing_groups(timezone.localdate())
        self.fields["into"].queryset = there.exclude(pk=unit.pk)


class UndoForm(forms.Form):
    reason = reason_field()


@require_http_methods(ASKS)
@keep_post
@never_cache
def end(request, pk):
    _check(request.user)
    unit = get_object_or_404(residential.residential_groups(), pk=pk)
    form = EndForm(_typed(request), unit=unit)

    def take(cleaned):
        said = {"day": cleaned["ended_from"], "into": cleaned["into"], "reason": cleaned["reason"]}
        residential.end(unit, request.user, **said)

    words = {
        "title": _("End “%(name)s”") % {"name": unit.name},
        "action": _("End it"),
        "happens": _(
            "From that day on it is not counted and not offered any more. What was written down of it stays."
        ),
        "is_danger": True,
    }
    return _step(request, form, take, words)


@require_http_methods(ASKS)
@keep_post
@never_cache
def undo_end(request, pk):
    _check(request.user)
    unit = get_object_or_404(residential.residential_groups(), pk=pk)
    form = UndoForm(_typed(request))
    words = {
        "title": _("Undo the end of “%(name)s”") % {"name": unit.name},
        "action": _("Undo the end"),
        "happens": _("It is counted and offered again, as if it had never ended. The log keeps both."),
    }
    return _step(request, form, lambda said: residential.undo_end(unit, request.user, **said), words)


def _step(request, form, take, words):
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                take(form.cleaned_data)
            except ValidationError as refused:
                if refused.code == "done":  # a second press, another window
                    messages.info(request, refused.messages[0])
                    return redirect(AT)
                form.add_error(refused.code if refused.code in form.fields else None, refused)
            else:
                messages.success(request, _("Saved."))
                return redirect(AT)
    return _draw(request, form, words, status)


def _draw(request, form, words, status):
    way = [work_area(request.user), (_("Residential groups"), AT), (words["title"], "")]
    context = {"form": form, "words": words, "back": AT, "crumbs": way}
    return render(request, "plan/books/form.html", context, status=status)


@require_http_methods(ASKS)
@keep_post
@never_cache
def rename(request, pk):
    _check(request.user)
    unit = get_object_or_404(residential.residential_groups(), pk=pk)
    form = NameForm(_typed(request), initial={"name": unit.name})
    status = _write(request, form, unit, _("Saved."))
    if status == 302:
        return redirect(AT)
    title = _("Rename “%(name)s”") % {"name": unit.name}
    return _draw(request, form, {"title": title, "action": _("Save")}, status)


def _check(user):
    if not residential.may_keep(user):
        raise PermissionDenied(_("The plan coordinator and administrators keep the residential groups."))


def _typed(request):
    return request.POST if request.method == "POST" else request.kept_post or None


def _write(request, form, unit, done):
    """The status of the answer: 302 once it is written."""
    if request.method != "POST":
        return 200
    if form.is_valid():
        try:
            residential.write(form.cleaned_data["name"], request.user, unit=unit)
        except ValidationError as refused:
            form.add_error("name", refused)
        else:
            messages.success(request, done)
            return 302
    return 422
