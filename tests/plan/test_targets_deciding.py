"""What the coordinator decides: units, expected values, definitions; who is told; what waits for whom."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.figures import figure_of
from notifications.models import Notification
from obligations.duties import work_of
from plan.models import ExpectedValue, ReportedValue, Target, TargetChange, TargetDefinition, TargetUnit
from plan.targets import defining, expecting, owners
from plan.targets.figures import Figure
from plan.targets.query import lines
from plan.targets.refusing import Refused
from tests.html import assert_sound

from .builders import make_plan_ward
from .target_builders import NOW, TODAY, led_by, report, share, target, unit

pytestmark = pytest.mark.django_db
ALL = "/ke-hoach/dieu-hanh/chi-tieu/"


@pytest.fixture
def ward(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return make_plan_ward(NOW)


@pytest.fixture
def coordinator(ward, client):
    client.cookies["ngon_ngu"] = "en"
    client.force_login(ward.dieuphoi)
    return client


def parts(code):
    rows = TargetUnit.objects.filter(target__code=code)
    return [(row.unit.code, row.part, row.is_suggested) for row in rows.select_related("unit")]


def told(event):
    return sorted(Notification.objects.filter(event=event).values_list("recipient__username", flat=True))


def errors(answer, status=422):
    assert answer.status_code == status
    assert_sound(answer.content)
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def drawn(client, path):
    """The form as it came, ready to be sent back."""
    page = client.get(path)
    assert page.status_code == 200
    assert_sound(page.content)
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


# ---- units


def test_one_click_confirms_what_is_proposed_and_tells_the_leading_unit(coordinator):
    path = f"{ALL}B2/don-vi/xac-nhan/"
    seen = owners.state_of(target("B2").parts.all())
    assert (
        coordinator.post(path, {"seen": seen, "next": f"{ALL}?xac_nhan=cho"})["Location"]
        == f"{ALL}?xac_nhan=cho"
    )
    assert parts("B2") == [("KTHTDT", "lead", False)]
    row = TargetUnit.objects.get(target__code="B2")
    assert (row.confirmed_by_name, row.confirmed_at) == ("Đinh Thị Điều", NOW)
    assert TargetChange.objects.get(target__code="B2").change == "owners_confirmed"
    assert told("plan.owners_confirmed") == ["baocaokt", "truongkt"]
    coordinator.post(path, {"seen": seen})  # an old page
    assert TargetChange.objects.filter(target__code="B2").count() == 1


def boxes(page):
    found = re.findall(r'name="chon" value="([^"]+)"[^>]*?( checked)?>', page.content.decode())
    return {value.split(":")[0]: (value, bool(ticked)) for value, ticked in found}


def test_the_coordinator_confirms_all_that_is_shown_in_one_step(coordinator, ward):
    """Only what was seen and is unchanged; the others are named. Each target has its line; each person hears
    one sentence."""
    shown = coordinator.get(f"{ALL}?nhom=B&xac_nhan=cho")
    assert f'href="{ALL}xac-nhan/?nam=2026&amp;nhom=B&amp;xac_nhan=cho"' in shown.content.decode()
    path = f"{ALL}xac-nhan/?nam=2026&nhom=B&xac_nhan=cho"
    page = coordinator.get(path)
    assert_sound(page.content)
    found = boxes(page)
    assert set(found) == {row.line.code for row in shown.context["board"].rows}
    assert len(found) > 3
    assert all(ticked for _value, ticked in found.values())
    led_by("B1", "VHXH", ward.dieuphoi)  # somebody decides meanwhile
    Notification.objects.all().delete()
    values = [value for code, (value, _ticked) in found.items() if code != "B4"]
    answer = coordinator.post(path, {"chon": [*values, "X9:0"]}, follow=True)
    assert answer.redirect_chain == [(f"{ALL}?nam=2026&nhom=B&xac_nhan=cho", 302)]
    said = [str(message) for message in answer.context["messages"]]
    assert said[0] == f"The units of {len(found) - 2} targets are confirmed."
    assert said[1].endswith("meanwhile: B1, X9.")
    assert {row.line.code for row in answer.context["board"].rows} == {"B4"}
    lines_of = TargetChange.objects.filter(change="owners_confirmed").values_list("target__code", flat=True)
    assert set(lines_of) == set(found) - {"B1", "B4"}
    assert parts("B2") == [("KTHTDT", "lead", False)]
    row = TargetUnit.objects.get(target__code="B2")
    assert (row.confirmed_by_name, row.confirmed_at) == ("Đinh Thị Điều", NOW)
    assert Notification.objects.filter(recipient=ward.baocaokt).count() == 1
    assert "B2" in Notification.objects.get(recipient=ward.baocaokt).text


def test_nothing_ticked_is_said_and_others_may_not(coordinator, ward):
    path = f"{ALL}xac-nhan/?xac_nhan=cho"
    answer = coordinator.post(path, {})
    assert answer.status_code == 422
    assert "No target is ticked" in answer.content.decode()
    assert not any(ticked for _value, ticked in boxes(answer).values())
    with pytest.raises(Refused, match="only_coordinator"):
        owners.confirm_many({"B2": owners.state_of(target("B2").parts.all())}, ward.lanhdao)
    assert not TargetChange.objects.exists()


def test_all_are_confirmed_with_as_many_questions_as_one(coordinator, ward):
    def asked(codes):
        seen = {code: owners.state_of(target(code).parts.all()) for code in codes}
        with CaptureQueriesContext(connection) as captured:
            confirmed, left = owners.confirm_many(seen, ward.dieuphoi)
        assert (len(confirmed), left) == (len(codes), [])
        return len(captured)

    with CaptureQueriesContext(connection) as captured:
        coordinator.get(f"{ALL}xac-nhan/")
    assert len(captured) <= 12
    proposed = {row.target.code for row in TargetUnit.objects.filter(is_suggested=True)}
    few = {"B2", "B4"}  # led by a unit with reporters
    assert asked(few) == asked(proposed - few)


def test_an_address_elsewhere_is_not_followed(coordinator):
    answer = coordinator.post(f"{ALL}B2/don-vi/xac-nhan/", {"seen": "x", "next": "//evil.example/"})
    assert answer["Location"] == f"{ALL}B2/"


def test_the_coordinator_changes_who_leads(coordinator, ward):
    path = f"{ALL}B4/don-vi/"
    sent = drawn(coordinator, path)
    kt, center = unit("KTHTDT").pk, unit("DVSNC").pk
    sent |= {f"part_{kt}": "coordinate", f"part_{center}": "", "unit": unit("VHXH").pk, "unit_part": "lead"}
    assert coordinator.post(path, sent).status_code == 302
    assert parts("B4") == [("VHXH", "lead", False), ("KTHTDT", "coordinate", False)]
    assert told("plan.owners_changed") == ["baocao", "baocaokt", "truongdonvi", "truongkt"]


def test_units_are_refused_in_words_and_what_was_typed_stays(coordinator, ward):
    path = f"{ALL}B1/don-vi/"
    kt = f"part_{unit('KTHTDT').pk}"
    sent = drawn(coordinator, path)
    assert errors(coordinator.post(path, sent | {kt: "coordinate"})) == {
        "__all__": ["A target needs at least one unit that leads it."]
    }
    assert errors(coordinator.post(path, sent)) == {
        "__all__": ["Nothing is different from what stands. Nothing was saved."]
    }
    twice = sent | {"unit": unit("KTHTDT").pk, "unit_part": "coordinate"}
    assert list(errors(coordinator.post(path, twice))) == ["unit"]
    owners.confirm(target("B1"), ward.dieuphoi, seen=owners.state_of(target("B1").parts.all()))
    stale = sent | {"unit": unit("VHXH").pk, "unit_part": "lead"}
    answer = coordinator.post(path, stale)
    assert list(errors(answer, 409)) == ["__all__"]
    moved = stale | {"seen": answer.context["form"]["seen"].value(), kt: ""}
    assert errors(coordinator.post(path, moved)) == {
        "reason": ["A confirmed unit would no longer lead. Write why; it is told."]
    }
    assert parts("B1") == [("KTHTDT", "lead", False)]
    assert coordinator.post(path, moved | {"reason": "Phân công lại"}).status_code == 302
    assert TargetChange.objects.get(change="owners_changed").note == "Phân công lại"


def merged_into(code, unit_code, ward, now=NOW):
    """The units that lead become one: as where two offices are merged."""
    one = target(code)
    wanted = [(unit(unit_code), "lead")]
    seen = owners.state_of(one.parts.all())
    owners.change(one, ward.dieuphoi, wanted, seen=seen, reason="Sáp nhập đơn vị", now=now)
    return one


def both_lead(code, ward):
    one = target(code)
    wanted = [(unit("VHXH"), "lead"), (unit("KTHTDT"), "lead")]
    owners.change(one, ward.dieuphoi, wanted, seen=owners.state_of(one.parts.all()), now=NOW)
    return one


def sum_of(code, year=2026, day=TODAY):
    (line,) = lines(year, day, codes=[code])
    return line.held and (line.held.measure.numerator, line.held.measure.denominator)


def test_the_figure_of_a_unit_merged_into_another_is_not_counted_twice(coordinator, ward):
    one = both_lead("A1", ward)
    report(one, "VHXH", ward.baocao, share(30, 40))
    report(one, "KTHTDT", ward.baocaokt, share(40, 50))
    assert sum_of("A1") == (70, 90)
    later = NOW + timedelta(minutes=1)
    merged_into("A1", "VHXH", ward, later)
    assert sum_of("A1") == (70, 90)  # until whoever leads now has spoken for both
    after = later + timedelta(minutes=1)
    report(one, "VHXH", ward.baocao, share(75, 90), reason="Gồm cả đơn vị cũ", now=after)
    assert sum_of("A1") == (75, 90)
    page = coordinator.get(f"{ALL}A1/").content.decode()
    assert "no longer counted" in page
    assert "Phòng Kinh tế, Hạ tầng và Đô thị phường" in page


def test_what_a_unit_reported_of_years_before_it_ceased_to_lead_stays_in_the_sum(ward):
    one = both_lead("A1", ward)
    report(one, "VHXH", ward.baocao, share(30, 40))
    report(one, "KTHTDT", ward.baocaokt, share(40, 50))
    spring = timezone.make_aware(datetime(2027, 3, 1, 9))
    merged_into("A1", "VHXH", ward, spring)
    figure = share(31, 40, date(2026, 12, 31))
    report(one, "VHXH", ward.baocao, figure, reason="Sửa", now=spring + timedelta(days=1))
    assert sum_of("A1", day=date(2027, 3, 3)) == (71, 90)


def test_a_unit_that_leads_again_counts_again(ward):
    one = both_lead("A1", ward)
    report(one, "KTHTDT", ward.baocaokt, share(40, 50))
    merged_into("A1", "VHXH", ward)
    report(one, "VHXH", ward.baocao, share(30, 40), now=NOW + timedelta(minutes=1))
    assert sum_of("A1") == (30, 40)
    both_lead("A1", ward)
    assert sum_of("A1") == (70, 90)


def test_only_the_coordinator_decides(ward, client):
    seen = owners.state_of(target("B1").parts.all())
    for name in ("baocaokt", "truongkt", "lanhdao"):
        client.force_login(getattr(ward, name))
        for path in ("don-vi/", "ky-vong/", "cach-tinh/"):
            assert client.get(f"{ALL}B1/{path}").status_code == 403
            assert client.post(f"{ALL}B1/{path}", {"seen": seen}).status_code == 403
        for path in ("don-vi/xac-nhan/", "cach-tinh/xac-nhan/"):
            assert client.post(f"{ALL}B1/{path}", {"seen": seen}).status_code == 403
    with pytest.raises(Refused, match="only_coordinator"):
        owners.confirm(target("B1"), ward.lanhdao, seen=seen)
    assert not TargetChange.objects.exists()


# ---- expected values


def expected(code="A1"):
    return dict(ExpectedValue.objects.filter(target__code=code).values_list("year", "value"))


def test_expected_values_are_set_year_by_year_and_the_state_follows(coordinator, ward):
    report(led_by("A1", "VHXH", ward.dieuphoi), "VHXH", ward.baocao, share(610, 1000))
    path = f"{ALL}A1/ky-vong/"
    sent = drawn(coordinator, path) | {"expected_2026": "80,5", "expected_2027": ""}
    assert coordinator.post(path, sent).status_code == 302
    assert expected() == {2026: Decimal("80.5"), 2030: Decimal(80)}
    page = coordinator.get(f"{ALL}A1/").content.decode()
    assert "At risk" in page
    assert "is less than the" in page  # why, in words
    again = drawn(coordinator, path)
    assert again["expected_2026"] == "80,5"
    assert coordinator.post(path, again | {"expected_2026": ""}).status_code == 302
    assert expected() == {2030: Decimal(80)}


def test_a_share_expected_above_100_and_a_target_without_a_number(coordinator):
    path = f"{ALL}A1/ky-vong/"
    answer = coordinator.post(path, drawn(coordinator, path) | {"expected_2026": "101"})
    assert errors(answer) == {"expected_2026": ["A share cannot pass 100 %. Type a number from 0 to 100."]}
    assert coordinator.get(f"{ALL}A8/ky-vong/").status_code == 403


def test_two_coordinators_in_different_years_are_merged_and_in_one_year_asked(coordinator, ward):
    path = f"{ALL}A1/ky-vong/"
    mine = drawn(coordinator, path) | {"expected_2026": "70", "expected_2028": "75"}
    expecting.save(target("A1"), ward.dieuphoi, {"expected_2027": Decimal(72)}, {})
    expecting.save(target("A1"), ward.dieuphoi, {"expected_2028": Decimal(74)}, {})
    answer = coordinator.post(path, mine)
    assert answer.status_code == 409
    assert_sound(answer.content)
    assert expected() == {2027: 72, 2028: 74, 2030: 80}
    (clash,) = answer.context["rows"]
    hidden = dict(answer.context["hidden"]) | {"seen-expected_2028": clash["seen"]}
    assert coordinator.post(path, hidden | {"choice-expected_2028": "theirs"}).status_code == 302
    assert expected() == {2026: 70, 2027: 72, 2028: 74, 2030: 80}


def base_of(code):
    return expecting.base_of(expecting.stored(target(code)))


# ---- definitions


def test_one_click_confirms_a_proposed_definition_and_adds_no_version(coordinator):
    page = coordinator.get(f"{ALL}A1/").content.decode()
    assert "Confirm this definition" in page
    assert coordinator.post(f"{ALL}A1/cach-tinh/xac-nhan/", {"seen": "1"}).status_code == 302
    assert "Confirm this definition" not in coordinator.get(f"{ALL}A1/").content.decode()
    assert TargetDefinition.objects.filter(target__code="A1").count() == 1
    for seen in ("1", "7", "x", ""):
        assert coordinator.post(f"{ALL}A1/cach-tinh/xac-nhan/", {"seen": seen}).status_code == 302
    assert TargetChange.objects.filter(change="definition_confirmed").count() == 1


def test_a_redefinition_in_the_middle_of_a_year_keeps_what_was_reported(coordinator, ward, client):
    one = led_by("A1", "VHXH", ward.dieuphoi)
    report(one, "VHXH", ward.baocao, share(610, 1000, date(2026, 9, 30)))
    path = f"{ALL}A1/cach-tinh/"
    sent = drawn(coordinator, path) | {"numerator": "Chỉ hồ sơ toàn trình", "in_force_on": "01/10/2026"}
    assert errors(coordinator.post(path, sent)) == {
        "reason": ["Write why it is counted in another way: whoever reads an earlier figure wants to know."]
    }
    assert coordinator.post(path, sent | {"reason": "Hướng dẫn mới"}).status_code == 302
    last = TargetDefinition.objects.filter(target=one).last()
    assert (last.version, last.in_force_on, last.reason, last.is_suggested, last.by_name) == (
        2,
        date(2026, 10, 1),
        "Hướng dẫn mới",
        False,
        "Đinh Thị Điều",
    )
    assert ReportedValue.objects.get().definition.version == 1
    report(one, "VHXH", ward.baocao, share(300, 1000))
    assert ReportedValue.objects.last().definition.version == 2
    assert told("plan.definition_changed") == ["baocao", "truongdonvi"]
    answer = coordinator.post(path, sent | {"reason": "Bản cũ"})  # drawn from version 1
    assert answer.status_code == 409
    assert "saved version 2 meanwhile" in answer.content.decode()
    assert answer.context["form"]["seen"].value() == 2


def test_a_new_goal_is_what_is_expected_where_the_old_one_was(coordinator, ward):
    """E3 asks for one initiative a year. Once two are asked, one is no longer enough."""
    before = expected("E3")
    assert set(before.values()) == {Decimal(1)}
    expecting.save(target("E3"), ward.dieuphoi, {"expected_2029": Decimal(3)}, base_of("E3"))
    sent = drawn(coordinator, f"{ALL}E3/cach-tinh/")
    sent |= {"goal": "2", "in_force_on": "01/01/2027", "reason": "Nâng chỉ tiêu"}
    answer = coordinator.post(f"{ALL}E3/cach-tinh/", sent, follow=True)
    assert expected("E3") == {2026: 1, 2027: 2, 2028: 2, 2029: 3, 2030: 2}
    assert answer.content.decode().count("2027: 2 (before: 1)") == 2  # said, and in the history
    line = TargetChange.objects.get(target__code="E3", change="expected_changed", data__version=2)
    assert line.data["before"] == {f"expected_{year}": "1" for year in (2027, 2028, 2030)}


def test_what_was_expected_in_another_measure_is_set_anew(coordinator, ward):
    expecting.save(target("A1"), ward.dieuphoi, {"expected_2027": Decimal(60)}, base_of("A1"))
    sent = drawn(coordinator, f"{ALL}A1/cach-tinh/")
    sent |= {"measured_in": "hồ sơ", "goal": "900", "in_force_on": "01/10/2026", "reason": "Đếm số hồ sơ"}
    answer = coordinator.post(f"{ALL}A1/cach-tinh/", sent, follow=True)
    assert expected("A1") == {2030: 900}  # 60 % are no number of dossiers
    assert "2027: none (before: 60); 2030: 900 (before: 80)" in answer.content.decode()
    line = TargetChange.objects.get(target__code="A1", data__version=2, change="expected_changed")
    assert line.data["before"] == {"expected_2027": "60", "expected_2030": "80"}
    assert line.data["after"] == {"expected_2027": None, "expected_2030": "900"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"measured_in": "lớp"}, "measured_in"),
        ({"numerator": "Số hồ sơ đã nộp"}, "numerator"),
        ({"denominator": "Tổng số cán bộ"}, ""),  # words still missing may be added
        ({"is_measurable": "no"}, "is_measurable"),
    ],
)
def test_what_the_portal_counts_stays_what_the_target_says(coordinator, changed, field):
    """Else the figure of one thing would stand under the name of another."""
    path = f"{ALL}E3/cach-tinh/"
    sent = drawn(coordinator, path)
    assert "The portal counts this target itself" in coordinator.get(path).content.decode()
    answer = coordinator.post(path, sent | changed | {"reason": "Đếm khác"})
    if not field:
        assert answer.status_code == 302
        return
    found = errors(answer)
    assert list(found) == [field]
    assert "Initiatives in use this year" in found[field][0]
    assert target("E3").definitions.count() == 1


def test_goal_and_source_of_all_that_is_counted_may_change(coordinator):
    codes = [one.code for one in Target.objects.all() if figure_of(one.code)]
    assert len(codes) > 8
    for code in codes:
        path = f"{ALL}{code}/cach-tinh/"
        sent = drawn(coordinator, path) | {"source": "Cổng, số liệu tự tính", "reason": "Ghi rõ nguồn"}
        assert coordinator.post(path, sent).status_code == 302, code


def test_a_figure_of_before_a_new_goal_is_judged_by_the_old_one(coordinator, ward):
    expecting.save(target("B1"), ward.dieuphoi, {"expected_2026": Decimal(2)}, base_of("B1"))
    report(target("B1"), "KTHTDT", ward.baocaokt, Figure(date(2026, 9, 30), Decimal(1)))
    sent = drawn(coordinator, f"{ALL}B1/cach-tinh/")
    sent |= {"goal": "5", "in_force_on": "01/10/2026", "reason": "Nâng chỉ tiêu"}
    assert coordinator.post(f"{ALL}B1/cach-tinh/", sent).status_code == 302
    assert expected("B1") == {2026: 5, 2030: 5}
    (line,) = lines(2026, date(2026, 12, 31), codes=["B1"])
    assert line.verdict.needed < 2  # on the way to two, as it was asked then
    report(target("B1"), "KTHTDT", ward.baocaokt, Figure(TODAY, Decimal(1)))
    (line,) = lines(2026, date(2026, 12, 31), codes=["B1"])
    assert line.verdict.needed > 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"numerator": ""}, "numerator"),
        ({"denominator": ""}, "denominator"),
        ({"measured_in": ""}, "measured_in"),
        ({"comparator": ""}, "comparator"),
        ({"goal": ""}, "goal"),
        ({"goal": "101"}, "goal"),
        ({"goal_upper": "79"}, "goal_upper"),
        ({"goal": "-1"}, "goal"),
        ({"in_force_on": "11/06/2026"}, "in_force_on"),
        ({"in_force_on": "31/02/2027"}, "in_force_on"),
        ({"numerator": "x" * 301}, "numerator"),
    ],
)
def test_a_definition_lacking_something_is_refused_by_field(coordinator, changed, field):
    path = f"{ALL}A1/cach-tinh/"
    sent = drawn(coordinator, path) | {"indicator": "Tỷ lệ mới", "reason": "Thử"}
    assert list(errors(coordinator.post(path, sent | changed))) == [field]
    assert TargetDefinition.objects.filter(target__code="A1").count() == 1


def test_what_is_needed_is_not_called_optional(coordinator, ward):
    for path, names in {
        "B1/cach-tinh/": ["numerator", "measured_in", "comparator", "goal", "in_force_on", "reason"],
        "B1/don-vi/": [f"part_{unit('KTHTDT').pk}", "unit_part"],
        "B1/so-lieu/2026/KTHTDT/": ["as_of", "numerator", "reason"],  # typed in the unit's place
    }.items():
        page = coordinator.get(f"{ALL}{path}")
        pattern = r'<label class="form-label" for="id_(\w+)">(.*?)</label>'
        labels = re.findall(pattern, page.content.decode(), re.DOTALL)
        assert set(names) <= {name for name, _label in labels}
        assert [name for name, label in labels if name in names and "optional" in label] == []


def test_a_target_may_lose_its_number_and_get_one(coordinator):
    path = f"{ALL}A1/cach-tinh/"
    sent = drawn(coordinator, path) | {"is_measurable": "no", "reason": "Không đo được nữa"}
    assert coordinator.post(path, sent).status_code == 302
    last = TargetDefinition.objects.filter(target__code="A1").last()
    assert (last.is_measurable, last.goal, last.numerator, last.measured_in) == (False, None, "", "")
    assert coordinator.get(f"{ALL}A1/").status_code == 200


def test_the_history_says_what_was_changed_and_none_of_it_is_out_of_reach(coordinator, ward):
    one = target("B1")
    seen = owners.state_of(one.parts.all())
    owners.change(one, ward.dieuphoi, [(unit("VHXH"), "lead")], seen=seen, now=NOW)
    for number in range(30):
        expecting.save(one, ward.dieuphoi, {"expected_2027": Decimal(number)}, base_of("B1"), now=NOW)
    page = coordinator.get(f"{ALL}B1/").content.decode()
    assert_sound(page.encode())
    assert "2027: 29 (before: 28)" in page
    assert "Leads: Phòng Văn hóa" not in page
    assert "nhat_ky=2#lich-su" in page
    older = coordinator.get(f"{ALL}B1/?nhat_ky=2").content.decode()
    assert "Leads: Phòng Văn hóa - Xã hội phường" in older
    assert "Before: leads: Phòng Kinh tế, Hạ tầng và Đô thị phường" in older


def test_nothing_different_makes_no_version(ward):
    last = target("A1").definitions.last()
    same = defining.Wording(**{name: getattr(last, name) for name in defining.NAMES})
    with pytest.raises(Refused, match="nothing_changed"):
        defining.define(target("A1"), ward.dieuphoi, same, date(2026, 11, 1), seen=1, reason="x")


# ---- the work page


def sections(user, moment):
    return [
        (section.heading, [(item.title, item.link) for item in section.items])
        for section in work_of(user, timezone.make_aware(moment))
        if section.order in (60, 61)
    ]


def test_the_coordinator_is_asked_once_to_confirm_who_leads(ward):
    number = 42
    (_, [(title, link)]) = sections(ward.dieuphoi, datetime(2026, 7, 1))[0]
    assert str(number) in title
    assert link == f"{ALL}?xac_nhan=cho"
    for one in TargetUnit.objects.select_related("target"):
        TargetUnit.objects.filter(pk=one.pk).update(is_suggested=False)
    assert sections(ward.dieuphoi, datetime(2026, 7, 1)) == []


def test_reporters_are_asked_for_figures_from_november_on_and_for_what_is_typed_alone(ward):
    report(target("B1"), "KTHTDT", ward.baocaokt, share(1, 1))  # B2, B3, B4 are left
    assert sections(ward.baocaokt, datetime(2026, 10, 31, 23)) == []
    ((_, [(title, link)]),) = sections(ward.baocaokt, datetime(2026, 11, 1, 0, 1))
    assert title.startswith("3 ")
    assert all(
        "A9" not in item for _, items in sections(ward.baocao, datetime(2026, 11, 1)) for item in items
    )
    assert link == f"{ALL}?nam=2026&thieu=toi"
