"""The list of who is missing as a workbook."""

from django.utils.translation import gettext as _

from people.workbook.writer import write_workbook

from .missing import MissingList


def missing_workbook(asked, found: MissingList) -> bytes:
    columns = [
        (_("Staff code"), 14),
        (_("Full name"), 28),
        (_("Unit"), 34),
        (_("Minutes"), 10),
        (_("Minutes missing"), 12),
        (_("Has a seat in"), 28),
        (_("Can go to"), 28),
        (_("Waits for a confirmation"), 16),
    ]
    rows = [
        [
            one.person.staff_code,
            one.person.full_name,
            one.unit_name,
            one.person.minutes,
            one.lacks,
            ", ".join(_session(seat.session) for seat in one.seats),
            _session(one.helps) if one.helps else "",
            _("Yes") if one.waits else _("No"),
        ]
        for one in found.people
    ]
    title = _("Missing on %(day)s") % {"day": f"{asked.day:%d/%m/%Y}"}
    return write_workbook([(_("Missing people"), columns, rows)], title)


def _session(session):
    return f"{session.code} ({session.held_on:%d/%m/%Y})"
