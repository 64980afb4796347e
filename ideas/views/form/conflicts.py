"""Two people edited the same field: both versions side by side, one choice each, none made beforehand."""

from django.shortcuts import render
from django.utils import timezone

from editing.choosing import choice_context, empty_or, row
from ideas.completeness import STEPS
from ideas.models import Field
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal


def conflict_page(request, initiative, step, form, conflict, unchosen):
    """The step's own POST again, with a choice for each field that two people changed."""
    rows = [_row(request, form, clash) for clash in conflict.clashes]
    context = choice_context(request.POST, rows, unchosen) | {
        "initiative": initiative,
        "number": step,
        "title": STEPS[step],
        "by": conflict.by.display_name if conflict.by else "",
        "at": conflict.at,
        "now": timezone.now(),
    }
    return render(request, "ideas/form/conflict.html", context, status=409)


def _row(request, form, clash):
    field = form[form.form_name(clash.name)]
    return row(request.POST, clash, field.label, lambda value: _shown(field, value))


def _shown(field, value):
    if value in (None, ""):
        return empty_or(value)
    if field.name == "field":
        return Field.objects.get(pk=value).name
    if choices := dict(getattr(field.field, "choices", ())):
        return str(choices.get({True: "yes", False: "no"}.get(value, value), value))
    if hasattr(value, "isoformat"):
        return short_date(value)
    if not isinstance(value, str):
        return format_decimal(value)
    return value
