"""People, courses and sessions for the tests of training; every helper says only what a test is about."""

from datetime import date, time
from itertools import count

from django.db import transaction
from django.utils import timezone

from people.models import Category, Leave, ServiceSpell, Staff, Unit, UnitAssignment
from training.attendance import record
from training.catalogue import set_counting
from training.models import (
    AttendanceEvent,
    Course,
    Exemption,
    OutsideCredit,
    Requirement,
    Session,
)

LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def requirement(code="digital-skills"):
    return Requirement.objects.get(code=code)


def unit(code="VHXH", parent=None, **fields):
    return Unit.objects.get_or_create(
        code=code, defaults={"name": f"Đơn vị {code}", "parent": parent} | fields
    )[0]


def person(code=None, *, in_unit=None, category=Category.CIVIL_SERVANT, since=LONG_AGO, until=None, **fields):
    """Somebody in service from `since` until before `until`, with `in_unit` as primary unit if given."""
    number = next(_numbers)
    fields.setdefault("full_name", f"Nguyễn Văn {number}")
    staff = Staff.objects.create(staff_code=code or f"T-{number:05d}", **fields)
    if since:
        ServiceSpell.objects.create(staff=staff, category=category, start_on=since, end_before=until)
    if in_unit:
        assigned(staff, in_unit, since or LONG_AGO, until)
    return staff


def assigned(staff, in_unit, since=LONG_AGO, until=None, *, primary=True):
    return UnitAssignment.objects.create(
        staff=staff, unit=in_unit, start_on=since, end_before=until, is_primary=primary
    )


def course(code="KNS", *, counts_for=("digital-skills",), years=(2025, 2026, 2027), **fields):
    made = Course.objects.create(code=code, name=f"Khóa {code}", topics=fields.pop("topics", [1]), **fields)
    set_counting(made, [requirement(c) for c in counts_for], years)
    return made


def session(of=None, on=date(2026, 3, 10), *, begins=time(8), ends=time(11), state="confirmed", **fields):
    """A session of `of` (made when missing), 180 minutes that count in full unless said otherwise."""
    of = of or Course.objects.filter(code="KNS").first() or course()
    code = fields.pop("code", f"{of.code}-{next(_numbers):04d}")
    length = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return Session.objects.create(
        code=code,
        course=of,
        held_on=on,
        starts_at=begins,
        ends_at=ends,
        credit_minutes=fields.pop("credit_minutes", length),
        state=state,
        **fields,
    )


def attended(staff, at, status="present", minutes=None, *, source=AttendanceEvent.Source.ROLL):
    """`staff` was marked at the session `at`."""
    event = AttendanceEvent(
        key=f"test:{next(_numbers)}",
        session=at,
        staff=staff,
        status=status,
        minutes=minutes,
        source=source,
        at=timezone.now(),
    )
    with transaction.atomic():
        record({at.pk: at.credit_minutes}, [event])


def leave(staff, since, until, **fields):
    return Leave.objects.create(staff=staff, start_on=since, end_before=until, **fields)


def outside(staff, on, minutes=180, *, state="verified", requirement_code="digital-skills", **fields):
    return OutsideCredit.objects.create(
        staff=staff,
        requirement=requirement(requirement_code),
        completed_on=on,
        minutes=minutes,
        certificate_number=fields.pop("certificate_number", f"GCN-{next(_numbers)}"),
        state=state,
        submitted_at=timezone.now(),
        **fields,
    )


def exempt(staff, since, until=None, *, state="approved", requirement_code="digital-skills", **fields):
    return Exemption.objects.create(
        staff=staff,
        requirement=requirement(requirement_code),
        start_on=since,
        end_before=until,
        state=state,
        requested_at=timezone.now(),
        **fields,
    )
