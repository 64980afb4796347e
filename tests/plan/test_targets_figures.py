"""Typing figures: what is read, what is refused and in which words, corrections, evidence, two people at
once."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from notifications.models import Notification
from plan.models import (
    Part,
    PeriodKind,
    ReportedValue,
    ReportPeriod,
    ReportState,
    TargetChange,
    TargetUnit,
    UnitReport,
    ValueEvidence,
)
from plan.targets import reporting
from plan.targets.refusing import Refused
from tests.html import assert_sound
from tests.ideas.builders import PASSWORD, PDF
from tests.standing import standing
from trust.append_only import Frozen

from .builders import make_plan_ward
from .report_builders import clock
from .target_builders import NOW, TODAY, led_by, pdf, redefined, report, share, target, unit

pytestmark = pytest.mark.django_db
PAGE = "/ke-hoach/dieu-hanh/chi-tieu/A1/"
TYPING = f"{PAGE}so-lieu/2026/VHXH/"


def make_world():
    ward = make_plan_ward(NOW)
    led_by("A1", "VHXH", ward.dieuphoi)
    return ward


standing_ward = standing(make_world, during=partial(clock, NOW))


@pytest.fixture
def ward(standing_ward, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return deepcopy(standing_ward)


@pytest.fixture
def as_reporter(ward, client):
    client.cookies["ngon_ngu"] = "en"
    client.force_login(ward.baocao)
    return client


def typed(client, path=TYPING, **values):
    """As from the page: with its base."""
    page = client.get(path)
    assert page.status_code == 200
    assert_sound(page.content)
    base = page.context["form"]["base"].value()
    return {"base": base, "as_of": "20/10/2026", "numerator": "610", "denominator": "1000"} | values


def send(client, path=TYPING, **values):
    return client.post(path, typed(client, path, **values))


def errors(answer):
    """{field: its sentences} of a form drawn again."""
    assert answer.status_code == 422
    assert_sound(answer.content)
    with translation.override("en"):
        return {name: [str(one) for one in said] for name, said in answer.context["form"].errors.items()}


def stored():
    return [(row.numerator, row.denominator, row.as_of) for row in ReportedValue.objects.order_by("pk")]


# ---- reading


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("95,5", "95.5"),
        ("95.5", "95.5"),
        (" 95,5 ", "95.5"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12,3456", "12.3456"),
        ("0", "0"),
        ("95\u200b,5", "95.5"),
    ],
)
def test_numbers_are_read_as_they_are_written_here(as_reporter, text, number):
    assert send(as_reporter, numerator=text, denominator="99.999.999").status_code == 302
    assert [row[0] for row in stored()] == [Decimal(number)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "1,234",
            "“1,234” can be read in two ways. For the whole number type 1234 or 1.234; for a number with "
            "decimals type "
            "1,2340.",
        ),
        ("1,234,567", "“1,234,567” can be read in two ways. For 1.234.567, type 1234567 or 1.234.567."),
        ("1,234.5", "“1,234.5” is written the English way. Type 1234,5."),
        ("-5", "“-5” is below 0. Type 0 or more."),
        ("abc", "“abc” is not a number with at most four decimals. Type for example 1.234 or 95,5."),
        ("1e5", "“1e5” is not a number with at most four decimals. Type for example 1.234 or 95,5."),
        ("٣", "“٣” is not a number with at most four decimals. Type for example 1.234 or 95,5."),
        (
            "12,34567",
            "“12,34567” is not a number with at most four decimals. Type for example 1.234 or 95,5.",
        ),
        ("1" * 15, "The figure is too large. Check the number of zeros."),
        ("", "Type the number."),
    ],
)
def test_numbers_that_are_refused_say_what_to_type(as_reporter, text, said):
    assert errors(send(as_reporter, numerator=text)) == {"numerator": [said]}
    assert stored() == []


def test_a_share_above_100_is_refused_with_both_numbers(as_reporter):
    answer = send(as_reporter, numerator="1.001", denominator="1000")
    assert errors(answer) == {
        "numerator": ["1,001 is more than 1,000: a share cannot pass 100 %. Check both numbers."]
    }
    assert stored() == []
    assert send(as_reporter, numerator="1000", denominator="1000").status_code == 302


def test_a_count_may_pass_its_goal(ward, client):
    client.force_login(ward.baocaokt)
    client.cookies["ngon_ngu"] = "en"
    path = "/ke-hoach/dieu-hanh/chi-tieu/B1/so-lieu/2026/KTHTDT/"
    assert client.post(path, typed(client, path, numerator="250")).status_code == 302
    assert stored() == [(Decimal(250), None, TODAY)]  # no denominator: none was asked


def test_out_of_zero_is_nothing_to_count_and_has_no_percentage(as_reporter):
    assert send(as_reporter, numerator="0", denominator="0").status_code == 302
    page = as_reporter.get(PAGE).content.decode()
    assert "nothing to count" in page
    assert "Nothing to count." in page  # the state
    answer = send(as_reporter, numerator="1", denominator="0", reason="x")
    assert list(errors(answer)) == ["numerator"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("21/10/2026", "21/10/2026 is still to come. Figures can be as of today (20/10/2026) at the latest."),
        ("31/12/2025", "31/12/2025 is not in 2026. Type a day from 01/01/2026 to 20/10/2026."),
        ("31/09/2026", "Month 9/2026 has only 30 days. Type it again, for example 02/03/2026."),
        ("", "Type the day the figures are of."),
    ],
)
def test_days_to_come_and_of_another_year_are_refused(as_reporter, day, said):
    assert errors(send(as_reporter, as_of=day)) == {"as_of": [said]}
    assert stored() == []


def test_years_to_come_and_outside_the_plan_cannot_be_typed(as_reporter):
    for year in (2027, 2031, 2024):
        path = f"{PAGE}so-lieu/{year}/VHXH/"
        assert as_reporter.get(path).status_code == 403
        assert as_reporter.post(path, {"as_of": "01/01/2027", "numerator": "1"}).status_code == 403
    assert stored() == []


def test_the_year_before_the_plan_says_where_it_started(as_reporter):
    path = f"{PAGE}so-lieu/2025/VHXH/"
    assert send(as_reporter, path, as_of="31/12/2025", numerator="400").status_code == 302
    row = ReportedValue.objects.get()
    assert (row.is_baseline, row.year) == (True, 2025)
    assert "40\xa0%" in as_reporter.get(PAGE).content.decode()


def test_words_come_composed_whatever_was_typed(as_reporter):
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "Rà soát tại bộ phận một cửa")
    assert send(as_reporter, words=decomposed, source=decomposed).status_code == 302
    row = ReportedValue.objects.get()
    assert row.words == row.source == "Rà soát tại bộ phận một cửa"


def test_a_target_without_a_number_is_told_in_words(ward, client):
    led_by("A8", "VHXH", ward.dieuphoi)
    client.force_login(ward.baocao)
    client.cookies["ngon_ngu"] = "en"
    path = "/ke-hoach/dieu-hanh/chi-tieu/A8/so-lieu/2026/VHXH/"
    answer = client.post(path, typed(client, path))
    assert errors(answer) == {"words": ["Write in words what was done."]}
    answer = client.post(path, typed(client, path, words="Tăng 2 bậc"))
    assert errors(answer) == {"is_met": ["Say whether the target is reached."]}
    assert client.post(path, typed(client, path, words="Tăng 2 bậc", is_met="yes")).status_code == 302
    row = ReportedValue.objects.get()
    assert (row.numerator, row.denominator, row.words, row.is_met) == (None, None, "Tăng 2 bậc", True)


# ---- newer figures and corrections


def test_a_later_day_is_a_newer_figure_and_the_same_day_a_correction_with_its_reason(ward, as_reporter):
    assert send(as_reporter, as_of="30/06/2026", numerator="300").status_code == 302
    assert send(as_reporter, as_of="30/09/2026", numerator="500").status_code == 302
    answer = send(as_reporter, as_of="30/09/2026", numerator="510")
    assert list(errors(answer)) == ["reason"]
    assert send(as_reporter, as_of="30/09/2026", numerator="510", reason="Đếm sót").status_code == 302
    assert [row[0] for row in stored()] == [300, 500, 510]
    changes = list(TargetChange.objects.filter(change__startswith="value").values_list("change", "note"))
    assert changes == [("value_reported", ""), ("value_updated", ""), ("value_corrected", "Đếm sót")]
    page = as_reporter.get(PAGE).content.decode()
    assert page.count("replaced by a newer one") == 2


def test_what_was_reported_is_never_changed(ward):
    row = report(target(), "VHXH", ward.baocao, share(1, 2))
    row.numerator = 2
    with pytest.raises(Frozen):
        row.save()
    with pytest.raises(Frozen):
        ReportedValue.objects.all().delete()


def test_the_same_figure_again_is_said_to_stand(ward, as_reporter):
    send(as_reporter)
    answer = send(as_reporter, numerator="610,0")
    assert errors(answer) == {"__all__": ["This very figure stands already. Nothing was saved."]}
    assert len(stored()) == 1


def test_after_the_report_of_the_year_was_accepted_it_is_a_later_correction(ward, as_reporter):
    period = ReportPeriod.objects.create(
        code="2026-nam",
        kind=PeriodKind.YEAR,
        title="Năm 2026",
        from_day=date(2026, 1, 1),
        to_day=date(2026, 12, 31),
        cut_off=date(2026, 11, 30),
        last_day=date(2026, 12, 9),
        made_at=NOW,
    )
    filed = UnitReport.objects.create(period=period, unit=unit("VHXH"), unit_code="VHXH", unit_name="X")
    assert send(as_reporter, as_of="30/06/2026").status_code == 302
    filed.state = ReportState.ACCEPTED
    filed.save()
    answer = send(as_reporter, as_of="30/09/2026", numerator="700")
    assert list(errors(answer)) == ["reason"]
    assert send(as_reporter, as_of="30/09/2026", numerator="700", reason="Số mới").status_code == 302
    last = TargetChange.objects.order_by("pk").last()
    assert (last.change, last.note) == ("value_corrected_later", "Số mới")


# ---- who


def test_only_who_reports_for_a_leading_unit_types(ward, client):
    TargetUnit.objects.create(target=target(), unit=unit("KTHTDT"), part=Part.COORDINATE)
    posted = {"as_of": "20/10/2026", "numerator": "1", "denominator": "2"}
    expected = {"baocaokt": 403, "truongkt": 403, "lanhdao": 403, "baocaomttq": 404, "canbo": 404}
    for name, status in expected.items():
        client.force_login(getattr(ward, name))
        assert client.get(TYPING).status_code == status, name
        assert client.post(TYPING, posted).status_code == status, name
        assert client.get(f"{PAGE}so-lieu/2026/KTHTDT/").status_code == 404
    client.force_login(ward.truongdonvi)
    assert client.post(TYPING, posted).status_code == 302
    assert len(stored()) == 1


def test_the_coordinator_types_in_a_unit_s_place_with_a_reason_and_the_unit_is_told(ward, client):
    TargetUnit.objects.filter(target__code="B1").update(is_suggested=False)
    client.force_login(ward.dieuphoi)
    client.cookies["ngon_ngu"] = "en"
    path = "/ke-hoach/dieu-hanh/chi-tieu/B1/so-lieu/2026/KTHTDT/"
    answer = client.post(path, typed(client, path, numerator="1"))
    assert errors(answer) == {
        "reason": [f"You type in the place of {unit('KTHTDT').name}. Write why; they are told."]
    }
    sent = typed(client, path, numerator="1", reason="Đơn vị mất mạng")
    assert client.post(path, sent).status_code == 302
    change = TargetChange.objects.get(change="value_reported")
    assert (change.actor_name, change.note, change.data["in_place"]) == (
        ward.dieuphoi.display_name,
        "Đơn vị mất mạng",
        True,
    )
    told = Notification.objects.filter(event="plan.value_in_place")
    assert set(told.values_list("recipient__username", flat=True)) == {"baocaokt", "truongkt"}


# ---- definitions in force


def test_a_figure_keeps_the_definition_in_force_on_its_day(ward, as_reporter):
    redefined(target(), date(2026, 10, 1), numerator="Chỉ hồ sơ toàn trình")
    assert send(as_reporter, as_of="30/09/2026").status_code == 302
    assert send(as_reporter, as_of="20/10/2026").status_code == 302
    assert list(ReportedValue.objects.order_by("pk").values_list("definition__version", flat=True)) == [1, 2]


def test_the_day_typed_decides_which_definition_asks(ward, as_reporter):
    redefined(target(), date(2026, 10, 1), measured_in="hồ sơ", denominator="", goal=500)
    answer = as_reporter.get(TYPING)
    assert "denominator" not in answer.context["form"].fields
    answer = as_reporter.post(TYPING, {"as_of": "30/09/2026", "numerator": "10"})
    assert errors(answer) == {
        "denominator": ["Type the number it is out of; 0 if there was nothing to count."]
    }


# ---- evidence


def files(*names, content=PDF):
    return [SimpleUploadedFile(name, content) for name in names]


def test_evidence_is_checked_by_content_kept_and_handed_out_to_whoever_may(ward, as_reporter, client):
    assert send(as_reporter, files=files("bien-ban.pdf", "phu-luc.pdf")).status_code == 302
    first, _second = ValueEvidence.objects.order_by("pk")
    assert (first.name, first.content_type) == ("bien-ban.pdf", "application/pdf")
    path = f"/ke-hoach/dieu-hanh/chi-tieu/minh-chung/{first.pk}/"
    for name, status in {
        "baocao": 200,
        "truongdonvi": 200,
        "dieuphoi": 200,
        "lanhdao": 200,
        "baocaokt": 404,
        "canbo": 404,
    }.items():
        client.force_login(getattr(ward, name))
        answer = client.get(path)
        assert answer.status_code == status, name
        if status == 200:
            assert answer.getvalue() == PDF
            assert answer["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(path).status_code == 302


def test_a_file_that_is_not_what_it_says_is_refused_by_name_and_nothing_is_saved(as_reporter):
    answer = send(as_reporter, files=[*files("tot.pdf"), *files("gia.pdf", content=b"MZ\x90")])
    assert list(errors(answer)) == ["files"]
    assert "gia.pdf" in errors(answer)["files"][0]
    assert answer.context["form"]["numerator"].value() == "610"
    assert stored() == []
    assert not ValueEvidence.objects.exists()


def test_the_same_file_sent_twice_stands_once(ward, as_reporter):
    """Two clicks without JavaScript send the form twice."""
    row = report(target("A1"), "VHXH", ward.baocao, share(85, 100), evidence=pdf())
    for _click in range(2):
        reporting.add_evidence(row, ward.baocao, pdf("khac.pdf", mark="hai"), now=NOW)
    reporting.add_evidence(row, ward.baocao, pdf("doi-ten.pdf"), now=NOW)
    assert list(row.evidence.values_list("name", flat=True)) == ["bien-ban.pdf", "khac.pdf"]
    assert TargetChange.objects.filter(change="evidence_added").count() == 1


def test_the_number_of_files_is_limited_at_once_and_in_all(ward, as_reporter, settings):
    most = reporting.EVIDENCE.max_files
    answer = send(as_reporter, files=files(*[f"{n}.pdf" for n in range(most + 1)]))
    assert list(errors(answer)) == ["files"]
    send(as_reporter, files=files(*[f"{n}.pdf" for n in range(most)]))
    row = ReportedValue.objects.get()
    more = f"{PAGE}minh-chung/{row.pk}/"
    assert as_reporter.post(more, {"files": files("them.pdf", content=PDF + b"%2")}).status_code == 422
    assert ValueEvidence.objects.count() == most


def test_files_can_be_added_to_the_figure_that_counts(ward, as_reporter, client):
    send(as_reporter, as_of="30/06/2026")
    old = ReportedValue.objects.get()
    send(as_reporter)
    row = ReportedValue.objects.order_by("pk").last()
    page = as_reporter.get(f"{PAGE}minh-chung/{row.pk}/")
    assert_sound(page.content)
    assert as_reporter.post(f"{PAGE}minh-chung/{row.pk}/", {"files": files("a.pdf")}).status_code == 302
    assert as_reporter.post(f"{PAGE}minh-chung/{old.pk}/", {"files": files("a.pdf")}).status_code == 409
    assert as_reporter.post(f"{PAGE}minh-chung/{row.pk}/").status_code == 422
    assert ValueEvidence.objects.get().value == row
    client.force_login(ward.lanhdao)
    assert client.post(f"{PAGE}minh-chung/{row.pk}/", {"files": files("a.pdf")}).status_code == 403


# ---- two people, and a session that ended


def test_whoever_comes_second_sees_the_other_s_figure_and_chooses(ward, as_reporter, client):
    mine = typed(as_reporter, numerator="500")
    report(target(), "VHXH", ward.truongdonvi, share(610, 1000))
    answer = as_reporter.post(TYPING, mine)
    assert answer.status_code == 409
    assert_sound(answer.content)
    page = answer.content.decode()
    assert ward.truongdonvi.display_name in page
    assert "610" in page
    assert "500" in page
    assert len(stored()) == 1
    again = dict(answer.context["hidden"])
    seen = answer.context["rows"][0]["seen"]
    unchosen = as_reporter.post(TYPING, again | {"seen-figure": seen})
    assert unchosen.status_code == 409
    theirs = as_reporter.post(TYPING, again | {"seen-figure": seen, "choice-figure": "theirs"})
    assert theirs.status_code == 302
    assert len(stored()) == 1
    answer = as_reporter.post(TYPING, again | {"seen-figure": seen, "choice-figure": "mine"})
    assert list(errors(answer)) == ["reason"]  # of the same day: a correction
    form = answer.context["form"]
    kept = {name: form[name].value() for name in ("base", "as_of", "numerator", "denominator")}
    assert as_reporter.post(TYPING, kept | {"reason": "Số của tôi đúng"}).status_code == 302
    assert [row[0] for row in stored()] == [610, 500]


def test_nothing_typed_is_lost_when_the_session_ended(ward, as_reporter):
    mine = typed(as_reporter, numerator="731")
    as_reporter.cookies["sessionid"] = ""
    answer = as_reporter.post(TYPING, mine)
    assert (answer.status_code, answer["Location"]) == (302, f"/tai-khoan/login/?next={TYPING}")
    assert stored() == []
    as_reporter.post("/tai-khoan/login/", {"login": "baocao", "password": PASSWORD})
    page = as_reporter.get(TYPING)
    assert page.context["form"]["numerator"].value() == "731"
    assert page.context["form"]["base"].value() == mine["base"]
    assert "Your text from before you signed in is back below" in page.content.decode()


def test_a_step_refused_leaves_no_trace(ward):
    with pytest.raises(Refused):
        report(target(), "VHXH", ward.baocao, share(3, 2))
    assert (
        ReportedValue.objects.count(),
        TargetChange.objects.filter(change__startswith="value").count(),
    ) == (0, 0)
