"""Changing the policy of a year: compared first, logged, with a reason once the year is frozen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from people.roles import Role
from people.units import UnitTree
from tests.html import assert_sound
from training import coverage, policies
from training.models import PolicyChange, RequirementYear
from trust.append_only import Frozen

from . import board_builders as bb
from .test_board import BOARD, officer, today, ward  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
POLICY = f"{BOARD}quy-dinh/"


def typed(**changes):
    return {
        "categories": ["CB", "CC", "VC"],
        "min_minutes": "1",
        "min_available_days": "30",
        "due_on": "30/11/2026",
        "evaluation_on": "01/12/2026",
        "legal_basis": "Kế hoạch 178/KH-UBND, mục II.2.a (A9)",
    } | changes


def test_the_page_compares_before_it_saves_and_logs_what_changed(client, ward, officer):  # noqa: F811
    answer = client.get(POLICY)
    assert_sound(answer.content)
    shown = client.post(POLICY, typed(min_minutes="181", act="save"))  # never compared: not saved
    assert_sound(shown.content)
    compared = shown.context["compared"]
    assert (compared["before"].trained, compared["after"].trained) == (2, 0)
    assert PolicyChange.objects.count() == RequirementYear.objects.count() == 0

    other = client.post(POLICY, typed(min_minutes="200", act="save", previewed=compared["mark"]))
    assert (other.status_code, PolicyChange.objects.count()) == (200, 0)

    saved = client.post(
        POLICY, typed(min_minutes="181", act="save", previewed=compared["mark"], reason="Thử")
    )
    assert saved.status_code == 302
    change = PolicyChange.objects.get()
    assert (change.before["min_minutes"], change.after["min_minutes"]) == (1, 181)
    assert (change.figures_before["trained"], change.figures_after["trained"]) == (2, 0)
    assert (change.by, change.by_name, change.reason) == (officer, "Lê Văn Đọc", "Thử")
    assert [(before, after) for _label, before, after in change.differences] == [("1", "181")]
    assert coverage.policy_of("digital-skills", 2026).min_minutes == 181
    assert client.get(BOARD).context["found"].total.trained == 0
    assert_sound(client.get(POLICY).content)


def test_units_and_categories_change_who_is_in_scope(client, ward, officer):  # noqa: F811
    values = typed(units_in=[str(ward.hd.pk)], units_out=[str(ward.vp.pk)])
    mark = client.post(POLICY, values).context["compared"]["mark"]
    assert client.post(POLICY, values | {"act": "save", "previewed": mark}).status_code == 302
    stored = coverage.policy_of("digital-skills", 2026)
    assert (stored.units_in, stored.units_out) == ({ward.hd.pk}, {ward.vp.pk})
    assert client.get(BOARD).context["found"].total.population == 3
    both = client.post(POLICY, values | {"units_out": [str(ward.hd.pk)]})
    assert (both.status_code, list(both.context["form"].errors)) == (422, ["units_out"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("min_minutes", "0"), ("min_available_days", "400"), ("due_on", "30/11/2025"), ("categories", [])],
)
def test_what_cannot_be_is_answered_at_its_field_and_stays_typed(client, officer, field, value):  # noqa: F811
    answer = client.post(POLICY, typed(**{field: value}))
    assert_sound(answer.content)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_frozen_year_changes_with_a_reason_alone(officer):  # noqa: F811
    bb.freeze(2025)
    before = coverage.policy_of("digital-skills", 2025)
    after = policies.changed(before, values_of(before) | {"min_available_days": 0})
    with pytest.raises(ValidationError) as refused:
        policies.save(officer, after, seen=0, reason=" ")
    assert list(refused.value.message_dict) == ["reason"]
    assert policies.save(officer, after, seen=0, reason="Đọc theo đúng chữ").reason == "Đọc theo đúng chữ"


def values_of(policy):
    names = ("categories", "min_minutes", "min_available_days", "due_on", "evaluation_on", "legal_basis")
    units = {"units_in": policy.units_in, "units_out": policy.units_out}
    return {name: getattr(policy, name) for name in names} | units


def test_two_officers_do_not_overwrite_each_other(officer):  # noqa: F811
    before = coverage.policy_of("digital-skills", 2026)
    mine = policies.changed(before, values_of(before) | {"min_minutes": 90})
    theirs = policies.changed(before, values_of(before) | {"min_minutes": 180})
    first = policies.save(officer, mine, seen=0)
    with pytest.raises(ValidationError):
        policies.save(officer, theirs, seen=0)
    assert policies.save(officer, mine, seen=0) is None  # what stands already is no change
    assert policies.save(officer, theirs, seen=first.pk).after["min_minutes"] == 180


def test_the_log_is_written_once(officer):  # noqa: F811
    before = coverage.policy_of("digital-skills", 2026)
    change = policies.save(officer, policies.changed(before, values_of(before) | {"min_minutes": 90}), seen=0)
    with pytest.raises(Frozen):
        change.save()
    with pytest.raises(Frozen):
        change.delete()


def test_the_training_officer_alone_keeps_it(client):
    before = coverage.policy_of("digital-skills", 2026)
    for role in (Role.HEAD, Role.PERSONNEL_OFFICER, Role.UNIT_HEAD, Role.ADMINISTRATOR):
        user = bb.reader(role.value, role)
        client.force_login(user)
        assert (client.get(POLICY).status_code, client.post(POLICY, {}).status_code) == (403, 403)
        with pytest.raises(PermissionDenied):
            policies.save(user, before, seen=0)
    client.logout()
    assert client.get(POLICY).status_code == 302


def test_next_year_can_be_set_and_is_compared_on_its_first_day(client, ward, officer):  # noqa: F811
    values = typed(due_on="30/11/2027", evaluation_on="01/12/2027", min_minutes="60")
    compared = client.post(f"{POLICY}?year=2027", values).context["compared"]
    assert compared["day"] == date(2027, 1, 1)
    assert compared["before"] == compared["after"]
    assert policies.day_of_comparison(2025, bb.DAY) == date(2025, 12, 31)
    assert UnitTree.load().by_code("HD") == ward.hd
