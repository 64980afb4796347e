"""One ward with somebody in every role, dossiers in every state, and in them words that must not leak.

The crawler asks every address as everybody; `SECRETS` are what it then looks for in the answers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone

from ideas import evaluation, workflow
from ideas.authorship import start_dossier
from ideas.models import (
    Appointment,
    Attachment,
    Complaint,
    Delegation,
    Initiative,
    Meeting,
    Seat,
    SheetPoint,
)
from notifications.models import Notification, OutboxMail
from obligations.days_off import announce_day
from obligations.models import Obligation, Reminder
from papers.certificates import ensure_pdf
from people.models import Leave, RosterUpload, User
from people.roles import Role
from portal import samples
from portal.first_site import build as build_first_site
from portal.models import HomePage, StandardPage
from portal.tree import ensure_site
from tests.competitions.worlds import SECRETS as OF_COMPETITIONS
from tests.competitions.worlds import add_competitions
from tests.house.training_world import add_training
from tests.ideas import builders, world_council, world_register, world_suggestions
from tests.ideas.world_changes import add_changes
from tests.ideas.world_faces import add_faces
from tests.ideas.world_papers import add_papers
from tests.ideas.world_similar import add_links
from tests.plan import world_groups, world_public, world_reports, world_targets, world_tasks, world_voices
from tests.plan import world_papers as world_plan_papers
from tests.plan.world import add_plan
from tests.rights import world as world_rights
from tests.training import world_extracts

# Who asks: the name in the table, and the account in the world below.
ROLES = {
    "anonymous": None,
    "staff": "canbo",  # on the roster, nothing else
    "author": "tacgia",
    "co_author": "dongtacgia",
    "stranger": "nguoikhac",  # an author too, of another dossier
    "secretary": "thuky",
    "chair": "chutich",
    "vice_chair": "phochutich",
    "member": "hoidong1",
    "recused": "hoidong3",  # a member who declared a conflict of interest
    "stand_in": "hoidong5",  # the alternate who took that seat
    "alternate": "hoidong6",  # an alternate nobody needed
    "head": "lanhdao",
    "deputy": "cappho",
    "delegated": "uyquyen",  # a deputy with a delegation in force
    "clerk": "vanthu",
    "personnel": "nhansu",
    "unit_head": "truongdonvi",
    "training": "daotao",
    "organiser": "tochuc",
    "judge": "giamkhao",
    "reporter": "baocao",
    "other_reporter": "baocaokt",  # of another unit
    "coordinator": "dieuphoi",
    "editor": "bientap",
    "publisher": "duyetbai",
    "protection": "baove",
    "administrator": "quantri",
    "superuser": "goc",
}
ACCOUNTS_WITH_A_ROLE = {
    "nhansu": Role.PERSONNEL_OFFICER,
    "truongdonvi": Role.UNIT_HEAD,
    "daotao": Role.TRAINING_OFFICER,
    "tochuc": Role.ORGANISER,
    "giamkhao": Role.JUDGE,
    "baocao": Role.UNIT_REPORTER,
    "baocaokt": Role.UNIT_REPORTER,
    "dieuphoi": Role.PLAN_COORDINATOR,
    "bientap": Role.EDITOR,
    "duyetbai": Role.PUBLISHER,
    "baove": Role.DATA_PROTECTION_OFFICER,
    "uyquyen": Role.DEPUTY_HEAD,
}

OFFICERS = ("secretary", "chair", "vice_chair", "head", "deputy", "delegated")
READERS = ("author", "co_author", "member", "recused", "stand_in", *OFFICERS)


@dataclass(frozen=True)
class Secret:
    """Words put into somebody's object, and who may meet them anywhere at all."""

    words: tuple
    entitled: frozenset = frozenset()


def _secret(words, *entitled):
    return Secret((words,) if isinstance(words, str) else tuple(words), frozenset(entitled))


