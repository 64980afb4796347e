"""The periods; one period's report with its sections and who filed; what changed since the last period."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...consolidation import issuing, showing, writing
from ...consolidation.access import ACT, for_readers, for_writers, may_write
from ...consolidation.drafting import draft
from ...consolidation.material import material_of, moved_since
from ...consolidation.refusing import Refused
from ...consolidation.signing import signing_of
from .found import address, begun, crumbs, page_of, period_and_report


@for_readers()
def periods(request):
    context = {"periods": showing.periods(), "crumbs": crumbs()}
    return render(request, "plan/consolidation/periods.html", context)


@for_readers()
def report(request, code):
    """The draft as it stands, or what was issued; without one, what it would be drawn from."""
    period, found = period_and_report(code)
    material = material_of(period)
    is_open = found is not None and not found.is_issued
    sections = showing.sections(found, draft(material) if is_open else None) if found else []
    writes = may_write(request.user)
    context = {
        "period": period,
        "report": found,
        "paper": issuing.paper_of(found) if found and found.is_issued else None,
        "signing": signing_of(found) if is_open else None,
        "sections": sections,
        "news": [shown for shown in sections if shown.has_news],
        "untouched": any(shown.has_news and not shown.section.is_edited for shown in sections),
        "filed": showing.filed(material),
        "accepted": sum(filing.counts for filing in material.filings),
        "owed": sum(filing.owes for filing in material.filings),
        "moved": moved_since(found) if found is not None and found.is_issued else [],
        "previous": material.previous,
        "may_write": writes and is_open,
        "paper_first": found is not None and not (writes and is_open),  # who only reads wants the paper
        "may_begin": writes and found is None,
        "may_enter": writes and found is not None,
        "changes": list(found.changes.all()) if found else [],
        "crumbs": crumbs(period),
    }
    return render(request, "plan/consolidation/report.html", context)


@for_writers(methods=ACT, page=page_of)
def begin(request, code):
    period, _report = period_and_report(code)
    try:
        writing.begin(request.user, period)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The draft is drawn. Read each section and go on writing."))
    return redirect(address(period))


@for_writers(methods=ACT, page=page_of)
def renew(request, code):
    found = begun(code)
    try:
        renewed, left = writing.renew(request.user, found)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        _say(request, renewed, left)
    return redirect(address(found.period))


def _say(request, renewed, left):
    names = {code: str(label) for code, label in showing.LABELS.items()}
    if renewed:
        count = len(renewed)
        text = ngettext("%(count)s section drawn anew.", "%(count)s sections drawn anew.", count)
        messages.success(request, text % {"count": count})
    if left:
        told = _("Left as you wrote it: %(names)s. Look at the difference there.")
        messages.info(request, told % {"names": "; ".join(names[code] for code in left)})
    if not renewed and not left:
        messages.info(request, _("Nothing was different from before."))


@for_readers()
def differences(request, code):
    period, _report = period_and_report(code)
    material = material_of(period, with_tasks=False)
    context = {
        "period": period,
        "previous": material.previous,
        "has_before": bool(material.before),
        "groups": showing.compared(material),
        "crumbs": crumbs(period, _("Compared with the last period")),
    }
    return render(request, "plan/consolidation/differences.html", context)
