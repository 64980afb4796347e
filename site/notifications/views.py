"""A person's notifications, how they want mail, and the administrators' view of mail that did not go."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from . import feed, live, sending
from .access import may_see_outbox
from .events import all_categories
from .forms import PreferenceForm, preference_of
from .models import MailState, Notification, OutboxMail

PER_PAGE = 30
UNREAD = "chua-doc"


@require_safe
@login_required
@never_cache
def notification_list(request):
    chosen = _known_filter(request.GET.get("loc", ""))
    rows = Notification.objects.visible_to(request.user)
    counts = _counts(rows)
    shown = rows.unread() if chosen == UNREAD else rows.filter(category=chosen) if chosen else rows
    page = Paginator(shown.select_related("mail__part_of").order_by("-id"), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page": page,
        "days": _by_day(page.object_list),
        "chips": _chips(counts, chosen),
        "chosen": chosen,
        "unread": sum(unread for _total, unread in counts.values()),
        "total": sum(total for total, _unread in counts.values()),
        "sees_outbox": may_see_outbox(request.user),
        "newest": page.object_list[0].id if page.object_list and page.number == 1 else 0,
    }
    return render(request, "notifications/list.html", context)


def _known_filter(code):
    return code if code in {UNREAD, *(category.code for category in all_categories())} else ""


def _counts(rows):
    """{category: (rows, unread)} in one query."""
    unread = Count("id", filter=Q(read_at__isnull=True))
    counted = rows.order_by().values_list("category").annotate(total=Count("id"), unread=unread)
    return {category: (total, unread) for category, total, unread in counted}


def _chips(counts, chosen):
    chips = [
        {"code": "", "label": _("All"), "count": sum(total for total, _unread in counts.values())},
        {"code": UNREAD, "label": _("Unread"), "count": sum(unread for _total, unread in counts.values())},
    ]
    chips += [
        {"code": category.code, "label": category.label, "count": counts[category.code][0]}
        for category in all_categories()
        if category.code in counts
    ]
    return [chip | {"current": chip["code"] == chosen} for chip in chips]


def _by_day(rows):
    days = groupby(rows, key=lambda row: timezone.localtime(row.created_at).date())
    today = timezone.localdate()
    return [{"day": day, "today": day == today, "rows": list(group)} for day, group in days]


@require_safe
@login_required
@never_cache
def open_notification(request, pk):
    """Marks the row read and leads to what it is about."""
    row = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    if Notification.objects.filter(pk=pk, read_at__isnull=True).update(read_at=timezone.now()):
        live.wake([request.user.pk])  # the bell in this person's other windows
    return HttpResponseRedirect(_safe(request, row.link))


@require_POST
@login_required
def mark_read(request, pk):
    row = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    Notification.objects.filter(pk=row.pk, read_at__isnull=True).update(read_at=timezone.now())
    live.wake([request.user.pk])
    return HttpResponseRedirect(_safe(request, request.POST.get("next", "")))


@require_POST
@login_required
def mark_all_read(request):
    """All rows the person could see when the page was drawn; what came since stays new."""
    rows = Notification.objects.visible_to(request.user).unread()
    try:
        newest = feed.position(request.POST.get("newest") or feed.NEWEST_ID)
    except ValueError:
        newest = feed.NEWEST_ID
    count = rows.filter(id__lte=newest or feed.NEWEST_ID).update(read_at=timezone.now())
    if count:
        live.wake([request.user.pk])
        messages.success(request, _("All notifications are marked as read."))
    return HttpResponseRedirect(_safe(request, request.POST.get("next", "")))


@require_safe
@never_cache
def news(request):
    """What the socket would have told: for pages that have none. 401 once the sign-in has ended."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "sign_in"}, status=401)
    try:
        last = feed.position(request.GET.get("after", ""))
    except ValueError:
        return JsonResponse({"error": "after"}, status=400)
    rows = feed.rows_after(request.user.pk, last)
    unread = feed.unread_of([request.user.pk]).get(request.user.pk, 0)
    return JsonResponse(
        {"rows": [feed.as_message(row) for row in rows], "unread": unread, "more": len(rows) == feed.PAGE}
    )


@login_required
@never_cache
def preferences(request):
    preference = preference_of(request.user)
    form = PreferenceForm(request.POST or None, preference=preference)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:preferences")
    status = 422 if form.errors else 200
    return render(request, "notifications/preferences.html", {"form": form}, status=status)


@require_safe
@login_required
@never_cache
def outbox(request):
    """Mail that could not be sent, why, and when it is tried again."""
    _administrators_only(request)
    state = request.GET.get("loc", MailState.DEAD)
    state = state if state in MailState.values else MailState.DEAD
    counts = dict(OutboxMail.objects.order_by().values_list("state").annotate(Count("id")))
    mails = OutboxMail.objects.filter(state=state).select_related("recipient__staff")
    context = {
        "page": Paginator(mails.order_by("-id"), PER_PAGE).get_page(request.GET.get("trang")),
        "state": state,
        "chips": [
            {"code": code, "label": label, "count": counts.get(code, 0), "current": code == state}
            for code, label in MailState.choices
        ],
    }
    return render(request, "notifications/outbox.html", context)


@require_POST
@login_required
def send_again(request, pk):
    _administrators_only(request)
    get_object_or_404(OutboxMail, pk=pk)
    if sending.send_again(pk):
        messages.success(request, _("The mail will be tried again within a minute."))
    else:
        messages.info(request, _("This mail is not one that was given up. Nothing was changed."))
    return redirect("notifications:outbox")


def _administrators_only(request):
    if not may_see_outbox(request.user):
        raise PermissionDenied(_("Administrators look after outgoing mail."))


def _safe(request, target):
    """`target` if it is an address of ours, else the list."""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours else "/thong-bao/"