SECRETS = {
    "confidential part": _secret("Két số 7431 sau bảng tin", *READERS),
    "confidential file": _secret("tep-kin-4417", *READERS),
    "another author's confidential part": _secret(("Két riêng 3306", "tep-rieng-3306"), "stranger"),
    "another author's draft": _secret("Nháp riêng 5528", "stranger"),
    # Alternates are invited to the meeting and read what is on its agenda, without the confidential part.
    "undecided title": _secret("Bảng màu chưa quyết 6127", *READERS, "alternate"),
    "another member's points": _secret(("31.5", "31,5")),
    "another member's words": _secret("Nhận xét kín 8842"),
    "reason of a conflict": _secret(
        "Em ruột của tác giả 9015", "recused", "secretary", "chair", "vice_chair"
    ),
    "complaint": _secret("Khiếu nại riêng 6310", "author", "co_author", *OFFICERS),
    "birth date": _secret(("17/03/1979", "1979-03-17"), "personnel"),
    "kind of leave": _secret("Điều trị dài ngày 3390", "personnel"),
    "e-mail": _secret("luu.kin.2214@hungdao.example", "personnel", "administrator"),
    "another person's notification": _secret("SK-KIN-7702", "stranger"),
    "mail that did not go": _secret("Thư kẹt 4150", "administrator"),
    "meeting of another council": _secret("Kết luận khóa trước 2290", "head", "deputy", "delegated"),
    "editor's draft page": _secret("Trang nháp 3018", "editor", "publisher", "superuser"),
    # The administrator chooses among all officials when making accounts and appointments.
    "official of another unit": _secret(
        "Đinh Thị Ngoài 5512",
        "training",
        "personnel",
        "head",
        "deputy",
        "delegated",
        "administrator",
        "other_reporter",  # of that unit: the roll of its report
        "coordinator",
    ),
    "credit handed in": _secret(("Lớp riêng 7731", "tep-lop-7731"), "staff", "unit_head", "training"),
    "evidence of a competency": _secret("Minh chứng riêng 7731", "staff", "unit_head", "training"),
    "reason of an exemption": _secret("Điều trị dài ngày 6620", "personnel"),
    "signed paper": _secret("ban-ky-8830", "secretary", "chair"),
    "signed notice": _secret("thong-bao-8831", "secretary", "author", "co_author"),
    "signed sheet": _secret("ban-ky-2241", "training"),
    "import of training": _secret("diem-danh-4419.xlsx", "training"),
    "note of a link": _secret("Nối hồ sơ riêng 5127", "author", "co_author", *OFFICERS),
    "roster upload of another officer": _secret("so-cua-nguoi-khac-1188.xlsx"),
    **{what: _secret(words, *who) for what, (words, who) in world_suggestions.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_register.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_council.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_targets.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_tasks.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_reports.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_voices.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_groups.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_public.SECRETS.items()},
    **{what: _secret(words, *who) for what, (words, who) in world_rights.SECRETS.items()},
}


@dataclass
class World:
    ward: builders.Ward
    labels: dict = field(default_factory=dict)  # what the table calls a thing → its place in the address

    def account(self, role):
        """The account of a role of the table, afresh."""
        name = ROLES[role]
        return User.objects.get(username=name) if name else AnonymousUser()


def make_world():
    ensure_site()
    ward = builders.make_ward()
    world = World(ward)
    for username, role in ACCOUNTS_WITH_A_ROLE.items():
        ward.users[username] = builders.make_user(username, "", role)
    ward.users["canbo"] = builders.make_user("canbo", "Lý Văn Thường")
    ward.users["goc"] = User.objects.create_superuser("goc", "goc@hungdao.example", builders.PASSWORD)
    today = timezone.localdate()
    Delegation.objects.create(
        deputy=ward.uyquyen.staff,
        document_number="12/UQ",
        start_on=today - timedelta(days=5),
        end_before=today + timedelta(days=30),
    )
    _add_dossiers(world)
    _add_evaluation(world)
    _add_decided(world)
    _add_other_council(world)
    _add_people(world)
    _add_notices(world)
    _add_pages(world)
    add_training(world)
    add_competitions(world)
    add_papers(world)
    add_links(world)
    add_changes(world)
    add_faces(world)
    world_register.add_register(world)
    world_council.add_council(world)
    world_suggestions.add_suggestions(world)
    add_plan(world)
    world_targets.add_targets(world)
    world_tasks.add_tasks(world)
    world_reports.add_reports(world)
    world_plan_papers.add_papers(world)
    world_extracts.add_extracts(world)
    world_voices.add_voices(world)
    world_groups.add_books(world)
    world_public.add_public(world)
    world_rights.add_rights(world)
    return world


