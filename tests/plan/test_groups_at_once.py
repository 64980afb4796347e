"""Two people at once: nobody overwrites the other, and of what there is one of, one is made."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from plan.books import book_at, writing
from plan.groups import residential
from plan.models import BookChange, Programme, Showcase

from . import books as b
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ward(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return make_plan_ward()


def at_once(*acts):
    """What each answered, or the ValidationError it raised."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            gate.wait(30)
            answers[number] = act()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def refused(answers):
    assert all(not isinstance(one, Exception) or isinstance(one, ValidationError) for one in answers), answers
    return sum(isinstance(one, ValidationError) for one in answers)


def test_of_two_who_change_one_entry_the_later_is_told(ward):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    forms = []
    for title, user in (("Tên một", ward.baocao), ("Tên hai", ward.dieuphoi)):
        row = type(club).objects.get()
        forms.append((b.form_of("cau-lac-bo", user, entry=row, **b.club_values(unit, title=title)), user))
    assert all(form.is_valid() for form, _user in forms)
    answers = at_once(*[lambda pair=pair: writing.write(*pair) for pair in forms])
    assert refused(answers) == 1
    assert BookChange.objects.filter(entry=club.pk, change="changed").count() == 1
    assert type(club).objects.get().edit_version == 2


def test_one_name_of_a_residential_group_is_added_once(ward):
    acts = [lambda: residential.write("Tổ dân phố số 9", ward.dieuphoi) for _number in range(4)]
    assert refused(at_once(*acts)) == 3
    assert residential.residential_groups().count() == 1


def test_different_residential_groups_get_different_codes(ward):
    acts = [lambda n=n: residential.write(f"Tổ dân phố số {n}", ward.dieuphoi) for n in range(4)]
    assert refused(at_once(*acts)) == 0
    codes = set(residential.residential_groups().values_list("code", flat=True))
    assert codes == {"TDP-01", "TDP-02", "TDP-03", "TDP-04"}


def test_a_year_gets_one_programme(ward):
    forms = [b.form_of("chuong-trinh", ward.baocao, year=2027) for _number in range(3)]
    assert all(form.is_valid() for form in forms)
    answers = at_once(*[lambda form=form: writing.write(form, ward.baocao) for form in forms])
    assert refused(answers) == 2
    assert Programme.objects.count() == 1


def test_two_models_of_one_name_published_at_once_have_two_addresses(ward):
    book, acts = book_at("mo-hinh"), []
    step = book.step("cong-bo")
    for _number in range(3):
        row = b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(b.units("VHXH")["VHXH"]))
        form = step.form({"seen": row.edit_version, "agreed": "on"}, entry=row)
        assert form.is_valid()
        acts.append(lambda row=row, form=form: writing.take_step(book, step, row, form, ward.dieuphoi))
    assert refused(at_once(*acts)) == 0
    assert len(set(Showcase.objects.values_list("slug", flat=True))) == 3
