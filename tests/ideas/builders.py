"""A small ward for the tests of initiatives: a council of seven with three alternates, authors, a round.

Dossiers reach a state through the workflow's own door, so that what a test finds is what users would have.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from ideas import evaluation, workflow
from ideas.authorship import add_author, start_dossier
from ideas.files import store_signed_file
from ideas.formality import CHECKLIST
from ideas.models import (
    AgendaItem,
    Appointment,
    Attachment,
    Delegation,
    Field,
    Initiative,
    Meeting,
    MeetingAttendance,
    Round,
    Rubric,
    ScoreSheet,
    Seat,
)
from people.models import Category, Position, ServiceSpell, Staff, Unit, UnitAssignment, User
from people.roles import Role

PASSWORD = "only-for-tests-14"
COUNCIL = [
    ("chutich", "Phạm Quốc Khánh", "chair"),
    ("phochutich", "Nguyễn Văn An", "vice_chair"),
    ("thuky", "Trần Văn Bình", "secretary"),
    ("hoidong1", "Vũ Thị Lan", "member"),
    ("hoidong2", "Hoàng Văn Sơn", "member"),
    ("hoidong3", "Lê Thị Hoa", "member"),
    ("hoidong4", "Đỗ Văn Hải", "member"),
    ("hoidong5", "Trịnh Thu Hiền", "alternate"),
    ("hoidong6", "Bùi Văn Nam", "alternate"),
    ("hoidong7", "Mai Thị Yến", "alternate"),
]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_user(username, name="", *roles, **staff_values):
    """An account with its person on the roster, in service since 2020, in the ward's culture division."""
    user = User.objects.create_user(username, f"{username}@hungdao.example", PASSWORD)
    staff = Staff.objects.create(
        staff_code=f"HD-{username}",
        full_name=name or username.title(),
        birth_date=date(1980, 5, 20),
        qualification="Cử nhân",
        user=user,
        **staff_values,
    )
    ServiceSpell.objects.create(staff=staff, category=Category.CIVIL_SERVANT, start_on=date(2020, 1, 1))
    unit, _created = Unit.objects.get_or_create(code="VHXH", defaults={"name": "Phòng Văn hóa - Xã hội"})
    position, _created = Position.objects.get_or_create(name="Chuyên viên")
    UnitAssignment.objects.create(staff=staff, unit=unit, position=position, start_on=date(2020, 1, 1))
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
    return user


@dataclass
class Ward:
    """Everybody a dossier meets, by user name, and the open round."""

    users: dict = field(default_factory=dict)
    appointment: Appointment = None
    round: Round = None

    def __getattr__(self, name):
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def voters(self):
        return [self.users[name] for name, _full, role in COUNCIL if role != "alternate"]


def make_ward(now=None, **round_values):
    now = now or timezone.now()
    ward = Ward()
    ward.appointment = Appointment.objects.create(
        decision_number="101/QĐ-UBND", decided_on=date(2026, 1, 5), start_on=date(2026, 1, 5)
    )
    for number, (username, name, role) in enumerate(COUNCIL, start=1):
        user = ward.users[username] = make_user(username, name)
        Seat.objects.create(appointment=ward.appointment, number=number, role=role, staff=user.staff)
    ward.users["tacgia"] = make_user("tacgia", "Bùi Thị Ngọc")
    ward.users["dongtacgia"] = make_user("dongtacgia", "Đỗ Minh Tuấn")
    ward.users["nguoikhac"] = make_user("nguoikhac", "Ngô Đức Thịnh")
    ward.users["lanhdao"] = make_user("lanhdao", "Phạm Văn Hùng", Role.HEAD)
    ward.users["cappho"] = make_user("cappho", "Lê Văn Tám", Role.DEPUTY_HEAD)
    ward.users["vanthu"] = make_user("vanthu", "Cao Thị Thu", Role.RECORDS_CLERK)
    ward.users["quantri"] = make_user("quantri", "Tạ Văn Quang", Role.ADMINISTRATOR)
    ward.round = Round.objects.create(
        **{
            "number": 2,
            **open_around(now),
            "rubric": Rubric.objects.get(is_default=True),
            "appointment": ward.appointment,
        }
        | round_values
    )
    return ward


