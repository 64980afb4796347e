"""A report as it stands; a version as it was sent; both as Word and PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import ReportVersion, UnitReport
from ...models.report import FILED
from ...reports import board as boards
from ...reports import paper, payload, workflow
from ...reports.access import for_who_sees_it, visible_to, writes
from ...reports.completeness import missing
from ...reports.differences import differences
from ...reports.history import lines
from ...reports.reasons import why_not
from ...reports.roll import roll_of
from ...reports.sheet import Sheet
from ...reports.showing import shown
from .deciding import STEPS
from .listing import crumbs


def title_of(report):
    return f"{report.period.title}: {report.name_now}"


@for_who_sees_it
def report(request, report):
    """Where it stands, what can be done by whom, every version and everything that happened."""
    now = timezone.now()
    versions = list(report.versions.defer("payload").order_by("-number"))
    may_write = writes(request.user, report)
    lacks = missing(Sheet.of(report, report.tree)) if report.is_open else []
    submit = workflow.may(report, "submit", request.user, now=now, lacks=lacks)
    steps = [
        {"step": STEPS[name], "why": "" if answer.allowed else why_not(answer)}
        for name, answer in workflow.options(report, request.user, now).items()
        if answer.allowed
    ]
    context = {
        "report": report,
        "row": boards.row_of(report, timezone.localdate(now)),
        "versions": versions,
        "may_write": may_write and report.is_open,
        "submit": submit,
        "why_not_submit": "" if submit.allowed else why_not(submit),
        "lacks": len(lacks),
        "steps": steps,
        "lines": lines(report),
        "title": title_of(report),
        "crumbs": crumbs((title_of(report), "")),
    }
    return render(request, "plan/reports/report.html", context)


# ---- what was sent


def _version(report, number):
    return get_object_or_404(ReportVersion, report=report, number=number)


@for_who_sees_it
def version(request, report, number):
    """Drawn from the frozen values alone. `?so-voi=lan-truoc` or `ky-truoc` shows what differs."""
    one = _version(report, number)
    compared, changes = request.GET.get("so-voi", ""), None
    earlier = {
        "lan-truoc": ReportVersion.objects.filter(report=report, number=number - 1).first(),
        "ky-truoc": _of_the_period_before(request.user, report),
    }
    if earlier.get(compared):
        changes = differences(earlier[compared].payload, one.payload)
    elif compared:
        raise Http404
    context = {
        "report": report,
        "version": one,
        "payload": one.payload,
        "shown": shown(one.payload),
        "is_intact": payload.digest(one.payload) == one.sha256,
        "compared": compared,
        "earlier": earlier[compared] if compared else None,
        "changes": changes,
        "has_earlier": {"again": earlier["lan-truoc"], "period": earlier["ky-truoc"]},
        "title": _("%(title)s, sent version %(number)s")
        % {"title": f"{one.payload['period']['title']}: {one.payload['unit']['name']}", "number": number},
        "crumbs": crumbs(
            (title_of(report), report.get_absolute_url()), (_("Version %(number)s") % {"number": number}, "")
        ),
    }
    return render(request, "plan/reports/version.html", context)


def _of_the_period_before(user, report):
    """The last version the same unit sent for an earlier period."""
    before = (
        visible_to(user)
        .filter(unit=report.unit_id, state__in=FILED, period__last_day__lt=report.period.last_day)
        .order_by("-period__last_day", "-pk")
    )
    found = before.first()
    return found.versions.order_by("-number").first() if found else None


# ---- files


@for_who_sees_it
def version_paper(request, report, number, face):
    one = _version(report, number)
    return _file(one.payload, face, version=one, is_sample=_is_sample(report))


@for_who_sees_it
def draft_paper(request, report, face):
    """What is written so far; only for who writes it, and only while the unit has it in hand."""
    if not (report.is_open and writes(request.user, report)):
        raise Http404
    written = draft_payload(Sheet.of(report, report.tree), request.user)
    return _file(written, face, is_sample=_is_sample(report))


def draft_payload(sheet, user):
    """The report as it would be frozen now."""
    now = timezone.now()
    roll = roll_of(sheet.units, timezone.localdate(now))
    late = workflow.is_late(sheet.report, now)
    return payload.build(sheet, by=user.display_name, at=now, is_late=late, roll=roll)


def _is_sample(report):
    """Whether a sample account wrote it."""
    return UnitReport.objects.filter(pk=report.pk, edited_by__is_sample=True).exists()


def _file(values, face, *, version=None, is_sample=False):
    try:
        drawn = paper.drawn(values, face, version=version, is_sample=is_sample)
    except KeyError:
        raise Http404 from None
    response = HttpResponse(drawn.content, content_type=drawn.content_type)
    name = paper.file_name(values, face, version)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
