"""A person's record: competencies, trainings, what is needed; the extract of a year; evidence by hand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.extracts import extract_of
from people.forms import StaffSearch
from people.kept_post import keep_post
from people.models import UnitAssignment, containing
from people.service import workplaces
from people.views.staff import find_staff

from .. import coverage
from .. import record as contents
from ..claims import Refused, staff_of
from ..competency import assessments, evidence, targets
from ..extract import OWN
from ..extracts.access import units_of
from ..forms.competency import EvidenceForm, SelfAssessmentForm, WithdrawForm
from ..models import Area, CompetencyEvidence

ASKS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


def own_staff(request):
    try:
        return staff_of(request.user)
    except Refused as refused:
        raise PermissionDenied(refused.sentence) from refused


def _find(request, staff_code):
    """The person, where this account reads their record; out of sight is 404."""
    return get_object_or_404(contents.visible_to(request.user, timezone.localdate()), staff_code=staff_code)


def _year(request, staff, today):
    """The year asked for, where there is something of it; this one otherwise. With the years to choose."""
    years = contents.years(staff, today)
    asked = request.GET.get("nam", "")
    return (int(asked) if asked.isdecimal() and int(asked) in years else today.year), years


@require_safe
@keep_post
@never_cache
def my_record(request):
    return _record_page(request, own_staff(request))


@require_safe
@keep_post
@never_cache
def record(request, staff_code):
    return _record_page(request, _find(request, staff_code))


def _record_page(request, staff):
    today = timezone.localdate()
    is_own = staff.user_id == request.user.pk
    context = _contents(request, staff, today) | {
        "is_own": is_own,
        "evidence": contents.evidence_of(staff),
        "may_add_evidence": evidence.refusal_by_hand(request.user, staff) is None,
        "certificates": contents.certificates(staff),
        "reads_others": contents.reads_others(request.user, today),
        "takes_extracts": is_own and bool(units_of(request.user, today)),
        "crumbs": _crumbs_of(staff, is_own),
    }
    return render(request, "training/records/record.html", context)


def _crumbs_of(staff, is_own):
    start = (_("My work"), "/viec-cua-toi/")
    if is_own:
        return [start, (_("Competency record"), "")]
    return [start, (_("Records"), "/dao-tao/ho-so/danh-sach/"), (staff.full_name, "")]


def _contents(request, staff, today):
    """Everything of one year, as of today or of its last day."""
    year, years = _year(request, staff, today)
    day = coverage.default_day(year, today)
    unit, position = contents.place_of(staff, day)
    trainings = contents.trainings(staff, year)
    competences, suggestions = contents.competences(staff, day)
    return {
        "staff": staff,
        "unit": unit,
        "position": position,
        "year": year,
        "years": years,
        "day": day,
        "standings": contents.standings(staff, year, today),
        "trainings": trainings,
        "minutes": sum(training.minutes for training in trainings),
        "competences": competences,
        "lacking": sum(1 for competence in competences if competence.row.gap),
        "suggestions": suggestions,
        "parts": extract_of(staff, year, request.user, but=OWN),
    }


@require_safe
@keep_post
@never_cache
def people(request):
    """Whose records one reads: the subtree for a unit head, everybody for the training officer."""
    today = timezone.localdate()
    if not contents.reads_others(request.user, today):
        raise PermissionDenied(
            _("Records of others are read by their unit head and the training officer. Yours is your own.")
        )
    form = StaffSearch(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = find_staff(contents.visible_to(request.user, today), asked.get("q", ""))
    if asked.get("unit"):
        there = UnitAssignment.objects.filter(containing(today), unit=asked["unit"], is_primary=True)
        rows = rows.filter(pk__in=there.values("staff"))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    places = workplaces([person.pk for person in page], today)
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(person, *places.get(person.pk, (None, ""))) for person in page],
        "crumbs": [(_("My work"), "/viec-cua-toi/"), (_("Records"), "")],
    }
    return render(request, "training/records/people.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def self_assessment(request):
    staff = own_staff(request)
    areas = list(Area.objects.filter(framework__is_current=True).prefetch_related("competencies"))
    sent = request.method == "POST"
    form = SelfAssessmentForm(
        request.POST if sent else request.kept_post or None,
        areas=areas,
        last=assessments.latest_of(staff),
    )
    if sent and form.is_valid():
        changed = assessments.assess(request.user, form.levels())
        text = _("Your self-assessment is kept.") if changed else _("Nothing was different from before.")
        messages.success(request, text)
        return redirect("training:my_record")
    context = {
        "form": form,
        "title": _("Assess yourself"),
        "action": _("Keep my self-assessment"),
        "back": "/dao-tao/ho-so/",
        "happens": _(
            "It stands beside your record and changes no level: levels come from courses, tests and work."
        ),
        "crumbs": [
            (_("My work"), "/viec-cua-toi/"),
            (_("Competency record"), "/dao-tao/ho-so/"),
            (_("Self-assessment"), ""),
        ],
    }
    return render(request, "training/claim_form.html", context)


@require_http_methods(ASKS)
@keep_post
@never_cache
def evidence_add(request, staff_code):
    staff = _find(request, staff_code)
    if refused := evidence.refusal_by_hand(request.user, staff):
        raise PermissionDenied(refused.sentence)
    sent = request.method == "POST"
    areas = Area.objects.filter(pk__in=[area.pk for area in targets.areas()])
    form = EvidenceForm(request.POST if sent else request.kept_post or None, areas=areas)
    if sent and form.is_valid():
        try:
            evidence.add_by_hand(request.user, staff, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The evidence is kept."))
            return redirect("training:record", staff.staff_code)
    context = {
        "form": form,
        "title": _("Add evidence"),
        "action": _("Keep the evidence"),
        "happens": _(
            "The highest level shown counts. Evidence is never changed, only withdrawn with a reason."
        ),
    }
    return render(request, "training/claim_form.html", context | _around(staff, context["title"]))


@require_http_methods(ASKS)
@keep_post
@never_cache
def evidence_withdraw(request, pk):
    item = get_object_or_404(CompetencyEvidence.objects.select_related("staff", "area"), pk=pk)
    staff = _find(request, item.staff.staff_code)
    if item.kind == CompetencyEvidence.Kind.WITHDRAWN:
        raise Http404
    if refused := evidence.refusal_to_withdraw(request.user, item):
        raise PermissionDenied(refused.sentence)
    sent = request.method == "POST"
    form = WithdrawForm(request.POST if sent else request.kept_post or None)
    if sent and form.is_valid():
        try:
            evidence.withdraw(request.user, item, form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The evidence is withdrawn."))
            return redirect("training:record", staff.staff_code)
    context = {
        "form": form,
        "title": _("Withdraw evidence"),
        "action": pgettext("evidence", "Withdraw"),
        "is_danger": True,
        "happens": _("%(area)s: %(source)s no longer counts. Both lines stay in the record.")
        % {"area": item.area.name, "source": item.source},
    }
    return render(request, "training/claim_form.html", context | _around(staff, context["title"]))


def _around(staff, title):
    back = f"/dao-tao/ho-so/{staff.staff_code}/"
    return {
        "back": back,
        "crumbs": [(_("Records"), "/dao-tao/ho-so/danh-sach/"), (staff.full_name, back), (title, "")],
    }
