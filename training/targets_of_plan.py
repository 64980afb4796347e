"""What training knows of the targets of plan 178/KH-UBND: A9, C4, D9, E2, E7, as ward totals.

The same definition as everywhere (training.md §1). D9 has no number in the plan; it is here because its
training is: a second requirement asked by the same rule as the first.
"""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from config.figure_sources import add_sources
from config.figures import Figure, Value, add_figure

from . import coverage
from .coverage import Figures, State
from .coverage.rules import Counter
from .models import Session, SessionState

CADRES_AND_CIVIL_SERVANTS = ("CB", "CC")
SINCE = date(2026, 1, 1)  # E2 counts from the plan's first year on
OF_E2 = ("digital-skills", "digital-transformation", "innovation")
# What a class of E7 is about: "kỹ năng số, đổi mới sáng tạo", for officials and for the core force.
OF_E7 = ("digital-skills", "core-digital-skills", "innovation")
LEAST_CLASSES = 1


def of_requirement(code: str):
    """`compute` of a target that one requirement answers: trained of those who had to be by now."""

    def compute(year: int, day: date) -> Value:
        policy = coverage.policy_of(code, year)
        return value_of(coverage.whole(coverage.figures_by_unit(policy, day)), day, f"coverage:{code}")

    return compute


def value_of(figures: Figures, day: date, source: str) -> Value:
    return Value(
        numerator=figures.trained,
        denominator=figures.trained + figures.missing,
        percent=figures.official,
        complete=figures.complete,
        as_of=day,
        source=source,
        population=figures.population,
    )


def all_three(year: int, day: date) -> Value:
    """E2: "100% cán bộ, công chức được đào tạo, bồi dưỡng về kỹ năng số, chuyển đổi số và đổi mới sáng tạo"
    (II.2.e, by 2030).

    Over cadres and civil servants of every unit: trained when each of the three has its least minutes since
    2026. Who lacks one and would be missing there is missing; who lacks one and is exempt or not due there,
    is counted as that.
    """
    by_person: dict[int, list[State]] = {}
    policies = coverage.policies_of(year)
    for code in OF_E2:
        policy = replace(
            policies[code],
            since=SINCE,
            categories=CADRES_AND_CIVIL_SERVANTS,
            units_in=frozenset(),
            units_out=frozenset(),
        )
        for person in coverage.people(policy, day):
            by_person.setdefault(person.staff_id, []).append(person.state)
    counter = Counter()
    for states in by_person.values():
        counter.add(_worst(states))
    return value_of(counter.figures, day, "coverage:" + "+".join(OF_E2))


def _worst(states):
    """The state that says most about what is still to be done."""
    order = (State.MISSING, State.NOT_DUE, State.EXEMPT_LEAVE, State.WAIVED, State.TRAINED)
    return next(state for state in order if state in states)


def classes_held(year: int, day: date) -> Value:
    """E7: "Tổ chức ít nhất 1 - 2 lớp đào tạo, bồi dưỡng kỹ năng số, đổi mới sáng tạo cho cán bộ, công chức và
    lực lượng nòng cốt tại cơ sở" (II.2.e).

    A class (lớp) is a course; it was held when a session of it in the year, by `day`, is confirmed and the
    course counts that year for digital skills, those of core members or innovation. The plan says no year for
    the "1 - 2": the count is of the year asked, and the lower bound is what has to be reached.
    """
    sessions = Session.objects.filter(
        state=SessionState.CONFIRMED,
        held_on__range=(date(year, 1, 1), day),
        course__counting__year=year,
        course__counting__requirement__code__in=OF_E7,
    )
    held = sessions.values("course").distinct().count()
    return Value(
        numerator=held,
        denominator=None,
        percent=None,
        complete=held >= LEAST_CLASSES,
        as_of=day,
        source="classes:" + "+".join(OF_E7),
    )


SHOWN_AT = "/dao-tao/so-lieu/"  # the public page of these totals
FIGURES = (
    Figure(
        "A9", _("Officials trained in digital skills this year"), of_requirement("digital-skills"), SHOWN_AT
    ),
    Figure(
        "C4",
        _("Core members trained in basic digital skills"),
        of_requirement("core-digital-skills"),
        SHOWN_AT,
    ),
    Figure(
        "D9",
        _("Officials trained in information security"),
        of_requirement("information-security"),
        SHOWN_AT,
    ),
    Figure(
        "E2",
        _("Cadres and civil servants trained in digital skills, transformation, innovation"),
        all_three,
        SHOWN_AT,
    ),
    Figure("E7", _("Classes held on digital skills and innovation"), classes_held, "/dao-tao/lich/"),
)


CODES_OF_FIGURES = ("digital-skills", "core-digital-skills", "information-security")


def add_figures():
    for figure in FIGURES:
        add_figure(figure)
    records = _("attendance lists and completed courses")
    add_sources({f"coverage:{code}": records for code in (*CODES_OF_FIGURES, "+".join(OF_E2))})
    add_sources({"classes:" + "+".join(OF_E7): _("confirmed training sessions")})
