"""The results of one initiative, and the evidence behind a measurement."""

from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from obligations.days_off import announced_days
from people.kept_post import keep_post
from trust.storage import serve_private

from ...benefits import deciding, terms
from ...benefits.access import Rights, ledgers_visible_to
from ...models import ClaimState, Initiative, MeasurementFile


def find(request, code):
    """(the dossier with its results, what this person may do); 404 where they may not read them."""
    visible = ledgers_visible_to(request.user).filter(code=code).values("pk")
    rows = Initiative.objects.for_workflow().filter(pk__in=visible)
    found = rows.prefetch_related("decisions", "indicators__measurements__files", "adoptions__unit").first()
    if found is None:
        raise Http404
    return found, Rights(found, request.user, timezone.now())


@dataclass
class Cell:
    """A claim as one person sees it, with the acts open to them."""

    claim: object
    kind: str
    may_verify: bool = False
    may_return: bool = False
    may_edit: bool = False
    files: list = field(default_factory=list)


@require_safe
@keep_post
@never_cache
def ledger(request, code):
    initiative, rights = find(request, code)
    may_write = rights.write_refusal() is None
    since = terms.recognised_on(initiative)
    announced = announced_days()
    due = {months: terms.due_on(since, months, announced) for months in terms.MONTHS} if since else {}
    context = {
        "initiative": initiative,
        "is_public": initiative.state == "recognised",
        "figures": [_figure(one, rights, may_write, due) for one in initiative.indicators.all()],
        "uses": [_use(one, rights) for one in initiative.adoptions.all()],
        "due": due,
        "today": timezone.localdate(),
        "may_write": may_write,
        "may_adopt": rights.adoption_refusal() is None,
        "reads_evidence": rights.reads_evidence,
        "may_read_dossier": Initiative.objects.visible_to(request.user).filter(pk=initiative.pk).exists(),
        "crumbs": crumbs(initiative),
    }
    return render(request, "ideas/benefits/ledger.html", context)


def _figure(indicator, rights, may_write, due):
    """A figure, and each of its three terms with the measurement there is."""
    by_months = {one.months: one for one in indicator.measurements.all()}
    for one in by_months.values():
        one.indicator = indicator
    return {
        "cell": _cell(indicator, "chi-so", rights, may_write),
        "terms": [
            {
                "months": months,
                "due": due.get(months),
                "cell": _cell(by_months[months], "lan-do", rights, may_write)
                if months in by_months
                else None,
                "may_measure": may_write and indicator.is_verified and months not in by_months,
            }
            for months in terms.MONTHS
        ],
    }


def _cell(claim, kind, rights, may_edit):
    files = []
    if kind == "lan-do" and rights.reads_evidence:
        files = [one for one in claim.files.all() if one.removed_at is None]
    return Cell(
        claim,
        kind,
        may_verify=deciding.refusal(claim, rights, ClaimState.VERIFIED) is None,
        may_return=deciding.refusal(claim, rights, ClaimState.RETURNED) is None,
        may_edit=may_edit and not claim.is_verified,
        files=files,
    )


def _use(adoption, rights):
    may_end = adoption.end_before is None and rights.adoption_refusal(adoption.unit_id) is None
    return {"cell": _cell(adoption, "ap-dung", rights, False), "may_end": may_end}


@require_safe
@keep_post
def evidence(request, code, pk):
    """One file, for whoever works with the figures or may open the dossier."""
    initiative, rights = find(request, code)
    files = MeasurementFile.objects.filter(measurement__indicator__initiative=initiative, removed_at=None)
    found = get_object_or_404(files, pk=pk)
    if not rights.reads_evidence:
        raise Http404
    return serve_private(found.file, found.name, found.content_type, inline=True)


def crumbs(initiative, *here):
    way = [(_("Initiatives"), "/sang-kien/"), (initiative.code, f"/sang-kien/{initiative.code}/")]
    if not here:
        return [*way, (_("Results of use"), "")]
    return [*way, (_("Results of use"), f"{initiative.get_absolute_url()}ket-qua-ap-dung/"), (here[0], "")]
