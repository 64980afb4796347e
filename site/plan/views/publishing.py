"""Publishing the plan's figures: what would go out, what changes, and the button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post

from ..forms.publishing import PublicationForm
from ..public import own_sections, preview, publishing, reading


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_post
def publish(request):
    """`?nam=` the year; a POST publishes exactly what the page showed."""
    if not publishing.may_look(request.user):
        raise PermissionDenied(
            _("The coordinator publishes the plan's figures, the ward's leaders see them.")
        )
    today = timezone.localdate()
    year = _year(request, today)
    if request.method == "POST" and not publishing.may_publish(request.user):
        raise PermissionDenied(_("Only the plan's coordinator publishes its figures."))
    form, status, refused = PublicationForm(request.kept_post or None), 200, ""
    if request.method == "POST":
        form = PublicationForm(request.POST)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                made = publishing.publish(request.user, year, seen=typed["seen"], note=typed["note"])
            except publishing.Refused as no:
                refused, status = no.code, 409
            else:
                told = _("The figures of %(year)s are published: publication %(number)s.")
                messages.success(request, told % {"year": year, "number": made.number})
                return redirect(f"{reverse('plan:publish')}?nam={year}")
        else:
            status = 422
    draft = publishing.draft(year)
    context = {
        "draft": draft,
        "year": year,
        "years": publishing.years_open(today),
        "form": _anew(form, draft),
        "refused": preview.WHY_NOT.get(refused, ""),
        "may_publish": publishing.may_publish(request.user),
        "changes": preview.changes(draft),
        "bar": own_sections.bar_of(draft.counts),
        "publications": reading.publications_of(year),
        "crumbs": [(_("Plan"), "/ke-hoach/"), (_("Publication"), "")],
    }
    return render(request, "plan/public/publish.html", context, status=status)


def _anew(form, draft):
    """The form again, with what was typed; it stands for the figures of this very page."""
    note = form.data.get("note", "") if form.is_bound else ""
    fresh = PublicationForm(initial={"note": note, "seen": draft.seen})
    if form.is_bound and form.errors.get("note"):
        form.data = form.data.copy()
        form.data["seen"] = draft.seen
        return form
    return fresh


def _year(request, today):
    years = publishing.years_open(today)
    text = request.GET.get("nam", "")
    if not text:
        if not years:
            raise Http404
        return years[-1]
    if text not in {str(year) for year in years}:
        raise Http404
    return int(text)
