"""Writing results down: figures to measure, measurements, the use by units.

Each step locks the dossier, asks, writes the row, its line of history and the notices, in one transaction; it
raises `Refused`. What was verified stays as it is until whoever verifies returns it with a reason.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from ideas import events
from ideas.files import EVIDENCE
from ideas.history import record
from ideas.models import Adoption, BenefitIndicator, ClaimState, Initiative, Measurement, MeasurementFile
from ideas.moves import Actor
from ideas.refusing import Refused
from ideas.unit_heads import heads_of
from notifications.events import announce
from trust.storage import private_storage, private_upload_to
from trust.uploads import check_upload

from . import owing, terms
from .access import Rights
from .deciding import confirm_own

MOST_INDICATORS = 10


@dataclass(frozen=True)
class Figure:
    """What is measured: how it was before, what was promised, in which unit of measure."""

    name: str
    measured_in: str
    baseline: Decimal
    promised: Decimal
    lower_is_better: bool = False


@dataclass(frozen=True)
class Measured:
    value: Decimal
    measured_on: date
    source: str


@dataclass(frozen=True)
class StoredEvidence:
    """A checked file in private storage, before the row that names it."""

    path: str
    name: str
    content_type: str
    size: int
    sha256: str


def store_evidence(files):
    """Checks and stores files, outside any transaction. Raises `UploadRefused`; a file whose row is then
    refused stays without an owner, nobody can reach it."""
    checked = [(file, check_upload(file, EVIDENCE)) for file in files]
    return [
        StoredEvidence(
            private_storage().save(private_upload_to("benefits")(None, one.name), file),
            one.name,
            one.content_type,
            one.size,
            one.sha256,
        )
        for file, one in checked
    ]


# ---- figures


def write_indicator(initiative, user, figure: Figure, *, indicator=None, seen=0, now=None):
    """A new figure, or another wording of one that is not verified."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(initiative, user, now)
        if refused := rights.write_refusal():
            raise refused
        row = _editable(locked.indicators, indicator, seen) if indicator else None
        if row is None:
            if locked.indicators.count() >= MOST_INDICATORS:
                raise Refused("too_many_indicators", most=MOST_INDICATORS)
            last = locked.indicators.aggregate(last=Max("order"))["last"] or 0
            row = BenefitIndicator(initiative=locked, order=last + 1)
        for name, value in vars(figure).items():
            setattr(row, name, value)
        _enter(row, user, now)
        _log(locked, "benefit_entered", user, rights, now, name=row.name)
        owing.bring_up_to_date(owing.with_results(Initiative.objects.filter(pk=locked.pk)), now)
        _ask_to_verify(locked, user, now)
    return row


# ---- measurements


def write_measurement(indicator, months, user, measured: Measured, evidence=(), *, seen=0, now=None):
    """What was measured `months` after the recognition; at least one file of `evidence` in all."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(indicator.initiative, user, now)
        if refused := rights.write_refusal():
            raise refused
        indicator = locked.indicators.select_for_update().get(pk=indicator.pk)
        if not indicator.is_verified:
            raise Refused("indicator_not_verified")
        _check_day(locked, measured.measured_on, timezone.localdate(now))
        row = _editable(indicator.measurements.filter(months=months), None, seen)
        row = row or Measurement(indicator=indicator, months=months)
        for name, value in vars(measured).items():
            setattr(row, name, value)
        _enter(row, user, now)
        _attach(row, evidence, now)
        _log(locked, "measurement_entered", user, rights, now, name=indicator.name, months=months)
        owing.bring_up_to_date(owing.with_results(Initiative.objects.filter(pk=locked.pk)), now)
        _ask_to_verify(locked, user, now)
    return row


def _check_day(initiative, day, today):
    if day > today:
        raise Refused("measured_in_future", "measured_on")
    recognised = (
        terms.with_day_of_recognition(Initiative.objects.filter(pk=initiative.pk)).get().recognised_on
    )
    if recognised and day < recognised:
        raise Refused("measured_before_recognition", "measured_on", day=f"{recognised:%d/%m/%Y}")


def _attach(measurement, evidence, now):
    MeasurementFile.objects.bulk_create(
        MeasurementFile(
            measurement=measurement,
            file=one.path,
            name=one.name,
            content_type=one.content_type,
            size=one.size,
            sha256=one.sha256,
            uploaded_at=now,
        )
        for one in evidence
    )
    if not measurement.files.filter(removed_at__isnull=True).exists():
        raise Refused("evidence_missing", "files")


# ---- the use by units


def write_adoption(initiative, user, unit, since, how, *, now=None):
    """A unit uses it since that day. The head of that very unit confirms it by writing it."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(initiative, user, now)
        if refused := rights.adoption_refusal(unit.pk):
            raise refused
        if since > timezone.localdate(now):
            raise Refused("adopted_in_future", "start_on")
        others = locked.adoptions.filter(unit=unit).exclude(state=ClaimState.RETURNED)
        if others.filter(Q(end_before__isnull=True) | Q(end_before__gt=since)).exists():
            raise Refused("adopted_already", "unit")
        row = locked.adoptions.filter(unit=unit, start_on=since).first()
        row = row or Adoption(initiative=locked, unit=unit, start_on=since)
        row.how, row.end_before = how, None
        _enter(row, user, now)
        _log(locked, "adoption_entered", user, rights, now, name=unit.name)
        if rights.confirm_refusal(row) is None:
            confirm_own(row, locked, user, now)
        else:
            heads = heads_of([unit.pk], timezone.localdate(now)).get(unit.pk, ())
            _tell(events.ADOPTION_TO_CONFIRM, heads, locked)
    return row


