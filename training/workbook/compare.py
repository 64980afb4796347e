"""What an import would do: pure comparison of a file's rows with what is stored, no database.

Courses first, then their sessions, then attendance: what refers to a wrong row is wrong too. The order of
rows plays no part.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from people.workbook import UNKNOWN, FileRows, Plan
from people.workbook.cells import by_digits
from people.workbook.checks import (
    check_days,
    check_filled,
    check_repeated,
    codes_after,
    good,
    resolve,
    resolve_own_codes,
    verdict,
)
from vietnamese.text import name_key

from . import rules, warnings
from .sheets import ATTENDANCE, EXEMPTIONS, OF_PEOPLE, OUTSIDE, SESSIONS, SHEETS
from .stored import Stored

_OFFICIALS = {OUTSIDE: ("submitter", "verifier"), EXEMPTIONS: ("approver",)}


@dataclass(frozen=True)
class Importer:
    """Who brings the file in: what the file says “Có” to without a name is verified by them."""

    code: str = ""  # staff code; "" for an account of nobody on the roster, and for the command
    name: str = ""
    user_id: int | None = None


def compare(file: FileRows, stored: Stored, importer: Importer, today: date) -> Plan:
    """Sets each row's verdict, `before` and `after`."""
    plan = Plan(warnings=list(file.warnings))
    _resolve_codes(file, stored, plan)
    for spec in SHEETS:
        for row in file.rows[spec.code]:
            rules.prepare(row)
            check_filled(row)
            check_days(row)
    _check_people(file, stored)
    _compare_courses(file.rows["courses"], stored, plan)
    _compare_sessions(file, stored, plan)
    _compare_attendance(file, stored, plan)
    for row in good(file.rows["outside"]):
        rules.complete_outside(row, stored, importer, plan)
    check_repeated(file.rows["outside"], plan)
    for row in good(file.rows["exemptions"]):
        rules.complete_exemption(row, stored, importer)
    check_repeated(file.rows["exemptions"], plan)
    plan.rows = [row for spec in SHEETS for row in file.rows[spec.code]]
    for row in plan.rows:
        row.verdict = verdict(row)
    plan.gather(file.errors)
    warnings.tell(file, stored, plan, today)
    return plan


# ---- codes


def _resolve_codes(file, stored, plan):
    """Numbers become codes: courses and sessions may be new in this file, people never are."""
    courses = {code for (code,) in stored.courses}
    resolve_own_codes(file.rows["courses"], courses, plan)
    sessions = {code for (code,) in stored.sessions}
    resolve_own_codes(file.rows["sessions"], sessions, plan)
    _resolve_column(file, SESSIONS, "course", by_digits(codes_after(file.rows["courses"], courses)))
    _resolve_column(file, ATTENDANCE, "session", by_digits(codes_after(file.rows["sessions"], sessions)))
    people = by_digits(stored.people)
    for spec in OF_PEOPLE:
        for name in ("staff", *_OFFICIALS.get(spec, ())):
            _resolve_column(file, spec, name, people)


def _resolve_column(file, spec, name, known):
    for row in file.rows[spec.code]:
        resolve(row, name, known)


def _check_people(file, stored):
    """A code decides: unknown is an error. Without a code a person chooses; names only give candidates."""
    namesakes = None
    for spec in OF_PEOPLE:
        for row in file.rows[spec.code]:
            code = row.values.get("staff")
            if code and not row.candidates and code not in stored.people:
                row.fail("staff", _("Nobody on the roster has this code."), UNKNOWN)
            for name in _OFFICIALS.get(spec, ()):
                if (official := row.values.get(name)) and official not in stored.people:
                    row.fail(name, _("Nobody on the roster has this code."), UNKNOWN)
            if row.values.get("full_name") and not row.candidates and code not in stored.people:
                namesakes = namesakes or _by_name(stored.people)
                row.candidates = tuple(namesakes.get(name_key(row.values["full_name"]), ()))


def _by_name(people):
    found = {}
    for code in sorted(people):
        found.setdefault(people[code], []).append(code)
    return found


# ---- sheets that build on each other


def _compare_courses(rows, stored, plan):
    for row in good(rows):
        rules.complete_course(row, stored)
    check_repeated(rows, plan)


def _compare_sessions(file, stored, plan):
    rows = file.rows["sessions"]
    courses = codes_after(file.rows["courses"], {code for (code,) in stored.courses})
    for row in good(rows):
        rules.complete_session(row, stored, courses)
    check_repeated(rows, plan)


def _compare_attendance(file, stored, plan):
    rows = file.rows["attendance"]
    sessions = sessions_after(file, stored)
    for row in good(rows):
        rules.complete_attendance(row, stored, sessions, plan)
    check_repeated(rows, plan)


def sessions_after(file, stored):
    """`{code: values}` of the sessions as they would be."""
    after = {code: values for (code,), values in stored.sessions.items()}
    after |= {row.key[0]: row.after for row in good(file.rows["sessions"])}
    return after
