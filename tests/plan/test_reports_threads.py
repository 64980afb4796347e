"""Two people at once over one report: one version, one decision, nothing lost."""

from datetime import date
from decimal import Decimal

import pytest

from plan.models import ReportedValue, ReportVersion
from plan.reports.sheet import NEXT, RESULTS, Sheet
from plan.reports.writing import save_step
from plan.targets import reporting
from plan.targets.figures import Figure
from tests.ideas.test_dossier_threads import signed_in, together
from tests.plan.builders import make_plan_ward
from tests.plan.report_builders import at, clock, make_period, report_of, send, write

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(date(2026, 12, 1))


@pytest.fixture
def ward():
    with clock(NOW):
        yield make_plan_ward()


@pytest.fixture
def report(ward):
    return write(report_of(make_period(), "KTHTDT"), ward.baocaokt)


def test_reporter_and_head_send_at_once_and_one_version_is_made(ward, report):
    path, seen = f"{report.get_absolute_url()}buoc/6/", report.edit_version
    clients = [signed_in(ward.baocaokt), signed_in(ward.truongkt)]
    answers = together(clients, lambda client: client.post(path, {"seen": seen}))
    assert [answer.status_code for answer in answers] == [302, 302]
    version = ReportVersion.objects.get()
    assert version.number == 1 and report.changes.count() == 1
    typed = sum(
        entry["source"] == "reported" and entry["as_of"] is not None for entry in version.payload["targets"]
    )
    assert ReportedValue.objects.count() == typed


def test_accepted_and_returned_at_once_is_one_of_both(ward, report):
    sent = send(report, ward.baocaokt, now=NOW)
    own = report.get_absolute_url()
    posts = [
        (f"{own}xu-ly/tiep-nhan/", {"seen": sent.edit_version}),
        (
            f"{own}xu-ly/tra-lai/",
            {"seen": sent.edit_version, "reason": "Thiếu nguồn", "resend_by": "05/12/2026"},
        ),
    ]
    clients = [signed_in(ward.dieuphoi), signed_in(ward.dieuphoi)]
    by_client = dict(zip(clients, posts, strict=True))
    together(clients, lambda client: client.post(*by_client[client]))
    report.refresh_from_db()
    assert report.state in ("accepted", "returned")
    assert report.changes.count() == 2


def test_two_steps_saved_at_once_are_both_kept(ward, report):
    steps = {0: (RESULTS, "results"), 1: (NEXT, "next")}

    def save(number):
        step, name = steps[number]
        save_step(report, (ward.baocaokt, ward.truongkt)[number], step, {name: f"Lần {number}"}, {}, NOW)

    together([0, 1], save)
    report.refresh_from_db()
    assert (report.answers["results"], report.answers["next"]) == ("Lần 0", "Lần 1")


def test_the_button_that_urges_pressed_twice_at_once_urges_once(ward, report):
    path = f"{report.period.get_absolute_url()}don-doc/"
    together([signed_in(ward.dieuphoi) for _twice in range(2)], lambda client: client.post(path))
    assert report.changes.filter(change="urged").count() == 1


def test_a_figure_typed_while_the_report_is_sent_is_either_corrected_or_told_of(ward, report):
    row = next(one for one in Sheet.of(report).targets if one.is_typed and one.is_share)
    typed = Figure(date(2026, 11, 30), Decimal(610), Decimal(1000))
    outcome = []

    def act(number):
        if number:
            send(report, ward.baocaokt, now=NOW)
            return
        try:
            reporting.report(row.target, row.unit, 2026, ward.truongkt, typed, now=NOW)
        except reporting.Conflict:
            outcome.append("told")

    together([0, 1], act)
    numbers = list(row.target.values.order_by("pk").values_list("numerator", flat=True))
    changes = list(row.target.changes.order_by("pk").values_list("change", flat=True))
    if outcome:
        assert (numbers, changes) == ([80], ["value_reported"])
    else:
        assert (numbers, changes) == ([610, 80], ["value_reported", "value_corrected"])
