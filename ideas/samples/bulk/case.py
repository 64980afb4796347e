"""One dossier to write: where it ends and when each step was taken; and what all of them share."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from ideas.authorship import PERMISSIONS
from ideas.council import Council
from ideas.files import EVIDENCE, store_signed_file
from ideas.models import (
    Field,
    Initiative,
    Meeting,
    MeetingAttendance,
    Seat,
)
from obligations.terms import working_day_by
from people.models import Staff, User
from people.roles import Role
from people.samples.calendar import at
from people.service import workplaces

from .. import texts
from ..evidence import page

_OPEN_WEIGHTS = {"draft": 3, "submitted": 4, "accepted": 3, "evaluating": 5, "evaluated": 4, "withdrawn": 1}
_CLOSED_WEIGHTS = {"recognised": 14, "declined": 3, "refused": 2, "withdrawn": 1}
REASONS = {
    "refused": "Giải pháp đã được quy định bắt buộc nên không có tính mới tại phường.",
    "declined": "Chưa đủ 2/3 số thành viên Hội đồng đồng ý.",
    "withdrawn": "Tác giả muốn theo dõi thêm số liệu.",
}


@dataclass
class Case:
    """One dossier to write: its round, where it ends, and when each step was taken."""

    round: object
    state: str
    text: dict
    authors: list
    moments: dict
    rng: random.Random
    initiative: Initiative = None


class Desk:
    """What all dossiers of a load share, read once."""

    def __init__(self, calendar, appointment):
        self.calendar = calendar
        self.fields = {row.code: row for row in Field.objects.all()}
        self.permissions = list(
            Permission.objects.filter(content_type__app_label="ideas", codename__in=PERMISSIONS)
        )
        seated = Seat.objects.filter(appointment=appointment).values("staff_id")
        self.pool = list(
            Staff.objects.filter(is_sample=True, user__is_active=True)
            .exclude(pk__in=seated)
            .exclude(user__groups__name=Role.HEAD)
            .select_related("user")
            .order_by("pk")
        )
        self.places = workplaces([person.pk for person in self.pool], calendar.today)
        self.pool = [person for person in self.pool if person.pk in self.places]
        self.head = User.objects.select_related("staff").get(username="lanhdao")
        self.secretary = User.objects.select_related("staff").get(username="thuky")
        self.evidence = store_signed_file(_evidence(), "dossiers", policy=EVIDENCE)
        self.decision = store_signed_file(_signed(self.head))
        self._councils = {}
        self._meetings = {}

    def council(self, round_):
        if round_.appointment_id not in self._councils:
            day = timezone.localdate(round_.opens_at) + timedelta(days=30)
            self._councils[round_.appointment_id] = Council(round_.appointment, day)
        return self._councils[round_.appointment_id]

    def meeting(self, round_):
        """The one meeting that settled a closed round's dossiers, made when first asked for."""
        if round_.pk not in self._meetings:
            self._meetings[round_.pk] = self._hold(round_)
        return self._meetings[round_.pk]

    def _hold(self, round_):
        starts_at = at(working_day_by(timezone.localdate(round_.closes_at) + timedelta(days=24)), 8)
        council = self.council(round_)
        meeting = Meeting.objects.create(
            appointment=round_.appointment,
            number=Meeting.objects.filter(starts_at__year=starts_at.year).count() + 1,
            starts_at=starts_at,
            place="Phòng họp tầng 2, trụ sở UBND phường",
            state="closed",
            presided_by=council.holder("chair").staff,
            opened_at=starts_at + timedelta(minutes=5),
            closed_at=starts_at + timedelta(hours=3),
            conclusion="Hội đồng đã biểu quyết các sáng kiến trong danh sách.",
            is_sample=True,
        )
        MeetingAttendance.objects.bulk_create(
            MeetingAttendance(meeting=meeting, seat=seat, is_present=True) for seat in council.voting_seats
        )
        return meeting


def _evidence():
    parts = [("Số liệu", "Như mô tả trong hồ sơ.")]
    return page("so-lieu.pdf", "Bảng số liệu trước và sau", "Minh chứng mẫu", parts, signer="Người lập bảng")


def _signed(head):
    parts = [("Điều 1", "Như danh sách kèm theo.")]
    return page("quyet-dinh.pdf", "Quyết định", "Kèm danh sách", parts, signer=head.display_name)


def make_case(desk, rounds, number, seed):
    rng = random.Random(f"{seed}:more:{number}")  # noqa: S311 - repeatable on purpose
    round_ = rounds[number % len(rounds)]
    is_open = round_.closes_at > at(desk.calendar.today, 0)
    weights = _OPEN_WEIGHTS if is_open else _CLOSED_WEIGHTS
    state = rng.choices(list(weights), list(weights.values()))[0]
    text = rng.choice([story for story in texts.initiatives() if story["texts"]["description"]])
    authors = rng.sample(desk.pool, min(rng.choice([1, 1, 2, 2, 3]), len(desk.pool)))
    return Case(round_, state, text, authors, _moments(desk, round_, is_open, rng), rng)


def _moments(desk, round_, is_open, rng):
    """When each step fell: in the round, on working days, the last one before today."""
    first = timezone.localdate(round_.opens_at)
    last = desk.calendar.day(40) if is_open else timezone.localdate(round_.closes_at) - timedelta(days=2)
    filed = first + timedelta(days=rng.randint(3, max((last - first).days, 4)))
    offsets = {"create": -2, "submit": 0, "accept": 7, "start": 9, "score": 12, "close": 21}
    found = {
        name: at(max(working_day_by(filed + timedelta(days=days)), first), 9 + order)
        for order, (name, days) in enumerate(offsets.items())
    }
    if not is_open:
        met = working_day_by(timezone.localdate(round_.closes_at) + timedelta(days=24))
        found["close"] = min(found["close"], at(working_day_by(met - timedelta(days=1)), 16))
        found["vote"] = at(met, 10)
        found["decide"] = at(working_day_by(met + timedelta(days=8)), 15)
    return found


def reached(case, *steps):
    order = {
        "draft": (),
        "submitted": ("submit",),
        "refused": ("submit",),
        "withdrawn": ("submit",),
        "accepted": ("submit", "accept"),
    }.get(case.state, ("submit", "accept", "start"))
    return all(step in order for step in steps)


def last_step(case):
    return {
        "draft": "create",
        "submitted": "submit",
        "refused": "accept",
        "withdrawn": "accept",
        "accepted": "accept",
        "evaluating": "start",
        "evaluated": "close",
    }.get(case.state, "decide")
