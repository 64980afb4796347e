"""What is accepted but a person should know (training.md §7). No database."""

from django.utils.translation import gettext as _

from people.workbook.checks import good
from vietnamese.text import name_key

from ..models import SessionState


def tell(file, stored, plan, today):
    for row in _once(file.rows["sessions"]):
        if row.after["held_on"] > today:
            plan.warnings.append(row.issue("held_on", _("The session is in the future.")))
    sessions = {code: values for (code,), values in stored.sessions.items()}
    sessions |= {row.key[0]: row.after for row in good(file.rows["sessions"])}
    for row in _once(file.rows["attendance"]):
        _of_attendance(row, sessions[row.values["session"]], stored, plan)


def _once(rows):
    return [row for row in good(rows) if not row.is_repeat]


def _of_attendance(row, session, stored, plan):
    name, staff = row.values.get("full_name"), row.values["staff"]
    if name and name_key(name)[:120] != stored.people[staff]:
        reason = _("The roster has another name under this code. The code decides.")
        plan.warnings.append(row.issue("full_name", reason))
    served = stored.service.get(staff, ())
    if not any(start <= session["held_on"] < end for start, end in served):
        plan.warnings.append(
            row.issue("staff", _("The person was not in service on the day of the session."))
        )
    if session["state"] == SessionState.CANCELLED:
        plan.warnings.append(row.issue("session", _("The session is cancelled: nothing is credited.")))
    elif session["state"] != SessionState.CONFIRMED:
        reason = _("The session is not confirmed: nothing is credited before it is.")
        plan.warnings.append(row.issue("session", reason))
