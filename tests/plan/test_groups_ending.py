"""A residential group that ends, by itself or merged into another: from that day on it is not counted, what
was written down before stays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from config.figures import figure_of
from people.roles import Role
from plan.books import book_at
from plan.groups import residential
from plan.groups.ending import End, into_refused, merged_later, stands
from plan.models import ResidentialEnd, ResidentialGroupChange
from tests.ideas.builders import make_user

from . import books as b
from .builders import make_plan_ward

AT = "/ke-hoach/dieu-hanh/to-dan-pho/"
BOOKS = "/ke-hoach/dieu-hanh/hoat-dong/"
DAY = date(2026, 7, 1)


@pytest.fixture
def ward(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return make_plan_ward()


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def value(code, delta=0):
    day = b.today() + timedelta(days=delta)
    return figure_of(code).compute(day.year, day)


def end(ward, unit, into=None, delta=0, reason="Nghị quyết 12/NQ-HĐND"):
    day = b.today() + timedelta(days=delta)
    return residential.end(unit, ward.dieuphoi, day=day, reason=reason, into=into)


def two(ward):
    return b.a_group(ward.dieuphoi), b.a_group(ward.dieuphoi, "Tổ dân phố số 2")


# ---- the rule


@pytest.mark.parametrize("delta,there", [(-1, True), (0, False), (1, False)])
def test_it_is_there_until_the_day_before(delta, there):
    assert stands({1: End(DAY)}, 1, DAY + timedelta(days=delta)) is there
    assert stands({1: End(DAY)}, 2, DAY + timedelta(days=delta))


def test_what_is_merged_is_merged_into_one_that_is_there():
    ends = {1: End(DAY, 2)}
    assert into_refused(ends, 2, 2, DAY)  # itself
    assert into_refused(ends, 2, 1, DAY)  # a circle
    assert not into_refused(ends, 2, 1, DAY - timedelta(days=1)) and not into_refused(ends, 3, 2, DAY)
    assert not into_refused(ends, 3, None, DAY)


def test_one_that_another_is_merged_into_ends_after_that():
    ends = {1: End(DAY, 2)}
    assert merged_later(ends, 2, DAY) == 1 and merged_later(ends, 2, DAY - timedelta(days=9)) == 1
    assert merged_later(ends, 2, DAY + timedelta(days=1)) is None


# ---- what is counted


def test_from_that_day_c6_and_c9_count_without_it_and_before_as_ever(ward):
    first, second = two(ward)
    for slug, title in (("cau-lac-bo", "CLB"), ("to-cong-nghe-so", "Tổ")):
        group = b.enter(slug, ward.baocao, **b.club_values(first, title=title))
        b.enter("nhat-ky", ward.baocao, **b.activity_values(group))
    assert (value("C6").numerator, value("C6").complete, value("C9").numerator) == (1, False, 1)
    end(ward, second)  # the one without a club: every group left has one
    assert (value("C6").numerator, value("C6").complete) == (1, True)
    assert (value("C6", -1).numerator, value("C6", -1).complete) == (1, False)
    residential.undo_end(second, ward.dieuphoi, reason="Nhầm tổ")
    end(ward, first, into=second, delta=1)
    assert (value("C6").numerator, value("C9").numerator) == (1, 1)
    assert (value("C6", 1).numerator, value("C9", 1).numerator) == (0, 0)


def test_it_is_logged_with_reason_and_undone_with_a_reason(ward):
    first, second = two(ward)
    end(ward, first, into=second)
    kept = ResidentialEnd.objects.get()
    assert (kept.unit, kept.into, kept.ended_from) == (first, second, b.today())
    residential.undo_end(first, ward.dieuphoi, reason="Nhầm tổ")
    assert not ResidentialEnd.objects.exists()
    lines = ResidentialGroupChange.objects.filter(unit=first).values_list("change", "note", "actor_name")
    assert list(lines)[1:] == [
        ("ended", "Nghị quyết 12/NQ-HĐND", "Đinh Thị Điều"),
        ("end_undone", "Nhầm tổ", "Đinh Thị Điều"),
    ]


def test_what_makes_no_sense_is_refused_with_nothing_written(ward):
    first, second = two(ward)
    with pytest.raises(ValidationError, match="itself"):
        end(ward, first, into=first)
    end(ward, first, into=second, delta=5)
    with pytest.raises(ValidationError, match="merged into it"):
        end(ward, second, delta=5)
    with pytest.raises(ValidationError, match="no longer there"):
        end(ward, second, into=first, delta=9)
    with pytest.raises(ValidationError, match="has ended already"):
        end(ward, first)
    residential.undo_end(first, ward.dieuphoi, reason="Nhầm")
    with pytest.raises(ValidationError, match="has not ended"):
        residential.undo_end(first, ward.dieuphoi, reason="Nhầm")
    assert not ResidentialEnd.objects.exists()


def test_its_name_is_free_again_and_undoing_asks_whose_it_is_now(ward):
    first, second = two(ward)
    end(ward, first, into=second, delta=1)
    with pytest.raises(ValidationError, match="is there already"):
        b.a_group(ward.dieuphoi)  # it is there until tomorrow
    residential.undo_end(first, ward.dieuphoi, reason="Sai ngày")
    end(ward, first, into=second)
    assert b.a_group(ward.dieuphoi).code == "TDP-03"
    with pytest.raises(ValidationError, match="is there already"):
        residential.undo_end(first, ward.dieuphoi, reason="Nhầm")


# ---- forms and entries


def test_forms_offer_it_no_more_and_keep_it_where_it_was_chosen(ward):
    first, second = two(ward)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(first))
    held = b.enter("nhat-ky", ward.baocao, **b.activity_values(club))
    of = b.units("VHXH")["VHXH"]
    session = b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(of, groups=[first.pk, second.pk]))
    model = b.enter("mo-hinh", ward.baocao, **b.showcase_values(of, where=first.pk))
    end(ward, first, into=second)
    offered = {
        "cau-lac-bo": ("unit", club, first),
        "nhat-ky": ("group", held, club),
        "buoi-tuyen-truyen": ("groups", session, first),
        "mo-hinh": ("where", model, first),
    }
    for slug, (field, entry, chosen) in offered.items():
        assert chosen.pk not in keys(b.form_of(slug, ward.baocao).fields[field]), slug
        assert chosen.pk in keys(b.form_of(slug, ward.baocao, entry=entry).fields[field]), slug
    assert second.pk in keys(b.form_of("cau-lac-bo", ward.baocao).fields["unit"])
    b.enter("cau-lac-bo", ward.baocao, entry=club, **b.club_values(first, last_day=b.day(-1)))  # to its end


def keys(field):
    return set(field.queryset.values_list("pk", flat=True))


def test_nothing_is_written_down_of_it_for_a_day_without_it(ward):
    unit = b.a_group(ward.dieuphoi)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
    held = b.enter("nhat-ky", ward.baocao, **b.activity_values(club))
    end(ward, unit, delta=-5)
    for delta, fits in ((-6, True), (-5, False)):
        typed = b.activity_values(club, held_on=b.day(delta))
        assert b.form_of("nhat-ky", ward.baocao, entry=held, **typed).is_valid() is fits


def test_entries_of_before_stay_and_say_that_it_has_ended(ward, client):
    first, second = two(ward)
    club = b.enter("cau-lac-bo", ward.baocao, **b.club_values(first))
    of = b.units("VHXH")["VHXH"]
    session = b.enter(
        "buoi-tuyen-truyen", ward.baocao, **b.session_values(of, groups=[first.pk], is_public="on")
    )
    model = b.enter("mo-hinh", ward.baocao, **b.showcase_values(of, where=first.pk))
    end(ward, first, into=second)
    client.force_login(ward.baocao)
    ended = f"{first.name} (đã kết thúc)"
    for at in (
        f"{BOOKS}cau-lac-bo/",
        f"{BOOKS}cau-lac-bo/{club.pk}/",
        f"{BOOKS}buoi-tuyen-truyen/{session.pk}/",
        f"{BOOKS}mo-hinh/",
        f"{BOOKS}mo-hinh/{model.pk}/",
        f"/ke-hoach/buoi/{session.pk}/",
    ):
        assert ended in client.get(at).content.decode(), at
    page = client.get(f"{BOOKS}cau-lac-bo/{club.pk}/").content.decode()
    assert "nhat-ky/them/" not in page and "Tổ dân phố này đã kết thúc" in page


def test_a_club_of_an_ended_group_needs_no_further_query(ward, client):
    first, second = two(ward)
    client.force_login(ward.dieuphoi)
    asked = []
    for unit in (first, second):
        b.enter("cau-lac-bo", ward.baocao, **b.club_values(unit))
        end(ward, unit)
        client.get(f"{BOOKS}cau-lac-bo/")
        with CaptureQueriesContext(connection) as found:
            client.get(f"{BOOKS}cau-lac-bo/")
        asked.append(len(found))
    assert asked[0] == asked[1]


# ---- pages


def typed(**more):
    return {"ended_from": b.day(), "reason": "Sáp nhập theo nghị quyết"} | more


def test_a_coordinator_and_an_administrator_end_one_and_take_it_back(ward, client):
    first, second = two(ward)
    for user in (ward.dieuphoi, make_user("quantri", "Đào Văn Quản", Role.ADMINISTRATOR)):
        client.force_login(user)
        assert f"{AT}{first.pk}/ket-thuc/" in client.get(AT).content.decode()
        answer = client.post(f"{AT}{first.pk}/ket-thuc/", typed(into=second.pk))
        assert (answer.status_code, answer["Location"]) == (302, AT)
        page = client.get(AT).content.decode()
        assert "nhập vào “Tổ dân phố số 2”" in page and f"{AT}{first.pk}/khoi-phuc/" in page
        assert "Sáp nhập theo nghị quyết" in page
        assert client.post(f"{AT}{first.pk}/khoi-phuc/", {"reason": "Nhầm tổ"}).status_code == 302
        assert "khoi-phuc" not in client.get(AT).content.decode()


@pytest.mark.parametrize(
    "wrong,words",
    [
        ({"reason": " "}, "Ghi lý do"),
        ({"ended_from": ""}, "Gõ ngày"),
        ({"into": "999999"}, "Hãy chọn một tổ dân phố"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(ward, client, wrong, words):
    first, _second = two(ward)
    client.force_login(ward.dieuphoi)
    answer = client.post(f"{AT}{first.pk}/ket-thuc/", typed(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert not ResidentialEnd.objects.exists()
    assert b.day() in page or "ended_from" in wrong


def test_a_second_press_says_that_it_is_done(ward, client):
    first, _second = two(ward)
    client.force_login(ward.dieuphoi)
    for _press in range(2):
        answer = client.post(f"{AT}{first.pk}/ket-thuc/", typed(), follow=True)
        assert answer.status_code == 200 and answer.redirect_chain == [(AT, 302)]
    assert ResidentialEnd.objects.count() == 1
    for _press in range(2):
        answer = client.post(f"{AT}{first.pk}/khoi-phuc/", {"reason": "Nhầm"}, follow=True)
        assert answer.redirect_chain == [(AT, 302)]
    assert ResidentialGroupChange.objects.filter(unit=first).count() == 3


def test_a_reporter_ends_none(ward, client):
    first, _second = two(ward)
    client.force_login(ward.baocao)
    assert client.post(f"{AT}{first.pk}/ket-thuc/", typed()).status_code == 403
    assert not ResidentialEnd.objects.exists()
    assert book_at("cau-lac-bo").of_residential_groups
