"""What training answers about the plan's targets, and what everybody may read: ward totals."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from config.figures import Figure, Value, add_figure, figure_of
from people.models import Category
from portal.tree import ensure_site
from tests.html import assert_sound
from training import freezing, ward_totals
from training.freezing import Label
from training.models import Session
from training.targets_of_plan import FIGURES

from . import builders as b
from .freeze_builders import LAST, YEAR, at, officer, policy, ward

pytestmark = pytest.mark.django_db
THREE = ("digital-skills", "digital-transformation", "innovation")
JUNE = date(YEAR, 6, 30)


@pytest.fixture(autouse=True)
def _nothing_kept():
    with translation.override("en"):
        today = timezone.localdate()
        for key in (f"home:{today}", f"years:{today}"):
            cache.delete(f"training:ward-totals:{key}")
        yield
        for key in (f"home:{today}", f"years:{today}"):
            cache.delete(f"training:ward-totals:{key}")


def value(code, day=LAST):
    return figure_of(code).compute(day.year, day)


def numbers(code, day=LAST):
    found = value(code, day)
    return found.numerator, found.denominator, found.percent, found.complete, found.population


def test_training_answers_exactly_these_targets():
    assert [figure.code for figure in FIGURES] == ["A9", "C4", "D9", "E2", "E7"]
    assert [figure_of(figure.code) for figure in FIGURES] == list(FIGURES)
    assert figure_of("A1") is None


def test_a_code_belongs_to_one_figure():
    add_figure(figure_of("A9"))  # again is nothing
    with pytest.raises(ValueError, match="A9"):
        add_figure(Figure("A9", "x", lambda year, day: None))


def test_every_figure_speaks_of_the_day_asked_and_of_no_person():
    ward()
    for figure in FIGURES:
        found = figure.compute(YEAR, JUNE)
        assert isinstance(found, Value)
        assert found.as_of == JUNE
        assert "HD-00" not in repr(found)
        assert "Lan" not in repr(found)


def test_a9_is_trained_of_those_who_had_to_by_now():
    ward()
    assert numbers("A9") == (1, 2, "50.0", False, 5)
    assert value("A9").source == "coverage:digital-skills"
    assert numbers("A9", date(YEAR, 3, 9)) == (0, 2, "0.0", False, 4)


def test_nobody_concerned_has_no_percentage():
    assert numbers("A9") == (0, 0, None, False, 0)
    assert not value("A9").is_public


def test_c4_is_over_core_members():
    basic = b.course("CB", counts_for=("core-digital-skills",))
    members = [b.person(category=Category.CORE_MEMBER, in_unit=b.unit("MTTQ")) for _ in range(3)]
    b.person(category=Category.CIVIL_SERVANT)
    lesson = b.session(basic)
    for member in members[:2]:
        b.attended(member, lesson)
    assert numbers("C4") == (2, 3, "66.6", False, 3)
    b.attended(members[2], lesson)
    assert numbers("C4") == (3, 3, "100.0", True, 3)


def test_d9_proves_that_the_rule_is_not_written_for_one_requirement():
    """Same people, another requirement: cadres and civil servants, its own courses, its own exemptions."""
    people = ward()
    b.person("HD-0020", in_unit=b.unit("VP"), category=Category.PUBLIC_EMPLOYEE)
    security = b.course("ATTT", counts_for=("information-security",))
    b.attended(people["hoa"], b.session(security))
    assert numbers("A9") == (1, 3, "33.3", False, 6)
    assert numbers("D9") == (1, 3, "33.3", False, 5)  # Hải is exempt from A9 alone; VC are not in scope
    b.exempt(people["lan"], date(YEAR, 1, 1), requirement_code="information-security")
    b.outside(people["hai"], JUNE, requirement_code="information-security")
    assert numbers("D9") == (2, 2, "100.0", True, 5)
    assert numbers("A9") == (1, 3, "33.3", False, 6)


def test_e2_needs_all_three_since_2026_over_cadres_and_civil_servants():
    unit = b.unit("VP")
    everything, two, years, early, vc = (b.person(f"E-{n}", in_unit=unit) for n in range(5))
    vc.spells.update(category="VC")
    lessons = {code: b.session(b.course(code, counts_for=(code,)), on=date(2026, 5, 5)) for code in THREE}
    for lesson in lessons.values():
        b.attended(everything, lesson)
        b.attended(vc, lesson)
    for code in THREE[:2]:
        b.attended(two, lessons[code])
        b.attended(years, lessons[code])
    b.attended(years, b.session(b.course("M", counts_for=("innovation",)), on=date(2027, 5, 5)))
    old = {code: b.session(b.course(f"{code}-25", counts_for=(code,)), on=date(2025, 5, 5)) for code in THREE}
    for lesson in old.values():
        b.attended(early, lesson)
    assert numbers("E2", date(2026, 5, 4)) == (0, 4, "0.0", False, 4)
    assert numbers("E2", date(2026, 12, 31)) == (1, 4, "25.0", False, 4)
    assert numbers("E2", date(2027, 12, 31)) == (2, 4, "50.0", False, 4)


def test_e2_counts_what_each_year_counted_in_its_own_year():
    someone = b.person(in_unit=b.unit("VP"))
    for code in THREE:
        b.attended(someone, b.session(b.course(code, counts_for=(code,), years=(2026,)), on=date(2026, 5, 5)))
    assert numbers("E2", date(2027, 6, 1)) == (1, 1, "100.0", True, 1)
    Session.objects.update(held_on=date(2027, 1, 5))  # of a year the courses do not count for
    assert numbers("E2", date(2027, 6, 1)) == (0, 1, "0.0", False, 1)


def test_e2_of_somebody_exempt_from_one_is_neither_trained_nor_missing():
    someone = b.person(in_unit=b.unit("VP"))
    for code in THREE[:2]:
        b.attended(someone, b.session(b.course(code, counts_for=(code,)), on=date(2026, 5, 5)))
    b.exempt(someone, date(2026, 1, 1), requirement_code="innovation")
    assert numbers("E2") == (0, 0, None, False, 1)


def test_e7_counts_classes_held_not_their_sessions():
    assert (value("E7").numerator, value("E7").denominator, value("E7").complete) == (0, None, False)
    skills = b.course("KNS")
    b.session(skills, on=date(YEAR, 3, 1))
    b.session(skills, on=date(YEAR, 3, 2))
    both = b.course("DMST", counts_for=("innovation", "digital-skills"))
    b.session(both, on=date(YEAR, 8, 2))
    b.session(b.course("NC", counts_for=("core-digital-skills",)), on=date(YEAR, 9, 2))
    b.session(b.course("AT", counts_for=("information-security",)), on=date(YEAR, 3, 2))
    b.session(b.course("CU", years=(2025,)), on=date(YEAR, 3, 2))
    b.session(b.course("HUY"), on=date(YEAR, 3, 2), state="cancelled")
    b.session(b.course("CHO"), on=date(YEAR, 3, 2), state="held")
    assert [value("E7", day).numerator for day in (date(YEAR, 2, 1), JUNE, LAST)] == [0, 1, 3]
    assert value("E7").complete
    assert value("E7").is_public


def test_a_figure_asks_the_same_number_of_questions_for_one_and_for_many():
    def asked():
        counts = []
        for figure in FIGURES:
            with CaptureQueriesContext(connection) as found:
                figure.compute(YEAR, LAST)
            counts.append(len(found))
        return counts

    ward()
    few = asked()
    lesson = Session.objects.get()
    for number in range(30):
        b.attended(b.person(in_unit=b.unit(f"D{number % 5}")), lesson)
    assert asked() == few


# ---- what everybody may read


def five_officials(trained=3, **fields):
    today = timezone.localdate()
    lesson = b.session(b.course(years=(today.year - 1, today.year)), on=today.replace(month=1, day=1))
    people = [b.person(in_unit=b.unit("VHXH"), full_name=f"Phạm Kín {n}") for n in range(5)]
    for person in people[:trained]:
        b.attended(person, lesson)
    return people


@pytest.fixture
def english(client):
    client.cookies["ngon_ngu"] = "en"
    return client


def test_the_home_page_shows_the_year_s_figures(english):
    ensure_site()
    five_officials()
    html = english.get("/").content.decode()
    assert_sound(html)
    assert "3<small>/5 people</small>" in html
    assert "Official rate 60.0" in html
    assert 'aria-label="3 trained, 0 exempt, 0 not due, 2 missing, of 5"' in html
    assert "Phạm Kín" not in html


@pytest.mark.parametrize("people", [0, 4])
def test_fewer_than_five_are_not_on_the_home_page(english, people):
    ensure_site()
    for _ in range(people):
        b.person(in_unit=b.unit("VHXH"))
    html = english.get("/").content.decode()
    assert "Officials trained" not in html and "in figures" not in html


def test_the_home_page_asks_at_most_three_questions_and_then_none_for_a_minute():
    five_officials()
    with CaptureQueriesContext(connection) as first:
        ward_totals.this_year(timezone.localdate())
    with CaptureQueriesContext(connection) as second:
        ward_totals.this_year(timezone.localdate())
    assert (len(first) <= 3, len(second)) == (True, 0)


def test_the_public_page_shows_totals_by_requirement_and_year_and_nobody(english):
    five_officials()
    html = english.get("/dao-tao/so-lieu/").content.decode()
    assert_sound(html)
    for word in ("Phạm Kín", "T-0", "VHXH", "Đơn vị"):
        assert word not in html.split("</header>")[1], word
    assert "3 trained, 0 exempt, 0 not due, 2 missing, of 5" in html


def test_the_json_says_the_same(english):
    five_officials()
    today = timezone.localdate()
    answer = english.get("/dao-tao/so-lieu.json")
    assert answer.headers["Content-Type"] == "application/json"
    found = answer.json()
    assert (found["ward"], found["as_of"]) == ("Phường Hưng Đạo", today.isoformat())
    codes = [requirement["code"] for requirement in found["requirements"]]
    assert codes == ["digital-skills"]  # no course counts for the others
    years = found["requirements"][0]["years"]
    assert [year["year"] for year in years] == [today.year, today.year - 1]  # none counts the year before
    assert years[0] == {
        "year": today.year,
        "as_of": today.isoformat(),
        "source": "live",
        "trained": 3,
        "exempt": 0,
        "not_due": 0,
        "missing": 2,
        "population": 5,
        "strict": "60.0",
        "official": "60.0",
        "complete": False,
    }
    assert "Kín" not in answer.content.decode()


def test_fewer_than_five_are_held_back_everywhere(english):
    b.course(counts_for=("digital-skills", "innovation"), years=(timezone.localdate().year,))
    for _ in range(4):
        b.person(in_unit=b.unit("VHXH"))
    found = english.get("/dao-tao/so-lieu.json").json()
    numbers = {
        value
        for requirement in found["requirements"]
        for year in requirement["years"]
        for name, value in year.items()
        if name not in ("year", "as_of", "source")
    }
    assert numbers == {None}
    html = english.get("/dao-tao/so-lieu/").content.decode()
    assert_sound(html)
    assert "No figures yet" in html


def test_a_past_year_is_read_from_its_freeze(english):
    last = timezone.localdate().year - 1
    people = five_officials()
    b.attended(people[0], b.session(on=date(last, 5, 5)))
    snapshot = freezing.freeze(policy(year=last), Label.YEAR_END, officer(), at(date(last + 1, 1, 2)))
    b.attended(people[1], Session.objects.get(held_on=date(last, 5, 5)))  # found later
    years = english.get("/dao-tao/so-lieu.json").json()["requirements"][0]["years"]
    assert (years[1]["trained"], years[1]["source"], years[1]["sha256"]) == (1, "freeze", snapshot.sha256)
    html = english.get("/dao-tao/so-lieu/").content.decode()
    assert f"As of 31/12/{last}, frozen" in " ".join(html.split())
    cache.delete(f"training:ward-totals:years:{timezone.localdate()}")
    freezing.freeze(
        policy(year=last), Label.YEAR_END, officer(), timezone.now() + timedelta(days=1), reason="x", seen=1
    )
    years = english.get("/dao-tao/so-lieu.json").json()["requirements"][0]["years"]
    assert years[1]["trained"] == 2


def test_the_public_pages_ask_the_same_number_of_questions_for_five_and_fifty(english):
    def asked(address):
        english.get(address)  # the links around the page are kept from here on
        cache.delete(f"training:ward-totals:years:{timezone.localdate()}")
        with CaptureQueriesContext(connection) as found:
            assert english.get(address).status_code == 200
        return len(found)

    addresses = ("/dao-tao/so-lieu/", "/dao-tao/so-lieu.json")
    five_officials()
    few = [asked(address) for address in addresses]
    for number in range(45):
        b.person(in_unit=b.unit(f"D{number % 9}"))
    assert [asked(address) for address in addresses] == few