def _labelled(world, label, initiative, words="Két số 7431 sau bảng tin", mark=b"%tep-kin-4417\n"):
    Initiative.objects.filter(pk=initiative.pk).update(has_confidential_part=True, confidential_part=words)
    secret_file = builders.attach(initiative, name="so-do.pdf", content=builders.PDF + mark)
    Attachment.objects.filter(pk=secret_file.pk).update(is_confidential=True)
    world.labels[label] = initiative.code
    world.labels[f"{label}_file"] = secret_file.pk
    world.labels[f"{label}_co_author"] = (
        initiative.authors.exclude(is_main=True).values_list("pk", flat=True).first()
    )
    world.labels[f"{label}_main_author"] = initiative.authors.get(is_main=True).pk
    return builders.fresh(initiative)


def _add_dossiers(world):
    ward = world.ward
    draft = _labelled(world, "draft", builders.draft(ward, confirmed=False, title="Bảng màu chưa quyết 6127"))
    world.labels["participant"] = draft.participants.create(full_name="Cao Văn Tư", support="Dùng thử").pk
    own = builders.fill_form(start_dossier(ward.nguoikhac, "Nháp riêng 5528"))
    builders.attach(own)
    _labelled(world, "foreign_draft", own, "Két riêng 3306", b"%tep-rieng-3306\n")
    _labelled(world, "submitted", builders.submitted(ward, title="Bảng màu chưa quyết 6127 hai"))
    sent_back = workflow.move(
        builders.submitted(ward, title="Bảng màu chưa quyết 6127 ba"),
        "request_supplement",
        ward.thuky,
        reason="Thiếu xác nhận của nơi dùng thử.",
    )
    _labelled(world, "supplement", sent_back)
    _labelled(world, "accepted", builders.accepted(ward, title="Bảng màu chưa quyết 6127 bốn"))


def _add_evaluation(world):
    ward = world.ward
    initiative = builders.evaluating(ward, title="Bảng màu chưa quyết 6127 năm")
    sheets = {sheet.staff.user.username: sheet for sheet in initiative.sheets.select_related("staff__user")}
    builders.send_sheet(sheets["hoidong2"], comment="Nhận xét kín 8842")
    SheetPoint.objects.filter(sheet=sheets["hoidong2"]).update(points=Decimal("31.5"))
    evaluation.declare_conflict(ward.hoidong3, sheets["hoidong3"], "Em ruột của tác giả 9015")
    _labelled(world, "evaluating", initiative)
    world.labels["member_sheet"] = sheets["hoidong1"].pk
    world.labels["foreign_sheet"] = sheets["hoidong2"].pk
    world.labels["recused_sheet"] = sheets["hoidong3"].pk
    world.labels["chair_sheet"] = sheets["chutich"].pk
    world.labels["stand_in_sheet"] = initiative.sheets.get(staff=ward.hoidong5.staff).pk
    world.labels["round"] = ward.round.pk
    world.labels["rubric"] = ward.round.rubric_id
    world.labels["appointment"] = ward.appointment.pk
    world.labels["delegation"] = Delegation.objects.get().pk
    for seat in ward.appointment.seats.all():
        world.labels[f"seat_{seat.number}"] = seat.pk


def _add_decided(world):
    ward = world.ward
    evaluated = _labelled(world, "evaluated", builders.voted(ward, title="Bảng màu chưa quyết 6127 sáu"))
    world.labels["meeting"] = evaluated.agenda_items.get().meeting_id
    world.labels["agenda_item"] = evaluated.agenda_items.get().pk
    world.labels["closed_sheet"] = evaluated.sheets.get(staff=ward.hoidong1.staff).pk
    recognised = _labelled(world, "recognised", builders.recognised(ward, title="Bảng màu đã công nhận"))
    paper = recognised.authors.get(is_main=True).certificates.get().certificate
    ensure_pdf(paper)
    world.labels["certificate"] = paper.code
    world.labels["decision"] = recognised.decisions.get().pk
    declined = _labelled(world, "declined", builders.declined(ward, title="Bảng màu chưa quyết 6127 bảy"))
    today = timezone.localdate()
    world.labels["complaint"] = Complaint.objects.create(
        initiative=declined,
        complainant="Bùi Thị Ngọc",
        text="Khiếu nại riêng 6310",
        against_state="declined",
        filed_on=today,
        take_up_due_on=today + timedelta(days=10),
        recorded_by=ward.tacgia,
    ).pk
    planned = Meeting.objects.create(
        appointment=ward.appointment,
        number=90,
        starts_at=timezone.now() + timedelta(days=3),
        place="Phòng họp tầng 2",
    )
    world.labels["planned_meeting"] = planned.pk
    open_now = Meeting.objects.create(
        appointment=ward.appointment,
        number=91,
        starts_at=timezone.now() - timedelta(hours=1),
        place="Phòng họp tầng 2",
        state="open",
        opened_at=timezone.now() - timedelta(hours=1),
    )
    world.labels["open_meeting"] = open_now.pk


