"""A small ward for the pages of coverage: units, officials in every state, and who reads them."""

from datetime import date
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.utils import timezone

from people.models import User
from people.roles import Role
from training import coverage
from training.models import CoverageSnapshot, Enrolment, SnapshotRow
from training.report import counts

from . import builders as b

YEAR = 2026
DAY = date(2026, 11, 23)


def seat(staff, session, state="enrolled"):
    now = timezone.now()
    return Enrolment.objects.create(session=session, staff=staff, state=state, asked_at=now, changed_at=now)


def reader(username, *roles, in_unit=None):
    """An account; with a unit, of a contract worker there: nobody the requirement counts."""
    user = User.objects.create_user(username, f"{username}@hungdao.example", "x")
    b.person(category="HDLD", in_unit=in_unit, full_name="Lê Văn Đọc", user=user)
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


def small_ward():
    """HD with VHXH and VP under it, and KP under VHXH. Six officials: two trained, one exempt, one on leave,
    two missing of whom one waits for a confirmation."""
    hd = b.unit("HD", name="Phường Hưng Đạo")
    vhxh = b.unit("VHXH", hd, name="Phòng Văn hóa - Xã hội")
    vp = b.unit("VP", hd, name="Văn phòng")
    kp = b.unit("KP", vhxh, name="Tổ dân phố 5")
    done = b.session(on=date(2026, 3, 10))
    held = b.session(on=date(2026, 11, 2), state="held")
    soon = b.session(on=date(2026, 11, 26), state="open", capacity=10)
    trained = b.person("HD-0001", in_unit=vhxh, full_name="Vũ Thị Lan")
    b.attended(trained, done)
    below = b.person("HD-0002", in_unit=kp, full_name="Đỗ Văn Ân")
    b.attended(below, done)
    waived = b.person("HD-0003", in_unit=vp, full_name="Trần Văn Miễn")
    b.exempt(waived, date(2026, 1, 1), reason="Bệnh riêng 7716", decision_number="88/QĐ")
    away = b.person("HD-0004", in_unit=vp, full_name="Phạm Thị Nghỉ")
    b.leave(away, date(2026, 1, 1), date(2026, 12, 20), kind="Thai sản 4402")
    waits = b.person("HD-0005", in_unit=vhxh, full_name="Hoàng Văn Chờ")
    b.attended(waits, held)
    nobody = b.person("HD-0006", in_unit=vp, full_name="Ngô Đức Thịnh")
    b.assigned(nobody, vhxh, primary=False)
    return SimpleNamespace(
        hd=hd, vhxh=vhxh, vp=vp, kp=kp, done=done, held=held, soon=soon, trained=trained, below=below,
        waived=waived, away=away, waits=waits, nobody=nobody,
    )  # fmt: skip


def freeze(year=2025, version=1, *, rows=(), **fields):
    """A year's end as frozen. `rows`: [(code, name, unit code, unit name, state, minutes)]."""
    by_state = coverage.rules.Counter()
    for row in rows:
        by_state.add(row[4])
    figures = counts(by_state.figures)
    snapshot = CoverageSnapshot.objects.create(
        requirement=b.requirement(),
        year=year,
        label="year_end",
        version=version,
        as_of=date(year, 12, 31),
        taken_at=timezone.now(),
        taken_by_name="Đào Tạo",
        trained=figures["trained"],
        exempt=figures["exempt"],
        not_due=figures["not_due"],
        missing=figures["missing"],
        payload="{}",
        sha256="0" * 64,
        **fields,
    )
    for code, name, unit_code, unit_name, state, minutes in rows:
        SnapshotRow.objects.create(
            snapshot=snapshot,
            staff_code=code,
            full_name=name,
            categories="CC",
            unit_code=unit_code,
            unit_name=unit_name,
            state=state,
            minutes=minutes,
        )
    return snapshot


ALL_READERS = (Role.TRAINING_OFFICER, Role.PERSONNEL_OFFICER, Role.HEAD, Role.DEPUTY_HEAD)
