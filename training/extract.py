"""What a person's yearly extract says about training: what each requirement of the year comes to, then
sessions attended and courses taken elsewhere that count; and the competencies shown until its last day."""

from collections import defaultdict

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.extracts import ExtractPart, ExtractRow, register_extract_of_many

from . import coverage
from .competency import targets
from .competency.record import record_of
from .models import COUNTED, Attendance, CompetencyEvidence, OutsideCredit, Requirement, SessionState
from .record import STANDINGS

CODE, HEADING = "training", gettext_lazy("Training")
COMPETENCIES, BY_GROUP = "competencies", gettext_lazy("Digital competencies, seven groups")
# What the record's own page shows in places of their own.
OWN = (CODE, COMPETENCIES)
# A leave and an exemption read alike, by their code as well as by their words.
_LOOKS = {
    coverage.State.TRAINED: "verified",
    coverage.State.MISSING: "waiting",
    coverage.State.WAIVED: "excused",
    coverage.State.EXEMPT_LEAVE: "excused",
    coverage.State.NOT_DUE: "excused",
}


def register():
    register_extract_of_many(CODE, HEADING, training_of)
    register_extract_of_many(COMPETENCIES, BY_GROUP, competencies_of)


def training_of(people, year, viewer):
    """A number of queries that depends on the requirements of the year alone."""
    today = timezone.localdate()
    if year > today.year or not people:
        return {}
    keys = [person.pk for person in people]
    standings, taken = {}, {}
    for key, row in _standings(keys, year, today):
        standings.setdefault(key, []).append(row)
    for key, row in _taken(keys, year):
        taken.setdefault(key, []).append(row)
    found = {}
    for key in keys:
        lines = [*standings.get(key, []), *sorted(taken.get(key, []), key=lambda row: (row.day, row.note))]
        if lines:
            count = len(taken.get(key, []))
            label = ngettext("session or course that counts", "sessions and courses that count", count)
            found[key] = ExtractPart(CODE, str(HEADING), label, lines, figure=count)
    return found


def _standings(keys, year, today):
    day = coverage.default_day(year, today)
    for code in Requirement.objects.values_list("code", flat=True):
        policy = coverage.policy_of(code, year)
        for person in coverage.people(policy, day, staff=keys):
            note = _out_of(person.minutes, policy.min_minutes)
            state = (_LOOKS[person.state], capfirst(str(STANDINGS[person.state][1])))
            yield person.staff_id, ExtractRow(policy.name, note, state=state, day=day)


def _taken(keys, year):
    attended = Attendance.objects.filter(
        staff__in=keys,
        status__in=COUNTED,
        session__state=SessionState.CONFIRMED,
        session__held_on__year=year,
    )
    for row in attended.select_related("session__course"):
        yield (
            row.staff_id,
            ExtractRow(
                title=row.session.course.name,
                note=f"{row.session.code} · {_minutes(row.minutes)}",
                link=row.session.get_absolute_url(),
                day=row.session.held_on,
            ),
        )
    elsewhere = OutsideCredit.objects.filter(
        staff__in=keys, state=OutsideCredit.State.VERIFIED, completed_on__year=year
    )
    for credit in elsewhere:
        issuer = f"{credit.issuer} · " if credit.issuer else ""
        yield (
            credit.staff_id,
            ExtractRow(
                title=credit.title or credit.issuer or _("Course taken elsewhere"),
                note=f"{issuer}{_minutes(credit.minutes)}",
                day=credit.completed_on,
            ),
        )


def _out_of(minutes, needed):
    """Where once a year is enough (one minute), only what there is."""
    if needed <= 1:
        return _minutes(minutes)
    return _("%(minutes)s of %(needed)s minutes") % {"minutes": minutes, "needed": needed}


def _minutes(count):
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def competencies_of(people, year, viewer):
    """A row for each group of the framework, with or without a level: from confirmed evidence alone. Four
    queries for any number of people."""
    today = timezone.localdate()
    areas = targets.areas()
    if year > today.year or not people or not areas:
        return {}
    day, keys = coverage.default_day(year, today), [person.pk for person in people]
    shown = defaultdict(list)
    evidence = CompetencyEvidence.objects.filter(
        staff__in=keys, area__framework__is_current=True, shown_on__lte=day
    )
    for item in evidence:
        shown[item.staff_id].append(item)
    needed = targets.of_people(keys, day)
    found = {}
    for key in keys:
        rows = record_of([area.pk for area in areas], shown[key], [], needed.get(key, {}))
        lines = [_group(row, area) for row, area in zip(rows, areas, strict=True)]
        count = sum(1 for row in rows if row.had)
        label = ngettext("group with a level shown", "groups with a level shown", count)
        found[key] = ExtractPart(COMPETENCIES, str(BY_GROUP), label, lines, figure=count)
    return found


def _group(row, area):
    needed = _("level needed: %(level)s") % {"level": row.needed} if row.needed else ""
    note = " · ".join(part for part in (needed, row.latest.source if row.latest else "") if part)
    label = _("Level %(level)s") % {"level": row.had} if row.had else _("No level shown")
    state = ("verified" if row.had and not row.gap else "waiting", label)
    return ExtractRow(area.name, note, state=state, day=row.latest.shown_on if row.latest else None)
