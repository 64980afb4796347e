"""The council's own records: appointments, review rounds, delegations. Who may keep them, what must hold.

Every change is one transaction with its line of `CouncilChange` and its notifications. What may not be is a
`ValidationError` by field; who may not, a `PermissionDenied` with the reason.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.events import Announcement, announce_many
from people.roles import Role, has_role, holders_of

from . import owing
from .access import seats_of
from .events import COUNCIL_RECORDED, DELEGATION_RECORDED, ROUND_CHANGED
from .models import Appointment, CouncilChange, Delegation, Round, Seat, SeatRole
from .moves import Actor
from .queries import current_chairs
from .vacancies import pass_on_vacated_seats

LEAST_SEATS = 3  # fewer cannot disagree by thirds


# ---- who


def may_record_appointments(user):
    return has_role(user, Role.ADMINISTRATOR)


def may_record_rounds(user):
    """The administrator, or the secretary of a council whose term runs."""
    return has_role(user, Role.ADMINISTRATOR) or seats_of(user).filter(role=SeatRole.SECRETARY).exists()


def may_record_delegations(user):
    return has_role(user, Role.ADMINISTRATOR, Role.HEAD)


def _require(allowed, sentence):
    if not allowed:
        raise PermissionDenied(sentence)


# ---- appointments


def save_appointment(user, appointment, seats, now=None):
    """Keeps an appointment and its seats: `seats` is [(seat or None, role, staff or None, removed)]."""
    now = now or timezone.now()
    _require(may_record_appointments(user), _("Only an administrator records the council's appointment."))
    with transaction.atomic():
        before = _appointment_values(_locked(Appointment, appointment))
        held = _holders(appointment)
        appointment.save()
        _save_seats(user, appointment, seats)
        _check_council(appointment)
        after = _appointment_values(appointment)
        if after == before:
            return appointment
        _log("appointment", appointment, appointment.decision_number, user, now, before, after)
        newly = [seat.staff for seat in appointment.seats.all() if seat.staff and seat.staff_id not in held]
        gone = [staff for pk, staff in held.items() if pk not in _holders(appointment)]
        told = [*current_chairs(), *_accounts([*newly, *gone, *_chair_of(appointment)])]
        _tell(
            COUNCIL_RECORDED,
            told,
            appointment.decision_number,
            f"/sang-kien/hoi-dong/nhiem-ky/{appointment.pk}/",
        )
    pass_on_vacated_seats(now)
    return appointment


def _save_seats(user, appointment, seats):
    """Numbers follow the order; a seat that was used is never removed, nor turned into another."""
    own = getattr(user, "staff", None)
    changed = []
    for seat, role, staff, removed in seats:
        if own is not None and staff == own and not removed and (seat is None or seat.staff_id != own.pk):
            raise ValidationError(
                {"seats": _("Nobody names themselves. Another administrator records your seat.")}
            )
        if removed:
            _remove(seat)
        elif seat is None or seat.staff != staff:
            changed.append((seat, role, staff))
    kept = [seat for seat, _role, _staff in changed if seat is not None]
    Seat.objects.filter(pk__in=[seat.pk for seat in kept]).update(staff=None)  # two may change places
    number = max(appointment.seats.values_list("number", flat=True), default=0)
    for seat, role, staff in changed:
        if seat is None:
            number += 1
            seat = Seat(appointment=appointment, number=number, role=role)
        seat.staff = staff
        seat.save()


def _remove(seat):
    try:
        if seat is not None:
            seat.delete()
    except ProtectedError as error:
        raise ValidationError(
            {
                "seats": _("Seat %(number)s has score sheets or votes and stays. Leave it empty instead.")
                % {"number": seat.number}
            }
        ) from error


def _check_council(appointment):
    roles = list(appointment.seats.values_list("role", flat=True))
    voting = sum(role != SeatRole.ALTERNATE for role in roles)
    if SeatRole.CHAIR not in roles or SeatRole.SECRETARY not in roles or voting < LEAST_SEATS:
        raise ValidationError(
            {
                "seats": _("A council has a chair, a secretary and at least %(least)s voting seats.")
                % {"least": LEAST_SEATS}
            }
        )


def _holders(appointment):
    if appointment.pk is None:
        return {}
    seats = appointment.seats.filter(staff__isnull=False).select_related("staff__user")
    return {seat.staff_id: seat.staff for seat in seats}


def _chair_of(appointment):
    return [seat.staff for seat in appointment.seats.filter(role=SeatRole.CHAIR, staff__isnull=False)]


def _appointment_values(appointment):
    if appointment is None:
        return {}
    seats = appointment.seats.select_related("staff").order_by("number")
    return {
        **_values(
            appointment, ("decision_number", "decided_on", "start_on", "end_before", "stricter_percent")
        ),
        "seats": [
            {
                "number": s.number,
                "role": s.role,
                "staff": f"{s.staff.staff_code} {s.staff}" if s.staff else "",
            }
            for s in seats
        ],
    }


# ---- rounds

_ROUND_VALUES = ("year", "number", "opens_at", "closes_at", "scoring_due_on", "rubric", "appointment")


def fixed_parts(round_, now=None):
    """Fields of a round that stand by now: the rubric once it has opened, the council once it scores."""
    if round_.pk is None:
        return set()
    kept = Round.objects.get(pk=round_.pk)
    fixed = {"year", "number"} if kept.initiatives.exists() else set()
    if kept.opens_at <= (now or timezone.now()) or kept.initiatives.exists():
        fixed.add("rubric")
    if kept.initiatives.filter(evaluation_number__gt=0).exists():
        fixed.add("appointment")
    return fixed


def save_round(user, round_, now=None):
    now = now or timezone.now()
    _require(
        may_record_rounds(user), _("Only an administrator or the council's secretary records a review round.")
    )
    with transaction.atomic():
        kept = _locked(Round, round_)
        if problems := round_problems({name: getattr(round_, name) for name in _ROUND_VALUES}, kept, now):
            raise ValidationError(problems)
        before = _values(kept, _ROUND_VALUES) if kept else {}
        round_.save()
        if round_.opens_at <= now:
            round_.rubric.fix(now)
        after = _values(round_, _ROUND_VALUES)
        if after == before:
            return round_
        owing.round_changed(round_, now)
        label = f"{round_.number}/{round_.year}"
        _log("round", round_, label, user, now, before, after)
        officers = round_.appointment.seats.filter(
            role__in=(SeatRole.CHAIR, SeatRole.SECRETARY), staff__isnull=False
        ).select_related("staff__user")
        told = [person for person in _accounts(s.staff for s in officers) if person != user]
        _tell(ROUND_CHANGED, told, label, "/sang-kien/hoi-dong/dot/")
    return round_


def round_problems(values, kept=None, now=None):
    """{field: words} of what a round cannot be; `values` may lack fields that were not understood."""
    problems = {}
    opens, closes = values.get("opens_at"), values.get("closes_at")
    due, year, number = values.get("scoring_due_on"), values.get("year"), values.get("number")
    others = Round.objects.exclude(pk=kept.pk if kept else None)
    if opens and closes and closes <= opens:
        problems["closes_at"] = _("The closing moment lies before the opening one. Type a later moment.")
    elif opens and closes and others.filter(opens_at__lt=closes, closes_at__gt=opens).exists():
        problems["opens_at"] = _(
            "Another round takes dossiers on some of these days. Two rounds never overlap."
        )
    if opens and due and due < timezone.localdate(opens):
        problems["scoring_due_on"] = _("Sheets cannot be due before the round opens. Type a later day.")
    if year and number and others.filter(year=year, number=number).exists():
        problems["number"] = _("This number was used in that year. Type the next one.")
    for name in fixed_parts(kept, now) if kept else ():
        if name in values and getattr(kept, name) != values[name]:
            problems[name] = _("This stands since the round is in use. Record another round instead.")
    return problems


# ---- delegations

_DELEGATION_VALUES = ("deputy", "document_number", "start_on", "end_before")


def save_delegation(user, delegation, now=None):
    now = now or timezone.now()
    _require(
        may_record_delegations(user), _("Only an administrator or the head of the ward records a delegation.")
    )
    if delegation.deputy == getattr(user, "staff", None):
        raise ValidationError({"deputy": _("Nobody records a delegation to themselves.")})
    if delegation.end_before is None or delegation.end_before <= delegation.start_on:
        raise ValidationError({"last_day": _("The delegation ends before it starts. Type a later day.")})
    with transaction.atomic():
        delegation.save()
        _record_delegation(user, delegation, {}, now)
    return delegation


def end_delegation(user, delegation, now=None):
    """Today is the last day; one that has not started yet ends on its first day. An ended one stays."""
    now = now or timezone.now()
    _require(
        may_record_delegations(user), _("Only an administrator or the head of the ward records a delegation.")
    )
    with transaction.atomic():
        kept = _locked(Delegation, delegation)
        before = _values(kept, _DELEGATION_VALUES)
        end = max(timezone.localdate(now), kept.start_on) + timedelta(days=1)
        if kept.end_before and kept.end_before <= end:
            return kept
        kept.end_before = end
        kept.save(update_fields=["end_before"])
        _record_delegation(user, kept, before, now)
    return kept


def _record_delegation(user, delegation, before, now):
    after = _values(delegation, _DELEGATION_VALUES)
    _log("delegation", delegation, delegation.document_number, user, now, before, after)
    told = [*current_chairs(), *holders_of(Role.HEAD), *_accounts([delegation.deputy])]
    _tell(DELEGATION_RECORDED, told, delegation.document_number, "/sang-kien/hoi-dong/uy-quyen/")


# ---- shared


def _locked(model, row):
    """The kept row, locked; None for a new one."""
    return model.objects.select_for_update().get(pk=row.pk) if row.pk else None


def _values(row, names):
    """Plain values of a row for the log."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value):
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _log(kind, row, label, user, now, before, after):
    actor = Actor.of(user)
    CouncilChange.objects.create(
        kind=kind,
        object_id=row.pk,
        label=label,
        at=now,
        user=user,
        actor_name=actor.name,
        actor_code=actor.code,
        before=before,
        after=after,
    )


def _accounts(people):
    return [staff.user for staff in people if staff.user]


def _tell(event, recipients, subject, link):
    announce_many([Announcement(event, recipients, link=link, subject=subject)])
