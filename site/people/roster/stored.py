"""The roster as the database holds it, as plain values under the file's own keys. Five queries."""

from ..models import Leave, ServiceSpell, Staff, Unit, UnitAssignment
from ..workbook.cells import clean_text


def stored_roster():
    """`{sheet code: {key: {column: value}}}`, keys as in training.md §7."""
    return {
        "units": {
            (code,): {"name": clean_text(name), "parent": parent or "", "kind": clean_text(kind)}
            for code, name, parent, kind in Unit.objects.values_list("code", "name", "parent__code", "kind")
        },
        "staff": {
            (code,): {"full_name": clean_text(name), "birth_date": born, "email": email}
            for code, name, born, email in Staff.objects.values_list(
                "staff_code", "full_name", "birth_date", "email"
            )
        },
        "spells": {
            (code, category, start): {"end_before": end}
            for code, category, start, end in ServiceSpell.objects.values_list(
                "staff__staff_code", "category", "start_on", "end_before"
            )
        },
        "assignments": {
            (code, unit, start): {
                "position": clean_text(position or ""),
                "end_before": end,
                "is_primary": primary,
            }
            for code, unit, position, start, end, primary in UnitAssignment.objects.values_list(
                "staff__staff_code", "unit__code", "position__name", "start_on", "end_before", "is_primary"
            )
        },
        "leaves": {
            (code, start): {
                "kind": clean_text(kind),
                "end_before": end,
                "decision_number": clean_text(number),
                "is_approved": approved,
            }
            for code, start, kind, end, number, approved in Leave.objects.values_list(
                "staff__staff_code", "start_on", "kind", "end_before", "decision_number", "is_approved"
            )
        },
    }
