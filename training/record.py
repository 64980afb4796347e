"""A person's training of a year and competencies on a day: what the record's pages and the extract show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Staff
from people.service import workplaces

from . import coverage
from .access import is_training_officer
from .competency import suggestions, targets
from .competency.evidence import BY_HAND
from .competency.record import record_of
from .headed import headed_staff
from .models import (
    COUNTED,
    Attendance,
    CompetencyEvidence,
    Level,
    OutsideCredit,
    Requirement,
    SelfAssessment,
    SessionState,
    TrainingCertificate,
)

# A leave and an exemption read alike: which of them it is stays with the personnel officer.
STANDINGS = {
    coverage.State.TRAINED: ("ok", _("enough")),
    coverage.State.MISSING: ("wait", _("not enough yet")),
    coverage.State.WAIVED: ("off", _("exempt this year")),
    coverage.State.EXEMPT_LEAVE: ("off", _("exempt this year")),
    coverage.State.NOT_DUE: ("off", _("not due this year")),
}


@dataclass(frozen=True)
class Standing:
    """One requirement of the year: minutes had, minutes needed, and where that leaves the person."""

    requirement: str
    minutes: int
    needed: int
    tone: str
    label: str

    @property
    def is_enough(self):
        return self.tone == "ok"


@dataclass(frozen=True)
class Training:
    """Something attended or completed elsewhere, that counts."""

    day: date
    title: str
    note: str
    minutes: int
    link: str = ""


@dataclass(frozen=True)
class Competence:
    """A row of `record_of` with its words and its bar: (x, class) of each level's box."""

    row: object
    area: object
    boxes: tuple
    self_level: str


@dataclass(frozen=True)
class Shown:
    """Evidence of one source: its first row stands for all, `areas` are what it shows its level in."""

    item: CompetencyEvidence
    areas: tuple

    @property
    def is_withdrawn(self):
        return hasattr(self.item, "withdrawal")

    @property
    def may_be_withdrawn(self):
        """Written by hand and still standing."""
        return self.item.kind in BY_HAND and not self.is_withdrawn


def visible_to(user, day):
    """Whose records this account reads: everybody's for the training officer, the subtree's on `day` for a
    unit head, one's own."""
    if is_training_officer(user):
        return Staff.objects.all()
    if not user.is_authenticated or not user.is_active:
        return Staff.objects.none()
    return Staff.objects.filter(Q(user=user) | Q(pk__in=headed_staff(user, day).values("pk")))


def reads_others(user, day) -> bool:
    return is_training_officer(user) or headed_staff(user, day).exclude(user=user).exists()


def standings(staff, year, today) -> list[Standing]:
    """Each requirement the person is in scope of, as of today or of the last day of a past year."""
    found = []
    day = coverage.default_day(year, today)
    for code in Requirement.objects.values_list("code", flat=True):
        policy = coverage.policy_of(code, year)
        for person in coverage.people(policy, day, staff=[staff.pk]):
            tone, label = STANDINGS[person.state]
            found.append(Standing(policy.name, person.minutes, policy.min_minutes, tone, str(label)))
    return found


def years(staff, today) -> list[int]:
    """Years with something in them and this one, the latest first."""
    there = _counted(staff).dates("session__held_on", "year")
    elsewhere = _verified(staff).dates("completed_on", "year")
    return sorted({today.year, *(day.year for day in (*there, *elsewhere))}, reverse=True)


def trainings(staff, year) -> list[Training]:
    """What counts of the year, by day."""
    rows = [
        Training(
            row.session.held_on,
            row.session.course.name,
            row.session.code,
            row.minutes,
            row.session.get_absolute_url(),
        )
        for row in _counted(staff).filter(session__held_on__year=year).select_related("session__course")
    ]
    rows += [
        Training(
            credit.completed_on,
            credit.title or credit.issuer or _("Course taken elsewhere"),
            credit.issuer,
            credit.minutes,
            credit.get_absolute_url(),
        )
        for credit in _verified(staff).filter(completed_on__year=year)
    ]
    return sorted(rows, key=lambda row: (row.day, row.note))


def certificates(staff):
    """Certificates of attendance, the latest first."""
    rows = TrainingCertificate.objects.filter(staff=staff).select_related("certificate", "session")
    return list(rows.order_by("-session__held_on", "session__code"))


def competences(staff, day, *, now=None):
    """(rows of the table, suggestions) by the evidence shown until `day` and the position held on it."""
    areas = targets.areas()
    shown = CompetencyEvidence.objects.filter(
        staff=staff, area__framework__is_current=True, shown_on__lte=day
    )
    said = SelfAssessment.objects.filter(staff=staff, area__framework__is_current=True)
    rows = record_of([area.pk for area in areas], shown, said, targets.of_staff(staff, day))
    names = level_names()
    table = [
        Competence(row, area, boxes(row.had, row.needed, len(names)), names.get(row.self_assessed, ""))
        for row, area in zip(rows, areas, strict=True)
    ]
    return table, suggestions.suggest(staff, rows, areas, now=now)


def boxes(had, needed, levels) -> tuple:
    """The bar of one area: a box for each level, had, missing or beyond what is needed."""

    def look(level):
        return "f-teal" if level <= had else "f-miss" if level <= (needed or 0) else "f-sand"

    return tuple((1 + 26 * (level - 1), look(level)) for level in range(1, levels + 1))


def level_names() -> dict[int, str]:
    """`{number: name}` of the current framework's levels."""
    return dict(Level.objects.filter(framework__is_current=True).values_list("number", "name"))


def evidence_of(staff) -> list[Shown]:
    """All evidence of a person, the latest first; what one source shows at one level stands together."""
    rows = CompetencyEvidence.objects.filter(staff=staff).exclude(kind=CompetencyEvidence.Kind.WITHDRAWN)
    rows = rows.select_related("area", "withdrawal").order_by("-shown_on", "-take", "source", "area__topic")
    found = {}
    for item in rows:
        withdrawn = item.withdrawal.reason if hasattr(item, "withdrawal") else None
        by_hand = item.pk if item.kind in BY_HAND else None
        found.setdefault((item.kind, item.source, item.take, item.level, withdrawn, by_hand), []).append(item)
    return [Shown(items[0], tuple(item.area for item in items)) for items in found.values()]


def place_of(staff, day):
    """(unit name, position name) on `day`, empty where there is none."""
    unit, position = workplaces([staff.pk], day).get(staff.pk, (None, ""))
    return (unit.name if unit else ""), position


def _counted(staff):
    return Attendance.objects.filter(staff=staff, status__in=COUNTED, session__state=SessionState.CONFIRMED)


def _verified(staff):
    return OutsideCredit.objects.filter(staff=staff, state=OutsideCredit.State.VERIFIED)
