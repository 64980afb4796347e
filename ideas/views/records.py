"""The council's records: rounds, appointments, delegations, rubrics."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ideas import records
from ideas.access import may_read_council
from ideas.council import seats_needed
from ideas.forms.council import AppointmentForm, DelegationForm, RoundForm, SeatFormSet, initial_seats
from ideas.models import Appointment, CouncilChange, Delegation, Round, Rubric
from people.kept_post import keep_post
from people.models import Staff, containing


def _require_reader(user):
    if not may_read_council(user):
        raise PermissionDenied(_("This page is for the council, the head of the ward and the administrator."))


def _require(allowed, words):
    if not allowed:
        raise PermissionDenied(words)


def _bring_back(form, error):
    """A rule's refusal at its field; where the form has no such field, above it."""
    found = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, words in found.items():
        for text in words:
            form.add_error(name if name in form.fields else None, text)


# ---- rounds


@never_cache
@require_safe
@keep_post
def rounds(request):
    _require_reader(request.user)
    rows = Round.objects.select_related("rubric", "appointment").annotate(
        dossiers=Count("initiatives", filter=Q(initiatives__submitted_at__isnull=False))
    )
    now = timezone.now()
    context = {
        "rows": [(row, _round_state(row, now)) for row in rows],
        "may_record": records.may_record_rounds(request.user),
        "changes": CouncilChange.objects.filter(kind="round")[:20],
    }
    return render(request, "ideas/council/rounds.html", context)


def _round_state(round_, now):
    if round_.is_open_at(now):
        return ("open", _("taking dossiers"))
    if now < round_.opens_at:
        return ("todo", _("not open yet"))
    return ("closed", _("closed for dossiers"))


@never_cache
@keep_post
def round_edit(request, pk=None):
    """A new round, or one to change; what is in use stands."""
    words = _("Only an administrator or the council's secretary records a review round.")
    _require(records.may_record_rounds(request.user), words)
    round_ = get_object_or_404(Round, pk=pk) if pk else Round(**_next_round())
    fixed = records.fixed_parts(round_)
    form = RoundForm(request.POST or request.kept_post or None, instance=round_, fixed=fixed)
    if request.method == "POST" and form.is_valid():
        try:
            records.save_round(request.user, form.instance)
        except ValidationError as error:
            _bring_back(form, error)
        else:
            messages.success(request, _("%(round)s is recorded.") % {"round": str(form.instance)})
            return redirect("ideas:rounds")
    context = {"form": form, "round": round_ if pk else None, "rubrics": Rubric.objects.all()}
    return render(request, "ideas/council/round_form.html", context, status=422 if form.errors else 200)


def _next_round():
    """The number after the year's last, the default rubric, today's council: a start, not a decision."""
    year = timezone.localdate().year
    last = Round.objects.filter(year=year).order_by("-number").first()
    return {
        "year": year,
        "number": last.number + 1 if last else 1,
        "rubric": Rubric.objects.default(),
        "appointment": Appointment.objects.filter(containing(timezone.localdate())).first(),
    }


@never_cache
@require_safe
@keep_post
def rubric(request, pk):
    """The criteria as a table: whoever works here may know by what is judged."""
    row = get_object_or_404(Rubric, pk=pk)
    return render(request, "ideas/council/rubric.html", {"row": row, "rubric": row.rubric})


# ---- appointments


@never_cache
@require_safe
@keep_post
def appointments(request):
    _require_reader(request.user)
    today = timezone.localdate()
    rows = Appointment.objects.prefetch_related("seats__staff")
    context = {
        "rows": [
            (row, row.contains(today), len([s for s in row.seats.all() if s.is_voting])) for row in rows
        ],
        "may_record": records.may_record_appointments(request.user),
    }
    return render(request, "ideas/council/appointments.html", context)


@never_cache
@require_safe
@keep_post
def appointment(request, pk):
    _require_reader(request.user)
    row = get_object_or_404(Appointment.objects.prefetch_related("seats__staff"), pk=pk)
    voting = [seat for seat in row.seats.all() if seat.is_voting]
    context = {
        "row": row,
        "voting": len(voting),
        "needed": seats_needed(len(voting), row.agreeing_share),
        "may_record": records.may_record_appointments(request.user),
        "changes": CouncilChange.objects.filter(kind="appointment", object_id=pk),
    }
    return render(request, "ideas/council/appointment.html", context)


@never_cache
@keep_post
def appointment_edit(request, pk=None):
    """Records the decision that names the council, and its seats."""
    words = _("Only an administrator records the council's appointment.")
    _require(records.may_record_appointments(request.user), words)
    row = get_object_or_404(Appointment, pk=pk) if pk else Appointment()
    typed = request.POST or request.kept_post or None
    form = AppointmentForm(typed, instance=row)
    known = {seat.pk: seat for seat in row.seats.select_related("staff")} if pk else {}
    seats = SeatFormSet(typed, initial=initial_seats(row), prefix="ghe", form_kwargs={"seats": known})
    if request.method == "POST" and form.is_valid() and seats.is_valid():
        try:
            records.save_appointment(request.user, form.instance, seats.rows())
        except ValidationError as error:
            _bring_back(form, error)
        else:
            messages.success(request, _("The council is recorded. The chair was told."))
            return redirect("ideas:appointment", form.instance.pk)
    wrong = typed is not None and (form.errors or not seats.is_valid())
    context = {"form": form, "seats": seats, "row": row if pk else None, "people": _serving()}
    return render(request, "ideas/council/appointment_form.html", context, status=422 if wrong else 200)


def _serving():
    """Whoever serves today, for the suggestions."""
    serving = Staff.objects.filter(containing(timezone.localdate(), "spells__")).distinct()
    return serving.order_by("order_key").values_list("staff_code", "full_name")


# ---- delegations


@never_cache
@require_safe
@keep_post
def delegations(request):
    _require_reader(request.user)
    today = timezone.localdate()
    rows = Delegation.objects.select_related("deputy").order_by("-start_on", "-pk")
    context = {
        "rows": [(row, _delegation_state(row, today)) for row in rows],
        "may_record": records.may_record_delegations(request.user),
        "changes": CouncilChange.objects.filter(kind="delegation")[:20],
    }
    return render(request, "ideas/council/delegations.html", context)


def _delegation_state(row, today):
    if row.contains(today):
        return ("open", _("in force"))
    return ("todo", _("not yet")) if today < row.start_on else ("closed", _("over"))


@never_cache
@keep_post
def delegation_new(request):
    words = _("Only an administrator or the head of the ward records a delegation.")
    _require(records.may_record_delegations(request.user), words)
    form = DelegationForm(request.POST or request.kept_post or None)
    if request.method == "POST" and form.is_valid():
        try:
            records.save_delegation(request.user, form.instance)
        except ValidationError as error:
            _bring_back(form, error)
        else:
            messages.success(request, _("The delegation is recorded."))
            return redirect("ideas:delegations")
    return render(
        request, "ideas/council/delegation_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@keep_post(page=lambda request, pk: "/sang-kien/hoi-dong/uy-quyen/")
def delegation_end(request, pk):
    words = _("Only an administrator or the head of the ward records a delegation.")
    _require(records.may_record_delegations(request.user), words)
    row = Delegation.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    records.end_delegation(request.user, row)
    messages.success(request, _("The delegation ends with today."))
    return redirect("ideas:delegations")
