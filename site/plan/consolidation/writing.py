"""The words of a consolidated report: begun from a draft, gone on with by people, drawn anew on purpose."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from editing.canonical import fingerprint
from editing.merging import kept_base, merge

from ..models import ConsolidatedReport, ConsolidatedSection, ConsolidationChange, ReportPeriod
from .access import require_writer
from .drafting import CODES, draft
from .material import material_of
from .refusing import Refused


class Conflict(Exception):
    """Nothing was written: `clashes` wait for a choice. `by` saved at `at`."""

    def __init__(self, clashes, section):
        self.clashes, self.by, self.at = clashes, section.edited_by_name, section.edited_at
        super().__init__(section.code)


@dataclass(frozen=True)
class Saved:
    section: ConsolidatedSection
    changed: tuple
    at: datetime
    base: dict = field(default_factory=dict)


def record(report, change, user, now, note="", **data):
    """A line of the report's log; inside the transaction of what it tells of."""
    return ConsolidationChange.objects.create(
        report=report, at=now, actor=user, actor_name=user.display_name, change=change, note=note, data=data
    )


def fresh_drafts(period):
    """{code: text} as the reports accepted by now give them."""
    return draft(material_of(period))


def begin(user, period, now=None):
    """The report of a period with every section drafted; the one that stands where somebody was faster."""
    require_writer(user)
    now = now or timezone.now()
    with transaction.atomic():
        period = ReportPeriod.objects.select_for_update().get(pk=period.pk)
        report = ConsolidatedReport.objects.filter(period=period).first()
        if report is not None:
            return report
        material = material_of(period)
        if not material.payloads:
            raise Refused("nothing_accepted")
        report = ConsolidatedReport.objects.create(period=period, begun_at=now)
        drafts = draft(material)
        ConsolidatedSection.objects.bulk_create(
            [
                ConsolidatedSection(report=report, code=code, text=drafts[code], draft=drafts[code])
                for code in CODES
            ]
        )
        record(report, "begun", user, now, reports=len(material.payloads))
    return report


def lock(user, report):
    """The report's row, locked, if this person may still write in it. Call inside a transaction."""
    require_writer(user)
    locked = ConsolidatedReport.objects.select_for_update(of=("self",)).select_related("period")
    locked = locked.get(pk=report.pk)
    if locked.is_issued:
        raise Refused("consolidation_issued")
    return locked


def base_of(section):
    return {"text": fingerprint(section.text)}


def save_section(user, report, code, answers, base, now=None):
    """Writes what somebody typed of a section. Raises `Conflict` and `Refused`."""
    now = now or timezone.now()
    with transaction.atomic():
        section = lock(user, report).sections.get(code=code)
        stored = {"text": section.text}
        wanted, clashes = merge({n: v for n, v in answers.items() if n in stored}, stored, base)
        if clashes:
            raise Conflict(clashes, section)
        if wanted:
            section.text = wanted["text"]
            _mark(section, user, now)
    return Saved(section, tuple(wanted), now, kept_base(answers, {**stored, **wanted}))


def _mark(section, user, now):
    section.edit_version += 1
    section.edited_at, section.edited_by, section.edited_by_name = now, user, user.display_name
    section.save()


def seen_of(section, fresh):
    """What a page of the difference was drawn from: it is decided about that and nothing else."""
    return fingerprint([section.text, fresh])


def redraft(user, report, code, *, seen, take, now=None):
    """A section after somebody saw the difference: `take` puts the fresh draft in its place, otherwise the
    text stays and the draft counts as seen. Refused where either moved since."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(user, report)
        section = locked.sections.get(code=code)
        fresh = fresh_drafts(locked.period)[code]
        if seen != seen_of(section, fresh):
            raise Refused("draft_moved")
        before, section.draft = section.text, fresh
        if take:
            section.text = fresh
        _mark(section, user, now)
        record(locked, "redrafted" if take else "draft_left", user, now, section=code, before=before)
    return section


def renew(user, report, now=None):
    """Draws the sections nobody has written in anew; `(renewed, left)` codes: what was written in and has
    another draft by now is left for somebody to look at."""
    now = now or timezone.now()
    renewed, left = [], []
    with transaction.atomic():
        locked = lock(user, report)
        drafts = fresh_drafts(locked.period)
        for section in locked.sections.all():
            fresh = drafts.get(section.code, section.draft)
            if fresh == section.draft:
                continue
            if section.is_edited:
                left.append(section.code)
                continue
            section.text = section.draft = fresh
            section.edit_version += 1
            section.save(update_fields=["text", "draft", "edit_version"])
            renewed.append(section.code)
        if renewed:
            record(locked, "renewed", user, now, sections=renewed)
    return renewed, left
