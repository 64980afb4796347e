"""Certificates: issued, replaced, revoked; and their PDF, drawn once and checked at each reading.

Numbers are given inside the transaction of the decision. The PDF is drawn outside any transaction, on first
reading: Typst takes milliseconds, but a write lock held meanwhile would stop everybody on SQLite.
"""

import hashlib
import logging
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from vietnamese.text import nfc

from . import render
from .codes import new_code, shown
from .kinds import kind_of
from .models import Certificate, CertificateSeries

logger = logging.getLogger(__name__)
_ATTEMPTS = 5  # 40 random bits: a second attempt is rare, a third is not luck any more


class PaperAltered(Exception):
    """A stored PDF is not the one whose hash was kept. Nobody gets it; the log names the certificate."""


class NotValid(Exception):
    """Only a valid certificate can be replaced or revoked."""


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """What a certificate says (TT 18/2013, Phụ lục III). Frozen at issue; one holder, one certificate."""

    holder_name: str
    title: str
    issued_on: date
    holder_unit: str = ""
    birth_date: date | None = None
    position: str = ""
    degree: str = ""
    co_authors: tuple[str, ...] = ()  # the others' names; empty for a sole author
    investor: str = ""
    summary: str = ""
    benefit: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    signing_authority: tuple[str, ...] = (
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    )  # or "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
    signer_name: str = ""
    is_sample: bool = False


def issue(kind, data):
    """One certificate of `kind` (a code of papers.kinds) with the next number of its year; inside atomic."""
    return issue_many(kind, [data])[0]


def issue_many(kind, list_of_data):
    """Certificates in the order given, numbered without a gap, in as many queries for 100 as for 1
    (of one year). Call it inside the decision's transaction, late: its year stays locked until commit."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "A number is given with its decision or not at all: issue in atomic()."
        )
    kind = kind_of(kind)
    list_of_data = list(list_of_data)
    counts = defaultdict(int)
    for data in list_of_data:
        counts[data.issued_on.year] += 1
    # Years in order, so that two bulk issues never wait for each other.
    next_number = {year: _take_numbers(kind, year, counts[year]) for year in sorted(counts)}
    certificates = []
    for data in list_of_data:
        year = data.issued_on.year
        certificates.append(_new(kind, data, year, next_number[year]))
        next_number[year] += 1
    return _store_with_codes(certificates)


def replace(old, data, reason, *, decision_number="", decision_on=None):
    """A new certificate in place of `old`, after a correcting decision. NotValid unless `old` is valid.

    The old one keeps number, content and code: whoever checks it reads that it was replaced, and by which."""
    with transaction.atomic():
        old = _locked_valid(old)
        new = issue(old.kind, data)
        old.replaced_by = new
        _close(old, Certificate.State.REPLACED, reason, decision_number, decision_on)
    return new


def revoke(certificate, reason, *, decision_number="", decision_on=None):
    """Marks `certificate` as cancelled; nothing is deleted. NotValid unless it is valid. Returns the row."""
    with transaction.atomic():
        certificate = _locked_valid(certificate)
        _close(certificate, Certificate.State.REVOKED, reason, decision_number, decision_on)
    return certificate


def ensure_pdf(certificate):
    """`certificate` with its PDF, drawn and stored on first reading and checked against its hash each time.

    PaperAltered when the stored file is not what was issued. Never inside atomic()."""
    certificate.refresh_from_db(fields=["pdf", "sha256"])
    if not certificate.pdf:
        _store_pdf(certificate, render.certificate_pdf(certificate.data))
    _check_or_restore(certificate)
    return certificate


def read_pdf(certificate):
    """The bytes of the certificate's PDF, checked; see ensure_pdf."""
    with ensure_pdf(certificate).pdf.open("rb") as stored:
        return stored.read()


def _take_numbers(kind, year, count):
    """The first of `count` numbers in a row, the series locked until commit."""
    series = CertificateSeries.objects.filter(kind=kind.code, year=year)
    CertificateSeries.objects.bulk_create(
        [CertificateSeries(kind=kind.code, year=year)], ignore_conflicts=True
    )
    last_number = series.select_for_update().values_list("last_number", flat=True).get()
    series.update(last_number=last_number + count)
    return last_number + 1


def _new(kind, data, year, sequence):
    certificate = Certificate(
        kind=kind.code,
        year=year,
        sequence=sequence,
        number=kind.number(sequence),
        issued_on=data.issued_on,
        holder_name=nfc(data.holder_name),
        holder_unit=nfc(data.holder_unit),
        title=nfc(data.title),
        decision_number=data.decision_number,
        decision_on=data.decision_on,
        is_sample=data.is_sample,
    )
    certificate.data = _composed(asdict(data)) | {
        "template": kind.template,
        "number": certificate.number,
        "body_lines": list(settings.PAPERS_BODY_LINES),
        "place": settings.PAPERS_PLACE,
    }
    return certificate


def _composed(value):
    """Plain JSON values, every text NFC, dates ISO."""
    if isinstance(value, dict):
        return {key: _composed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_composed(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return nfc(value) if isinstance(value, str) else value


def _store_with_codes(certificates):
    """bulk_create with fresh codes; another try when one of them is taken already."""
    for attempt in range(1, _ATTEMPTS + 1):
        for certificate in certificates:
            code = new_code()
            certificate.code = code
            certificate.data |= {"code": shown(code), "verify_url": f"{settings.SITE_URL}/xac-minh/{code}/"}
        try:
            with transaction.atomic():
                return Certificate.objects.bulk_create(certificates)
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _locked_valid(certificate):
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.state != Certificate.State.VALID:
        raise NotValid(f"{certificate.number} is {certificate.state}")
    return certificate


def _close(certificate, state, reason, decision_number, decision_on):
    certificate.state = state
    certificate.state_reason = nfc(reason)
    certificate.state_changed_on = decision_on or timezone.localdate()
    certificate.state_decision_number = decision_number
    certificate.state_decision_on = decision_on
    certificate.save(
        update_fields=[
            "state",
            "state_reason",
            "state_changed_on",
            "state_decision_number",
            "state_decision_on",
            "replaced_by",
        ]
    )


def _store_pdf(certificate, content):
    """Keeps `content` unless somebody else was first; then theirs, which has the same bytes."""
    with transaction.atomic(durable=True):  # durable: refuses to run inside another transaction
        row = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if not row.pdf:
            row.pdf.save("certificate.pdf", ContentFile(content), save=False)
            row.sha256 = hashlib.sha256(content).hexdigest()
            row.save(update_fields=["pdf", "sha256"])
    certificate.pdf, certificate.sha256 = row.pdf.name, row.sha256


def _check_or_restore(certificate):
    """A lost file is drawn again, and kept only if it is the issued one byte for byte; an altered file stays
    as evidence."""
    try:
        with certificate.pdf.open("rb") as stored:
            found = hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        content = render.certificate_pdf(certificate.data)
        found = hashlib.sha256(content).hexdigest()
        if found == certificate.sha256:
            logger.warning("The PDF of certificate %s was missing and was drawn again", certificate.number)
            certificate.pdf.storage.save(certificate.pdf.name, ContentFile(content))
    if found != certificate.sha256:
        logger.error("The PDF of certificate %s (%s) was altered", certificate.number, certificate.pk)
        raise PaperAltered(certificate.number)
