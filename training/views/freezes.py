"""Freezes: the list, what must be settled first and taking one, one with its people, Excel and PDF."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.kept_post import keep_post

from .. import coverage, freezing
from ..access import is_training_officer
from ..coverage import State
from ..forms.freezes import FreezeForm
from ..freezing import paper, seen, workbook
from ..freezing.records import figures_by_unit, figures_of, stored_rows
from ..freezing.words import label_of, state_of
from ..models import CoverageSnapshot, Requirement
from ..reference_data import DIGITAL_SKILLS

ASKS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50
FIRST_YEAR = 2020
LABELS = {"danh-gia": freezing.Label.EVALUATION, "cuoi-nam": freezing.Label.YEAR_END}
_WORDS_IN_ADDRESS = {label: words for words, label in LABELS.items()}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# State filter of the people, in the order of the chips; both ways of being exempt are one.
SHOWN = {
    "thieu": (State.MISSING,),
    "da-hoc": (State.TRAINED,),
    "mien": (State.WAIVED, State.EXEMPT_LEAVE),
    "chua-den-han": (State.NOT_DUE,),
}


def _crumbs(*last):
    return [(_("Training"), "/dao-tao/"), (_("Freezes"), "/dao-tao/chot/"), *last]


def _sight(request):
    """What this account reads of freezes; 403 for who reads nothing."""
    found = seen.sight(request.user, timezone.localdate())
    if not found:
        raise PermissionDenied(_("Freezes are for the training officer, the leaders and unit heads."))
    return found


# ---- the list


@require_safe
@never_cache
@keep_post
def freezes(request):
    """`?yeu-cau=` a requirement, `?nam=` a year: what is frozen of it, and all versions below."""
    sight = _sight(request)
    requirements = list(Requirement.objects.all())
    today = timezone.localdate()
    code = request.GET.get("yeu-cau", DIGITAL_SKILLS)
    requirement = next((r for r in requirements if r.code == code), None)
    year = _year(request.GET.get("nam", ""), today)
    if requirement is None:
        raise Http404
    policy = coverage.policy_of(requirement.code, year)
    rows = list(seen.visible(sight).filter(requirement=requirement))
    context = {
        "requirements": requirements,
        "requirement": requirement,
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "labels": [_label_row(policy, label, rows, request.user, today) for label in freezing.Label],
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_officer": is_training_officer(request.user),
        "crumbs": [*_crumbs()[:1], (_("Freezes"), "")],
    }
    return render(request, "training/freezes/list.html", context)


def _year(text, today):
    if not text:
        return today.year
    if not text.isdecimal() or not FIRST_YEAR <= int(text[:6]) <= today.year:
        raise Http404
    return int(text)


def _label_row(policy, label, rows, user, today):
    day = freezing.as_of(policy, label)
    held = [row for row in rows if row.year == policy.year and row.label == label]
    return {
        "label": label_of(label),
        "day": day,
        "latest": max(held, key=lambda row: row.version, default=None),
        "begun": day <= today,
        "take": _take_address(policy.code, policy.year, label),
    }


def _take_address(code, year, label):
    return f"/dao-tao/chot/{code}/{year}/{_WORDS_IN_ADDRESS[label]}/"


# ---- taking one


@require_http_methods(ASKS)
@never_cache
@keep_post
def take(request, code, year, label):
    """What must be settled first, what would be frozen, and for an amendment what changed since."""
    _sight(request)
    if not is_training_officer(request.user):
        raise PermissionDenied(_("The training officer takes freezes."))
    policy, label = _asked_for(code, year, label)
    former = freezing.latest(policy.requirement, policy.year, label)
    data = request.POST if request.method == "POST" else request.kept_post
    form, status = FreezeForm(data or None, former=former), 200
    if request.method == "POST" and form.is_valid():
        try:
            snapshot = freezing.freeze(policy, label, request.user, timezone.now(), **form.cleaned_data)
        except freezing.Refused as refused:
            former = freezing.latest(policy.requirement, policy.year, label)
            form, status = _refused(form, refused, former, request.POST.get("reason", "")), 409
        else:
            messages.success(request, _("Frozen as version %s.") % snapshot.version)
            return redirect("training:freeze", pk=snapshot.pk)
    context = _before_taking(request.user, policy, label, former) | {"form": form}
    return render(request, "training/freezes/take.html", context, status=status)


def _refused(form, refused, former, typed):
    """The form with the reason; for who saw an older version a new one, with what was typed."""
    if refused.code == "meanwhile":
        form = FreezeForm(former=former, typed=typed)
        form.problem = refused.words
    else:
        form.add_error(refused.field or None, refused.words)
    return form


def _asked_for(code, year, label):
    if label not in LABELS or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    try:
        return coverage.policy_of(code, year), LABELS[label]
    except coverage.UnknownRequirement:
        raise Http404 from None


def _before_taking(user, policy, label, former):
    now, day = timezone.now(), freezing.as_of(policy, label)
    items = freezing.checklist(policy, day, now)
    title = f"{policy.name}, {policy.year}"
    return {
        "policy": policy,
        "label": label_of(label),
        "day": day,
        "former": former,
        "items": items,
        "refused": freezing.may_freeze(policy, label, user, now, items),
        "figures": coverage.whole(coverage.figures_by_unit(policy, day)),
        "difference": freezing.difference(former, policy) if former else None,
        "title": title,
        "crumbs": _crumbs((f"{title}, {label_of(label)}", "")),
    }


# ---- one freeze


@require_safe
@never_cache
@keep_post
def freeze(request, pk):
    """Figures, units, people, what changed since, and whether the hash still holds."""
    snapshot, sight = _snapshot(request, pk)
    rows = stored_rows(snapshot, sight.codes)
    versions = _versions(snapshot, sight)
    is_latest = versions[0].pk == snapshot.pk
    policy = coverage.policy_of(snapshot.requirement.code, snapshot.year)
    units = figures_by_unit(rows)
    shown = request.GET.get("xem", "thieu")
    people = [row for row in rows if row.state in SHOWN.get(shown, SHOWN["thieu"])]
    context = {
        "snapshot": snapshot,
        "label": label_of(snapshot.label),
        "versions": versions,
        "is_latest": is_latest,
        "figures": figures_of(rows),
        "extract": not sight.everything,
        "units": units,
        "chips": _chips(rows, shown),
        "page_obj": Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
        "difference": _difference(snapshot, policy, sight) if is_latest else None,
        "verification": freezing.verify(snapshot),
        "amend": _take_address(policy.code, policy.year, snapshot.label)
        if is_latest and is_training_officer(request.user)
        else "",
        "crumbs": _crumbs((_title(snapshot), "")),
        "title": _title(snapshot),
    }
    return render(request, "training/freezes/freeze.html", context)


def _snapshot(request, pk):
    """The freeze with its hashed text; 404 for who reads nothing of it."""
    found = seen.sight(request.user, timezone.localdate())
    if not found:
        raise Http404
    return get_object_or_404(seen.visible(found).defer(None), pk=pk), found


def _versions(snapshot, sight):
    """All versions of this freeze, the one that holds first."""
    same = {"requirement": snapshot.requirement, "year": snapshot.year, "label": snapshot.label}
    return list(seen.visible(sight).filter(**same).order_by("-version"))


def _difference(snapshot, policy, sight):
    found = freezing.difference(snapshot, policy)
    return found if sight.everything else found.of_units(sight.codes)


def _chips(rows, shown):
    counts = Counter(row.state for row in rows)
    return [
        {
            "address": f"?xem={code}",
            "label": state_of(states[0]),
            "count": sum(counts[state] for state in states),
            "current": code == shown or (code == "thieu" and shown not in SHOWN),
        }
        for code, states in SHOWN.items()
    ]


def _title(snapshot):
    return _("%(name)s %(year)s, %(label)s, version %(version)s") % {
        "name": snapshot.requirement.name,
        "year": snapshot.year,
        "label": label_of(snapshot.label),
        "version": snapshot.version,
    }


# ---- files


@require_safe
@never_cache
@keep_post
def excel(request, pk):
    snapshot, sight = _snapshot(request, pk)
    rows = stored_rows(snapshot, sight.codes)
    content = workbook.workbook(snapshot, rows, extract=not sight.everything)
    return _file(content, XLSX, snapshot, "xlsx")


@require_safe
@never_cache
@keep_post
def pdf(request, pk):
    snapshot, sight = _snapshot(request, pk)
    rows = stored_rows(snapshot, sight.codes)
    content = paper.pdf(snapshot, rows, extract=not sight.everything)
    return _file(content, "application/pdf", snapshot, "pdf")


def _file(content, kind, snapshot: CoverageSnapshot, ending):
    response = HttpResponse(content, content_type=kind)
    parts = (
        "chot",
        snapshot.requirement.code,
        snapshot.year,
        _WORDS_IN_ADDRESS[snapshot.label],
        f"v{snapshot.version}",
    )
    name = "-".join(map(str, parts))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
