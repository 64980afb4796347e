"""A freeze on paper: the layout of NĐ 30/2020, the hash at the foot of every page."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from papers.render import document_pdf
from people.models import Category
from vietnamese.dates import long_date, short_date
from vietnamese.numbers import format_decimal

from ..coverage import Figures, State
from .records import figures_by_unit, kept_values
from .words import UNASSIGNED, label_of

TEMPLATE = "coverage_freeze.typ"


def pdf(snapshot, rows, *, extract: bool) -> bytes:
    """`rows`: those the reader may see; `extract` says that they are not all. Always Vietnamese: it is a
    paper of the office. The same freeze gives the same bytes. Outside any transaction."""
    with translation.override("vi"):
        return document_pdf(TEMPLATE, _data(snapshot, rows, extract), timezone.localdate(snapshot.taken_at))


def _data(snapshot, rows, extract):
    units = figures_by_unit(rows)
    total = sum((figures for _code, _name, figures in units), Figures())
    kept = kept_values(snapshot)
    taken = timezone.localtime(snapshot.taken_at)
    return {
        "body_lines": list(settings.PAPERS_BODY_LINES),
        "place": settings.PAPERS_PLACE,
        "issued_on": long_date(taken.date()),
        "issued_iso": taken.date().isoformat(),
        "requirement": snapshot.requirement.name,
        "year": str(snapshot.year),
        "label": label_of(snapshot.label),
        "version": str(snapshot.version),
        "as_of": short_date(snapshot.as_of),
        "taken_at": f"{taken:%H:%M} {short_date(taken.date())}",
        "taken_by": snapshot.taken_by_name,
        "reason": snapshot.reason,
        "legal_basis": kept["policy"]["legal_basis"],
        "rule": _rule(kept["policy"]),
        "is_sample": kept["is_sample"],
        "extract": extract,
        "units": [_line(name or str(UNASSIGNED), figures) for _code, name, figures in units],
        "total": _line("", total),
        "missing": [
            [row.staff_code, row.full_name, row.unit_name or str(UNASSIGNED), str(row.minutes)]
            for row in rows
            if row.state == State.MISSING
        ],
        # In halves: whatever is longer gets places to break, which would be copied along with it.
        "sha256": [snapshot.sha256[:32], snapshot.sha256[32:]],
    }


def _rule(policy):
    return _(
        "Scope: %(categories)s; at least %(minutes)s minutes; at least %(days)s days available in the year."
    ) % {
        "categories": ", ".join(str(Category(code).label) for code in policy["categories"]),
        "minutes": policy["min_minutes"],
        "days": policy["min_available_days"],
    }


def _line(name, figures):
    counted = (figures.trained, figures.exempt, figures.not_due, figures.missing, figures.population)
    return [name, *map(str, counted), _percent(figures.strict), _percent(figures.official)]


def _percent(value):
    return "–" if value is None else format_decimal(value, 1)
