"""Residential groups (tổ dân phố): added and renamed by coordinators and administrators."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from editing.fields import TextAnswer
from people.kept_post import keep_post

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
        "groups": residential.residential_groups(),
        "changes": ResidentialGroupChange.objects.select_related("unit").order_by("-at", "-pk")[:30],
        "crumbs": [work_area(request.user), (_("Residential groups"), "")],
    }
    return render(request, "plan/groups/residential.html", context, status=status)


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
    context = {
        "form": form,
        "words": {"title": title, "action": _("Save")},
        "back": AT,
        "crumbs": [
            work_area(request.user),
            (_("Residential groups"), AT),
            (title, ""),
        ],
    }
    return render(request, "plan/books/form.html", context, status=status)


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
