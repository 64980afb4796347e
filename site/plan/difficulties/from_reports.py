"""Difficulties that stand in accepted reports: the coordinator takes each into the register by one press,
never twice, whatever version of the report it stands in."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from trust.letterbox import key_of_words
from vietnamese.text import fold

from ..models import Difficulty, Origin, ReportPeriod, ReportState, ReportVersion, UnitReport
from . import access
from .raising import take_in
from .refusing import Refused


@dataclass(frozen=True)
class Listed:
    """A difficulty as a report lists it; `number` of the register once it was taken over."""

    key: str
    text: str
    proposal: str
    number: str = ""


@dataclass(frozen=True)
class OfReport:
    report: UnitReport
    version: ReportVersion
    difficulties: tuple


def listed_in(payload):
    """[(text, proposal)] of what a frozen payload lists; what is no list of texts lists nothing."""
    rows = payload.get("difficulties") if isinstance(payload, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and str(row.get("text") or "").strip():
            found.append((str(row["text"]).strip(), str(row.get("proposal") or "").strip()))
    return found


def key_of(report_pk, text, proposal):
    return f"{report_pk}:{key_of_words(fold(text), fold(proposal))}"


def periods():
    """Those with accepted reports, the latest first."""
    accepted = UnitReport.objects.filter(state=ReportState.ACCEPTED)
    return ReportPeriod.objects.filter(pk__in=accepted.values("period")).order_by("-last_day", "-code")


def latest_versions(period):
    """The version that counts of each accepted report of the period that lists a difficulty."""
    latest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    return (
        ReportVersion.objects.filter(
            report__period=period, report__state=ReportState.ACCEPTED, pk=Subquery(latest)
        )
        .exclude(payload__difficulties=[])
        .select_related("report")
        .order_by("report__unit__order", "report__unit_code")
    )


def shown(versions):
    """What these list, with what was taken over already; one query for any number."""
    rows = [
        (version, [(key_of(version.report_id, *pair), *pair) for pair in listed_in(version.payload)])
        for version in versions
    ]
    keys = [key for _version, listed in rows for key, _text, _proposal in listed]
    taken = dict(Difficulty.objects.filter(report_key__in=keys).values_list("report_key", "number"))
    return [
        OfReport(
            version.report,
            version,
            tuple(Listed(key, text, proposal, taken.get(key, "")) for key, text, proposal in listed),
        )
        for version, listed in rows
    ]


def take(user, report_pk, key, *, now=None):
    """(difficulty, whether it is new). Raises Refused where the accepted report does not list it."""
    now = now or timezone.now()
    if not access.handles(user):
        raise Refused("only_coordinator")
    with transaction.atomic():
        report = UnitReport.objects.select_for_update(of=("self",)).filter(pk=report_pk).first()
        if report is None or report.state != ReportState.ACCEPTED:
            raise Refused("not_in_an_accepted_report")
        if earlier := Difficulty.objects.filter(report_key=key).first():
            return earlier, False
        version = report.versions.order_by("-number").first()
        pairs = listed_in(version.payload) if version else ()
        found = next((pair for pair in pairs if key_of(report.pk, *pair) == key), None)
        if found is None:
            raise Refused("not_in_an_accepted_report")
        text, proposal = found
        return (
            take_in(
                now,
                user=user,
                change="taken_over",
                note=f"{report.unit_code} {report.period.code}",
                origin=Origin.REPORT,
                from_unit=report.unit,
                from_unit_name=report.unit_name,
                raised_by=version.by,
                raised_by_name=version.by_name,
                report_version=version,
                report_key=key,
                text=text,
                proposal=proposal,
            ),
            True,
        )
