"""Difficulties and answers of the survey for tests, made through the portal's own doors."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from people.models import Unit
from plan.difficulties import codes, handling, log, raising, sending
from plan.difficulties.consents import CONTACT, NAME
from plan.difficulties.guard import BOX
from plan.models import (
    Difficulty,
    PeriodKind,
    ReportPeriod,
    ReportState,
    ReportVersion,
    SurveyAnswer,
    SurveyPoint,
    UnitReport,
)

TEXT = "Máy lấy số hay hỏng, bà con chờ lâu."
PROPOSAL = "Thay máy lấy số mới."
NAME_OF, EMAIL, PHONE = "Lương Thị Mơ Riêng", "mo.rieng.8841@thu.example", "0912 884 109"
BOTH = frozenset({CONTACT, NAME})
TITLE, PUBLIC, ANSWER = "Máy lấy số", "Máy lấy số ở bộ phận một cửa hay hỏng.", "Đã thay máy từ ngày 1/12."
HCM = ZoneInfo("Asia/Ho_Chi_Minh")


def signed_in(user, language="en"):
    client = Client()
    client.force_login(user)
    client.cookies["ngon_ngu"] = language
    return client


def fresh(row):
    return Difficulty.objects.select_related("unit", "contact").get(pk=row.pk)


def unit(code):
    return Unit.objects.get(code=code)


def raised(ward, text=TEXT, now=None, **about):
    row, _new = raising.raise_by_unit(ward.baocao, unit("VHXH"), text=text, now=now, **about)
    return fresh(row)


def sent(now=None, *, key="k1", agreed=BOTH, **values):
    """A resident's letter; with name and address unless told otherwise."""
    texts = {
        "text": TEXT,
        "proposal": PROPOSAL,
        "place": "Tổ 4",
        "name": NAME_OF,
        "email": EMAIL,
        "phone": PHONE,
    } | values
    row, _new = sending.send(sending.Sent(**texts, agreed=agreed), key, now=now)
    return fresh(row)


def assigned(ward, row, code="KTHTDT", now=None, due_on=None):
    seen = log.last_seen(row)
    return fresh(handling.assign(row, ward.dieuphoi, unit(code), due_on=due_on, seen=seen, now=now))


def answered(ward, row, text=ANSWER, now=None):
    row = assigned(ward, row, now=now)
    return fresh(handling.answer(row, ward.baocaokt, text, seen=log.last_seen(row), now=now))


def published(ward, row, now=None, **public):
    row = answered(ward, row, now=now)
    words = {"title": TITLE, "text": PUBLIC, "answer": ANSWER} | public
    return fresh(
        handling.publish(row, ward.dieuphoi, handling.Public(**words), seen=log.last_seen(row), now=now)
    )


def stamp(age=60):
    """A page that was drawn `age` seconds ago."""
    return BOX.new_stamp(timezone.now().timestamp() - age)


def form_data(**values):
    return {
        "text": TEXT,
        "proposal": PROPOSAL,
        "place": "Tổ 4",
        "name": "",
        "email": "",
        "phone": "",
        "website": "",
        "stamp": stamp(),
    } | values


def track_url(row):
    return codes.address(row.code)


# ---- reports


def period(code="2026-nam"):
    return ReportPeriod.objects.get_or_create(
        code=code,
        defaults={
            "kind": PeriodKind.YEAR,
            "title": "Báo cáo năm 2026",
            "from_day": date(2026, 1, 1),
            "to_day": date(2026, 12, 31),
            "cut_off": date(2026, 11, 30),
            "last_day": date(2026, 12, 9),
            "made_at": timezone.now(),
        },
    )[0]


def report(code, *difficulties, state=ReportState.ACCEPTED, by=None):
    """A unit's report whose latest version lists these (text, proposal)."""
    of = unit(code)
    row, _new = UnitReport.objects.get_or_create(
        period=period(), unit=of, defaults={"unit_code": of.code, "unit_name": of.name}
    )
    row.state = state
    row.save()
    add_version(row, *difficulties, by=by)
    return row


def add_version(row, *difficulties, by=None):
    listed = [{"text": text, "proposal": proposal} for text, proposal in difficulties]
    return ReportVersion.objects.create(
        report=row,
        number=row.versions.count() + 1,
        payload={"format": 1, "difficulties": listed},
        sha256="0" * 64,
        submitted_at=timezone.now(),
        by=by,
        by_name=by.display_name if by else "Người báo cáo",
    )


# ---- the survey


def point(of="PVHCC", name="Quầy số 1", **values):
    values = {"code": "K7QM4TXD", "made_at": timezone.now()} | values
    return SurveyPoint.objects.create(unit=unit(of), name=name, **values)


def answers(of, *levels, day=date(2026, 6, 15)):
    hour = datetime(day.year, day.month, day.day, 9, tzinfo=HCM)
    start = SurveyAnswer.objects.count()
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(point=of, hour=hour, level=level, way="qr", once_key=f"{start + number:064d}")
        for number, level in enumerate(levels)
    )


def days(count):
    return timedelta(days=count)
