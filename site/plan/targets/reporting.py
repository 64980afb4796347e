"""Reporting a figure: append-only, so that a correction is a new row with its reason.

Each step locks the target, asks, writes the row, its line of history and the notices in one transaction;
it raises `Refused`, or `Conflict` where somebody else was quicker.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from editing.merging import Clash
from people.units import UnitTree
from portal.stamp import raise_stamp
from trust.storage import private_storage, private_upload_to
from trust.uploads import UploadPolicy, check_file_count, check_upload

from ..models import (
    PeriodKind,
    ReportedValue,
    ReportState,
    Target,
    UnitReport,
    ValueEvidence,
)
from . import events, figures, notices
from .access import START, Rights
from .log import record
from .refusing import Refused

EVIDENCE = UploadPolicy(
    kinds=frozenset({"pdf", "docx", "xlsx", "jpg", "png"}),
    max_bytes=settings.UPLOAD_MAX_BYTES,
    max_files=settings.UPLOAD_MAX_FILES,
)


class Conflict(Exception):
    """Somebody saved a figure meanwhile: the clash of both, and the row that stands."""

    def __init__(self, clash, row):
        self.clash, self.row = clash, row
        super().__init__(row.pk)


@dataclass(frozen=True)
class StoredFile:
    """A checked file in private storage, before the row that names it."""

    path: str
    checked: object


def store(files):
    """Checks all, then stores; outside any transaction. Raises `UploadRefused`. A file whose row is then
    refused stays without an owner, nobody can reach it."""
    check_file_count(len(files), EVIDENCE)
    checked = [(file, check_upload(file, EVIDENCE)) for file in files]
    return [
        StoredFile(private_storage().save(private_upload_to("plan/values")(None, one.name), file), one)
        for file, one in checked
    ]


def latest(target, unit, year):
    """The row that counts, or None."""
    rows = ReportedValue.objects.filter(target=target, unit=unit, year=year).select_related("definition")
    return rows.order_by("-pk").first()


def base_of(row):
    """What a page about this row was drawn from."""
    return fingerprint(figures.plain(row))


def report(target, unit, year, user, figure, *, base="", reason="", evidence=(), now=None):
    """Writes `figure` of `unit` for `year`. `base` is what stood when the page was drawn (`base_of`)."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(target, user, now)
        if refused := rights.report_refusal(unit, year):
            raise refused
        definition = figures.in_force(list(locked.definitions.all()), figure.as_of)
        figures.check(figure, definition, year, rights.today)
        figure = figures.kept(figure, definition)
        last = latest(locked, unit, year)
        change = _change(figure, last, base, reason, rights, unit, year)
        row = ReportedValue.objects.create(
            target=locked,
            definition=definition,
            unit=unit,
            year=year,
            is_baseline=year == START,
            reason=reason,
            by=user,
            by_name=user.display_name,
            at=now,
            **vars(figure),
        )
        _attach(row, evidence)
        data = {"unit": unit.name, "year": year, "value": row.pk, "in_place": rights.is_in_place(unit)}
        record(locked, change, user, now, reason, **data)
        raise_stamp()
        if rights.is_in_place(unit):
            notices.tell_reporters(events.TYPED_IN_PLACE, locked, [unit], but=user)
    return row


def add_evidence(row, user, evidence, *, now=None):
    """More files to the figure that counts."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(row.target, user, now)
        if refused := rights.report_refusal(row.unit, row.year):
            raise refused
        if latest(locked, row.unit, row.year).pk != row.pk:
            raise Refused("value_not_latest")
        check_file_count(row.evidence.count() + len(evidence), EVIDENCE)
        _attach(row, evidence)
        names = [one.checked.name for one in evidence]
        record(
            locked, "evidence_added", user, now, unit=row.unit.name, year=row.year, value=row.pk, files=names
        )


def lock(target, user, now):
    """The target's row, locked, and what this person may do with it."""
    locked = Target.objects.select_for_update().get(pk=target.pk)
    return locked, Rights(locked, user, list(locked.parts.select_related("unit")), now)


def was_accepted(unit, year):
    """Whether the yearly report of this unit, or of one it stands under, was accepted."""
    above = [one.pk for one in UnitTree.load().path(unit.pk)]
    return UnitReport.objects.filter(
        unit__in=above, state=ReportState.ACCEPTED, period__kind=PeriodKind.YEAR, period__to_day__year=year
    ).exists()


def _change(figure, last, base, reason, rights, unit, year):
    """What kind of step this is; raises where it lacks its reason, says nothing new, or somebody was
    quicker."""
    stored, mine = figures.plain(last), figures.plain(figure)
    if stored == mine:
        raise Refused("value_same")
    if stored is not None and base != fingerprint(stored):
        raise Conflict(Clash("figure", mine, stored, fingerprint(stored)), last)
    if not reason and rights.is_in_place(unit):
        raise Refused("reason_missing_in_place", "reason", unit=unit.name)
    if was_accepted(unit, year):
        if not reason:
            raise Refused("reason_missing_accepted", "reason", year=year)
        return "value_corrected_later"
    if last is None:
        return "value_reported"
    if figure.as_of > last.as_of:
        return "value_updated"
    if not reason:
        raise Refused("reason_missing", "reason", day=f"{last.as_of:%d/%m/%Y}")
    return "value_corrected"


def _attach(row, evidence):
    for one in evidence:
        ValueEvidence.objects.create(
            value=row,
            name=one.checked.name,
            content_type=one.checked.content_type,
            size=one.checked.size,
            sha256=one.checked.sha256,
            file=one.path,
        )
