"""What the pages of the consolidated report show: sections and where they stand, periods and who filed."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..models import ReportPeriod, ReportState
from . import drafting, facts, summing, wording
from .facts import EXCUSED

LABELS = {
    drafting.TO: _("To whom it is addressed"),
    drafting.OPENING: _("Opening"),
    drafting.LEAD: _("I. Direction and organisation"),
    drafting.TARGETS: _("II. Targets"),
    drafting.TASKS: _("III. Tasks"),
    drafting.DIFFICULTIES: _("IV. Difficulties and proposals"),
    drafting.NEXT: _("V. What comes next"),
    drafting.CLOSING: pgettext_lazy("report", "Closing"),
    drafting.RECIPIENTS: _("Who receives copies"),
}
# The tone of a unit's line, and its words.
FILINGS = {
    facts.ACCEPTED: ("accepted", pgettext_lazy("report", "accepted")),
    facts.SUBMITTED: ("submitted", _("sent, not accepted yet")),
    facts.RETURNED: ("returned", _("returned to be completed")),
    facts.DRAFT: ("draft", _("being written")),
    facts.MISSING: ("missing", _("nothing sent")),
    facts.EXCUSED: ("nothing", _("none to be sent this period")),
}
NOT_COMPARED = {
    summing.NO_NOW: _("no figure this period"),
    summing.NO_BEFORE: _("no figure last period"),
    summing.OTHER_DEFINITION: _("counted in another way by now"),
    summing.OTHER_UNITS: _("other units reported"),
}

_CHANGES = {
    "begun": _("Draft drawn"),
    "renewed": _("Sections nobody wrote in drawn anew: %(sections)s"),
    "redrafted": _("Fresh draft taken: %(sections)s"),
    "draft_left": _("Text kept beside a fresh draft: %(sections)s"),
    "signer_chosen": _("Who signs: %(name)s"),
    "issued": _("Issued as %(number)s"),
    "corrected": _("Number, date or file replaced: %(number)s"),
}


def change_in_words(line):
    """A line of the history, as a sentence."""
    codes = line.data.get("sections") or [line.data.get("section", "")]
    names = ", ".join(str(LABELS.get(code, code)) for code in codes)
    told = {"number": line.data.get("number", ""), "name": line.data.get("name", "")}
    return str(_CHANGES[line.change]) % {"sections": names, **told}


@dataclass(frozen=True)
class ShownSection:
    """`has_news`: reports accepted since give another draft than the one this text grew from."""

    section: object
    label: object
    has_news: bool

    @property
    def code(self):
        return self.section.code

    @property
    def lines(self):
        return [line for line in self.section.text.splitlines() if line.strip()]


def sections(report, fresh=None):
    """The sections in the order of the paper; `fresh` drafts where it is still written."""
    by_code = {section.code: section for section in report.sections.all()}
    return [
        ShownSection(
            by_code[code], label, bool(fresh) and fresh.get(code, by_code[code].draft) != by_code[code].draft
        )
        for code, label in LABELS.items()
        if code in by_code
    ]


def periods():
    """All periods, the latest first, with how many reports are owed and how many accepted. One query."""
    return (
        ReportPeriod.objects.select_related("consolidated")
        .annotate(
            owed=Count("reports", filter=~Q(reports__state=EXCUSED)),
            accepted=Count("reports", filter=Q(reports__state=ReportState.ACCEPTED)),
        )
        .order_by("-last_day", "-code")
    )


def filed(material):
    """[(filing, code of its look, words)]"""
    return [(filing, FILINGS[filing.state][0], _filing_words(filing)) for filing in material.filings]


def _filing_words(filing):
    if filing.state == EXCUSED and filing.taken_over_by:
        return gettext("handed over to %(unit)s") % {"unit": filing.taken_over_by}
    return FILINGS[filing.state][1]


@dataclass(frozen=True)
class Compared:
    """One target beside itself in the last period, in words."""

    line: object
    now: str
    before: str
    change: str
    why_not: object = ""


def compared(material):
    """[(group, [Compared])] of the targets with a number in either period."""
    groups = {}
    for line in summing.target_lines(material):
        if line.now is None and line.before is None:
            continue
        shown = Compared(
            line,
            wording.figure(line.now, line.item.measured_in) if line.now else "",
            wording.figure(line.before, line.item.measured_in) if line.before else "",
            wording.difference(line),
            NOT_COMPARED.get(line.not_compared, ""),
        )
        groups.setdefault(line.item.group, []).append(shown)
    return list(groups.items())
