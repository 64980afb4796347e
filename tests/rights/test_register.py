"""The register of processing covers every personal column of every app of ours."""

import pytest

from rights.words import has_words
from tests.rights.personal_fields import models_of_ours, personal_fields
from trust.holdings import STAYS, Holding, Pseudonym, by, holdings, nobody, register_holdings
from trust.processing import Activity, Basis, activities, register_activity

pytestmark = pytest.mark.once


def covered():
    found = {}
    for holding in holdings():
        found.setdefault(holding.model, set()).update(holding.fields)
    return found


def test_every_personal_column_belongs_to_an_activity():
    register = covered()
    missing = {
        model._meta.label: sorted(left)
        for model in models_of_ours()
        if (left := set(personal_fields(model)) - register.get(model._meta.label, set()))
    }
    assert missing == {}


def test_a_personal_column_nobody_registered_would_be_found(monkeypatch):
    from people.models import Staff

    register = covered()
    register["people.Staff"].discard("birth_date")
    assert set(personal_fields(Staff)) - register["people.Staff"] == {"birth_date"}


def test_the_detector_knows_name_mail_phone_birth_date_place_health_and_picture():
    found = {(model._meta.label, name) for model in models_of_ours() for name in personal_fields(model)}
    assert {
        ("people.Staff", "full_name"),
        ("people.Staff", "email"),
        ("people.Staff", "birth_date"),
        ("people.Leave", "kind"),
        ("training.Exemption", "reason"),
        ("competitions.Participant", "phone"),
        ("competitions.Participant", "place"),
        ("ideas.IdeaContact", "name"),
        ("plan.DifficultyContact", "phone"),
        ("plan.BookFile", "file"),
        ("rights.RightsRequest", "name"),
    } <= found


def test_every_activity_says_all_that_the_law_asks():
    for one in activities():
        assert all(map(str, (one.name, one.whose, one.data, one.purpose, one.law, one.readers, one.kept))), (
            one.code
        )
        assert one.basis in Basis


def test_every_activity_but_those_without_a_name_has_its_tables():
    assert {one.code for one in activities()} - {holding.activity for holding in holdings()} == set()


def test_whatever_stays_says_why():
    assert [holding.model for holding in holdings() if holding.kept_fields and not holding.why] == []


def test_every_column_of_a_copy_and_of_a_preview_has_words():
    missing = set()
    for holding in holdings():
        copied = holding.copied_fields if holding.is_copied and holding.whose is not nobody else ()
        missing |= {
            name for name in (*holding.fields, *copied) if not has_words(holding.table._meta.get_field(name))
        }
    assert sorted(missing) == []


def test_health_is_registered_as_sensitive():
    sensitive = {one.code for one in activities() if one.is_sensitive}
    assert {h.activity for h in holdings() if h.model in ("people.Leave", "training.Exemption")} <= sensitive


def test_an_activity_is_registered_once():
    one = activities()[0]
    register_activity(one)
    with pytest.raises(ValueError, match="Two activities"):
        register_activity(Activity(one.code, "Khác", "", "", "", Basis.DUTY, "", "", ""))


@pytest.mark.parametrize(
    ("fields", "why", "said"),
    [
        ({"full_name": STAYS}, "", "nothing says why"),
        ({"khong_co": STAYS}, "vì", "has no field"),
    ],
)
def test_a_holding_that_says_too_little_is_refused(fields, why, said):
    with pytest.raises(ValueError, match=said):
        register_holdings(Holding("people.Staff", "people.roster", fields, by(pk="staff"), why=why))


def test_a_holding_of_an_unknown_activity_is_refused():
    with pytest.raises(ValueError, match="no activity"):
        register_holdings(Holding("people.Staff", "khong.co", {"email": Pseudonym()}, by(pk="staff")))
