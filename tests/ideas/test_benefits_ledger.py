"""Results after recognition: who writes, who verifies, what is owed by when, what target E3 counts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from config.figures import figure_of
from ideas import workflow
from ideas.authorship import add_author
from ideas.benefits import deciding, ledger, owing, terms
from ideas.benefits.applied import applied_in_year
from ideas.models import BenefitIndicator, HistoryEntry, Measurement
from ideas.refusing import Refused
from notifications.models import Notification
from obligations.days_off import AnnouncedDays
from obligations.duties import work_of
from obligations.models import Obligation
from obligations.reminding import remind_due
from obligations.stages import moment_of
from people.models import Unit

from . import benefit_builders as results
from . import builders
from .starting import begun_by

pytestmark = pytest.mark.django_db


def recognised(ward):
    """A recognised initiative, and the head of its unit among the ward's people."""
    ward.users["truongdonvi"] = results.head_of("VHXH")
    return results.recognised(ward)


start = begun_by(recognised)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def owed():
    rows = sorted(Obligation.objects.filter(kind=owing.MEASUREMENT), key=lambda row: row.data["months"])
    return [(row.data["months"], row.owner_kind, row.owner, row.state) for row in rows]


# ---- terms


@pytest.mark.parametrize(
    ("recognised_on", "months", "due"),
    [
        (date(2026, 1, 31), 3, date(2026, 5, 4)),  # 30/04 and 01/05 are holidays, then a weekend
        (date(2026, 11, 30), 3, date(2027, 3, 1)),  # no 30/02: 28/02 is a Sunday
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2026, 11, 6), 3, date(2027, 2, 11)),  # 06/02/2027 is the first day of Tết
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_terms_are_calendar_months_that_end_on_a_working_day(recognised_on, months, due):
    assert terms.due_on(recognised_on, months, AnnouncedDays()) == due


def test_a_month_from_the_31st_of_january_ends_with_february():
    assert terms.term_of_months(date(2027, 1, 31), 1) == date(2027, 3, 1)  # 28/02/2027 is a Sunday


def test_a_recognition_begins_three_terms_of_the_unit(ward, initiative):
    assert owed() == [(months, "unit", "VHXH", "open") for months in (3, 6, 12)]
    days = list(
        Obligation.objects.filter(kind=owing.MEASUREMENT).order_by("due_on").values_list("due_on", flat=True)
    )
    today = timezone.localdate()
    assert days == [terms.due_on(today, months, AnnouncedDays()) for months in terms.MONTHS]


def test_a_verified_measurement_ends_its_term_and_returning_it_begins_it_again(ward, initiative):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    made = results.measured(row, ward.tacgia)
    assert [state for *_rest, state in owed()] == ["open", "open", "open"]
    made = deciding.decide(made, ward.truongdonvi, "verified")
    assert [state for *_rest, state in owed()] == ["done", "open", "open"]
    deciding.decide(made, ward.truongdonvi, "returned", reason="Sai kỳ")
    assert [state for *_rest, state in owed()] == ["open", "open", "open"]


def test_a_revocation_ends_what_is_owed_and_keeps_the_figures(ward, initiative):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    results.measured(row, ward.tacgia, ward.truongdonvi)
    workflow.move(
        builders.fresh(initiative),
        "revoke",
        ward.lanhdao,
        public_reason="Sai số liệu",
        **builders.decision("470/QĐ-UBND"),
    )
    assert [state for *_rest, state in owed()] == ["done", "cancelled", "cancelled"]
    assert (BenefitIndicator.objects.count(), Measurement.objects.count()) == (1, 1)
    late = lambda: results.indicator(initiative, ward.tacgia)  # noqa: E731
    assert refused(late) == "not_recognised"


def test_a_figure_written_late_is_not_owed_for_terms_that_are_over(ward, initiative):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    results.measured(row, ward.tacgia, ward.truongdonvi)
    BenefitIndicator.objects.update(entered_at=timezone.now() - timedelta(days=300))
    initiative.decisions.update(decided_on=timezone.localdate() - timedelta(days=150))
    other = ledger.Figure("Số lần đến", "lần mỗi hồ sơ", Decimal("1.9"), Decimal("1.2"), True)
    results.indicator(initiative, ward.tacgia, ward.truongdonvi, other)
    assert [state for *_rest, state in owed()] == ["done", "open", "open"]


