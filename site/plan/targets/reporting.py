"""Reporting a figure: append-only, so that a correction is a new row with its reason.

Each step locks the target, asks, writes the row, its line of history and the notices in one transaction;
it raises `Refused`, or `Conflict` where somebody else was quicker.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max
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
    TargetChange,
    TargetDefinition,
    TargetUnit,
    UnitReport,
    ValueEvidence,
)
from . import events, figures, notices
from .access import START, Rights
from .log import line, record
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


@dataclass(frozen=True)
class Brought:
    """A figure that a unit's report brings."""

    target: Target
    unit: object
    figure: figures.Figure


def lock_many(units):
    """The targets these units have a part in, locked in key order: a report does so before it reads them."""
    keys = TargetUnit.objects.filter(unit__in=units).values("target")
    return list(Target.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def report_many(brought, year, user, units, *, reason, now):
    """The figures of a unit's report, in the transaction of its sending, after `lock_many`; a constant number
    of queries. `units` are all it speaks for: nothing is typed in their place. What stands already stays, and
    so does what stands as of a later day. Raises `Refused`, whose parameter `code` names the target."""
    keys = {one.target.pk for one in brought}
    parts = _by_target(TargetUnit.objects.filter(target__in=keys).select_related("unit"))
    definitions = _by_target(TargetDefinition.objects.filter(target__in=keys))
    standing, accepted, tree = _standing(keys, year), _accepted(year), UnitTree.load()
    rows, lines = [], []
    for one in brought:
        rights = Rights(one.target, user, parts[one.target.pk], now, set(units))
        last = standing.get((one.target.pk, one.unit.pk))
        try:
            row = _row(one, last, definitions[one.target.pk], year, user, rights, now)
        except Refused as refused:
            refused.params["code"] = one.target.code
            raise
        if row is None:
            continue
        was_in = any(above.pk in accepted for above in tree.path(one.unit.pk))
        change = _kind(row, last, reason, was_in, year)
        row.reason = reason if change.startswith("value_corrected") else ""
        rows.append(row)
        lines.append((row, change))
    ReportedValue.objects.bulk_create(rows)
    TargetChange.objects.bulk_create(
        line(row.target, change, user, now, reason, unit=row.unit.name, year=year, value=row.pk)
        for row, change in lines
    )
    if rows:
        raise_stamp()
    return rows


def _row(one, last, definitions, year, user, rights, now):
    """The row of a figure that a report brings, not written yet; None where nothing is to be written."""
    if refused := rights.report_refusal(one.unit, year):
        raise refused
    definition = figures.in_force(definitions, one.figure.as_of)
    figures.check(one.figure, definition, year, rights.today)
    figure = figures.kept(one.figure, definition)
    if last is not None and (last.as_of > figure.as_of or _says(last, definition) == _says(figure)):
        return None
    return ReportedValue(
        target=one.target,
        definition=definition,
        unit=one.unit,
        year=year,
        by=user,
        by_name=user.display_name,
        at=now,
        **vars(figure),
    )


def _says(figure, definition=None):
    """What is said of the target, whatever the day and the source; None where it was counted otherwise."""
    if definition is not None and figure.definition_id != definition.pk:
        return None
    plain = figures.plain(figure)
    names = ("numerator", "denominator", "is_met", *(() if plain["numerator"] else ("words",)))
    return {name: plain[name] for name in names}


def _standing(keys, year):
    """{(target, unit): the row that counts}."""
    rows = ReportedValue.objects.filter(target__in=keys, year=year)
    newest = rows.order_by().values("target", "unit").annotate(newest=Max("pk")).values("newest")
    found = ReportedValue.objects.filter(pk__in=newest).select_related("definition")
    return {(row.target_id, row.unit_id): row for row in found}


def _by_target(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.target_id].append(row)
    return found


def add_evidence(row, user, evidence, *, now=None):
    """More files to the figure that counts. One that stands there already is not added again: a form without
    script may arrive twice."""
    now = now or timezone.now()
    with transaction.atomic():
        locked, rights = lock(row.target, user, now)
        if refused := rights.report_refusal(row.unit, row.year):
            raise refused
        if latest(locked, row.unit, row.year).pk != row.pk:
            raise Refused("value_not_latest")
        there = set(row.evidence.values_list("sha256", flat=True))
        evidence = list(
            {one.checked.sha256: one for one in evidence if one.checked.sha256 not in there}.values()
        )
        if not evidence:
            return
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
    accepted = _accepted(year)
    return any(above.pk in accepted for above in UnitTree.load().path(unit.pk))


def _accepted(year):
    """Keys of the units whose yearly report was accepted."""
    reports = UnitReport.objects.filter(state=ReportState.ACCEPTED, period__kind=PeriodKind.YEAR)
    return set(reports.filter(period__to_day__year=year).values_list("unit", flat=True))


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
    return _kind(figure, last, reason, was_accepted(unit, year), year)


def _kind(figure, last, reason, accepted, year):
    if accepted:
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
