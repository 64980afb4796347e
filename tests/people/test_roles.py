"""Roles: who gives them, what is logged, who is told."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.utils import translation

from notifications.models import Notification
from people import roles
from people.models import RoleChange, User
from people.roles import Role, grant_role, has_role, holders_of, revoke_role, roles_of

from .builders import account, administrator, staff

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_every_role_is_a_group_after_migrate():
    assert set(Group.objects.filter(name__in=Role.values).values_list("name", flat=True)) == set(Role.values)


def test_an_administrator_gives_and_takes_a_role_and_both_are_logged_with_names_as_values():
    boss, an = administrator(), account("an")
    staff("HD-0007", "Nguyễn Văn An", user=an)
    assert grant_role(boss, an, Role.JUDGE) is True
    assert grant_role(boss, an, "judge") is False
    assert roles_of(fresh(an)) == {"judge"}
    assert revoke_role(boss, an, Role.JUDGE) is True
    assert roles_of(fresh(an)) == frozenset()
    lines = RoleChange.objects.filter(person=an).order_by("pk")
    assert [
        (line.change, line.role, line.actor_name, line.person_name, line.person_staff_code) for line in lines
    ] == [
        ("granted", "judge", "quantri", "Nguyễn Văn An", "HD-0007"),
        ("revoked", "judge", "quantri", "Nguyễn Văn An", "HD-0007"),
    ]


def test_the_log_survives_its_people_and_cannot_be_changed():
    boss, an = administrator(), account("an")
    grant_role(boss, an, Role.JUDGE)
    an.delete()
    line = RoleChange.objects.get(role="judge")
    assert (line.person, line.person_name, line.actor_name) == (None, "an", "quantri")
    for change in (
        line.save,
        line.delete,
        RoleChange.objects.all().delete,
        lambda: RoleChange.objects.update(role="x"),
    ):
        with pytest.raises(TypeError):
            change()


def test_nobody_gives_or_takes_a_role_of_their_own():
    boss = administrator()
    for change in (grant_role, revoke_role):
        with (
            translation.override("en"),
            pytest.raises(PermissionDenied, match="Nobody changes their own roles"),
        ):
            change(boss, boss, Role.ADMINISTRATOR)


def test_only_an_administrator_gives_roles_a_superuser_does_not():
    an = account("an")
    for actor in (account("x", "head"), account("y", is_superuser=True), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            grant_role(actor, an, Role.JUDGE)
    assert roles_of(fresh(an)) == frozenset()


def test_closed_accounts_and_nobody_have_no_role_and_a_superuser_nothing_extra():
    closed = account("an", "judge")
    closed.is_active = False
    assert roles_of(closed) == frozenset() == roles_of(AnonymousUser()) == roles_of(None)
    assert not has_role(account("sieu", is_superuser=True), Role.ADMINISTRATOR)


def test_the_roles_of_an_account_are_asked_once(django_assert_num_queries):
    an = fresh(account("an", "judge", "editor"))
    with django_assert_num_queries(1):
        assert (
            has_role(an, Role.JUDGE) and has_role(an, Role.HEAD, Role.EDITOR) and not has_role(an, Role.HEAD)
        )


def test_the_person_and_the_watchers_are_told_without_a_name(monkeypatch):
    boss, an, chair = administrator(), account("an"), account("chutich")
    monkeypatch.setattr(roles, "role_watchers", [lambda: [chair, boss, an]])
    grant_role(boss, an, Role.JUDGE)
    rows = Notification.objects.filter(event__startswith="people.", recipient__in=[an, chair, boss])
    told = {(n.recipient.username, n.event) for n in rows if n.params["role"] and n.recipient != boss}
    assert told == {("an", "people.role_granted"), ("chutich", "people.role_granted_to_somebody")}
    assert not rows.filter(recipient=boss, event="people.role_granted_to_somebody").exists()
    assert all("an" not in str(n.params.values()).split() for n in rows)


def test_holders_of_a_role_are_open_accounts_once():
    an = account("an", "judge", "organiser")
    account("ba", "judge", is_active=False)
    assert list(holders_of(Role.JUDGE, Role.ORGANISER)) == [an]
