"""The personnel officer enters a commendation, or withdraws one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import commendations
from ..access import check_role, staff_visible_to
from ..commendation_forms import CommendationForm, WithdrawCommendationForm
from ..kept_post import keep_post
from ..models import Commendation
from ..roles import Role

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@never_cache
@keep_post
def commendation_add(request, pk):
    check_role(request.user, Role.PERSONNEL_OFFICER)
    person = get_object_or_404(staff_visible_to(request.user), pk=pk)

    def act(form):
        commendations.enter(request.user, person, **form.cleaned_data)

    context = {"title": _("Enter a commendation"), "action": _("Enter the commendation")}
    return _ask(request, person, CommendationForm, act, _("The commendation is entered."), context)


@require_http_methods(ASKS)
@never_cache
@keep_post
def commendation_withdraw(request, pk):
    check_role(request.user, Role.PERSONNEL_OFFICER)
    people = staff_visible_to(request.user)
    rows = Commendation.objects.filter(staff__in=people, withdrawn_at__isnull=True).select_related("staff")
    row = get_object_or_404(rows, pk=pk)

    def act(form):
        commendations.withdraw(request.user, row, form.cleaned_data["reason"])

    context = {
        "title": _("Withdraw a commendation"),
        "action": _("Withdraw the commendation"),
        "is_danger": True,
        "happens": _("%(title)s no longer stands in the extract. The row and your reason stay in the log.")
        % {"title": row.title},
    }
    return _ask(
        request, row.staff, WithdrawCommendationForm, act, _("The commendation is withdrawn."), context
    )


def _ask(request, person, form_class, act, done, context):
    """One form, its act, and back to the person."""
    sent = request.method == "POST"
    form = form_class(request.POST if sent else request.kept_post or None)
    back = f"{reverse('people:staff_detail', args=[person.pk])}#khen-thuong"
    if sent and form.is_valid():
        try:
            act(form)
        except commendations.Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, done)
            return redirect(back)
    crumbs = [
        (_("Staff"), "/nhan-su/"),
        (person.full_name, reverse("people:staff_detail", args=[person.pk])),
        (context["title"], ""),
    ]
    shown = context | {"form": form, "person": person, "back": back, "crumbs": crumbs}
    status = 422 if sent else 200
    return render(request, "people/commendation_form.html", shown, status=status)
