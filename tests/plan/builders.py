"""The ward of the plan's tests: its real units, targets and tasks, and the people who report on them."""

from dataclasses import dataclass, field

from django.utils import timezone

from people.models import Unit, UnitAssignment
from people.roles import Role
from plan.loading import load_content
from plan.units import load_units
from tests.ideas.builders import make_user

REPORTERS = {  # user name: (full name, code of the unit)
    "baocao": ("Lương Thị Mai", "VHXH"),
    "baocaokt": ("Đặng Văn Kiên", "KTHTDT"),
    "baocaovp": ("Hồ Thị Oanh", "VP"),
    "baocaomttq": ("Vũ Đình Mạnh", "MTTQ"),
}


@dataclass
class PlanWard:
    """Everybody by user name: `ward.dieuphoi`, `ward.baocao`; units by code: `ward.unit("VHXH")`."""

    users: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None

    def unit(self, code):
        return Unit.objects.get(code=code)


def make_plan_ward(now=None):
    """The plan loaded, without its public pages; a coordinator, four reporters, heads of two divisions, the
    head of the ward and somebody who only works there."""
    load_units()
    load_content(now or timezone.now())
    ward = PlanWard()
    ward.users["dieuphoi"] = in_unit(make_user("dieuphoi", "Đinh Thị Điều", Role.PLAN_COORDINATOR), "VHXH")
    for username, (name, code) in REPORTERS.items():
        ward.users[username] = in_unit(make_user(username, name, Role.UNIT_REPORTER), code)
    ward.users["truongdonvi"] = in_unit(make_user("truongdonvi", "Trần Văn Trưởng", Role.UNIT_HEAD), "VHXH")
    ward.users["truongkt"] = in_unit(make_user("truongkt", "Ngô Thị Kim", Role.UNIT_HEAD), "KTHTDT")
    ward.users["lanhdao"] = in_unit(make_user("lanhdao", "Phạm Văn Hùng", Role.HEAD), "HD")
    ward.users["canbo"] = in_unit(make_user("canbo", "Lý Văn Thường"), "KTHTDT")
    return ward


def in_unit(user, code):
    """The same person, now in that unit."""
    UnitAssignment.objects.filter(staff=user.staff).update(unit=Unit.objects.get(code=code))
    return user
