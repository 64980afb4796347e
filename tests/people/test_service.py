"""Who serves where on a day."""

import pytest
from django.core.exceptions import ValidationError

from people.models import Position, ServiceSpell, UnitAssignment
from people.service import in_service, position_of, primary_unit_of, workplaces

from .builders import D, staff, unit

pytestmark = pytest.mark.django_db


def moved():
    """From A to B on 1 July 2026, and beside that in C for some months."""
    a, b, c = unit("A", "A"), unit("B", "B"), unit("C", "C")
    person = staff(since=D(2020, 1, 1))
    chief = Position.objects.create(name="Trưởng phòng")
    UnitAssignment.objects.create(staff=person, unit=a, start_on=D(2020, 1, 1), end_before=D(2026, 7, 1))
    UnitAssignment.objects.create(staff=person, unit=b, position=chief, start_on=D(2026, 7, 1))
    UnitAssignment.objects.create(staff=person, unit=c, start_on=D(2026, 6, 1), is_primary=False)
    return person, a, b


def test_the_unit_follows_the_primary_assignment_to_the_day():
    person, a, b = moved()
    assert primary_unit_of(person, D(2026, 6, 30)) == a
    assert primary_unit_of(person, D(2026, 7, 1)) == b
    assert primary_unit_of(person, D(2019, 12, 31)) is None
    assert (position_of(person, D(2026, 6, 30)), position_of(person, D(2026, 7, 1))) == ("", "Trưởng phòng")


def test_workplaces_take_one_query(django_assert_num_queries):
    person, a, _b = moved()
    other = staff("HD-0002", "Trần Thị Hòa")
    with django_assert_num_queries(1):
        assert workplaces([person.pk, other.pk], D(2026, 6, 30)) == {person.pk: (a, "")}


def test_service_is_half_open():
    person = staff(since=D(2024, 1, 1))
    ServiceSpell.objects.update(end_before=D(2025, 1, 1))
    days = (2023, 12, 31), (2024, 1, 1), (2024, 12, 31), (2025, 1, 1)
    assert [in_service(person, D(*day)) for day in days] == [False, True, True, False]


def test_a_second_primary_on_the_same_days_is_refused_a_secondary_is_not():
    person, a, _b = moved()
    row = UnitAssignment(staff=person, unit=a, start_on=D(2026, 8, 1), end_before=D(2026, 9, 1))
    with pytest.raises(ValidationError):
        row.clean()
    row.is_primary = False
    row.clean()
    UnitAssignment(staff=person, unit=a, start_on=D(2019, 1, 1), end_before=D(2020, 1, 1)).clean()


def test_spells_of_one_category_do_not_overlap():
    person = staff(since=D(2024, 1, 1))
    with pytest.raises(ValidationError):
        ServiceSpell(staff=person, category="CC", start_on=D(2025, 1, 1)).clean()
    ServiceSpell(staff=person, category="NC", start_on=D(2025, 1, 1)).clean()