def open_around(now):
    """The days of a round that is open then."""
    return {
        "year": now.year,
        "opens_at": now - timedelta(days=30),
        "closes_at": now + timedelta(days=30),
        "scoring_due_on": timezone.localdate(now) + timedelta(days=20),
    }


def delegate(ward):
    """The head's recorded delegation to the deputy, running today."""
    today = timezone.localdate()
    return Delegation.objects.create(
        deputy=ward.cappho.staff,
        document_number="12/UQ-UBND",
        start_on=today - timedelta(days=1),
        end_before=today + timedelta(days=30),
    )


# ---- dossiers


def fill_form(initiative, **values):
    """Everything the form asks for, in words of a ward's daily life."""
    answers = {
        "kind": "operational_solution",
        "field": Field.objects.order_by("order").first(),
        "problem": "Hồ sơ liên thông trả chậm vì không ai nhắc hạn.",
        "investor": "UBND phường Hưng Đạo",
        "uses_public_money": False,
        "first_applied_on": timezone.localdate() - timedelta(days=100),
        "prior_state": "Hồ sơ ghi ở ba sổ khác nhau.",
        "description": "Một bảng màu dùng chung: xanh còn hạn, vàng còn 2 ngày, đỏ quá hạn.",
        "novelty": "Ba bộ phận cùng nhìn một bảng, ai cũng thấy việc của mình.",
        "applicability": "Mọi đơn vị có hồ sơ liên thông.",
        "has_confidential_part": True,
        "confidential_part": "Mật khẩu bảng dùng chung của bộ phận một cửa.",
        "conditions": "Một máy tính có mạng.",
        "benefit_by_author": "Số hồ sơ trả chậm giảm từ 14 xuống 2 mỗi tháng.",
        "public_summary": "Bảng màu dùng chung giúp hồ sơ liên thông trả đúng hẹn.",
    } | values
    Initiative.objects.filter(pk=initiative.pk).update(**answers)
    initiative.refresh_from_db()
    return initiative


