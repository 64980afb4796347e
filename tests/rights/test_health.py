"""Reasons about health are read with a permission of their own, held by personnel officers alone."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission

from people.access import may_see_leave_kind
from people.health import CODENAME, ensure_permission
from people.models import Leave, User
from people.roles import Role
from tests.people.builders import account, staff
from training import exemptions
from training.access import may_see_reasons
from training.models import Exemption, Requirement

pytestmark = pytest.mark.django_db
SECRET = "Điều trị 5150"


@pytest.fixture
def leave():
    return Leave.objects.create(staff=staff(), start_on=date(2026, 1, 1), kind=SECRET)


def readers():
    found = {role.value: account(f"a-{role.value}", role) for role in Role}
    root = User.objects.create_superuser("goc", "goc@hungdao.example", "x" * 20)
    return found | {"nobody": account("canbo"), "superuser": root}


def test_only_personnel_officers_read_the_kind_of_a_leave(leave):
    read = {name: Leave.objects.read_by(user).get().health_reason for name, user in readers().items()}
    assert {name for name, reason in read.items() if reason} == {"personnel_officer"}
    assert read["personnel_officer"] == SECRET


def test_for_anybody_else_the_kind_is_not_even_loaded(leave):
    found = Leave.objects.read_by(account("quantri", Role.ADMINISTRATOR)).get()
    assert "kind" in found.get_deferred_fields()
    assert SECRET not in str(vars(found))


def test_it_is_the_permission_that_is_asked_and_not_the_role(leave):
    nhansu = account("nhansu", Role.PERSONNEL_OFFICER)
    assert may_see_leave_kind(nhansu) and may_see_reasons(nhansu)
    group = Group.objects.get(name="personnel_officer")
    group.permissions.remove(Permission.objects.get(codename=CODENAME))
    again = User.objects.get(pk=nhansu.pk)
    assert not may_see_leave_kind(again) and not may_see_reasons(again)
    assert Leave.objects.read_by(again).get().health_reason == ""


def test_a_permission_given_to_anybody_else_is_taken_back_and_opens_nothing(leave):
    permission = Permission.objects.get(codename=CODENAME)
    admin = account("quantri", Role.ADMINISTRATOR)
    admin.user_permissions.add(permission)
    Group.objects.get(name="administrator").permissions.add(permission)
    assert Leave.objects.read_by(User.objects.get(pk=admin.pk)).get().health_reason == ""
    ensure_permission()
    holders = set(Group.objects.filter(permissions=permission).values_list("name", flat=True))
    assert (holders, permission.user_set.count()) == ({"personnel_officer"}, 0)


def test_what_was_taken_from_the_officers_stays_taken():
    permission = Permission.objects.get(codename=CODENAME)
    Group.objects.get(name="personnel_officer").permissions.remove(permission)
    ensure_permission()
    assert not Group.objects.filter(permissions=permission).exists()


def test_the_reason_of_an_exemption_is_read_the_same_way():
    person = staff()
    Exemption.objects.create(
        staff=person,
        requirement=Requirement.objects.first(),
        start_on=date(2026, 1, 1),
        reason=SECRET,
        requested_at="2026-01-01T00:00Z",
    )
    row = Exemption.objects.defer("reason").get()
    read = {name for name, user in readers().items() if exemptions.reason_for(user, row) == SECRET}
    assert read == {"personnel_officer"}
