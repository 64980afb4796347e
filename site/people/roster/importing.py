"""Writing a roster: one transaction, one import at a time, a constant number of queries a sheet."""

from django.db import connection, transaction

from ..models import Leave, Position, ServiceSpell, Staff, Unit, UnitAssignment, User
from ..units import units_written
from ..workbook import FileRows, Plan
from .compare import compare
from .files import read_roster
from .stored import stored_roster

_LOCK = 0x726F7374  # PostgreSQL's advisory lock; SQLite has one writer anyway
_BATCH = 500


def examine(file) -> Plan:
    """What an import of `file` would do now. Writes nothing. Raises WorkbookRefused."""
    return compare(read_roster(file), stored_roster())


def import_roster(file, *, skip_errors=False) -> Plan:
    """Reads, compares again with the roster as it is now, and writes unless the plan is refused."""
    # Read outside the transaction: nobody waits while a file is unpacked.
    return write_roster(read_roster(file), skip_errors=skip_errors)


def write_roster(read: FileRows, *, skip_errors=False) -> Plan:
    """`import_roster` for a file that was read already."""
    with transaction.atomic():
        _one_at_a_time()
        plan = compare(read, stored_roster())
        if not plan.refused(skip_errors):
            _write([row for row in plan.rows if row.verdict in ("new", "changed")])
    return plan


def _one_at_a_time():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _write(rows):
    by_sheet = {}
    for row in rows:
        by_sheet.setdefault(row.spec.code, {})[row.key] = row  # a row repeated word for word is written once
    _write_units(by_sheet.get("units", {}))
    _write_staff(by_sheet.get("staff", {}))
    dated = {code: by_sheet.get(code, {}) for code in ("spells", "assignments", "leaves")}
    if not any(dated.values()):
        return
    staff = dict(Staff.objects.values_list("staff_code", "pk"))
    _write_dated(ServiceSpell, dated["spells"], _keys_of(ServiceSpell, "category"), ["end_before"], staff)
    _write_assignments(dated["assignments"], staff)
    leave_fields = ["kind", "end_before", "decision_number", "is_approved"]
    _write_dated(Leave, dated["leaves"], _keys_of(Leave), leave_fields, staff)


def _split(rows):
    new = {key: row for key, row in rows.items() if row.before is None}
    return new, {key: row for key, row in rows.items() if row.before is not None}


def _write_units(rows):
    if not rows:
        return
    new, _changed = _split(rows)
    Unit.objects.bulk_create(
        [Unit(code=code, name=r.after["name"], kind=r.after["kind"]) for (code,), r in new.items()], _BATCH
    )
    units = Unit.objects.in_bulk(field_name="code")
    for (code,), row in rows.items():
        unit, parent = units[code], row.after["parent"]
        unit.name, unit.kind, unit.parent = (
            row.after["name"],
            row.after["kind"],
            units[parent] if parent else None,
        )
    Unit.objects.bulk_update([units[code] for (code,) in rows], ["name", "kind", "parent"], _BATCH)
    units_written.send(Unit)


def _write_staff(rows):
    new, changed = _split(rows)
    Staff.objects.bulk_create([_person(code, row) for (code,), row in new.items()], _BATCH)
    if not changed:
        return
    pks = {code: (pk, user) for code, pk, user in Staff.objects.values_list("staff_code", "pk", "user")}
    people = [_person(code, row, pk=pks[code][0]) for (code,), row in changed.items()]
    fields = ["full_name", "name_key", "search_key", "order_key", "birth_date", "email"]
    Staff.objects.bulk_update(people, fields, _BATCH)
    _follow_email({pks[code][1]: row for (code,), row in changed.items() if pks[code][1]})


def _follow_email(rows):
    """An account whose address was the roster's keeps following it: password letters go there."""
    moved = {user: row for user, row in rows.items() if row.before["email"] != row.after["email"]}
    users = [
        user for user in User.objects.filter(pk__in=moved) if user.email == moved[user.pk].before["email"]
    ]
    for user in users:
        user.email = moved[user.pk].after["email"]
    User.objects.bulk_update(users, ["email"], _BATCH)


def _person(code, row, pk=None):
    person = Staff(
        pk=pk,
        staff_code=code,
        full_name=row.after["full_name"],
        birth_date=row.after["birth_date"],
        email=row.after["email"],
    )
    person.set_keys()
    return person


def _keys_of(model, *between):
    """`{key as in the file: pk}`; asked only when something stored changes."""
    fields = ("staff__staff_code", *between, "start_on")
    return lambda: {tuple(key): pk for pk, *key in model.objects.values_list("pk", *fields)}


def _write_dated(model, rows, keys, fields, staff):
    new, changed = _split(rows)

    def build(row, pk=None):
        named = {name: row.values[name] for name in row.spec.key_names if name != "staff"}
        return model(pk=pk, staff_id=staff[row.values["staff"]], **named, **row.after)

    _store(model, new, changed, keys, fields, build)


def _write_assignments(rows, staff):
    if not rows:
        return
    new, changed = _split(rows)
    units = dict(Unit.objects.values_list("code", "pk"))
    positions = _positions({row.after["position"] for row in rows.values()} - {""})

    def build(row, pk=None):
        return UnitAssignment(
            pk=pk,
            staff_id=staff[row.values["staff"]],
            unit_id=units[row.values["unit"]],
            start_on=row.values["start_on"],
            end_before=row.after["end_before"],
            is_primary=row.after["is_primary"],
            position_id=positions.get(row.after["position"]),
        )

    keys = _keys_of(UnitAssignment, "unit__code")
    _store(UnitAssignment, new, changed, keys, ["end_before", "is_primary", "position"], build)


def _store(model, new, changed, keys, fields, build):
    if changed:
        pks = keys()
        model.objects.bulk_update([build(row, pks[key]) for key, row in changed.items()], fields, _BATCH)
    model.objects.bulk_create([build(row) for row in new.values()], _BATCH)


def _positions(names):
    """`{name: pk}`, unknown ones made."""
    known = dict(Position.objects.values_list("name", "pk"))
    made = Position.objects.bulk_create(
        [Position(name=name) for name in sorted(names - known.keys())], _BATCH
    )
    return known | {position.name: position.pk for position in made}