def attach(initiative, kind="evidence", name="minh-chung.pdf", content=PDF):
    import hashlib

    attachment = Attachment(
        initiative=initiative,
        kind=kind,
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    attachment.file.save(name, ContentFile(content), save=True)
    return attachment


def draft(ward, *, co_author=True, confirmed=True, title="Nhắc hạn hồ sơ bằng bảng màu dùng chung", **values):
    """A draft that lacks nothing (unless told so)."""
    initiative = start_dossier(ward.tacgia, title)
    if co_author:
        initiative.authors.update(share=Decimal("60.00"))
        author = add_author(initiative, staff=ward.dongtacgia.staff, share=Decimal("40.00"))
        if confirmed:
            author.confirmed_at = timezone.now()
            author.save()
    fill_form(initiative, **values)
    attach(initiative)
    return fresh(initiative)


def fresh(initiative):
    """The dossier as the workflow reads it."""
    return Initiative.objects.for_workflow().get(pk=initiative.pk)


def submitted(ward, now=None, **values):
    return workflow.move(draft(ward, **values), "submit", ward.tacgia, now=now)


def accepted(ward, now=None, **values):
    initiative = submitted(ward, now, **values)
    Initiative.objects.filter(pk=initiative.pk).update(formality_checklist=dict.fromkeys(CHECKLIST, True))
    return workflow.move(initiative, "accept", ward.thuky, now=now)


def evaluating(ward, now=None, *, declared=True, **values):
    """Sheets are open; unless told otherwise every member has declared no conflict of interest."""
    initiative = workflow.move(accepted(ward, now, **values), "start_evaluation", ward.thuky, now=now)
    if declared:
        declare_all(initiative)
    return initiative


def declare_all(initiative, now=None):
    """Everybody whose sheet of this dossier is open declares no conflict of interest."""
    for sheet in initiative.sheets.current().select_related("staff__user", "initiative"):
        if sheet.waits_for_declaration:
            evaluation.confirm_no_conflict(sheet.staff.user, [sheet], now)


def points_for(initiative, share=Decimal("0.8")):
    """Decimal points for every scored criterion, at `share` of the maximum on its step."""
    points = {}
    for criterion in initiative.rubric.rubric.scored:
        step = criterion.step or Decimal(1)
        points[criterion.code] = (criterion.max_points * share / step).to_integral_value() * step
    return points


def send_sheet(sheet, share=Decimal("0.8"), comment="Làm được, có số liệu."):
    sheet.refresh_from_db()
    if sheet.waits_for_declaration:
        evaluation.confirm_no_conflict(sheet.staff.user, [sheet])
    return evaluation.submit_sheet(
        sheet.staff.user, sheet, points_for(sheet.initiative, share), comment, base_version=sheet.edit_version
    )


def evaluated(ward, now=None, share=Decimal("0.8"), **values):
    """Every sheet in, so that scoring closed by itself."""
    initiative = evaluating(ward, now, **values)
    for sheet in initiative.sheets.select_related("initiative__rubric", "staff__user"):
        send_sheet(sheet, share)
    return fresh(initiative)


def evaluated_together(ward, titles):
    """Several, by the portal's steps for many: only the sheets are sent one by one."""
    keys = [draft(ward, title=title).pk for title in titles]
    workflow.move_many(keys, "submit", ward.tacgia)
    Initiative.objects.filter(pk__in=keys).update(formality_checklist=dict.fromkeys(CHECKLIST, True))
    workflow.move_many(keys, "accept", ward.thuky)
    workflow.move_many(keys, "start_evaluation", ward.thuky)
    sheets = ScoreSheet.objects.filter(initiative__in=keys).select_related(
        "initiative__rubric", "staff__user"
    )
    for user in ward.users.values():
        if own := [sheet for sheet in sheets if sheet.staff.user == user]:
            evaluation.confirm_no_conflict(user, own)
    for sheet in sheets:
        send_sheet(sheet)
    return [Initiative.objects.for_workflow().get(pk=key) for key in keys]


def voted_together(ward, titles):
    initiatives = evaluated_together(ward, titles)
    for initiative in initiatives:
        put_to_vote(ward, initiative)
    return [fresh(initiative) for initiative in initiatives]


def voted(ward, now=None, votes_for=6, closed=True, conclusion="recognise", **values):
    """Scored, and voted on in a meeting with quorum."""
    initiative = evaluated(ward, now, **values)
    put_to_vote(ward, initiative, votes_for=votes_for, closed=closed, conclusion=conclusion)
    return fresh(initiative)


def put_to_vote(ward, initiative, *, votes_for=6, closed=True, conclusion="recognise", had_quorum=True):
    now = timezone.now()
    meeting = Meeting.objects.create(
        appointment=ward.appointment,
        number=Meeting.objects.count() + 1,
        starts_at=now - timedelta(hours=1),
        place="Phòng họp tầng 2",
        state="closed" if closed else "open",
        opened_at=now - timedelta(hours=1),
        closed_at=now if closed else None,
    )
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, seat=seat, is_present=True)
        for seat in ward.appointment.seats.exclude(role="alternate")
    )
    return AgendaItem.objects.create(
        meeting=meeting,
        initiative=initiative,
        evaluation_number=initiative.evaluation_number,
        mode="open",
        seats=7,
        needed=5,
        had_quorum=had_quorum,
        votes_for=votes_for,
        votes_against=7 - votes_for,
        conclusion=conclusion,
        recorded_at=now,
    )


def decision(number="468/QĐ-UBND", decided_on=None):
    """What the head brings along."""
    return {
        "number": number,
        "decided_on": decided_on or timezone.localdate(),
        "file": store_signed_file(ContentFile(PDF, name="quyet-dinh.pdf")),
    }


def recognised(ward, now=None, **values):
    return workflow.move(voted(ward, now, **values), "recognise", ward.lanhdao, now=now, **decision())


def declined(ward, now=None, **values):
    initiative = voted(ward, now, votes_for=3, conclusion="decline", **values)
    return workflow.move(
        initiative, "decline", ward.lanhdao, now=now, public_reason="Chưa đủ 2/3 số ghế đồng ý."
    )


def moment(text):
    """`moment("2026-12-31 23:59:59")` in Hải Phòng."""
    return timezone.make_aware(datetime.fromisoformat(text))
