"""People for tests, and workbooks as an office sends them."""

import io
from datetime import date

from openpyxl import Workbook

from people.models import Position, ServiceSpell, Staff, Unit, UnitAssignment, User
from people.roles import set_up_role
from people.roster.sheets import SHEETS

PASSWORD = "mot-mat-khau-dai-2026"
D = date
LONG_AGO = date(2020, 1, 1)


def unit(code="VHXH", name="Phòng Văn hóa - Xã hội", parent=None, **fields):
    return Unit.objects.get_or_create(code=code, defaults={"name": name, "parent": parent, **fields})[0]


def account(username, *roles, **fields):
    user = User.objects.create_user(username, f"{username}@hungdao.example", PASSWORD, **fields)
    for role in roles:
        set_up_role(user, role, "test")
    return user


def staff(code="HD-0001", name="Nguyễn Văn An", *, in_unit=None, user=None, since=LONG_AGO, **fields):
    """Somebody in service since `since`, in one unit if given."""
    person = Staff.objects.create(staff_code=code, full_name=name, user=user, **fields)
    ServiceSpell.objects.create(staff=person, category="CC", start_on=since)
    if in_unit:
        position = Position.objects.get_or_create(name="Chuyên viên")[0]
        UnitAssignment.objects.create(staff=person, unit=in_unit, position=position, start_on=since)
    return person


def officer(username="nhansu"):
    return account(username, "personnel_officer")


def administrator(username="quantri"):
    return account(username, "administrator")


HEADINGS = {spec.title: [c.heading for c in spec.columns] for spec in SHEETS}


def workbook(sheets, *, epoch=None, prepare=None, headings=HEADINGS, name="so-nhan-su.xlsx"):
    """An .xlsx in memory: {title: rows} below their headings. `prepare(book)` changes it first."""
    book = Workbook()
    book.remove(book.active)
    if epoch:
        book.epoch = epoch
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(headings.get(title, []))
        for row in rows:
            sheet.append(row)
    if prepare:
        prepare(book)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = name
    return file


def small_roster():
    """One unit with a child, two people, everything filled in."""
    return {
        "Đơn vị": [
            ["HD", "Phường Hưng Đạo", "", "phường"],
            ["VHXH", "Phòng Văn hóa - Xã hội", "HD", "phòng"],
        ],
        "Nhân sự": [
            ["HD-0001", "Nguyễn Văn An", D(1980, 5, 12), "an@hungdao.example"],
            ["HD-0002", "Trần Thị Hòa", D(1990, 1, 2), ""],
        ],
        "Công tác": [["HD-0001", "CC", D(2020, 1, 1), None], ["HD-0002", "VC", D(2021, 1, 1), D(2025, 1, 1)]],
        "Phân công": [
            ["HD-0001", "VHXH", "Chuyên viên", D(2020, 1, 1), None, "Có"],
            ["HD-0002", "VHXH", "Văn thư", D(2021, 1, 1), D(2025, 1, 1), "Có"],
            ["HD-0001", "HD", "Kiêm nhiệm", D(2022, 1, 1), None, "Không"],
        ],
        "Nghỉ": [["HD-0001", "thai sản", D(2024, 1, 1), D(2024, 7, 1), "12/QĐ", ""]],
    }
