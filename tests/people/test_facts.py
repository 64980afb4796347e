"""What comes with an account: its roles, its second factor, what its entries of the menu depend on."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import RequestFactory

from config.navigation import main_navigation
from people.facts import fact, with_facts
from people.models import User
from people.roles import OFFICER, ROLES, Role, has_role, revoke_role, roles_of, set_up_role
from people.sign_in.backend import StaffBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    """An account with two roles and a group of some other software."""
    user = User.objects.create_user("ca-hai", "ca-hai@hungdao.example", "mot mat khau dai")
    for role in (Role.UNIT_HEAD, Role.PLAN_COORDINATOR):
        set_up_role(user, role, "test")
    user.groups.add(Group.objects.create(name="another-software"))
    return user


def _came(user):
    return StaffBackend().get_user(user.pk)


def test_roles_come_with_the_account(both, django_assert_num_queries):
    user = _came(both)
    with django_assert_num_queries(0):
        assert roles_of(user) == {"unit_head", "plan_coordinator"}


def test_who_has_no_role_has_none(django_assert_num_queries):
    user = _came(User.objects.create_user("khong", "khong@hungdao.example", "mot mat khau dai"))
    with django_assert_num_queries(0):
        assert roles_of(user) == frozenset()


def test_the_menu_asks_the_database_nothing(both, django_assert_num_queries):
    request = RequestFactory().get("/viec-cua-toi/")
    request.user = _came(both)
    with django_assert_num_queries(0):
        assert "/ke-hoach/dieu-hanh/" in [item["url"] for item in main_navigation(request)]


def test_an_account_got_in_another_way_is_asked_once(both, django_assert_num_queries):
    user = User.objects.get(pk=both.pk)
    with django_assert_num_queries(1):
        assert (fact(user, OFFICER), fact(user, OFFICER)) == (True, True)
    assert roles_of(user) == roles_of(_came(both))


def test_a_role_that_was_taken_is_gone_at_once(both):
    administrator = User.objects.create_user("quan-tri", "qt@hungdao.example", "mot mat khau dai")
    set_up_role(administrator, Role.ADMINISTRATOR, "test")
    user = _came(both)
    assert has_role(user, Role.PLAN_COORDINATOR)
    revoke_role(administrator, user, Role.PLAN_COORDINATOR)
    assert roles_of(user) == roles_of(_came(both)) == {"unit_head"}


def test_nobody_has_no_facts(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert fact(AnonymousUser(), ROLES) is None


def test_every_account_of_a_query_has_its_own(both):
    other = User.objects.create_user("khac", "khac@hungdao.example", "mot mat khau dai")
    set_up_role(other, Role.JUDGE, "test")
    found = {user.username: roles_of(user) for user in with_facts(User.objects.order_by("pk"))}
    assert found == {"ca-hai": {"unit_head", "plan_coordinator"}, "khac": {"judge"}}
