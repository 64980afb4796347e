"""Seats and the waiting list: never more than there are, those who still miss the training first."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.models import Notification
from people.models import Category
from training import editing, enrolment, workflow
from training.answers import Refused
from training.models import Enrolment
from training.reference_data import load_reference_data

from . import builders
from . import session_builders as made

State = Enrolment.State


def states(session):
    return dict(Enrolment.objects.filter(session=session).values_list("staff__user__username", "state"))


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.answer.reason


@pytest.mark.django_db
def test_enrolling_twice_is_enrolling_once():
    session, user = made.open_session(capacity=1), made.account("an")
    first, second = enrolment.enrol(session, user), enrolment.enrol(session, user)
    assert (first.pk, first.state) == (second.pk, State.ENROLLED)
    assert enrolment.seats_of(session).taken == 1


@pytest.mark.django_db
def test_who_cannot_enrol_learns_why():
    session, user = made.open_session(), made.account()
    gone = made.account(until=timezone.localdate())
    outsider = made.User.objects.create_user("khach")
    assert refusal(enrolment.enrol, made.planned(), user) == "not_open"
    assert refusal(enrolment.enrol, session, user, now=made.at(session)) == "begun"
    assert refusal(enrolment.enrol, session, gone) == "not_in_service"
    assert refusal(enrolment.enrol, session, outsider) == "no_staff"


@pytest.mark.django_db
def test_a_full_session_names_the_place_in_line(client):
    session = made.open_session(capacity=1)
    enrolment.enrol(session, made.account())
    made.signed_in(client, made.account("sau"))
    answer = client.post(f"{session.get_absolute_url()}ghi-danh/", follow=True)
    assert "You are number 1 of 1 in line" in answer.content.decode()
    assert states(session)["sau"] == State.WAITLISTED


@pytest.mark.django_db
def test_a_free_seat_goes_to_whoever_still_misses_the_training_then_to_who_came_first():
    """`an` came first but was trained this year; `binh` and `chi` were not."""
    today = timezone.localdate()
    course = builders.course(years=(today.year, made.tomorrow().year))
    session = made.open_session(of=course, capacity=1)
    holder = made.account("giu")
    enrolment.enrol(session, holder)
    an, binh, chi = made.account("an"), made.account("binh"), made.account("chi")
    builders.outside(an.staff, today)
    builders.outside(an.staff, made.tomorrow())
    for minute, user in enumerate((an, binh, chi)):
        enrolment.enrol(session, user, now=timezone.now() + timedelta(minutes=minute))
    places = [enrolment.queue_place(session, user.staff) for user in (an, binh, chi)]
    assert places == [(3, 3), (1, 3), (2, 3)]
    enrolment.give_back(session, holder)
    assert states(session) == {
        "giu": State.CANCELLED,
        "an": State.WAITLISTED,
        "binh": State.ENROLLED,
        "chi": State.WAITLISTED,
    }
    assert Notification.objects.get(event="training.seat_given").recipient == binh


@pytest.mark.django_db
def test_a_course_that_counts_for_nothing_knows_only_who_came_first():
    session = made.open_session(of=builders.course("LE", counts_for=(), years=()), capacity=1)
    users = [made.account("a"), made.account("b"), made.account("c", category=Category.CONTRACT_WORKER)]
    for user in users:
        enrolment.enrol(session, user)
    enrolment.give_back(session, users[0])
    assert states(session) == {"a": State.CANCELLED, "b": State.ENROLLED, "c": State.WAITLISTED}


@pytest.mark.django_db
def test_more_seats_move_the_line_up_and_fewer_than_taken_are_refused():
    officer, session = made.officer(), made.open_session(capacity=1)
    for user in made.people(3):
        enrolment.enrol(session, user)
    editing.change(session, {"capacity": 2}, officer)
    assert sorted(states(session).values()) == ["enrolled", "enrolled", "waitlisted"]
    assert refusal(editing.change, session, {"capacity": 1}, officer) == "below_taken"


@pytest.mark.django_db
def test_called_up_people_have_a_seat_all_or_nobody():
    officer, session = made.officer(), made.open_session(capacity=2)
    three = [user.staff.pk for user in made.people(3)]
    assert refusal(enrolment.call_up, session, three, officer) == "no_room"
    assert not Enrolment.objects.exists()
    assert enrolment.call_up(session, three[:2], officer) == 2
    assert enrolment.call_up(session, three[:2], officer) == 0
    assert Notification.objects.filter(event="training.called_up").count() == 2
    assert refusal(enrolment.call_up, session, three, made.account()) == "only_managers"


@pytest.mark.django_db
def test_who_was_called_up_does_not_leave_alone_and_the_organiser_takes_off_who_is_not_marked():
    officer, user, next_in_line = made.officer(), made.account("an"), made.account("binh")
    session = made.open_session(capacity=1)
    enrolment.call_up(session, [user.staff.pk], officer)
    enrolment.enrol(session, next_in_line)
    assert refusal(enrolment.give_back, session, user) == "called_up"
    enrolment.take_off(session, user.staff, officer)
    assert states(session) == {"an": State.CANCELLED, "binh": State.ENROLLED}
    builders.attended(next_in_line.staff, session)
    assert refusal(enrolment.take_off, session, next_in_line.staff, officer) == "already_marked"


@pytest.mark.django_db
def test_all_who_miss_it_are_proposed_and_nobody_is_called_up_unseen(client):
    officer, trained, missing = made.officer(), made.account(), made.account()
    day = made.tomorrow()
    session = made.open_session(of=builders.course(years=(day.year,)))
    builders.outside(trained.staff, min(timezone.localdate(), day))
    builders.outside(officer.staff, min(timezone.localdate(), day))
    made.signed_in(client, officer)
    address = f"{session.get_absolute_url()}trieu-tap/"
    page = client.get(address, {"thieu": "1"}).content.decode()
    assert missing.staff.full_name in page and trained.staff.full_name not in page
    assert not Enrolment.objects.exists()
    client.post(address, {"people": [str(missing.staff.pk), "x"]})
    assert list(Enrolment.objects.values_list("staff", "state")) == [(missing.staff.pk, "invited")]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["enrol", "give_back", "call_up", "take_off", "more", "fewer"]), st.integers(0, 5)
    ),
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, capacity=st.integers(1, 3))
def test_seats_are_never_exceeded_and_nobody_waits_beside_a_free_seat(acts, capacity):
    officer = made.account()
    session = made.open_session(organiser=officer, capacity=capacity)
    users = made.people(6)
    for act, number in acts:
        user = users[number]
        try:
            if act in ("enrol", "give_back"):
                getattr(enrolment, act)(session, user)
            elif act == "call_up":
                enrolment.call_up(session, [user.staff.pk], officer)
            elif act == "take_off":
                enrolment.take_off(session, user.staff, officer)
            else:
                change = 1 if act == "more" else -1
                editing.change(session, {"capacity": max(1, made.fresh(session).capacity + change)}, officer)
        except Refused:
            continue
        seats = enrolment.seats_of(made.fresh(session))
        assert seats.taken <= seats.capacity
        assert seats.waiting == 0 or seats.is_full


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_the_same_moment_get_the_three_seats_there_are():
    load_reference_data(sender=apps.get_app_config("training"))
    session, users = made.open_session(capacity=3), made.people(10)
    together([lambda user=user: enrolment.enrol(session, user) for user in users])
    found = sorted(states(session).values())
    assert found == ["enrolled"] * 3 + ["waitlisted"] * 7


@pytest.mark.django_db(transaction=True)
def test_giving_back_calling_up_and_enrolling_at_once_never_exceed_the_seats():
    load_reference_data(sender=apps.get_app_config("training"))
    officer = made.officer()
    session, users = made.open_session(capacity=4), made.people(12)
    for user in users[:4]:
        enrolment.enrol(session, user)
    acts = [lambda user=user: enrolment.give_back(session, user) for user in users[:4]]
    acts += [lambda user=user: enrolment.enrol(session, user) for user in users[4:8]]
    acts += [lambda user=user: enrolment.call_up(session, [user.staff.pk], officer) for user in users[8:]]
    together(acts, also=Refused)
    seats = enrolment.seats_of(made.fresh(session))
    assert seats.taken == 4
    workflow.move(session, "cancel", officer, reason="Xong")


def together(acts, also=()):
    """Each act at the same moment, in a thread of its own; raises what one of them raised, but for `also`."""
    barrier, failures = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(20)
            act()
        except also:
            pass
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
