"""Registering official papers: number and date after they were signed outside, the signed file with its hash.

The first registration freezes what the paper says; later ones change number, date or file, each with a reason
and a line of the log. Numbers are kept under the lock of their series, so that none is given twice.
"""

import re
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from .documents import freeze
from .documents.kinds import paper_kind
from .models import OfficePaper, PaperChange, PaperSeries

_NUMBER = re.compile(r"(\d{1,5})([a-zđ]?)(/\S.*)?", re.IGNORECASE)


class PaperRefused(Exception):
    """Something about the registration does not hold: a stable code, its figures, the form field."""

    def __init__(self, code, params=None, field=""):
        super().__init__(code)
        self.code, self.params, self.field = code, params or {}, field


class PaperChanged(Exception):
    """Somebody registered something about this paper after the form was drawn; nothing was written."""


@dataclass(frozen=True)
class Registration:
    """What is typed in. `file` has `path`, `name` and `sha256` and is stored already; None keeps what stands.

    `seen` is the version of the row the form was drawn from, 0 for none. `not_before`: the day of what the
    paper is about.
    """

    number: str
    issued_on: object
    file: object = None
    reason: str = ""
    seen: int = 0
    not_before: object = None
    actor: dict = field(default_factory=dict)  # user, actor_name, actor_code of the log


def paper_about(kind, subject):
    """The registered paper, or None."""
    return OfficePaper.objects.filter(kind=kind, subject=subject).first()


def papers_about(subject):
    """{code of the kind: registered paper} of one subject, in one query."""
    return {paper.kind: paper for paper in OfficePaper.objects.filter(subject=subject)}


def next_number(kind, symbol, day):
    """The number that follows in the series of that year, as it would be typed: "05/BB-HĐSK"."""
    kind = paper_kind(kind)
    series = PaperSeries.objects.filter(issuer=kind.issuer, kind=kind.series, year=day.year).first()
    return f"{(series.last_number if series else 0) + 1:02d}/{symbol}"


def register(kind, subject, document, registration, *, now=None):
    """The row of the paper, made or changed. `document` is what it says, frozen at the first registration.

    Raises PaperRefused and PaperChanged; call it with the subject locked or settled.
    """
    kind, now = paper_kind(kind), now or timezone.now()
    if registration.issued_on > timezone.localdate(now):
        raise PaperRefused("date_in_future", field="issued_on")
    if registration.not_before and registration.issued_on < registration.not_before:
        raise PaperRefused("paper_too_early", {"day": registration.not_before}, "issued_on")
    with transaction.atomic():
        series = _lock_series(kind, registration.issued_on.year)
        row = OfficePaper.objects.select_for_update().filter(kind=kind.code, subject=subject).first()
        if (row.edit_version if row else 0) != registration.seen:
            raise PaperChanged(kind.code)
        if row is None:
            row = _frozen_row(kind, subject, document)
        before = _values(row)
        _write(row, series, registration, document.head.symbol)
        after = _values(row)
        if before == after:
            return row
        if row.pk and not registration.reason.strip():
            raise PaperRefused("reason_missing", field="reason")
        row.edit_version += 1
        row.recorded_at, row.recorded_by = now, registration.actor.get("actor_name", "")
        row.save()
        _count(series)
        PaperChange.objects.create(
            paper=row,
            at=now,
            reason=registration.reason.strip(),
            before=before,
            after=after,
            **registration.actor,
        )
    return row


def normal_number(text, symbol):
    """ "5" and "05/BB-HĐSK" as "05/BB-HĐSK"; PaperRefused for what is no number of a paper."""
    match = _NUMBER.fullmatch(" ".join(text.split()))
    if match is None or not int(match[1]):
        raise PaperRefused("paper_number_bad", {"example": f"05/{symbol}"}, "number")
    return f"{int(match[1]):02d}{match[2].lower()}{match[3] or f'/{symbol}'}"


def _lock_series(kind, year):
    if not kind.series:
        return None
    found = PaperSeries.objects.filter(issuer=kind.issuer, kind=kind.series, year=year)
    PaperSeries.objects.bulk_create(
        [PaperSeries(issuer=kind.issuer, kind=kind.series, year=year)], ignore_conflicts=True
    )
    return found.select_for_update().get()


def _frozen_row(kind, subject, document):
    frozen = freeze(document)
    return OfficePaper(kind=kind.code, subject=subject, data=frozen.data, sha256=frozen.sha256)


def _write(row, series, registration, symbol):
    row.issued_on = registration.issued_on
    row.series, row.number = series, ""
    if series is not None:
        row.number = normal_number(registration.number, symbol)
        taken = OfficePaper.objects.filter(series=series, number=row.number).exclude(pk=row.pk)
        if taken.exists():
            raise PaperRefused("paper_number_taken", {"number": row.number}, "number")
    if registration.file:
        row.file, row.file_name = registration.file.path, registration.file.name
        row.file_sha256 = registration.file.sha256


def _count(series):
    """The series remembers the highest number that stands in it."""
    if series is None:
        return
    numbers = series.papers.values_list("number", flat=True)
    series.last_number = max((int(_NUMBER.match(number)[1]) for number in numbers), default=0)
    series.save(update_fields=["last_number"])


def _values(row):
    return {
        "number": row.number,
        "issued_on": row.issued_on.isoformat() if row.issued_on else "",
        "file": row.file.name if row.file else "",
        "file_sha256": row.file_sha256,
    }
