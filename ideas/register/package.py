"""The export package of a batch: all that the city's council asks for (legal.md §1.7), in one ZIP, logged.

Submission paper, list, minutes of the council with the votes; for each initiative the application, its
evidence, the signed decision, the certificates. It holds confidential parts, for the city judges the whole
dossier; so only an officer to whom every dossier in it is open takes it, and the log says who took which
files, and when.
"""

import io

from django.utils import timezone

from papers.certificates import PaperAltered, read_pdf
from papers.models import Certificate
from people.workbook import PrintedSheet, save_workbook

from ..application.faces import application_file, submitted_application
from ..models import AgendaItem, CityPackage, Initiative, InitiativeCertificate, Meeting
from ..moves import Actor, Answer, Refused
from ..papers.drawing import drawn
from ..papers.kinds import MINUTES
from ..papers.offers import MeetingPapers
from .archive import Altered, Archive, TooLarge, named_like, plain_name
from .city import going, lines_of, may_draw, submission_offer
from .reading import may_keep

MOST = 100  # dossiers in one package; drawing the application of each takes some 0.4 s


def take_package(user, batch, *, now=None):
    """The open ZIP of a batch, logged. Raises Refused. Outside any transaction: it draws papers."""
    answer = may_take(user, batch)
    if not answer.allowed:
        raise Refused(answer)
    archive = Archive()
    try:
        codes = _fill(archive, user, batch)
        file = archive.finish()
    except TooLarge:
        archive.close()
        raise Refused(_no("city_too_large")) from None
    except (Altered, PaperAltered) as altered:
        archive.close()
        raise Refused(
            _no("city_file_altered", {"name": getattr(altered, "name", "") or str(altered)})
        ) from None
    except BaseException:
        archive.close()
        raise
    actor = Actor.of(user)
    CityPackage.objects.create(
        round=batch.round,
        batch=batch.number,
        at=now or timezone.now(),
        user=user,
        actor_name=actor.name,
        actor_code=actor.code,
        codes=codes,
        files=archive.count,
        size=archive.size,
        manifest_sha256=archive.manifest_sha256,
    )
    return file


def may_take(user, batch):
    """`Answer`: secretary or chair, every dossier and every minutes in it being open to them."""
    answer = may_draw(user, batch)
    if not answer.allowed:
        return answer
    if not may_keep(user):
        return _no("only_keepers_take")
    if len(batch.codes) > MOST:
        return _no("city_too_large")
    for meeting in _meetings(going(batch)):
        minutes = MeetingPapers(user, meeting).offer(MINUTES.code)
        if not minutes.answer.allowed:
            return minutes.answer
    return answer


def _no(reason, params=None):
    return Answer("paper", False, reason, params or {}, who=("secretary", "chair"))


def _meetings(codes):
    """The meetings that voted on these dossiers as they stand."""
    items = AgendaItem.objects.filter(initiative__code__in=codes, recorded_at__isnull=False)
    held = Meeting.objects.filter(pk__in=items.values("meeting")).order_by("starts_at", "pk")
    return list(held.select_related("appointment", "presided_by"))


def _fill(archive, user, batch):
    codes = going(batch)
    _add_paper(archive, submission_offer(user, batch), "to-trinh", ("pdf", "docx"))
    archive.add_bytes("", "danh-sach.xlsx", _list(lines_of(user, batch), batch))
    for meeting in _meetings(codes):
        offer = MeetingPapers(user, meeting).offer(MINUTES.code)
        name = f"bien-ban-phien-{meeting.number}-{timezone.localdate(meeting.starts_at):%Y-%m-%d}"
        _add_paper(archive, offer, name, ("pdf",), "bien-ban")
    rows = Initiative.objects.for_workflow().prefetch_related("versions", "decisions", "register_note")
    for initiative in rows.filter(code__in=codes).order_by("code"):
        _add_dossier(archive, user, initiative)
    return codes


def _add_paper(archive, offer, name, faces, folder=""):
    """The signed file where it is kept; what the portal draws otherwise."""
    if offer.paper and offer.paper.file:
        archive.add_stored(folder, f"{name}-da-ky.pdf", offer.paper.file, offer.paper.file_sha256)
        return
    for face in faces:
        archive.add_bytes(folder, f"{name}.{face}", drawn(offer, face).content)


def _add_dossier(archive, user, initiative):
    folder = f"{initiative.code}-{plain_name(initiative.title)}"[:80].rstrip("-")
    for name, content in application_files(initiative, user):
        archive.add_bytes(folder, name, content)
    for decision in initiative.decisions.all():
        if decision.file and decision.kind in ("recognise", "correct"):
            number = plain_name(decision.number, "pdf")
            archive.add_stored(folder, f"quyet-dinh-{number}", decision.file, decision.sha256)
    for certificate in _certificates(initiative):
        archive.add_bytes(folder, named_like(certificate.file_name), read_pdf(certificate))
    for attachment in initiative.attachments.all():
        if attachment.removed_at is None:
            part = "tai-lieu-can-bao-mat" if attachment.is_confidential else "tai-lieu"
            name = named_like(attachment.name)
            archive.add_stored(f"{folder}/{part}", name, attachment.file, attachment.sha256)


def application_files(initiative, user):
    """[(name, content)] of the application as it was last submitted: the official form as PDF and Word."""
    application = submitted_application(initiative, user)
    if application is None:
        return []
    files = [application_file(application, face) for face in ("pdf", "docx")]
    return [(file.name, file.content) for file in files]


def _certificates(initiative):
    held = InitiativeCertificate.objects.filter(author__initiative=initiative)
    valid = Certificate.objects.filter(pk__in=held.values("certificate"), state=Certificate.State.VALID)
    return valid.order_by("pk")


def _list(lines, batch):
    sheet = PrintedSheet(
        name="Danh sách",
        columns=(
            ("Số thứ tự", 6),
            ("Mã số đơn", 16),
            ("Tên sáng kiến", 40),
            ("Tác giả, đồng tác giả (tỷ lệ đóng góp)", 34),
            ("Đơn vị", 26),
            ("Lĩnh vực", 20),
            ("Điểm trung bình", 11),
            ("Điểm, tỷ lệ phiếu đồng ý", 26),
            ("Số, ngày quyết định", 24),
            ("Số, ngày giấy chứng nhận", 26),
        ),
        rows=[
            (
                number,
                line.code,
                line.title,
                line.authors,
                line.unit,
                line.field,
                line.mean,
                line.score,
                line.decision,
                line.certificates,
            )
            for number, line in enumerate(lines, start=1)
        ],
        above=(
            "DANH SÁCH SÁNG KIẾN ĐỀ NGHỊ XÉT CÔNG NHẬN CẤP THÀNH PHỐ",
            f"Đợt {batch.round.number} năm {batch.round.year}",
        ),
    )
    out = io.BytesIO()
    save_workbook(out, [sheet], title="Danh sách sáng kiến gửi thành phố")
    return out.getvalue()
