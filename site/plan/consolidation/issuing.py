"""The report as an official paper: drawn as it stands, frozen with its number, date and signed file.

The portal drafts; the ward's document system numbers and signs. What was typed in afterwards is replaced only
with a reason (`papers.office`).
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.events import announce
from papers.documents import draw, freeze
from papers.documents.issuers import WARD
from papers.documents.kinds import PaperKind, add_paper_kind
from papers.office import Registration, paper_about, register
from people.roles import Role, holders_of
from trust.storage import private_storage, private_upload_to
from trust.uploads import UploadPolicy, check_upload

from ..models import ConsolidatedReport, ConsolidationState
from . import events
from .access import require_writer
from .drafting import HEADINGS
from .material import counted_versions, facts_of, material_of, sources_of
from .paper import report_paper
from .refusing import Refused
from .signing import signing_of
from .tables import tables, workbook
from .writing import record

KIND = PaperKind("bao-cao-ke-hoach", _("Consolidated report on the plan"), WARD, "BC")
SIGNED = UploadPolicy(kinds=frozenset({"pdf"}), max_bytes=settings.UPLOAD_MAX_BYTES)


def register_kind():
    add_paper_kind(KIND)


@dataclass(frozen=True)
class StoredFile:
    """A checked file in private storage, before the row that will name it."""

    path: str
    name: str
    sha256: str


def store_signed(file):
    """Checks and stores a signed file, outside any transaction. Raises `UploadRefused`."""
    checked = check_upload(file, SIGNED)
    path = private_storage().save(private_upload_to("plan/reports")(None, checked.name), file)
    return StoredFile(path, checked.name, checked.sha256)


def subject_of(period):
    return f"plan:{period.code}"


def paper_of(report):
    return paper_about(KIND.code, subject_of(report.period))


def tables_of(report):
    """As they were issued; until then as the accepted reports give them."""
    return report.frozen["tables"] if report.is_issued else tables(material_of(report.period))


def texts_of(report):
    return {section.code: section.text for section in report.sections.all()}


def document_of(report, made=None):
    signer, is_deputy, is_sample = signing_of(report)
    return report_paper(
        facts_of(report.period),
        texts_of(report),
        tables_of(report) if made is None else made,
        signer=signer,
        is_deputy=is_deputy,
        is_sample=is_sample,
    )


def file_name(period):
    """Plain letters: bao-cao-ke-hoach-2026-nam without its ending."""
    return f"{KIND.code}-{period.code}"


def drawn(report, face):
    """The report as "docx" or "pdf": as it was issued, or as it stands. Outside any transaction."""
    paper = paper_of(report)
    if paper is None:
        return draw(freeze(document_of(report)).data, face)
    return draw(paper.data, face, paper.number, paper.issued_on)


def annex_workbook(report):
    """The annexes as Excel."""
    title = f"Phụ lục báo cáo: {report.period.title}"
    return workbook(tables_of(report), title=title, as_of=report.period.cut_off)


def register_report(user, report, *, number, issued_on, seen, file=None, reason="", now=None):
    """Number, date and signed file of the report; the first time it is issued, its text and tables frozen.
    Raises `Refused`, `papers.office.PaperRefused` and `PaperChanged`."""
    require_writer(user)
    now = now or timezone.now()
    with transaction.atomic():
        locked = ConsolidatedReport.objects.select_for_update(of=("self",)).select_related("period")
        locked = locked.get(pk=report.pk)
        is_first = not locked.is_issued
        if is_first:
            _require_whole(locked)
        made = tables_of(locked)
        typed = Registration(
            number=number,
            issued_on=issued_on,
            file=file,
            reason=reason,
            seen=seen,
            actor={
                "user": user,
                "actor_name": user.display_name,
                "actor_code": getattr(getattr(user, "staff", None), "staff_code", ""),
            },
        )
        paper = register(KIND.code, subject_of(locked.period), document_of(locked, made), typed, now=now)
        if is_first:
            sources = sources_of(counted_versions([locked.period]))
            locked.state, locked.issued_at = ConsolidationState.ISSUED, now
            locked.frozen = {"tables": made, "sources": sources}
            locked.save(update_fields=["state", "issued_at", "frozen"])
        if paper.edit_version != seen:
            record(locked, "issued" if is_first else "corrected", user, now, reason, number=paper.number)
        if is_first:
            _tell(locked, paper, user)
    return paper


def _require_whole(report):
    texts = texts_of(report)
    empty = [heading for code, heading in HEADINGS.items() if not texts.get(code, "").strip()]
    if empty:
        raise Refused("sections_empty", names="; ".join(empty))


def _tell(report, paper, user):
    """The leaders of the ward, once it is issued."""
    people = holders_of(Role.HEAD, Role.DEPUTY_HEAD).exclude(pk=user.pk)
    announce(
        events.ISSUED,
        people,
        subject=paper.number,
        link=f"/ke-hoach/dieu-hanh/tong-hop/{report.period.code}/",
        title=report.period.title,
    )
