"""Records of the four plain sheets: how values become fields, and fields what a row of an import keeps.

`was` and `wrote` of an ImportRow are such fields as JSON; taking an import back compares and restores them.
Attendance follows from events and is written by `writing` alone.
"""

from datetime import date, datetime, time
from uuid import UUID

from people.workbook.cells import clean_text

from ..models import Course, Exemption, OutsideCredit, Session

MODELS = {"courses": Course, "sessions": Session, "outside": OutsideCredit, "exemptions": Exemption}
FIELDS = {
    "courses": ("name", "topics"),
    "sessions": (
        "course",
        "held_on",
        "starts_at",
        "ends_at",
        "credit_minutes",
        "state",
        "state_since",
    ),
    "outside": (
        "requirement",
        "minutes",
        "issuer",
        "state",
        "submitter",
        "verifier",
        "verifier_name",
        "decided_at",
        "refusal_reason",
    ),
    "exemptions": (
        "end_before",
        "decision_number",
        "state",
        "requester",
        "approver",
        "approver_name",
        "decided_at",
    ),
}


def raw(sheet, record):
    """The fields an import may change, as JSON: keys of foreign rows, ISO dates."""
    return {name: plain(getattr(record, record._meta.get_field(name).attname)) for name in FIELDS[sheet]}


def plain(value):
    """A value as JSON keeps it."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def put(sheet, record, fields):
    """Sets fields from `raw`."""
    for name, value in fields.items():
        field = record._meta.get_field(name)
        target = field.target_field if field.is_relation else field
        record.__dict__.pop(field.attname, None)  # the state may be set only when it is absent
        setattr(record, field.attname, target.to_python(value) if value is not None else None)


def fill(sheet, record, row, context):
    """Sets what `row` (compared) says; `context` knows the keys of codes, who imports, and when."""
    _FILL[sheet](record, row.after, row.before, context)


def _course(record, after, before, context):
    record.name, record.topics = after["name"], after["topics"]


def _session(record, after, before, context):
    record.course_id = context.courses[after["course"]]
    for name in ("held_on", "starts_at", "ends_at", "credit_minutes"):
        setattr(record, name, after[name])
    if before is None or before["state"] != after["state"]:
        record.__dict__.pop("state", None)
        record.state, record.state_since = after["state"], context.now


def _outside(record, after, before, context):
    record.requirement_id = context.requirements[after["requirement"]]
    record.minutes, record.issuer = after["minutes"], after["issuer"]
    record.submitter_id = context.staff.get(after["submitter"])
    was_verified = bool(before and before["verified"])
    if after["verified"]:
        if not was_verified or before["verifier"] != after["verifier"]:
            record.verifier_id = context.staff.get(after["verifier"])
            record.verifier_name = context.names.get(after["verifier"]) or context.importer.name
            record.decided_at = context.now
        record.state, record.refusal_reason = OutsideCredit.State.VERIFIED, ""
    elif was_verified or before is None:
        record.state, record.verifier_id, record.verifier_name = OutsideCredit.State.SUBMITTED, None, ""
        record.decided_at = None


def _exemption(record, after, before, context):
    record.end_before, record.decision_number = after["end_before"], after["decision_number"]
    if before is None:
        record.requester_id = context.staff.get(context.importer.code)
        record.requested_by_id = context.importer.user_id
    if after["approver"] and (before is None or before["approver"] != after["approver"]):
        record.approver_id = context.staff[after["approver"]]
        record.approver_name = context.names[after["approver"]]
        record.decided_at = context.now
    record.state = after["state"]


_FILL = {"courses": _course, "sessions": _session, "outside": _outside, "exemptions": _exemption}


def new(sheet, row, context):
    """An unsaved record under the key of `row`, not filled yet."""
    values = row.values
    if sheet in ("courses", "sessions"):
        return MODELS[sheet](code=values["code"])
    staff = context.staff[values["staff"]]
    if sheet == "outside":
        return OutsideCredit(
            staff_id=staff,
            completed_on=values["completed_on"],
            certificate_number=values["certificate_number"],
            submitted_at=context.now,
        )
    return Exemption(
        staff_id=staff,
        requirement_id=context.requirements[values["requirement"]],
        start_on=values["start_on"],
        requested_at=context.now,
    )


def stored_by_key(sheet, rows, context):
    """`{key as in the file: record}` of the rows that change something, locked."""
    if sheet in ("courses", "sessions"):
        codes = [row.key[0] for row in rows]
        found = _locked(MODELS[sheet], "code", codes)
        return {(record.code,): record for record in found}
    found = _locked(MODELS[sheet], "staff", [context.staff[row.values["staff"]] for row in rows])
    codes = {pk: code for code, pk in context.staff.items()}
    if sheet == "outside":
        return {(codes[r.staff_id], r.completed_on, clean_text(r.certificate_number)): r for r in found}
    requirements = {pk: code for code, pk in context.requirements.items()}
    return {(codes[r.staff_id], requirements[r.requirement_id], r.start_on): r for r in found}


def _locked(model, name, keys):
    keys = sorted(set(keys))
    found = []
    for start in range(0, len(keys), 500):
        part = {f"{name}__in": keys[start : start + 500]}
        found += model.objects.select_for_update().filter(**part).order_by("pk")
    return found
