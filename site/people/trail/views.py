"""/nhat-ky/: who did what to which object when, from where. Read only; reading is an event as well."""

from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.access import require_role
from people.roles import Role
from people.workbook.writer import write_text, write_workbook
from trust.audit import record
from trust.audit.reading import page_before
from vietnamese.numbers import format_decimal

from .finding import found, lines
from .forms import TrailSearch

PAGE_SIZE = 50
MOST_IN_A_FILE = 50_000  # more is for the command, which writes as it reads
CHUNK = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
READERS = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)


@require_safe
@never_cache
@require_role(*READERS)
def trail(request):
    form = TrailSearch(request.GET)
    asked = form.cleaned_data if form.is_valid() else None
    result = found(asked) if asked is not None else None
    rows, more = _page(request, result)
    _note_reading(request, asked, len(rows))
    asked_for = {name: value for name, value in request.GET.items() if value and name != "truoc"}
    context = {
        "form": form,
        "lines": lines(rows),
        "people": [(person, _query(asked_for, nguoi=person.username)) for person in _to_pick(result)],
        "asked_for": bool(asked_for),
        "older": _mark(rows[-1]) if more else "",
        "deep": "truoc" in request.GET,
        "query": _query(asked_for),
    }
    return render(request, "people/trail/page.html", context)


@require_safe
@never_cache
@require_role(*READERS)
def export(request, face):
    """What the search finds as a file, oldest first."""
    form = TrailSearch(request.GET)
    result = found(form.cleaned_data) if form.is_valid() else None
    if result is None or result.events is None:
        return _back(request)
    events = list(result.events[: MOST_IN_A_FILE + 1])
    if len(events) > MOST_IN_A_FILE:
        messages.warning(request, too_many())
        return _back(request)
    record("audit.exported", request=request, count=len(events), filters=_used(form.cleaned_data))
    rows = _rows(reversed(events))
    made = write_text(COLUMNS, rows) if face == "csv" else write_workbook([(_sheet(), COLUMNS, rows)])
    name = f"nhat-ky-{timezone.localtime():%Y-%m-%d-%H%M}.{face}"
    response = HttpResponse(made, content_type=FACES[face])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.is_told = True  # above, in words of its own
    return response


def _back(request):
    return redirect(f"{reverse('trail:page')}?{request.GET.urlencode()}")


def too_many():
    return _(
        "More than %(most)s events: too many for one file. Choose fewer days, or ask whoever runs the server "
        "for “manage.py audit_trail export”."
    ) % {"most": format_decimal(MOST_IN_A_FILE)}


COLUMNS = [
    (pgettext_lazy("audit", "Time"), 20),
    (pgettext_lazy("audit", "Name"), 26),
    (pgettext_lazy("audit", "Account"), 18),
    (pgettext_lazy("audit", "What happened"), 36),
    (pgettext_lazy("audit", "Step"), 24),
    (pgettext_lazy("audit", "Outcome"), 16),
    (pgettext_lazy("audit", "Kind"), 14),
    (pgettext_lazy("audit", "Object"), 24),
    (pgettext_lazy("audit", "Code"), 20),
    (pgettext_lazy("audit", "Network address"), 18),
    (pgettext_lazy("audit", "Place"), 40),
    (pgettext_lazy("audit", "Details"), 40),
    (pgettext_lazy("audit", "Number of the request"), 34),
    (pgettext_lazy("audit", "Number of the event"), 12),
]


def _sheet():
    return pgettext("audit", "Audit trail")


def _rows(events):
    events = iter(events)
    while chunk := list(islice(events, CHUNK)):
        for line in lines(chunk):
            event = line["event"]
            yield [
                f"{timezone.localtime(event.at):%d/%m/%Y %H:%M:%S}",
                line["who"],
                event.account,
                line["what"],
                line["step"],
                str(line["outcome"]),
                str(line["kind"]),
                line["object"],
                line["code"],
                event.address,
                event.place,
                line["facts"],
                event.request_id,
                event.pk,
            ]


def _page(request, result):
    if result is None or result.events is None:
        return [], False
    at, pk = _from_mark(request.GET.get("truoc", ""))
    return page_before(result.events, at, pk, PAGE_SIZE)


def _mark(event):
    """Where the next page begins: time and number of the last event of this one."""
    return f"{event.at.isoformat()}_{event.pk}"


def _from_mark(text):
    """A mark that is none begins with the newest."""
    moment, _bar, pk = text.rpartition("_")
    try:
        at, number = datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None, None
    return (at, number) if at.tzinfo and 0 < number < 2**63 else (None, None)


def _query(asked_for, **other):
    return urlencode(asked_for | other)


def _to_pick(result):
    return result.people if result else ()


def _used(asked):
    return sorted(name for name, value in (asked or {}).items() if value)


def _note_reading(request, asked, count):
    record("audit.read", request=request, count=count, filters=_used(asked))
