"""The officer's register of processing and what the daily run of retention takes away."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.access import require_role
from people.roles import Role
from trust.processing import activities

from .. import keeping, workbooks
from ..words import column_words
from .officer import as_file
from .public import way_to

OFFICER = Role.DATA_PROTECTION_OFFICER


@require_safe
@require_role(OFFICER)
@never_cache
def processing(request):
    """Each activity with the tables and columns it covers."""
    tables = workbooks.tables_by_activity(column_words)
    context = {
        "activities": [(one, tables.get(one.code, [])) for one in activities()],
        "crumbs": way_to((_("Register of processing"), "")),
    }
    return render(request, "rights/officer/processing.html", context)


@require_safe
@require_role(OFFICER)
@never_cache
def processing_export(request):
    name = f"so-dang-ky-hoat-dong-xu-ly-{timezone.localdate():%Y-%m-%d}.xlsx"
    return as_file(workbooks.processing(column_words), name)


@require_safe
@require_role(OFFICER)
@never_cache
def retention(request):
    context = {"rows": list(keeping.standing()), "crumbs": way_to((_("How long data is kept"), ""))}
    return render(request, "rights/officer/retention.html", context)
