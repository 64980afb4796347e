"""What waits for the person who signed in; and the administrators' pages about reminders and days off."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.navigation import WORK, own_items

from . import figures, reminding
from .access import keeps_the_clock
from .days_off import Refused, announce_day, announced_days, withdraw_day
from .duties import work_of
from .forms import DayOffForm
from .kinds import kind_of
from .models import DayOff, Outcome, OwnerKind, Reminder

PER_PAGE = 30


@require_safe
@login_required
@never_cache
def work(request):
    """Sections of work as the apps see it; the page counts and draws, it decides nothing."""
    sections = work_of(request.user)
    figure = figures.keep(request.user, sections)
    context = {
        "sections": sections,
        "count": figure.waiting,
        "overdue": figure.overdue,
        "next_due": figure.next_due,
        "keeps_the_clock": keeps_the_clock(request.user),
        "beside": own_items(WORK, request),
    }
    return render(request, "obligations/work.html", context)


def _for_administrators(view):
    @wraps(view)
    @login_required
    @never_cache
    def guarded(request, *args, **kwargs):
        if not keeps_the_clock(request.user):
            raise PermissionDenied(_("Administrators look after reminders and announced days off."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_for_administrators
def reminders(request):
    """What became of every reminder; what failed has a chip of its own."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in Outcome.values else ""
    counts = dict(Reminder.objects.order_by().values_list("outcome").annotate(Count("id")))
    rows = Reminder.objects.filter(outcome=chosen) if chosen else Reminder.objects.all()
    page = Paginator(rows.select_related("obligation").order_by("-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page_obj": page,
        "lines": _lines(page.object_list),
        "chips": [
            {"code": "", "label": _("All"), "count": sum(counts.values()), "current": not chosen},
            *(
                {"code": code, "label": label, "count": counts.get(code, 0), "current": code == chosen}
                for code, label in Outcome.choices
            ),
        ],
    }
    return render(request, "obligations/reminders.html", context)


def _lines(rows):
    """Each reminder with its title, whose it was and the day it named; two queries for the page."""
    rows = list(rows)
    keys = {row.obligation.owner for row in rows if row.obligation.owner_kind == OwnerKind.PERSON}
    people = get_user_model()._default_manager.select_related("staff").in_bulk(keys) if keys else {}
    announced = announced_days()
    lines = []
    for row in rows:
        obligation = row.obligation
        kind = kind_of(obligation.kind)
        lines.append(
            {
                "reminder": row,
                "title": kind.title_of(obligation) if kind else obligation.kind,
                "person": people.get(int(obligation.owner)) if obligation.owner in keys else None,
                "told": kind.superiors[row.told].label if kind and row.told in kind.superiors else "",
                "last_day": obligation.last_day(announced) if row.version == obligation.version else None,
                "given_up": row.outcome == Outcome.FAILED and row.attempts >= reminding.MAX_ATTEMPTS,
            }
        )
    return lines


@require_POST
@_for_administrators
def remind_again(request, pk):
    get_object_or_404(Reminder, pk=pk)
    if reminding.retry(pk):
        messages.success(request, _("The reminder will be tried again within a minute."))
    else:
        messages.info(request, _("This reminder is not one to try again. Nothing was changed."))
    return redirect("obligations:reminders")


@require_http_methods(["GET", "HEAD", "POST"])
@_for_administrators
def days_off(request):
    """The announced days, and a form for one more."""
    form = DayOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            row = announce_day(
                chosen["day"], works=chosen["works"], note=chosen["note"], by=request.user.display_name
            )
        except Refused as refused:
            form.add_error("day", str(refused))
        else:
            messages.success(request, _("%(day)s was added. Open terms follow it.") % {"day": row})
            return redirect("obligations:days_off")
    page = Paginator(DayOff.objects.order_by("-day", "-id"), PER_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(request, "obligations/days_off.html", {"form": form, "page_obj": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_administrators
def take_back(request, pk):
    """Asks, then takes an announced day back."""
    row = get_object_or_404(DayOff.objects.in_force(), pk=pk)
    if request.method == "POST":
        if withdraw_day(row.pk, by=request.user.display_name):
            messages.success(request, _("%(day)s was taken back. Open terms follow it.") % {"day": row})
        return redirect("obligations:days_off")
    context = {
        "question": _("Take back %(day)s?") % {"day": row},
        "explanation": _("Reminders will name the days of the calendar again. The entry stays in the list."),
        "action_label": pgettext("day off", "Take back"),
        "danger": True,
        "back_url": "/viec-cua-toi/ngay-nghi/",
    }
    return render(request, "confirm.html", context)
