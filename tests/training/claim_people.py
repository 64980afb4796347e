"""A small ward with everybody whom credits, exemptions and records concern, each in service and in a unit."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from people.models import Position, Staff, UnitAssignment, User
from people.roles import Role

from . import builders

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DAY = date(2026, 3, 14)


def account(name, in_unit=None, *roles, position="Chuyên viên", **fields):
    """An account of that name with its person, in service, in `in_unit`."""
    user = User.objects.create_user(name, f"{name}@hungdao.example", "only-for-tests-14")
    fields.setdefault("full_name", name.title())
    staff = builders.person(f"HD-{name}", user=user, **fields)
    if in_unit:
        where = Position.objects.get_or_create(name=position)[0]
        UnitAssignment.objects.create(
            staff=staff, unit=in_unit, position=where, start_on=builders.LONG_AGO, is_primary=True
        )
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
    return user


@dataclass
class People:
    """`canbo` works in TO, under VHXH whose head is `truong`; `truongkhac` heads a unit beside it."""

    canbo: User
    dongnghiep: User
    truong: User
    truongkhac: User
    daotao: User
    daotao2: User
    nhansu: User
    nhansu2: User
    lanhdao: User
    quantri: User
    goc: User

    def everybody(self):
        return vars(self)


def make_people() -> People:
    top = builders.unit("VHXH")
    below = builders.unit("VHXH-TO", parent=top)
    beside = builders.unit("KTHTDT")
    office = builders.unit("VP")
    people = People(
        canbo=account("canbo", below),
        dongnghiep=account("dongnghiep", below),
        truong=account("truong", top, Role.UNIT_HEAD, position="Trưởng phòng"),
        truongkhac=account("truongkhac", beside, Role.UNIT_HEAD, position="Trưởng phòng"),
        daotao=account("daotao", office, Role.TRAINING_OFFICER),
        daotao2=account("daotao2", office, Role.TRAINING_OFFICER),
        nhansu=account("nhansu", office, Role.PERSONNEL_OFFICER),
        nhansu2=account("nhansu2", office, Role.PERSONNEL_OFFICER),
        lanhdao=account("lanhdao", office, Role.HEAD),
        quantri=account("quantri", office, Role.ADMINISTRATOR),
        goc=User.objects.create_superuser("goc", "goc@hungdao.example", "only-for-tests-14"),
    )
    Staff.objects.filter(user=people.canbo).update(full_name="Lý Văn Thường")
    return people


def certificate_file(name="chung-nhan.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")
