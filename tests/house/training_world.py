"""Training in the crawler's world: a session in every situation, and what nobody else may read."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from people.models import Leave
from portal.models import CalendarAddress
from tests.training import builders as b
from tests.training.session_builders import PDF, confirm, fresh, held, invited, open_session, planned
from tests.training.workbooks import workbook
from training import (
    certificates,
    coverage,
    credits,
    enrolment,
    exemptions,
    freezing,
    imports,
    sheets,
)
from training.competency import evidence, targets
from training.forms.steps import SheetForm
from training.models import TrainingCertificate


def add_training(world):
    _add_sessions(world)
    _add_claims(world)
    _add_outsider()
    _add_freeze(world)
    _add_import(world)


def _add_sessions(world):
    ward, labels = world.ward, world.labels
    course = b.course("KNS-LOP", years=(timezone.localdate().year,))
    officer = ward.daotao
    labels["course"] = course.code
    labels["planned_session"] = planned(officer, of=course, code="LOP-01").code
    ahead = open_session(officer, of=course, code="LOP-02", capacity=30)
    enrolment.enrol(ahead, ward.canbo)
    labels["open_session"] = ahead.code
    done = invited(held(officer, of=course, code="LOP-03"), officer, [ward.canbo, ward.tacgia])
    scan = SimpleUploadedFile("ban-ky.pdf", PDF + b"%ban-ky-2241\n", content_type="application/pdf")
    form = SheetForm({}, {"sheet": scan})
    assert form.is_valid(), form.errors
    labels["sheet_scan"] = sheets.keep(done, form.cleaned_data["sheet"], officer).pk
    labels["held_session"] = done.code
    over = invited(held(officer, of=course, code="LOP-04"), officer, [ward.canbo])
    b.attended(ward.canbo.staff, over)
    over = fresh(confirm(over, officer))
    certificates.issue(over, officer)
    labels["confirmed_session"] = over.code
    labels["training_certificate"] = TrainingCertificate.objects.get().certificate.code
    labels["feed_token"] = CalendarAddress.objects.create(user=ward.nguoikhac, made_at=timezone.now()).token


def _add_claims(world):
    ward, labels = world.ward, world.labels
    requirement, today = b.requirement(), timezone.localdate()
    staff = ward.canbo.staff
    labels["trainee"] = staff.staff_code
    file = SimpleUploadedFile("gcn.pdf", PDF + b"%tep-lop-7731\n", content_type="application/pdf")
    handed = credits.Handed(
        requirement, today - timedelta(days=40), 180, "Lớp riêng 7731", "Học viện", "GCN-7731"
    )
    labels["credit"] = credits.submit(ward.canbo, staff, handed, credits.store_certificate(file)).pk
    asked = exemptions.Asked(requirement, today + timedelta(days=3), None, "Điều trị dài ngày 6620")
    labels["exemption"] = exemptions.ask(ward.canbo, staff, asked).pk
    shown = evidence.add_by_hand(
        ward.daotao,
        staff,
        targets.areas()[0],
        kind="work",
        level=2,
        source="Minh chứng riêng 7731",
        shown_on=today - timedelta(days=5),
    )
    labels["evidence"] = shown.pk


def _add_outsider():
    """Somebody missing in another unit: whoever heads the culture division reads nothing of it."""
    other = b.unit("KTHTDT", name="Phòng Kinh tế")
    outsider = b.person("HD-NGOAI", in_unit=other, full_name="Đinh Thị Ngoài 5512")
    Leave.objects.create(staff=outsider, start_on=timezone.localdate(), kind="Điều trị dài ngày 3390")


def _add_freeze(world):
    last_year = timezone.localdate().year - 1
    policy = coverage.policy_of("digital-skills", last_year)
    frozen = freezing.freeze(policy, freezing.Label.YEAR_END, world.ward.daotao, timezone.now())
    world.labels["freeze"] = frozen.pk
    world.labels["last_year"] = last_year


def _add_import(world):
    rows = {
        "Điểm danh": [["LOP-03", "HD-canbo", "", "có mặt", None], ["LOP-03", "HD-KHONG", "", "vắng", None]]
    }
    file = workbook(rows)
    batch = imports.begin(world.ward.daotao, file, "diem-danh-4419.xlsx")
    imports.read(batch.pk)
    world.labels["import_batch"] = batch.pk
