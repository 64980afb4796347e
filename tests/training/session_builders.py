"""Accounts and sessions at a moment of their life, for the tests of what is done with sessions."""

from datetime import datetime, time, timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone

from people.models import User
from people.roles import Role
from training import enrolment, workflow
from training.models import Session

from . import builders

_numbers = count(1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def account(name="", *roles, **staff_values):
    """An account with somebody in service behind it."""
    number = next(_numbers)
    user = User.objects.create_user(name or f"nguoi{number}", password="only-for-tests-14")
    builders.person(user=user, **staff_values)
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=Role(role).value)[0])
    return user


def officer():
    return account("daotao", Role.TRAINING_OFFICER, full_name="Trần Thị Đào")


def people(count, **values):
    return [account(**values) for _ in range(count)]


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def at(session, minutes=0):
    """A moment counted from the session's begin."""
    return session.begins + timedelta(minutes=minutes)


def planned(organiser=None, **fields):
    """A planned session of tomorrow, 8:00 to 11:00."""
    fields.setdefault("on", tomorrow())
    return builders.session(state="draft", organiser=organiser, **fields)


def open_session(organiser=None, **fields):
    fields.setdefault("on", tomorrow())
    return builders.session(state="open", organiser=organiser, **fields)


def held(organiser=None, **fields):
    """A session of yesterday that is not confirmed."""
    fields.setdefault("on", timezone.localdate() - timedelta(days=1))
    return builders.session(state="held", organiser=organiser, **fields)


def invited(session, by, accounts, now=None):
    """Called up while the session was open, whatever its state now."""
    state = session.state
    Session.objects.filter(pk=session.pk).update(state="open")
    enrolment.call_up(session, [user.staff.pk for user in accounts], by, now=now)
    Session.objects.filter(pk=session.pk).update(state=state)
    return fresh(session)


def fresh(session):
    return Session.objects.select_related("course").get(pk=session.pk)


def confirm(session, user, **data):
    return workflow.move(session, "confirm", user, rest_absent=True, **data)


def signed_in(client, user):
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


def moment(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
