"""Training as the database holds it, as plain values under the file's own keys."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from people.models import ServiceSpell, Staff
from people.workbook import NumberCode
from people.workbook.cells import by_digits, clean_text

from ..catalogue import counting_of_all
from ..models import Attendance, Course, Exemption, OutsideCredit, Requirement, Session

_PART = 500  # keys in one query


@dataclass
class Stored:
    """What a file is compared with. Of attendance, credits, exemptions and service only what it may touch."""

    courses: dict = field(default_factory=dict)  # (code,): values
    sessions: dict = field(default_factory=dict)  # (code,): values
    attendance: dict = field(default_factory=dict)  # (session code, staff code): values
    outside: dict = field(default_factory=dict)  # (staff code, day, certificate number): values
    exemptions: dict = field(default_factory=dict)  # (staff code, requirement, first day): values
    people: dict = field(default_factory=dict)  # staff code: key of the name
    service: dict = field(default_factory=dict)  # staff code: [(first day, day after the last)]
    requesters: dict = field(default_factory=dict)  # key of an exemption: staff code
    requirements: frozenset = frozenset()


def stored_training():
    """`{sheet code: {key: values}}`: everything, names of people included, as it is exported."""
    return {
        "courses": _courses(),
        "sessions": _sessions(),
        "attendance": _attendance(Attendance.objects.all(), with_names=True),
        "outside": _outside(OutsideCredit.objects.all()),
        "exemptions": _exemptions(Exemption.objects.all())[0],
    }


def stored_for(file) -> Stored:
    """What `file` (FileRows) is compared with; the number of queries grows with every 500 people alone."""
    stored = Stored(
        courses=_courses(),
        sessions=_sessions(),
        people=dict(Staff.objects.values_list("staff_code", "name_key")),
        requirements=frozenset(Requirement.objects.values_list("code", flat=True)),
    )
    sessions = _mentioned(file, "attendance", "session", {code for (code,) in stored.sessions})
    for part in _parts(sessions):
        stored.attendance |= _attendance(Attendance.objects.filter(session__code__in=part))
    for part in _parts(_mentioned(file, "outside", "staff", stored.people)):
        stored.outside |= _outside(OutsideCredit.objects.filter(staff__staff_code__in=part))
    for part in _parts(_mentioned(file, "exemptions", "staff", stored.people)):
        rows, requesters = _exemptions(Exemption.objects.filter(staff__staff_code__in=part))
        stored.exemptions |= rows
        stored.requesters |= requesters
    for part in _parts(_mentioned(file, "attendance", "staff", stored.people)):
        stored.service |= _service(part)
    return stored


def _mentioned(file, sheet, name, codes):
    """The stored codes that the column may mean, sorted."""
    fitting, found = by_digits(codes), set()
    for row in file.rows[sheet]:
        value = row.values.get(name)
        if isinstance(value, NumberCode):
            found |= fitting.get(value.digits, set())
        elif value in codes:
            found.add(value)
    return sorted(found)


def _parts(codes):
    return [codes[start : start + _PART] for start in range(0, len(codes), _PART)]


def _courses():
    counting = counting_of_all()
    return {
        (code,): {
            "name": clean_text(name),
            "topics": sorted(topics),
            "years": counting[pk][1] if pk in counting else [],
            "requirements": counting[pk][0] if pk in counting else [],
        }
        for pk, code, name, topics in Course.objects.values_list("pk", "code", "name", "topics")
    }


def _sessions():
    fields = ("code", "course__code", "held_on", "starts_at", "ends_at", "credit_minutes", "state")
    names = ("course", *fields[2:])
    return {
        (code,): dict(zip(names, values, strict=True))
        for code, *values in Session.objects.values_list(*fields)
    }


def _attendance(rows, *, with_names=False):
    found = {}
    fields = ("session__code", "staff__staff_code", "status", "minutes", "staff__full_name")
    for session, staff, status, minutes, name in rows.values_list(*fields):
        found[session, staff] = {"status": status, "minutes": minutes}
        if with_names:
            found[session, staff]["full_name"] = clean_text(name)
    return found


def _outside(rows):
    fields = (
        "staff__staff_code",
        "completed_on",
        "certificate_number",
        "minutes",
        "issuer",
        "state",
        "requirement__code",
        "submitter__staff_code",
        "verifier__staff_code",
    )
    found = {}
    for staff, day, number, minutes, issuer, state, requirement, submitter, verifier in rows.values_list(
        *fields
    ):
        verified = state == OutsideCredit.State.VERIFIED
        found[staff, day, clean_text(number)] = {
            "minutes": minutes,
            "issuer": clean_text(issuer),
            "verified": verified,
            "requirement": requirement,
            "submitter": submitter or "",
            "verifier": (verifier or "") if verified else "",
        }
    return found


def _exemptions(rows):
    fields = (
        "staff__staff_code",
        "requirement__code",
        "start_on",
        "end_before",
        "decision_number",
        "state",
        "approver__staff_code",
        "requester__staff_code",
    )
    found, requesters = {}, {}
    for *key, end, number, state, approver, requester in rows.values_list(*fields):
        approved = state == Exemption.State.APPROVED
        found[tuple(key)] = {
            "end_before": end,
            "decision_number": clean_text(number),
            "approver": (approver or "") if approved else "",
            "state": state,
        }
        requesters[tuple(key)] = requester or ""
    return found, requesters


def _service(codes):
    found = defaultdict(list)
    spells = ServiceSpell.objects.filter(staff__staff_code__in=codes)
    for code, start, end in spells.values_list("staff__staff_code", "start_on", "end_before"):
        found[code].append((start, end or date.max))
    return dict(found)
