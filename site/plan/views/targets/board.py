"""The board and its Excel file."""

import tempfile
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post
from trust.storage import FileInPieces

from ...access import coordinates, works_with_the_plan
from ...loading import YEARS
from ...targets import board as boards
from ...targets import owners
from ...targets.standing import Standing
from ...targets.workbook import file_name, write_board
from .finding import crumbs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In the order of the bar; each with the class that fills it.
_BAR = (
    (Standing.MET, "f-teal"),
    (Standing.ON_TRACK, "f-mid"),
    (Standing.AT_RISK, "f-miss"),
    (Standing.LATE, "f-red"),
    (Standing.NOTHING, "f-light"),
    (Standing.NO_DATA, "f-sand"),
)


@require_safe
@keep_post
@never_cache
def board(request):
    found = board_asked(request)
    asked = found.asked
    states = [
        (standing.value, standing.label, look, found.counts[standing])
        for standing, look in _BAR
        if found.counts[standing]
    ]
    context = {
        "board": found,
        "asked": asked,
        "groups": [(group, rows, _said(rows)) for group, rows in found.by_group],
        "states": states,
        "bar": list(_segments(states)),
        "years": YEARS,
        "today": timezone.localdate(),
        "query": query_of(asked),
        "may_confirm": coordinates(request.user),
        "seen": {row.line.code: owners.state_of(row.line.parts) for row in found.rows if row.is_proposed},
        "crumbs": crumbs(),
    }
    return render(request, "plan/targets/board.html", context)


@require_safe
@keep_post
@never_cache
def workbook(request):
    """What the filter shows, as Excel."""
    found = board_asked(request)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    try:
        write_board(file, found)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = FileInPieces(file, as_attachment=True, filename=file_name(found), content_type=XLSX)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def query_of(asked):
    """The filter as an address has it."""
    values = {
        "nam": asked.year,
        "nhom": asked.group,
        "don_vi": asked.unit,
        "trang_thai": asked.state,
        "thieu": boards.MINE if asked.lacking else "",
        "xac_nhan": boards.UNCONFIRMED if asked.unconfirmed else "",
    }
    return urlencode({name: value for name, value in values.items() if value})


def board_asked(request):
    """What the filter of the address shows this person; 404 for a filter that names nothing."""
    if not works_with_the_plan(request.user):
        raise PermissionDenied(_("This page is for those who carry out the plan or report on it."))
    try:
        return boards.board(request.user, boards.read_asked(request.GET))
    except boards.Unknown:
        raise Http404 from None


def _said(rows):
    """ "reached 2, on track 5" of one group."""
    counts = [(label, sum(row.line.standing == code for row in rows)) for code, label in Standing.choices]
    return ", ".join(f"{label} {count}" for label, count in counts if count)


def _segments(states):
    """Rectangles of the bar over all targets."""
    x = 0
    for _code, _label, look, count in states:
        yield {"look": look, "x": x, "width": count}
        x += count
