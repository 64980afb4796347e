"""A freeze as an Excel file: its hash and version on the first sheet, then units and people."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.workbook import write_workbook

from ..coverage import Figures
from .records import figures_by_unit
from .words import UNASSIGNED, label_of, state_of


def workbook(snapshot, rows, *, extract: bool) -> bytes:
    """`rows`: those the reader may see; `extract` says that they are not all."""
    units = figures_by_unit(rows)
    title = f"{snapshot.requirement.name} {snapshot.year}"
    return write_workbook(
        [
            (_("Freeze"), [(_("Item"), 34), (_("Value"), 70)], _about(snapshot, units, extract)),
            (_("Units"), _columns((_("Code"), 14), (_("Unit"), 44)), _unit_rows(units)),
            (_("People"), _people_columns(), [_person(row) for row in rows]),
        ],
        title=title,
    )


def _columns(*first):
    counted = [_("Trained"), _("Exempt"), _("Not due"), _("Missing"), _("In scope")]
    return [*first, *[(name, 12) for name in counted], (_("Strict (%)"), 12), (_("Official (%)"), 12)]


def _people_columns():
    return [
        (_("Staff code"), 16),
        (_("Full name"), 34),
        (_("Category"), 12),
        (_("Unit code"), 14),
        (_("Unit"), 44),
        (_("State"), 18),
        (_("Minutes"), 10),
    ]


def _about(snapshot, units, extract):
    total = sum((figures for _code, _name, figures in units), Figures())
    taken = timezone.localtime(snapshot.taken_at)
    lines = [
        (_("Requirement"), snapshot.requirement.name),
        (_("Year"), snapshot.year),
        (_("Freeze"), label_of(snapshot.label)),
        (_("Version"), snapshot.version),
        (_("As of"), snapshot.as_of),
        (_("Taken at"), f"{taken:%H:%M %d/%m/%Y}"),
        (_("Taken by"), snapshot.taken_by_name),
        (_("Reason of the amendment"), snapshot.reason),
        ("SHA-256", snapshot.sha256),
        (_("Trained"), total.trained),
        (_("Exempt"), total.exempt),
        (_("Not due"), total.not_due),
        (_("Missing"), total.missing),
        (_("In scope"), total.population),
        (_("Strict (%)"), total.strict),
        (_("Official (%)"), total.official),
    ]
    if extract:
        lines.append((_("Extract"), _("Only the people of your own units; the hash is that of the whole.")))
    return lines


def _unit_rows(units):
    return [(code, name or str(UNASSIGNED), *_counts(figures)) for code, name, figures in units]


def _counts(figures):
    return (
        figures.trained,
        figures.exempt,
        figures.not_due,
        figures.missing,
        figures.population,
        figures.strict,
        figures.official,
    )


def _person(row):
    return (
        row.staff_code,
        row.full_name,
        row.categories,
        row.unit_code,
        row.unit_name,
        state_of(row.state),
        row.minutes,
    )
