"""The register inside: the list, one difficulty and every step taken with it, what units raise."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.kept_post import keep_post
from trust.consents import standing

from ..access import works_with_the_plan
from ..difficulties import (
    access,
    consents,
    from_reports,
    handling,
    published,
    raising,
    storyline,
    workbook,
)
from ..difficulties.guard import BOX, key_of_form, key_of_words
from ..difficulties.refusing import SENTENCES, Refused
from ..forms.difficulty import RaiseForm
from ..models import Difficulty, DifficultyState

ASKS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 30
REPORTS_A_PAGE = 20
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TABS = {
    "moi": DifficultyState.RECEIVED,
    "don-vi": DifficultyState.ASSIGNED,
    "kiem-tra": DifficultyState.TO_CHECK,
    "cong-khai": DifficultyState.PUBLISHED,
    "dong": DifficultyState.CLOSED,
}


def check_inside(user):
    if not works_with_the_plan(user):
        raise PermissionDenied(_("This page is for those who carry out the plan or report on it."))


def way_to(*more):
    way = [(pgettext("menu", "Plan work"), "/ke-hoach/dieu-hanh/")]
    if not more:
        return [*way, (pgettext("plan", "Difficulties"), "")]
    return [*way, (pgettext("plan", "Difficulties"), "/ke-hoach/dieu-hanh/vuong-mac/"), *more]


# ---- the list


@require_safe
@keep_post
@never_cache
def register(request):
    """Those this person may read; `?xem=` names a state. What waits stands with its day, first due on top."""
    check_inside(request.user)
    rows = Difficulty.objects.visible_to(request.user)
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    tab = request.GET.get("xem", "")
    if tab and tab not in _TABS:
        raise Http404
    shown = rows.filter(state=_TABS[tab]) if tab else rows.filter(state__in=handling.OPEN)
    waits = tab in ("", "moi", "don-vi", "kiem-tra")
    order = ("answer_due_on", "pk") if waits else ("-state_since", "-pk")
    page = Paginator(shown.select_related("target", "task").order_by(*order), PAGE_SIZE)
    context = {
        "page_obj": page.get_page(request.GET.get("page")),
        "waits": waits,
        "states": list(_tabs(counts, tab)),
        "may_raise": access.may_raise(request.user),
        "handles": access.handles(request.user),
        "public_list": published.LIST,
        "crumbs": way_to(),
    }
    return render(request, "plan/difficulties/register.html", context)


def _tabs(counts, current):
    waiting = sum(counts.get(state, 0) for state in handling.OPEN)
    yield "", _("Waiting"), waiting, current == ""
    labels = {
        "moi": pgettext("difficulties", "New"),
        "don-vi": _("With a unit"),
        "kiem-tra": _("To be checked"),
        "cong-khai": pgettext("difficulties", "Published"),
        "dong": pgettext("difficulties", "Closed"),
    }
    for tab, state in _TABS.items():
        if counts.get(state) or tab == current:
            yield tab, labels[tab], counts.get(state, 0), current == tab


@require_safe
@keep_post
@never_cache
def export(request):
    """The register of this person as Excel."""
    check_inside(request.user)
    content = workbook.register_file(Difficulty.objects.visible_to(request.user))
    response = HttpResponse(content, content_type=EXCEL)
    name = f"so-vuong-mac-{timezone.localdate():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ---- raising


@require_http_methods(ASKS)
@keep_post
@never_cache
def raise_one(request):
    units = raising.reported_units(request.user)
    if not units:
        raise PermissionDenied(SENTENCES["only_units_raise"])
    data = request.POST if request.method == "POST" else request.kept_post or None
    form = RaiseForm(data, units=units, initial=_asked_about(request) | {"stamp": BOX.new_stamp()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        stamp = BOX.read_stamp(given.pop("stamp"))[0]
        key = key_of_form(stamp, key_of_words(given["text"], given["proposal"])) if stamp else None
        try:
            difficulty, is_new = raising.raise_by_unit(request.user, given.pop("unit"), form_key=key, **given)
        except Refused as refused:
            form.refuse(refused)
        else:
            if is_new:
                messages.success(request, _("Entered in the register. The plan's coordinator is told."))
            return redirect(difficulty)
    context = {"form": form, "crumbs": way_to((_("Raise a difficulty"), ""))}
    status = 422 if request.method == "POST" else 200
    return render(request, "plan/difficulties/raise.html", context, status=status)


def _asked_about(request):
    """`?chi-tieu=12` and `?nhiem-vu=34` begin with that target or task: for links beside them."""
    return {
        field: request.GET[name]
        for name, field in (("chi-tieu", "target"), ("nhiem-vu", "task"))
        if request.GET.get(name, "").isdecimal()
    }


# ---- from reports


@require_safe
@keep_post
@never_cache
def in_reports(request):
    """What stands in accepted reports of a period (`?ky=`, the latest unless told)."""
    _check_coordinator(request.user)
    periods = list(from_reports.periods())
    wanted = request.GET.get("ky", "")
    if wanted and wanted not in {period.code for period in periods}:
        raise Http404
    period = next((one for one in periods if one.code == wanted), periods[0] if periods else None)
    page = rows = None
    if period:
        page = Paginator(from_reports.latest_versions(period), REPORTS_A_PAGE).get_page(
            request.GET.get("page")
        )
        rows = from_reports.shown(page.object_list)
    context = {
        "periods": periods,
        "period": period,
        "page_obj": page,
        "rows": rows,
        "crumbs": way_to((_("From units' reports"), "")),
    }
    return render(request, "plan/difficulties/in_reports.html", context)


def _check_coordinator(user):
    if not access.handles(user):
        raise PermissionDenied(SENTENCES["only_coordinator"])


@require_POST
@keep_post(page=lambda request: reverse("plan:difficulty_reports"))
@never_cache
def take(request):
    """One press takes one difficulty of a report into the register; a second finds it there."""
    _check_coordinator(request.user)
    report = request.POST.get("report", "")
    back = reverse("plan:difficulty_reports")
    try:
        key = request.POST.get("key", "")[:90]
        if not report.isdecimal() or len(report) > 12:
            raise Refused("not_in_an_accepted_report")
        difficulty, is_new = from_reports.take(request.user, int(report), key)
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return redirect(back)
    if is_new:
        messages.success(request, _("Taken into the register as %(number)s.") % {"number": difficulty.number})
    else:
        messages.info(
            request, _("It stands in the register already: %(number)s.") % {"number": difficulty.number}
        )
    period = request.POST.get("ky", "")
    known = from_reports.periods().filter(code=period).exists()
    return redirect(f"{back}?ky={period}" if known else back)


# ---- one


def find(request, number):
    """The difficulty with this number; 404 where this person may not read it."""
    rows = Difficulty.objects.visible_to(request.user)
    rows = rows.select_related(
        "unit", "duplicate_of", "contact", "target", "task", "report_version__report__period"
    )
    return get_object_or_404(rows, number=number)


@require_safe
@keep_post
@never_cache
def difficulty(request, number):
    check_inside(request.user)
    found = find(request, number)
    refused = {step: handling.refusal(step, found, request.user) for step in handling.STEPS}
    reads_contact = access.may_read_contact(found, request.user)
    context = {
        "difficulty": found,
        "may": {step for step, why in refused.items() if why is None},
        "reads_contact": reads_contact and bool(found.code),
        "contact": getattr(found, "contact", None) if reads_contact else None,
        "agreed_to_name": reads_contact and consents.NAME in standing(found.subject),
        "entries": list(storyline.told(found)),
        "public_url": published.address_of(found.number) if found.state == "published" else "",
        "crumbs": way_to((found.number, "")),
    }
    return render(request, "plan/difficulties/one.html", context)
