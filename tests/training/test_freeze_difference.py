"""What changed since a freeze, and why in words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from people.models import Leave, ServiceSpell, UnitAssignment
from training import freezing
from training.attendance import record
from training.models import AttendanceEvent, CoverageSnapshot, RequirementCourse, RequirementYear, Session

from . import builders as b
from .freeze_builders import LAST, YEAR, at, frozen, policy, ward

pytestmark = pytest.mark.django_db
LATER = at(date(YEAR + 1, 1, 5))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def people():
    found = ward()
    frozen()
    return found


def found(policy_now=None):
    return freezing.difference(CoverageSnapshot.objects.latest("version"), policy_now or policy())


def said():
    """{staff code: (state then, state now, why)}."""
    return {
        change.staff_code: (
            change.before.state if change.before else None,
            change.after.state if change.after else None,
            list(change.why),
        )
        for change in found().people
    }


def test_nothing_changed_is_nothing(people):
    assert not found()
    assert said() == {}


def test_a_session_confirmed_late(people):
    session = b.session(code="KNS-02", on=date(YEAR, 12, 10), state="held")
    b.attended(people["hoa"], session)
    Session.objects.filter(pk=session.pk).update(state="confirmed", state_since=LATER)
    why = "Session KNS-02 of 10/12/2026 was confirmed on 05/01/2027"
    assert said() == {"HD-0010": ("missing", "trained", [why])}


def test_a_session_cancelled_or_opened_again(people):
    Session.objects.filter(code="KNS-01").update(state="cancelled", state_since=LATER)
    why = "Session KNS-01 of 10/03/2026 was cancelled on 05/01/2027"
    assert said() == {"HD-0002": ("trained", "missing", [why])}
    Session.objects.filter(code="KNS-01").update(state="held")
    why = "Session KNS-01 of 10/03/2026 was opened again on 05/01/2027"
    assert said() == {"HD-0002": ("trained", "missing", [why])}


def mark(staff, session, status):
    event = AttendanceEvent(
        key=f"late:{staff.pk}:{status}",
        session=session,
        staff=staff,
        status=status,
        source=AttendanceEvent.Source.ROLL,
        at=LATER,
    )
    record({session.pk: session.credit_minutes}, [event])


def test_attendance_recorded_or_corrected_late(people):
    session = Session.objects.get()
    mark(people["hoa"], session, "present")
    mark(people["lan"], session, "absent")
    why = "Attendance at session KNS-01 of 10/03/2026 was recorded on 05/01/2027"
    assert said() == {
        "HD-0002": ("trained", "missing", ["Attendance was corrected on 05/01/2027"]),
        "HD-0010": ("missing", "trained", [why]),
    }


def test_a_course_taken_elsewhere_and_a_request_decided_late(people):
    b.outside(people["hoa"], date(YEAR, 12, 5), decided_at=LATER)
    b.exempt(people["son"], date(YEAR, 12, 21), decided_at=LATER)
    assert said() == {
        "HD-0005": ("not_due", "waived", ["A request for exemption was decided on 05/01/2027"]),
        "HD-0010": (
            "missing",
            "trained",
            ["A course taken elsewhere, completed on 05/12/2026, was verified on 05/01/2027"],
        ),
    }


def test_the_roster_changed(people):
    UnitAssignment.objects.filter(staff=people["lan"]).update(unit=b.unit("VP"))
    ServiceSpell.objects.filter(staff=people["hoa"]).update(end_before=date(YEAR, 12, 1))
    b.person("HD-0077", in_unit=b.unit("VP"), full_name="Mai Thị Yến")
    UnitAssignment.objects.filter(staff=people["hai"]).delete()
    assert said() == {
        "HD-0002": (
            "trained",
            "trained",
            ["Unit on 31/12/2026: Phòng Văn hóa - Xã hội then, Văn phòng HĐND và UBND now"],
        ),
        "HD-0004": (
            "waived",
            "waived",
            ["Unit on 31/12/2026: Văn phòng HĐND và UBND then, no unit now"],
        ),
        "HD-0010": (
            "missing",
            None,
            ["Not in scope on 31/12/2026 by the roster of now: service or unit was changed"],
        ),
        "HD-0077": (
            None,
            "missing",
            ["In scope on 31/12/2026 by the roster of now, not by that of the freeze"],
        ),
    }


def test_leave_is_said_in_days_and_never_by_its_reason(people):
    Leave.objects.filter(staff=people["leave"]).update(end_before=date(YEAR, 6, 1))
    why = "Days available in the year by the roster of now: 214, needed: 30"
    assert said() == {"HD-0003": ("exempt_leave", "missing", [why])}
    assert "Thai sản" not in str(found())


def test_what_counts_or_the_rule_changed(people):
    RequirementCourse.objects.filter(requirement__code="digital-skills").delete()
    why = "Credited minutes: 180 then, 0 now. What counts was changed"
    assert said() == {"HD-0002": ("trained", "missing", [why])}
    b.course("KNS2")  # counts, changes nobody
    RequirementYear.objects.create(
        requirement=b.requirement(),
        year=YEAR,
        categories=["CB", "CC", "VC"],
        min_available_days=5,
        due_on=date(YEAR, 11, 30),
        evaluation_on=date(YEAR, 12, 1),
    )
    assert found().policy == ("the least days available",)
    assert said()["HD-0005"] == (
        "not_due",
        "missing",
        ["Days available in the year by the roster of now: 12, needed: 5"],
    )


def test_more_minutes_of_a_trained_person_are_counted_apart(people):
    b.attended(people["lan"], b.session(on=date(YEAR, 4, 1)))
    difference = found()
    assert (difference.people, difference.minutes_only, bool(difference)) == ((), 1, True)


def test_what_happens_after_the_day_changes_nothing(people):
    b.attended(people["hoa"], b.session(on=date(YEAR + 1, 1, 3)))
    b.outside(people["hoa"], date(YEAR + 1, 1, 4))
    UnitAssignment.objects.filter(staff=people["lan"]).update(end_before=date(YEAR + 1, 1, 1))
    assert not found()


def test_a_unit_head_reads_the_changes_of_their_own(people):
    b.outside(people["hoa"], date(YEAR, 12, 5))
    UnitAssignment.objects.filter(staff=people["son"]).update(unit=b.unit("VHXH"))
    b.exempt(people["leave"], date(YEAR, 1, 1), decided_at=LATER)
    own = found().of_units({"VHXH"})
    assert [change.staff_code for change in own.people] == ["HD-0005", "HD-0010"]


def test_one_change_and_thirty_ask_the_same_number_of_questions(people):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            found()
        return len(queries)

    b.outside(people["hoa"], LAST)
    few = asked()
    session = Session.objects.get()
    for number in range(30):
        b.attended(b.person(f"X-{number:03d}", in_unit=b.unit("VP")), session)
    b.attended(people["son"], session)
    assert asked() == few
