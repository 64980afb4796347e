"""What a person's yearly extract says about training: what each requirement of the year comes to, then
sessions attended and courses taken elsewhere that count."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.extracts import ExtractPart, ExtractRow

from . import coverage
from .models import COUNTED, Attendance, OutsideCredit, Requirement, SessionState
from .record import STANDINGS

CODE = "training"
# A leave and an exemption read alike, by their code as well as by their words.
_LOOKS = {
    coverage.State.TRAINED: "verified",
    coverage.State.MISSING: "waiting",
    coverage.State.WAIVED: "excused",
    coverage.State.EXEMPT_LEAVE: "excused",
    coverage.State.NOT_DUE: "excused",
}


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
            found[key] = ExtractPart(CODE, _("Training"), label, lines, figure=count)
    return found


def _standings(keys, year, today):
    day = coverage.default_day(year, today)
    for code in Requirement.objects.values_list("code", flat=True):
        policy = coverage.policy_of(code, year)
        for person in coverage.people(policy, day, staff=keys):
            note = _out_of(person.minutes, policy.min_minutes)
            state = (_LOOKS[person.state], str(STANDINGS[person.state][1]))
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