def test_dossiers_written_in_bulk_get_their_terms_from_the_clock(ward, initiative):
    Obligation.objects.filter(kind=owing.MEASUREMENT).delete()
    owing.begin_missing(timezone.now())
    assert owed() == [(months, "unit", "VHXH", "open") for months in (3, 6, 12)]
    before = Obligation.objects.count()
    owing.begin_missing(timezone.now())
    assert Obligation.objects.count() == before


def test_the_clock_reminds_the_main_author_and_the_head(ward, initiative):
    row = Obligation.objects.filter(kind=owing.MEASUREMENT).order_by("due_on").first()
    Notification.objects.all().delete()
    remind_due(moment_of(row.last_day() - timedelta(days=7)))
    told = Notification.objects.filter(event="ideas.measurement_due")
    assert {n.recipient.username for n in told} == {"tacgia", "truongdonvi"}
    assert {n.params["months"] for n in told} == {3}


# ---- who


@pytest.mark.parametrize(
    ("name", "may"),
    [
        *((name, True) for name in ("tacgia", "dongtacgia", "truongdonvi", "thuky")),
        *((name, False) for name in ("nguoikhac", "chutich", "hoidong1", "lanhdao", "quantri", "vanthu")),
    ],
)
def test_who_writes_figures_down(ward, initiative, name, may):
    act = lambda: results.indicator(initiative, ward.users[name])  # noqa: E731
    if may:
        assert act().entered_by == ward.users[name]
    else:
        assert refused(act) == "only_benefit_writers"


def test_never_an_author_never_whoever_entered_it(ward, initiative):
    row = results.indicator(initiative, ward.tacgia)

    def verify(name, claim=row):
        return refused(lambda: deciding.decide(claim, ward.users[name], "verified"))

    assert verify("tacgia") == verify("dongtacgia") == verify("lanhdao") == "only_verifiers"
    assert verify("nguoikhac") == verify("quantri") == "only_verifiers"
    other_head = results.head_of("YTE", "truongkhac")
    assert refused(lambda: deciding.decide(row, other_head, "verified")) == "only_verifiers"
    by_head = results.indicator(initiative, ward.truongdonvi)
    assert verify("truongdonvi", by_head) == "verifier_entered_it"
    assert deciding.decide(by_head, ward.thuky, "verified").is_verified


def test_a_head_who_is_an_author_leaves_it_to_the_secretary(ward):
    ward.users["tacgia"] = ward.truongdonvi
    initiative = results.recognised(ward)
    row = results.indicator(initiative, ward.dongtacgia)
    assert refused(lambda: deciding.decide(row, ward.truongdonvi, "verified")) == "verifier_is_author"
    told = Notification.objects.filter(event="ideas.benefit_to_verify")
    assert {n.recipient.username for n in told} == {"thuky"}
    assert deciding.decide(row, ward.thuky, "verified").is_verified


def test_where_the_secretary_is_an_author_too_whoever_presides_verifies(ward, initiative):
    add_author(initiative, staff=ward.thuky.staff, share=Decimal("1.00"))
    row = results.indicator(initiative, ward.thuky)
    assert refused(lambda: deciding.decide(row, ward.thuky, "verified")) == "only_verifiers"
    assert deciding.decide(row, ward.chutich, "verified").is_verified


# ---- figures and measurements


def test_a_figure_is_exact(ward, initiative):
    figure = ledger.Figure("Tiền làm lợi", "đồng/năm", Decimal("0"), Decimal("123456789012.3456"))
    row = results.indicator(initiative, ward.tacgia, figure=figure)
    row.refresh_from_db()
    assert row.promised == Decimal("123456789012.3456")


def test_what_is_verified_stays_until_it_is_returned(ward, initiative):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    change = lambda: ledger.write_indicator(  # noqa: E731
        initiative, ward.tacgia, results.FIGURE, indicator=row, seen=row.edit_version
    )
    assert refused(change) == "claim_is_verified"
    bare = lambda: deciding.decide(row, ward.truongdonvi, "returned")  # noqa: E731
    assert refused(bare) == "return_reason_missing"
    row = deciding.decide(row, ward.truongdonvi, "returned", reason="Sai đơn vị tính")
    told = Notification.objects.filter(event="ideas.benefit_returned")
    assert {n.recipient.username for n in told} == {"tacgia", "dongtacgia"}
    assert change().state == "entered"


