"""The people of a sample ward: the named accounts, their colleagues, and as many more as are asked for."""

import json
import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import (
    Category,
    Leave,
    Position,
    ServiceSpell,
    Staff,
    Unit,
    UnitAssignment,
    User,
)
from people.roles import set_up_role

SOURCE = "load_samples"
MAIL_DOMAIN = "hungdao.example"
BATCH = 500
_CATEGORIES = [Category.CIVIL_SERVANT] * 6 + [Category.PUBLIC_EMPLOYEE] * 2 + [Category.PART_TIME_WORKER]


@cache
def _data():
    return json.loads((Path(__file__).parent / "people.json").read_text(encoding="utf-8"))


def named():
    """The people with an account of their own name (design §12); the password printed is theirs."""
    return [person for person in _data()["people"] if not person["username"].startswith("hd-")]


def load_people(size, now, password):
    """Makes units of further wards, people, accounts and roles. `{what: how many}`."""
    _refuse_strangers()
    today = timezone.localdate(now)
    rng = random.Random(f"people:{size.seed}")  # noqa: S311 - repeatable on purpose
    known = _data()["people"]
    wards = _further_wards(size.wards - 1)
    units = {unit.code: unit for unit in Unit.objects.all()}
    rows = [_described(person, units, rng, today) for person in known]
    places = [unit for unit in units.values() if unit.parent_id]
    for number in range(len(known) + 1, size.staff + 1):
        rows.append(_invented(number, places[number % len(places)], rng, today))
    for start in range(0, len(rows), BATCH):
        _store(rows[start : start + BATCH], make_password(password))
    _life(today)
    for person in named():
        user = User.objects.get(username=person["username"])
        for role in person["roles"]:
            set_up_role(user, role, SOURCE)
    return {"wards": 1 + len(wards), "staff": len(rows), "accounts": len(named())}


def _refuse_strangers():
    from . import SamplesRefused

    codes = [person["code"] for person in _data()["people"]]
    names = [person["username"] for person in _data()["people"]]
    if Staff.objects.filter(staff_code__in=codes).exists():
        raise SamplesRefused(_("Staff codes of the samples belong to real people here."))
    if User.objects.filter(username__in=names).exists():
        raise SamplesRefused(_("User names of the samples belong to real accounts here."))
    if not Unit.objects.filter(code=settings.WARD_CODE).exists():
        raise SamplesRefused(_("The ward's units are missing: run load_plan first."))


def _further_wards(count):
    """Wards beside the real one, each with the same units; their names say that they are samples."""
    pattern = list(Unit.objects.filter(parent__code=settings.WARD_CODE))
    wards = Unit.objects.bulk_create(
        Unit(code=f"M{n:03d}", name=f"Phường mẫu {n:03d}", kind="Phường", order=100 + n)
        for n in range(2, count + 2)
    )
    Unit.objects.bulk_create(
        (
            Unit(code=f"{ward.code}-{u.code}", name=u.name, kind=u.kind, parent=ward, order=u.order)
            for ward in wards
            for u in pattern
        ),
        batch_size=BATCH,
    )
    return wards


def _described(person, units, rng, today):
    return {
        "code": person["code"],
        "username": person["username"],
        "name": person["name"],
        "birth_date": date.fromisoformat(person["birth_date"]),
        "qualification": person["qualification"],
        "unit": units[person["unit"]],
        "position": person["position"],
        "category": person["category"],
        "since": today - timedelta(days=rng.randint(600, 4000)),
        "signs_in": not person["username"].startswith("hd-"),
    }


def _invented(number, unit, rng, today):
    names = _data()["names"]
    sex = rng.choice(["women", "men"])
    parts = [names["family"], names[f"middle_{sex}"], names[f"given_{sex}"]]
    return {
        "code": f"HD-{number:04d}",
        "username": f"hd-{number:04d}",
        "name": " ".join(rng.choice(part) for part in parts),
        "birth_date": date(rng.randint(1966, 2000), rng.randint(1, 12), rng.randint(1, 28)),
        "qualification": rng.choice(_data()["qualifications"]),
        "unit": unit,
        "position": rng.choice(_data()["positions"]),
        "category": rng.choice(_CATEGORIES).value,
        "since": today - timedelta(days=rng.randint(400, 4000)),
        "signs_in": False,
    }


def _store(rows, password):
    users = User.objects.bulk_create(
        User(
            username=row["username"],
            email=f"{row['username']}@{MAIL_DOMAIN}",
            password=password if row["signs_in"] else "!",
            is_sample=True,
        )
        for row in rows
    )
    people = []
    for row, user in zip(rows, users, strict=True):
        person = Staff(
            staff_code=row["code"],
            full_name=row["name"],
            birth_date=row["birth_date"],
            qualification=row["qualification"],
            email=user.email,
            user=user,
            is_sample=True,
        )
        person.set_keys()
        people.append(person)
    Staff.objects.bulk_create(people)
    positions = _positions({row["position"] for row in rows})
    ServiceSpell.objects.bulk_create(
        ServiceSpell(staff=person, category=row["category"], start_on=row["since"])
        for row, person in zip(rows, people, strict=True)
    )
    UnitAssignment.objects.bulk_create(
        UnitAssignment(
            staff=person, unit=row["unit"], position=positions[row["position"]], start_on=row["since"]
        )
        for row, person in zip(rows, people, strict=True)
    )


def _positions(names):
    present = {position.name: position for position in Position.objects.filter(name__in=names)}
    made = Position.objects.bulk_create(Position(name=name) for name in sorted(names - present.keys()))
    return present | {position.name: position for position in made}


def _life(today):
    """A leave, somebody who left, somebody who moved and somebody with a second task."""
    data = _data()
    leave, left, moved, second = data["leave"], data["left"], data["moved"], data["second"]
    start = today - timedelta(days=leave["days_ago"])
    Leave.objects.create(
        staff=_person(leave["username"]),
        kind=leave["kind"],
        decision_number=leave["decision_number"],
        start_on=start,
        end_before=start + timedelta(days=leave["days"]),
    )
    gone, last = _person(left["username"]), today - timedelta(days=left["days_ago"])
    gone.spells.update(end_before=last)
    gone.assignments.update(end_before=last)
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    mover, day = _person(moved["username"]), today - timedelta(days=moved["days_ago"])
    now_there = mover.assignments.get()
    UnitAssignment.objects.create(
        staff=mover,
        unit=Unit.objects.get(code=moved["from"]),
        position=now_there.position,
        start_on=now_there.start_on,
        end_before=day,
    )
    now_there.start_on = day
    now_there.save()
    UnitAssignment.objects.create(
        staff=_person(second["username"]),
        unit=Unit.objects.get(code=second["unit"]),
        position=_positions({second["position"]})[second["position"]],
        start_on=today - timedelta(days=second["days_ago"]),
        is_primary=False,
    )


def _person(username):
    return Staff.objects.get(user__username=username)
