"""Word and PDF of one dossier's application: what was submitted as version n, or the draft as it stands."""

import json
from dataclasses import dataclass

from django.utils import timezone

from editing.canonical import canonical
from vietnamese.dates import short_date

from ..access import may_read_confidential
from ..models import Field, Initiative
from ..papers.drawing import drawn_document
from ..papers.words import two
from ..storyline import short_hash
from ..versions import content_of
from .filling import filled
from .paper import application_paper


@dataclass(frozen=True)
class Application:
    """What one face is drawn from. `version` is None for a draft."""

    initiative: Initiative
    values: dict
    version: object = None
    opens_confidential: bool = False

    @property
    def items(self):
        """The filled items, in the order of the form the dossier was begun under."""
        return filled(
            self.initiative.form_template.template,
            self.values,
            field_name=name_of_field(self.values["field"]),
            opens_confidential=self.opens_confidential,
        )


def name_of_field(code):
    return Field.objects.filter(code=code).values_list("name", flat=True).first() or "" if code else ""


def submitted_application(initiative, user, number=None):
    """Version `number`, or the last; None where there is none. `initiative.versions` should be prefetched."""
    versions = sorted(initiative.versions.all(), key=lambda version: version.number)
    wanted = [v for v in versions if number is None or v.number == number]
    if not wanted:
        return None
    version = wanted[-1]
    values = json.loads(version.payload)
    return Application(initiative, values, version, may_read_confidential(user, initiative))


def draft_application(initiative):
    """The dossier as it stands, for those who write in it: they read all of it."""
    return Application(initiative, json.loads(canonical(content_of(initiative))), opens_confidential=True)


def application_file(application, face):
    """The file to hand out, "docx" or "pdf". Outside any transaction."""
    initiative, version = application.initiative, application.version
    items = application.items
    paper = application_paper(
        initiative.form_template.template,
        items,
        applicant=_applicant(application.values),
        day=version and _signed_on(initiative, version),
        running=_running(application, any(answer.is_withheld for answer in items)),
        is_draft=version is None,
        attachments=_attachments(application),
        is_sample=initiative.is_sample,
    )
    which = f"ban-{version.number}" if version else "nhap"
    return drawn_document(paper, face, f"don-{initiative.code}-{which}")


def _applicant(values):
    return next((author["full_name"] for author in values["authors"] if author["is_main"]), "")


def _signed_on(initiative, version):
    """A paper application counts as of the day it was received; what is sent here as of that moment."""
    if initiative.keyed_from_paper and version.number == 1:
        return initiative.received_on
    return timezone.localdate(version.submitted_at)


def _running(application, is_withheld):
    """What stands at the foot of every page: which dossier, which version, with its check code."""
    code, version = application.initiative.code, application.version
    if version is None:
        return f"Hồ sơ {code}: bản nháp in lúc {_moment(timezone.now())}, chưa nộp"
    said = f"Hồ sơ {code}: bản nộp lần {two(version.number)} lúc {_moment(version.submitted_at)}"
    said += f", mã kiểm tra {short_hash(version.sha256)}"
    return f"{said}. Không in phần cần bảo mật" if is_withheld else said


def _moment(at):
    local = timezone.localtime(at)
    return f"{local:%H:%M} ngày {short_date(local)}"


def _attachments(application):
    """Names of the files; of confidential ones only how many where they are not opened."""
    files = application.values["attachments"]
    named = [f["name"] for f in files if application.opens_confidential or not f["is_confidential"]]
    hidden = len(files) - len(named)
    return (*named, *([f"Tài liệu cần bảo mật: {two(hidden)} tệp"] if hidden else ()))