def end_adoption(adoption, user, last_day, *, now=None):
    """The unit uses it no more after that day."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(adoption.initiative, user, now)
        if refused := rights.adoption_refusal(adoption.unit_id):
            raise refused
        row = locked.adoptions.select_for_update().get(pk=adoption.pk)
        if last_day < row.start_on:
            raise Refused("ended_before_start", "last_day")
        if last_day > timezone.localdate(now):
            raise Refused("adopted_in_future", "last_day")
        row.end_before = last_day + timedelta(days=1)
        row.save(update_fields=["end_before"])
        _log(locked, "adoption_ended", user, rights, now, name=row.unit.name)
        if row.is_verified:
            from .deciding import follow_in_public

            follow_in_public(locked)
    return row


# ---- shared


def lock(initiative, user, now):
    """The dossier, locked, as the workflow reads it, and what this person may do with its results."""
    locked = Initiative.objects.select_for_update(of=("self",)).for_workflow().get(pk=initiative.pk)
    return locked, Rights(locked, user, now)


def _editable(rows, indicator, seen):
    """The row to change, locked: not verified, and as the person saw it. None where there is none yet."""
    rows = rows.select_for_update()
    row = rows.get(pk=indicator.pk) if indicator else rows.first()
    if row is None:
        return None
    if row.is_verified:
        raise Refused("claim_is_verified")
    if row.edit_version != seen:
        raise Refused("claim_changed")
    return row


def _enter(row, user, now):
    row.state = ClaimState.ENTERED
    row.entered_by, row.entered_by_name, row.entered_at = user, user.display_name, now
    row.decided_at, row.decided_by_name, row.decided_for, row.return_reason = None, "", "", ""
    row.edit_version += 1
    row.save()


def _log(initiative, step, user, rights, now, **details):
    record(initiative, step, Actor.of(user), role_of(rights), now, details=details)


def role_of(rights):
    """A stable code for the log."""
    if rights.is_author:
        return "author"
    return "secretary" if rights.is_secretary else "unit_head"


def _ask_to_verify(initiative, user, now):
    heads = heads_of([initiative.unit_id], timezone.localdate(now)).get(initiative.unit_id, ())
    authors = initiative.author_staff_ids
    able = [who for who in heads if who.pk != user.pk and who.staff.pk not in authors]
    if not able:
        from ideas.capacities import council_for
        from ideas.moves import CLOCK, Move

        council = council_for(initiative, Move("look", CLOCK, now))
        seat = council.keeping(initiative) if council else None
        able = [seat.staff.user] if seat and seat.staff else []
    _tell(events.BENEFIT_TO_VERIFY, able, initiative)


def _tell(event, people, initiative):
    announce(
        event,
        people,
        subject=initiative.code,
        link=owing.address_of(initiative),
        refresh=(f"initiative:{initiative.pk}",),
    )
