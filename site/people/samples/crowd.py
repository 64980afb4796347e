"""The people of a sample ward: the named accounts, their colleagues, and as many more as are asked for."""

import json
import random
from datetime import date, timedelta
from functools import cache
from itertools import islice
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

from .calendar import Calendar
from .lives import drawn, steady, told

SOURCE = "load_samples"
MAIL_DOMAIN = "hungdao.example"
BATCH = 500
UNITS_A_WARD = 9  # the ward itself among them
_CATEGORIES = [Category.CIVIL_SERVANT] * 6 + [Category.PUBLIC_EMPLOYEE] * 2 + [Category.PART_TIME_WORKER]


@cache
def _data():
    return json.loads((Path(__file__).parent / "people.json").read_text(encoding="utf-8"))


def named():
    """The people with an account of their own name (design §12); the password printed is theirs."""
    return [person for person in _data()["people"] if not person["username"].startswith("hd-")]


def told_codes():
    """Staff codes of the people described one by one; the rest are a crowd."""
    return [person["code"] for person in _data()["people"]]


def load_people(size, now, password):
    """Makes units of further wards, people, accounts and roles. `{what: how many}`."""
    _refuse_strangers()
    today = timezone.localdate(now)
    rng = random.Random(f"people:{size.seed}")  # noqa: S311 - repeatable on purpose
    known = _data()["people"]
    wards = _further_wards(size.wards - 1)
    units = {unit.code: unit for unit in Unit.objects.all()}
    places = list(units.values()) if size.wards > 1 else [u for u in units.values() if u.parent_id]
    hashed = make_password(password)
    for part in _parts(_rows(size, units, places, rng, today), BATCH):
        _store(part, hashed, today)
    _life(today)
    for person in named():
        user = User.objects.get(username=person["username"])
        for role in person["roles"]:
            set_up_role(user, role, SOURCE)
    return {"wards": 1 + len(wards), "staff": max(size.staff, len(known)), "accounts": len(named())}


def _rows(size, units, places, rng, today):
    """Everybody in turn: those described, then as many more as are asked for."""
    known = _data()["people"]
    for person in known:
        yield _described(person, units, rng, today)
    for number in range(len(known) + 1, size.staff + 1):
        row = _invented(number, places[number % len(places)], rng, today)
        drawn(number, size.seed, places, today, row["life"])
        yield row


def _parts(rows, size):
    while part := list(islice(rows, size)):
        yield part


def _refuse_strangers():
    from . import SamplesRefused

    names = [person["username"] for person in _data()["people"]]
    if Staff.objects.filter(staff_code__in=told_codes()).exists():
        raise SamplesRefused(_("Staff codes of the samples belong to real people here."))
    if User.objects.filter(username__in=names).exists():
        raise SamplesRefused(_("User names of the samples belong to real accounts here."))
    if not Unit.objects.filter(code=settings.WARD_CODE).exists():
        raise SamplesRefused(_("The ward's units are missing: run load_plan first."))


def _further_wards(count):
    """Wards beside the real one with units like its own; their names say that they are samples.

    All wards together have UNITS_A_WARD each. The real one has more, so as many of the last wards have one
    less.
    """
    wards = Unit.objects.bulk_create(
        Unit(code=f"M{n:03d}", name=f"Phường mẫu {n:03d}", kind="Phường", order=100 + n)
        for n in range(2, count + 2)
    )
    missing = UNITS_A_WARD * (count + 1) - Unit.objects.count()
    made = {
        unit.pk: {ward.pk: ward for ward in wards} for unit in Unit.objects.filter(code=settings.WARD_CODE)
    }
    for unit in _pattern():
        copies = Unit.objects.bulk_create(
            Unit(
                code=f"{ward.code}-{unit.code}",
                name=unit.name,
                kind=unit.kind,
                parent=made[unit.parent_id][ward.pk],
                order=unit.order,
            )
            for ward in wards[: max(missing, 0)]
        )
        made[unit.pk] = {ward.pk: copy for ward, copy in zip(wards, copies, strict=False)}
        missing -= len(copies)
    return wards


def _pattern():
    """Units of the real ward that others copy: those directly under it first."""
    under = list(Unit.objects.filter(parent__code=settings.WARD_CODE))
    deeper = list(Unit.objects.filter(parent__in=under))
    return (under + deeper)[: UNITS_A_WARD - 1]


def _described(person, units, rng, today):
    since = today - timedelta(days=rng.randint(600, 4000))
    if "life" in person:
        life = told(person["life"], units, Calendar(today))
    else:
        life = steady(person["category"], units[person["unit"]], person["position"], since)
    return {
        "code": person["code"],
        "username": person["username"],
        "name": person["name"],
        "birth_date": date.fromisoformat(person["birth_date"]),
        "qualification": person["qualification"],
        "life": life,
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
        "life": steady(
            rng.choice(_CATEGORIES).value,
            unit,
            rng.choice(_data()["positions"]),
            today - timedelta(days=rng.randint(400, 4000)),
        ),
        "signs_in": False,
    }


def _store(rows, password, today):
    users = User.objects.bulk_create(
        User(
            username=row["username"],
            email=f"{row['username']}@{MAIL_DOMAIN}",
            password=password if row["signs_in"] else "!",
            is_active=not row["life"].is_over(today),
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
    lives = [(person, row["life"]) for row, person in zip(rows, people, strict=True)]
    positions = _positions({place[1] for _person, life in lives for place in life.places})
    ServiceSpell.objects.bulk_create(
        ServiceSpell(staff=person, category=category, start_on=start, end_before=end)
        for person, life in lives
        for category, start, end in life.spells
    )
    UnitAssignment.objects.bulk_create(
        UnitAssignment(
            staff=person,
            unit=unit,
            position=positions[position],
            is_primary=is_primary,
            start_on=start,
            end_before=end,
        )
        for person, life in lives
        for unit, position, is_primary, start, end in life.places
    )
    Leave.objects.bulk_create(
        Leave(
            staff=person,
            kind=kind,
            decision_number=decision,
            is_approved=is_approved,
            start_on=start,
            end_before=end,
        )
        for person, life in lives
        for kind, decision, is_approved, start, end in life.leaves
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
