"""What the clock recalls: only those missing at that moment, their unit heads, organisers, the officer."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from notifications.models import Notification, OutboxMail
from obligations.duties import work_of
from obligations.models import Obligation, Reminder
from obligations.reminding import remind_due
from obligations.yearly import ensure_yearly
from people.models import Staff, User
from people.roles import Role
from training import coverage
from training.models import RequirementYear, Session
from training.reminding import sessions
from training.reminding.subjects import CONFIRM_SESSION, COVERAGE, FREEZE

from . import builders as b
from . import worlds
from .freeze_builders import LAST, YEAR, account, at, frozen, officer, ward
from .test_coverage_property import Undone

pytestmark = pytest.mark.django_db
BEGIN = at(date(YEAR, 10, 1))
DUE = date(YEAR, 11, 30)  # a Monday
WEEK_BEFORE = at(date(YEAR, 11, 23))
OVERDUE = at(date(YEAR, 12, 1))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def people():
    """The ward, each with an account, and a calendar made in November."""
    found = ward()
    for name, staff in found.items():
        account(name, staff=staff)
    ensure_yearly(BEGIN)
    return found


def told(event, prefix="training."):
    rows = Notification.objects.filter(event=f"{prefix}{event}").select_related("recipient")
    return sorted(row.recipient.username for row in rows)


def open_of(kind):
    return {row.subject: row.due_on for row in Obligation.objects.open().filter(kind=kind)}


# ---- the calendar


def test_the_calendar_owes_coverage_by_the_policy_s_day_and_freezes_a_week_after_theirs(people):
    assert open_of(COVERAGE) == {"digital-skills:2026": DUE}
    assert open_of(FREEZE) == {
        "digital-skills:2026:evaluation": date(YEAR, 12, 8),
        "digital-skills:2026:year_end": date(YEAR + 1, 1, 7),
    }


def test_requirements_in_use_alone_are_owed_and_a_moved_day_moves_the_obligation(people):
    b.course("AT", counts_for=("information-security",), years=(YEAR,))
    RequirementYear.objects.create(
        requirement=b.requirement(),
        year=YEAR,
        categories=["CC"],
        due_on=date(YEAR, 12, 18),
        evaluation_on=date(YEAR, 12, 1),
    )
    ensure_yearly(BEGIN)
    assert open_of(COVERAGE) == {
        "digital-skills:2026": date(YEAR, 12, 18),
        "information-security:2026": DUE,
    }


def test_next_year_s_are_made_when_it_is_near(people):
    ensure_yearly(at(date(YEAR, 12, 20)))
    assert f"digital-skills:{YEAR + 1}" in open_of(COVERAGE)


# ---- who is missing


def test_whoever_is_missing_is_told_once_a_stage_and_nobody_else(people):
    for _again in range(3):
        remind_due(WEEK_BEFORE)
    assert told("still_missing") == ["hoa"]
    remind_due(at(date(YEAR, 11, 27)))
    remind_due(at(date(YEAR, 11, 29)))
    assert told("still_missing") == ["hoa"] * 3
    assert told("missing_overdue") == []
    remind_due(OVERDUE)
    remind_due(OVERDUE + timedelta(days=3))
    assert told("missing_overdue") == ["hoa"]


def test_who_was_trained_meanwhile_hears_nothing(people):
    remind_due(WEEK_BEFORE)
    b.attended(people["hoa"], Session.objects.get())
    before = Notification.objects.count()
    remind_due(at(date(YEAR, 11, 27)))
    assert Notification.objects.filter(event__startswith="training.").count() == before
    outcomes = Reminder.objects.filter(obligation__kind=COVERAGE).values_list(
        "stage", "outcome", "skipped_why"
    )
    assert list(outcomes.order_by("pk")) == [("T-7", "sent", ""), ("T-3", "skipped", "not_owed")]


def test_a_closed_account_and_a_person_without_one_hear_nothing(people):
    b.person(in_unit=b.unit("VP"))
    User.objects.filter(username="hoa").update(is_active=False)
    remind_due(WEEK_BEFORE)
    assert told("still_missing") == []
    assert Reminder.objects.get(obligation__kind=COVERAGE).skipped_why == "nobody"


def test_a_unit_head_hears_how_many_of_the_own_subtree_are_missing(people):
    head_of = {
        "VHXH": account("truongvh", Role.UNIT_HEAD, staff=people_of("VHXH")),
        "HD": account("truonghd", Role.UNIT_HEAD, staff=people_of("HD")),
        "VP": account("truongvp", Role.UNIT_HEAD, staff=people_of("VP", trained=True)),
    }
    remind_due(WEEK_BEFORE)
    rows = Notification.objects.filter(event="training.unit_missing")
    found = {row.recipient_id: (row.params["count"], row.link) for row in rows}
    link = f"/dao-tao/ty-le/con-thieu/?requirement=digital-skills&year={YEAR}"
    assert found == {head_of["VHXH"].pk: (2, link), head_of["HD"].pk: (3, link)}
    assert told("still_missing") == ["hoa", "truonghd", "truongvh"]


def people_of(code, trained=False):
    staff = b.person(in_unit=b.unit(code))
    if trained:
        b.attended(staff, Session.objects.get())
    return staff


def test_the_words_name_nobody_and_no_minutes(people):
    account("truongvh", Role.UNIT_HEAD, staff=people_of("VHXH"))
    remind_due(WEEK_BEFORE)
    mails = list(OutboxMail.objects.all())
    assert len(mails) == 3
    for words in [mail.subject + mail.body for mail in mails]:
        for secret in ("Trần Thị Hoà", "HD-0010", "VHXH", "phút", "minutes"):
            assert secret not in words, secret
    (row,) = Notification.objects.filter(event="training.unit_missing")
    assert row.text == (
        f"Kỹ năng số, chuyển đổi số, {YEAR}, due by 30/11/{YEAR}."
        " People of your unit who still need training: 2"
    )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds.world())
def test_reminders_go_to_those_missing_at_sending_and_a_rerun_sends_none(found):
    with Undone():
        stored = worlds.store(found)
        RequirementYear.objects.create(
            requirement=b.requirement(),
            year=YEAR,
            categories=["CC", "VC"],
            due_on=DUE,
            evaluation_on=date(YEAR, 12, 1),
        )
        for staff in Staff.objects.filter(pk__in=stored):
            account(f"u{staff.pk}", staff=staff)
        ensure_yearly(BEGIN)
        remind_due(WEEK_BEFORE)
        rule = coverage.policy_of("digital-skills", YEAR)
        missing = coverage.people(rule, WEEK_BEFORE.date(), states=[coverage.State.MISSING])
        sent = Notification.objects.filter(event="training.still_missing")
        keys = list(sent.values_list("recipient__staff", flat=True))
        assert sorted(keys) == sorted(person.staff_id for person in missing)
        Obligation.objects.update(look_at=WEEK_BEFORE)
        remind_due(WEEK_BEFORE)
        assert sent.count() == len(keys)


def test_once_the_year_is_over_nobody_is_told(people):
    Obligation.objects.filter(kind=FREEZE).delete()
    remind_due(at(date(YEAR + 1, 1, 4)))
    assert Notification.objects.count() == 0


def test_one_missing_and_thirty_ask_the_same_number_of_questions(people):
    def asked(moment):
        with CaptureQueriesContext(connection) as found:
            remind_due(moment)
        return len(found)

    Obligation.objects.filter(kind=FREEZE).delete()
    few = asked(WEEK_BEFORE)
    for number in range(30):
        account(f"x{number}", staff=b.person(in_unit=b.unit(f"D{number % 5}")))
    assert asked(at(date(YEAR, 11, 27))) == few
    assert len(told("still_missing")) == 32


# ---- freezes


def test_the_officer_is_told_on_the_day_and_when_a_week_has_passed(people):
    officer()
    remind_due(at(date(YEAR, 11, 30)))
    assert told("freeze_soon") == []
    remind_due(at(date(YEAR, 12, 1)))
    assert told("freeze_soon") == ["daotao"]
    remind_due(at(date(YEAR, 12, 9)))
    assert told("freeze_overdue") == ["daotao"]


def test_taking_the_freeze_ends_what_was_owed(people):
    officer()
    frozen("evaluation", on=date(YEAR, 12, 1))
    assert list(open_of(FREEZE)) == ["digital-skills:2026:year_end"]
    remind_due(at(date(YEAR, 12, 2)))
    assert told("freeze_soon") == []
    frozen()
    assert open_of(FREEZE) == {}
    ensure_yearly(at(LAST))
    assert f"digital-skills:{YEAR}:year_end" not in open_of(FREEZE)


def test_a_requirement_that_concerns_nobody_is_not_recalled():
    officer()
    ensure_yearly(BEGIN)
    remind_due(at(date(YEAR, 12, 1)))
    remind_due(OVERDUE)
    assert Notification.objects.count() == 0


def test_what_the_officer_owes_stands_on_the_work_page(people):
    found = {section.heading: section for section in work_of(officer(), at(date(YEAR, 12, 1)))}
    (item,) = found["Training results"].items
    assert item.title == f"Kỹ năng số, chuyển đổi số, {YEAR}: train everybody who is missing"
    (item,) = found["Results to freeze"].items  # the year's end is still far
    assert item.link == f"/dao-tao/chot/?yeu-cau=digital-skills&nam={YEAR}"
    assert work_of(account("nguoikhac"), at(date(YEAR, 12, 1))) == []


# ---- sessions to confirm


def bring(day, hour=18):
    sessions.bring_up_to_date(at(day, hour))


@pytest.fixture
def organiser(people):
    officer()
    return account("tochuc")


def test_the_organiser_owes_the_confirmation_within_seven_days(organiser):
    held = date(YEAR, 11, 9)
    session = b.session(code="KNS-09", on=held, state="held", organiser=organiser)
    b.session(code="KNS-10", on=held, state="held")  # nobody's: the training officer's
    b.session(code="KNS-11", on=held, begins=time(20), ends=time(21), state="open", organiser=organiser)
    bring(held)
    bring(held)
    assert open_of(CONFIRM_SESSION) == dict.fromkeys(("session:KNS-09", "session:KNS-10"), date(YEAR, 11, 16))
    remind_due(at(date(YEAR, 11, 13)))
    assert told("confirm_soon") == ["daotao", "tochuc"]
    Session.objects.filter(pk=session.pk).update(state="confirmed")
    remind_due(at(date(YEAR, 11, 17)))
    assert told("confirm_overdue") == ["daotao"]
    bring(date(YEAR, 11, 17))
    assert open_of(CONFIRM_SESSION) == {
        "session:KNS-10": date(YEAR, 11, 16),
        "session:KNS-11": date(YEAR, 11, 16),
    }


def test_a_session_handed_over_cancelled_or_opened_again(organiser):
    held = date(YEAR, 11, 9)
    session = b.session(code="KNS-09", on=held, state="held", organiser=organiser)
    bring(held)
    Session.objects.filter(pk=session.pk).update(organiser=account("nguoimoi"))
    bring(held)
    (row,) = Obligation.objects.open().filter(kind=CONFIRM_SESSION)
    assert row.owner == str(User.objects.get(username="nguoimoi").pk)
    User.objects.filter(username="nguoimoi").update(is_active=False)
    bring(held)
    (row,) = Obligation.objects.open().filter(kind=CONFIRM_SESSION)
    assert row.owner == "training_officer"
    Session.objects.filter(pk=session.pk).update(state="cancelled")
    bring(held)
    assert open_of(CONFIRM_SESSION) == {}
    Session.objects.filter(pk=session.pk).update(state="held")
    bring(held)
    assert list(open_of(CONFIRM_SESSION)) == ["session:KNS-09"]


def test_years_of_old_sessions_from_a_file_send_no_mail_each(organiser):
    b.session(code="CU", on=date(YEAR - 1, 5, 5), state="held", organiser=organiser)
    bring(date(YEAR, 11, 9))
    assert open_of(CONFIRM_SESSION) == {}