def _add_other_council(world):
    """A council of an earlier term: nobody of today's sits on it."""
    old = Appointment.objects.create(
        decision_number="7/QĐ-UBND",
        decided_on=date(2024, 1, 5),
        start_on=date(2024, 1, 5),
        end_before=date(2026, 1, 5),
    )
    holder = builders.make_user("cuhoidong", "Đặng Văn Cũ")
    Seat.objects.create(appointment=old, number=1, role="chair", staff=holder.staff)
    meeting = Meeting.objects.create(
        appointment=old,
        number=1,
        starts_at=timezone.now() - timedelta(days=400),
        place="Phòng họp tầng 1",
        state="closed",
        conclusion="Kết luận khóa trước 2290",
    )
    world.labels["foreign_meeting"] = meeting.pk
    world.labels["foreign_appointment"] = old.pk


def _add_people(world):
    person = builders.make_user("luukin", "Lưu Thị Kín")
    person.email = "luu.kin.2214@hungdao.example"
    person.save()
    staff = person.staff
    staff.birth_date, staff.email = date(1979, 3, 17), "luu.kin.2214@hungdao.example"
    staff.save()
    Leave.objects.create(
        staff=staff, start_on=timezone.localdate() - timedelta(days=3), kind="Điều trị dài ngày 3390"
    )
    world.labels["person"] = staff.pk
    world.labels["account"] = person.pk
    upload = RosterUpload.objects.create(by=person, file_name="so-cua-nguoi-khac-1188.xlsx", sha256="0" * 64)
    upload.file.save("x.xlsx", ContentFile(b"PK"))
    world.labels["foreign_upload"] = upload.pk


def _add_notices(world):
    notice = Notification.objects.create(
        recipient=world.ward.nguoikhac,
        event="ideas.received",
        category="initiative",
        subject="SK-KIN-7702",
        link="/viec-cua-toi/",
        params={"due": "31/12/2026"},
    )
    world.labels["foreign_notice"] = notice.pk
    mail = OutboxMail.objects.create(
        recipient=world.ward.nguoikhac,
        to="nguoikhac@hungdao.example",
        subject="Thư kẹt 4150",
        body="Thư kẹt 4150",
        state="dead",
        attempts=6,
        last_error="552 mailbox full",
    )
    world.labels["dead_mail"] = mail.pk
    owed = Obligation.objects.open().first()
    failed = Reminder.objects.create(
        obligation=owed,
        version=owed.version,
        stage="T-7",
        outcome="failed",
        attempts=5,
        error="552 mailbox full",
        at=timezone.now(),
    )
    world.labels["failed_reminder"] = failed.pk
    day = announce_day(date(2026, 1, 5), works=False, note="TB 12/TB-UBND", by="Quản trị")
    world.labels["announced_day"] = day.pk


def _add_pages(world):
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="Giới thiệu", slug="gioi-thieu"))
    home.add_child(instance=StandardPage(title="Trang nháp 3018", slug="trang-nhap", live=False))
    build_first_site()
    with patch.object(samples, "PIXELS_PER_INCH", 40):  # small pictures are made quickly
        samples.load_articles(None, timezone.now())


SECRETS |= {what: _secret(words, *entitled) for what, (words, entitled) in OF_COMPETITIONS.items()}
for _more in (world_plan_papers.SECRETS, world_extracts.SECRETS):
    SECRETS |= {what: _secret(words, *entitled) for what, (words, *entitled) in _more.items()}