def test_two_windows_over_one_figure(ward, initiative):
    row = results.indicator(initiative, ward.tacgia)
    seen = row.edit_version
    ledger.write_indicator(initiative, ward.dongtacgia, results.FIGURE, indicator=row, seen=seen)
    late = lambda: ledger.write_indicator(  # noqa: E731
        initiative, ward.tacgia, results.FIGURE, indicator=row, seen=seen
    )
    assert refused(late) == "claim_changed"
    assert refused(lambda: deciding.decide(row, ward.truongdonvi, "verified", seen=seen)) == "claim_changed"


def test_a_measurement_needs_a_verified_figure_evidence_and_a_day_that_fits(ward, initiative):
    initiative = results.put_back(initiative, 100)
    row = results.indicator(initiative, ward.tacgia)
    assert refused(lambda: results.measured(row, ward.tacgia)) == "indicator_not_verified"
    row = deciding.decide(row, ward.truongdonvi, "verified")
    today = timezone.localdate()
    future = lambda: results.measured(row, ward.tacgia, on=today + timedelta(days=1))  # noqa: E731
    before = lambda: results.measured(row, ward.tacgia, on=today - timedelta(days=101))  # noqa: E731
    assert (refused(future), refused(before)) == ("measured_in_future", "measured_before_recognition")
    bare = ledger.Measured(Decimal("13.5"), today, "Sổ")
    assert refused(lambda: ledger.write_measurement(row, 3, ward.tacgia, bare)) == "evidence_missing"
    assert Measurement.objects.count() == 0
    made = results.measured(row, ward.tacgia)
    assert made.files.count() == 1
    again = ledger.write_measurement(row, 3, ward.tacgia, bare, seen=made.edit_version)
    assert (again.pk, again.files.count()) == (made.pk, 1)


def test_every_step_stands_in_the_history_of_the_dossier(ward, initiative):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    results.measured(row, ward.tacgia, ward.truongdonvi)
    steps = HistoryEntry.objects.filter(initiative=initiative).order_by("-pk")
    assert list(steps.values_list("transition", "actor_role")[:4]) == [
        ("measurement_verified", "unit_head"),
        ("measurement_entered", "author"),
        ("benefit_verified", "unit_head"),
        ("benefit_entered", "author"),
    ]


# ---- use by units


def test_the_head_of_the_using_unit_confirms_and_nobody_else(ward, initiative):
    other = results.head_of("YTE", "truongkhac")
    unit, since = Unit.objects.get(code="YTE"), timezone.localdate() - timedelta(days=10)
    use = ledger.write_adoption(initiative, ward.tacgia, unit, since, "Dùng tại quầy")
    assert use.state == "entered"
    told = Notification.objects.filter(event="ideas.adoption_to_confirm")
    assert {n.recipient.username for n in told} == {"truongkhac"}
    for name in ("tacgia", "thuky", "truongdonvi", "lanhdao"):
        act = lambda name=name: deciding.decide(use, ward.users[name], "verified")  # noqa: E731
        assert refused(act) == "only_that_units_head", name
    assert deciding.decide(use, other, "verified").is_verified
    again = lambda: ledger.write_adoption(initiative, ward.tacgia, unit, timezone.localdate(), "Lần nữa")  # noqa: E731
    assert refused(again) == "adopted_already"


def test_a_head_who_writes_the_use_of_the_own_unit_confirms_it_by_that(ward, initiative):
    other = results.head_of("YTE", "truongkhac")
    unit = Unit.objects.get(code="YTE")
    use = ledger.write_adoption(initiative, other, unit, timezone.localdate(), "Dùng tại trạm")
    assert (use.state, use.decided_by_name) == ("verified", other.display_name)
    foreign = lambda: ledger.write_adoption(  # noqa: E731
        initiative, other, Unit.objects.get(code="VHXH"), timezone.localdate(), "x"
    )
    assert refused(foreign) == "only_adoption_writers"


