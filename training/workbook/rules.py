"""What a row of each sheet amounts to, and what is wrong with it (training.md §7). No database.

`complete_…` sets `before` and `after` of a row that could be read. Rules that stored records might already
break apply only to rows that change something: an export always comes back.
"""

from django.utils.translation import gettext as _

from people.workbook import UNKNOWN
from people.workbook.checks import merge

from ..attendance import credited
from ..models import COUNTED, Exemption
from ..models.sessions import minutes_between
from ..reference_data import DIGITAL_SKILLS
from .sheets import EMPTY, EXEMPTIONS, OUTSIDE


def prepare(row):
    """Before anything is asked of a row: what its absent or empty columns stand for."""
    if row.spec is OUTSIDE:
        row.values.setdefault("certificate_number", "")
        if "requirement" in row.values:
            _one_requirement(row)
    elif row.spec is EXEMPTIONS:
        row.values.setdefault("requirement", [])
        _one_requirement(row)


def _one_requirement(row):
    codes = row.values["requirement"]
    if len(codes) > 1:
        row.fail("requirement", _("One requirement a row: write a row for each."))
    row.values["requirement"] = codes[0] if codes else DIGITAL_SKILLS


def _check_requirements(row, name, codes, stored):
    unknown = sorted(set(codes) - stored.requirements)
    if unknown:
        reason = _("There is no requirement %(codes)s. Known are: %(known)s.") % {
            "codes": ", ".join(f"“{code}”" for code in unknown),
            "known": ", ".join(sorted(stored.requirements)),
        }
        row.fail(name, reason, UNKNOWN)


def complete_course(row, stored):
    """Without years it counts for nothing, whatever requirement is named; without one, for digital skills."""
    merge(row, stored.courses.get(row.key), EMPTY)
    _check_requirements(row, "requirements", row.after["requirements"], stored)
    if not row.after["years"]:
        row.after["requirements"] = []
    elif not row.after["requirements"]:
        row.after["requirements"] = [DIGITAL_SKILLS]


def complete_session(row, stored, courses):
    merge(row, stored.sessions.get(row.key), EMPTY)
    if not row.good:
        return
    if row.after["course"] not in courses:
        reason = _("There is no such course, neither in the portal nor among the correct rows of “Khóa học”.")
        row.fail("course", reason, UNKNOWN)
    length = minutes_between(row.after["starts_at"], row.after["ends_at"])
    if length <= 0:
        row.fail("ends_at", _("The session must end after it begins, on the same day."))
        return
    if row.after["credit_minutes"] is None:
        row.after["credit_minutes"] = length
    if row.before == row.after:
        return
    if row.after["credit_minutes"] == 0:
        row.fail("credit_minutes", _("A session counts at least one minute."))
    elif row.after["credit_minutes"] > length:
        reason = _("From begin to end the session has only %(minutes)s minutes.") % {"minutes": length}
        row.fail("credit_minutes", reason)


def complete_attendance(row, stored, sessions, plan):
    """`sessions`: {code: values} as they would be. Empty minutes are the session's, or none."""
    session = sessions.get(row.values["session"])
    if session is None:
        reason = _(
            "There is no such session, neither in the portal nor among the correct rows of “Buổi học”."
        )
        row.fail("session", reason, UNKNOWN)
        return
    before = stored.attendance.get(row.key)
    if "minutes" not in row.values and before and before["status"] == row.values.get("status"):
        row.values["minutes"] = before["minutes"]  # an absent column changes nothing
    merge(row, before, EMPTY)
    if not row.good:
        return
    given, credit = row.values.get("minutes"), session["credit_minutes"]
    if given and row.after["status"] not in COUNTED:
        plan.warnings.append(row.issue("minutes", _("Not there: the minutes are not counted.")))
    elif given is not None and given > credit:
        row.fail("minutes", _("The session has only %(minutes)s minutes.") % {"minutes": credit})
    row.after["minutes"] = credited(row.after["status"], given, credit)


def complete_outside(row, stored, importer, plan):
    """Có without Người xác minh: verified by whoever imports. Nobody verifies what they handed in."""
    before = stored.outside.get(row.key)
    merge(row, before, EMPTY)
    after = row.after
    after["requirement"] = after["requirement"] or DIGITAL_SKILLS
    _check_requirements(row, "requirement", [after["requirement"]], stored)
    if after["minutes"] == 0:
        row.fail("minutes", _("Write a whole number of minutes, for example 180."))
    if not after["verified"]:
        if row.values.get("verifier"):
            plan.warnings.append(row.issue("verifier", _("Not verified: the name is not kept.")))
        after["verifier"] = ""
    elif not row.values.get("verifier"):
        is_verified = before and before["verified"]
        after["verifier"] = before["verifier"] if is_verified else importer.code
    if before == after or not after["verified"] or not after["verifier"]:
        return
    if after["verifier"] == (after["submitter"] or row.values["staff"]):
        reason = (
            _("Whoever handed the credit in does not verify it. Write another official's code.")
            if row.values.get("verifier")
            else _("Whoever brings the file in would verify their own credit. Write another official's code.")
        )
        row.fail("verifier", reason)


def complete_exemption(row, stored, importer):
    """Without Người duyệt a new row is a request, and a stored one stays what it is."""
    before = stored.exemptions.get(row.key)
    merge(row, before, EMPTY)
    after, approver = row.after, row.values.get("approver")
    _check_requirements(row, "requirement", [row.values["requirement"]], stored)
    if approver:
        after["state"] = Exemption.State.APPROVED.value
    else:
        after["state"] = before["state"] if before else Exemption.State.REQUESTED.value
        after["approver"] = before["approver"] if before else ""
    if not approver or before == after:
        return
    if approver == row.values["staff"]:
        row.fail("approver", _("Nobody approves their own exemption."))
    elif approver == (stored.requesters.get(row.key, "") if before else importer.code):
        row.fail("approver", _("Whoever asks for an exemption does not approve it."))
