"""A small ward to freeze, moments to do it, and the people who may."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from people.models import User
from people.roles import Role
from training import coverage, freezing
from training.freezing import Label

from . import builders as b

YEAR = 2026
LAST = date(YEAR, 12, 31)
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day, hour=9):
    """A moment of a local day."""
    return datetime.combine(day, time(hour), LOCAL)


def policy(code="digital-skills", year=YEAR):
    return coverage.policy_of(code, year)


def account(username, *roles, staff=None):
    """An account; of `staff` where given."""
    user = User.objects.create_user(username, f"{username}@hungdao.example", "only-for-tests-14")
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
    if staff:
        staff.user = user
        staff.save()
    return user


def officer():
    return User.objects.filter(username="daotao").first() or account("daotao", Role.TRAINING_OFFICER)


def ward():
    """VHXH: Lan trained, Hoà missing; VP: Hoa on leave all year, Hải exempt, Sơn who joined on 20/12."""
    top = b.unit("HD", name="Phường Hưng Đạo")
    culture = b.unit("VHXH", top, name="Phòng Văn hóa - Xã hội")
    office = b.unit("VP", top, name="Văn phòng HĐND và UBND")
    found = {
        "lan": b.person("HD-0002", in_unit=culture, full_name="Vũ Thị Lan"),
        "hoa": b.person("HD-0010", in_unit=culture, full_name="Trần Thị Hoà"),
        "leave": b.person("HD-0003", in_unit=office, full_name="Lê Thị Hoa"),
        "hai": b.person("HD-0004", in_unit=office, full_name="Đỗ Văn Hải"),
        "son": b.person("HD-0005", in_unit=office, since=date(YEAR, 12, 20), full_name="Hoàng Văn Sơn"),
    }
    b.attended(found["lan"], b.session(code="KNS-01"))
    b.leave(found["leave"], date(YEAR, 1, 1), date(YEAR + 1, 1, 1), kind="Thai sản")
    b.exempt(found["hai"], date(YEAR, 1, 1))
    return found


def frozen(label=Label.YEAR_END, *, code="digital-skills", on=LAST, **more):
    """Frozen by the training officer on the last day of the year."""
    return freezing.freeze(policy(code), label, officer(), at(on, 16), **more)