def test_a_use_that_ended_may_begin_again(ward, initiative):
    other = results.head_of("YTE", "truongkhac")
    unit, today = Unit.objects.get(code="YTE"), timezone.localdate()
    use = ledger.write_adoption(initiative, other, unit, today - timedelta(days=20), "Dùng")
    early = lambda: ledger.end_adoption(use, other, today - timedelta(days=21))  # noqa: E731
    assert refused(early) == "ended_before_start"
    ended = ledger.end_adoption(use, other, today - timedelta(days=5))
    assert ended.last_day == today - timedelta(days=5)
    assert ledger.write_adoption(initiative, other, unit, today, "Dùng lại").is_verified


# ---- target E3


def test_the_plan_is_told_how_many_are_in_use_on_a_day(initiative):
    first = initiative.first_applied_on
    compute = figure_of("E3").compute
    before = compute(first.year, first - timedelta(days=1))
    assert (before.numerator, before.complete) == (0, False)
    found = compute(first.year, first)
    assert (found.numerator, found.denominator, found.complete, found.as_of) == (1, None, True, first)


def test_any_shown_use_within_the_year_counts_once(ward, initiative):
    year = timezone.localdate().year
    type(initiative).objects.filter(pk=initiative.pk).update(first_applied_on=date(year - 2, 5, 1))
    assert applied_in_year(year).count() == 0
    assert list(applied_in_year(year - 2)) == [initiative]
    other = results.head_of("YTE", "truongkhac")
    unit = Unit.objects.get(code="YTE")
    use = ledger.write_adoption(initiative, ward.tacgia, unit, date(year - 1, 3, 1), "Dùng")
    assert applied_in_year(year).count() == 0  # not confirmed
    use = deciding.decide(use, other, "verified")
    assert [applied_in_year(y).count() for y in (year - 2, year - 1, year, year + 1)] == [1, 1, 1, 0]
    ledger.end_adoption(use, other, date(year - 1, 12, 31))
    assert [applied_in_year(y).count() for y in (year - 1, year)] == [1, 0]
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    results.measured(row, ward.tacgia)
    assert applied_in_year(year).count() == 0
    deciding.decide(Measurement.objects.get(), ward.truongdonvi, "verified")
    assert applied_in_year(year).count() == 1
    ledger.write_adoption(initiative, other, unit, timezone.localdate(), "Lại")
    assert applied_in_year(year).count() == 1


def test_a_draft_or_a_revoked_initiative_counts_for_nothing(ward, initiative):
    year = timezone.localdate().year
    builders.evaluated(ward)
    assert list(applied_in_year(initiative.first_applied_on.year)) == [initiative]
    workflow.move(
        builders.fresh(initiative), "revoke", ward.lanhdao, public_reason="Sai", **builders.decision("9/QĐ")
    )
    assert applied_in_year(year).count() == applied_in_year(initiative.first_applied_on.year).count() == 0


# ---- the work page


def works(user):
    with translation.override("en"):
        return {
            (item.kind, item.code)
            for section in work_of(user)
            for item in section.items
            if "idea" not in item.kind
        }


def test_each_finds_the_work_where_it_is(ward, initiative):
    assert ("write_benefit", initiative.code) in works(ward.tacgia)
    row = results.indicator(initiative, ward.tacgia)
    assert ("verify", initiative.code) in works(ward.truongdonvi)
    assert ("verify", initiative.code) in works(ward.thuky)
    assert ("verify", initiative.code) not in works(ward.tacgia) | works(ward.lanhdao)
    deciding.decide(row, ward.truongdonvi, "verified")
    assert ("verify", initiative.code) not in works(ward.truongdonvi)
    assert ("measure", initiative.code) not in works(ward.tacgia)  # three months away
    Obligation.objects.filter(kind=owing.MEASUREMENT, data__months=3).update(
        due_on=timezone.localdate() + timedelta(days=20)
    )
    assert ("measure", initiative.code) in works(ward.tacgia)
    other = results.head_of("YTE", "truongkhac")
    ledger.write_adoption(initiative, ward.tacgia, Unit.objects.get(code="YTE"), timezone.localdate(), "Dùng")
    assert ("confirm_use", initiative.code) in works(other)
