"""Pages of results: who opens them, what the public card and the open data say: verified figures alone."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import complaints, workflow
from ideas.benefits import ledger
from ideas.models import Adoption, BenefitIndicator, Measurement
from people.models import Unit
from portal.models import ContentStamp
from tests.html import assert_sound

from . import benefit_builders as results
from . import builders
from .starting import begun_by

pytestmark = pytest.mark.django_db


def recognised(ward):
    """A recognised initiative, the head of its unit and that of another among the ward's people."""
    ward.users["truongdonvi"] = results.head_of("VHXH")
    ward.users["truongkhac"] = results.head_of("YTE", "truongkhac", "Đinh Trạm Trưởng")
    return results.recognised(ward)


start = begun_by(recognised)


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


def base(initiative):
    return f"{initiative.get_absolute_url()}ket-qua-ap-dung/"


def read(client, url):
    client.cookies["ngon_ngu"] = "en"
    answer = client.get(url)
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, (url, answer.status_code)
    return re.sub(r"<svg.*?</svg>", "", body.decode(), flags=re.DOTALL)  # drawings are full of numbers


OPENS = {
    "tacgia": 200,
    "dongtacgia": 200,
    "truongdonvi": 200,
    "thuky": 200,
    "chutich": 200,
    "lanhdao": 200,
    "truongkhac": 404,
    "nguoikhac": 404,
    "quantri": 404,
}


def test_who_opens_the_ledger(ward, initiative):
    for name, status in OPENS.items():
        assert signed_in(ward.users[name]).get(base(initiative)).status_code == status, name
    unit = Unit.objects.get(code="YTE")
    ledger.write_adoption(initiative, ward.tacgia, unit, timezone.localdate(), "Dùng tại trạm")
    page = signed_in(ward.truongkhac).get(base(initiative))
    assert page.status_code == 200
    assert_sound(page.content)


def test_a_dossier_that_is_not_recognised_has_no_ledger(ward):
    initiative = builders.evaluated(ward)
    assert signed_in(ward.tacgia).get(base(initiative)).status_code == 404


def test_from_the_form_to_the_public_card(ward, initiative, client):
    author, head = signed_in(ward.tacgia), signed_in(ward.truongdonvi)
    url, card = base(initiative), f"/sang-kien/{initiative.code}/"
    form = {"name": "Thời gian chờ", "measured_in": "phút", "baseline": "1.024,5", "promised": "15"}
    form |= {"lower_is_better": "on", "seen": "0"}
    wrong = author.post(f"{url}chi-so/moi/", form | {"baseline": "24 phút"})
    assert (wrong.status_code, "24 phút" in wrong.content.decode()) == (422, True)
    assert_sound(wrong.content)
    assert author.post(f"{url}chi-so/moi/", form).status_code == 302
    row = BenefitIndicator.objects.get()
    assert row.baseline == Decimal("1024.5")
    assert "Thời gian chờ" not in read(client, card)
    verify = f"{url}chi-so/{row.pk}/xac-minh/"
    assert author.get(verify).status_code == 403
    seen = head.get(verify).context["form"]["seen"].value()
    assert head.post(verify, {"seen": seen}).status_code == 302
    twice = head.post(verify, {"seen": seen})
    assert (twice.status_code, row.initiative.history.filter(transition="benefit_verified").count()) == (
        302,
        1,
    )
    text = read(client, card)
    assert "Thời gian chờ" in text and "1,024.5" in text and "Not measured yet" in text
    measure = f"{url}chi-so/{row.pk}/do/3/"
    today = timezone.localdate()
    data = {"value": "13,5", "measured_on": f"{today:%d/%m/%Y}", "source": "Nhật ký lấy số", "seen": "0"}
    assert author.post(measure, data).status_code == 422  # no evidence
    file = SimpleUploadedFile("nhat-ky.pdf", builders.PDF, "application/pdf")
    assert author.post(measure, data | {"file": file}).status_code == 302
    made = Measurement.objects.get()
    assert "13.5" not in read(client, card)
    page = author.get(url)
    assert_sound(page.content)
    decide = f"{url}lan-do/{made.pk}/xac-minh/"
    before = ContentStamp.objects.count()
    assert head.post(decide, {"seen": head.get(decide).context["form"]["seen"].value()}).status_code == 302
    assert ContentStamp.objects.count() > before
    text = read(client, card)
    assert "13.5" in text and "Promise kept" in text and "Verified by Phòng Văn hóa - Xã hội." in text
    assert "nhat-ky.pdf" not in text
    back = f"{url}lan-do/{made.pk}/tra-lai/"
    seen = head.get(back).context["form"]["seen"].value()
    assert head.post(back, {"seen": seen}).status_code == 422
    assert head.post(back, {"seen": seen, "reason": "Sai kỳ đo"}).status_code == 302
    assert "13.5" not in read(client, card)
    assert "Sai kỳ đo" in read(author, url)


def test_evidence_is_read_by_those_who_work_with_it_alone(ward, initiative, client):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    made = results.measured(row, ward.tacgia, ward.truongdonvi)
    ledger.write_adoption(initiative, ward.tacgia, Unit.objects.get(code="YTE"), timezone.localdate(), "Dùng")
    url = f"{base(initiative)}tep/{made.files.get().pk}/"
    got = {}
    for name in OPENS:
        answer = signed_in(ward.users[name]).get(url)
        got[name] = answer.status_code
        if answer.streaming:
            assert b"".join(answer) == builders.PDF
    assert got == OPENS | {"truongkhac": 404}
    assert client.get(url).status_code == 302


def test_open_data_holds_verified_figures_and_confirmed_uses_exactly(ward, initiative, client):
    figure = ledger.Figure("Tiền làm lợi", "đồng/năm", Decimal("0"), Decimal("123456789012.3456"))
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi, figure)
    results.indicator(
        initiative, ward.tacgia, figure=ledger.Figure("Chưa xác minh", "x", Decimal(1), Decimal(2))
    )
    results.measured(row, ward.tacgia, ward.truongdonvi, months=3, value="100.5")
    results.measured(row, ward.tacgia, months=6, value="999")
    since = timezone.localdate() - timedelta(days=9)
    ledger.write_adoption(initiative, ward.truongkhac, Unit.objects.get(code="YTE"), since, "Dùng riêng 4417")
    (found,) = client.get("/du-lieu-mo/v1/sang-kien/").json()["results"]
    assert found["benefits"] == [
        {
            "name": "Tiền làm lợi",
            "measured_in": "đồng/năm",
            "before": "0",
            "promised": "123456789012.3456",
            "measured": "3: 100.5",
        }
    ]
    assert found["uses"] == [{"unit": "Đơn vị YTE", "since": since.isoformat(), "until": ""}]
    text = read(client, "/du-lieu-mo/v1/sang-kien.csv").removeprefix("\ufeff")
    (line,) = csv.DictReader(io.StringIO(text, newline=""))
    assert line["benefits"] == "Tiền làm lợi – đồng/năm – 0 – 123456789012.3456 – 3: 100.5"
    for hidden in ("999", "Chưa xác minh", "4417"):
        assert hidden not in text


def test_a_revoked_initiative_keeps_its_results_out_of_the_publics_sight(ward, initiative, client):
    row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
    results.measured(row, ward.tacgia, ward.truongdonvi)
    workflow.move(
        builders.fresh(initiative), "revoke", ward.lanhdao, public_reason="Sai", **builders.decision("9/QĐ")
    )
    assert client.get(f"/sang-kien/{initiative.code}/").status_code == 404
    assert client.get("/du-lieu-mo/v1/sang-kien/").json()["results"] == []
    text = read(signed_in(ward.tacgia), base(initiative))
    assert "13.5" in text and "The recognition was revoked" in text
    assert signed_in(ward.tacgia).get(f"{base(initiative)}chi-so/moi/").status_code == 403


def test_a_use_is_written_confirmed_and_ended_by_the_pages(ward, initiative, client):
    author, head = signed_in(ward.tacgia), signed_in(ward.truongkhac)
    unit, today = Unit.objects.get(code="YTE"), timezone.localdate()
    data = {"unit": unit.pk, "start_on": f"{today - timedelta(days=30):%d/%m/%Y}", "how": "Dùng tại trạm"}
    assert (
        author.post(f"{base(initiative)}ap-dung/moi/", data | {"start_on": "31/02/2026"}).status_code == 422
    )
    assert author.post(f"{base(initiative)}ap-dung/moi/", data).status_code == 302
    use = Adoption.objects.get()
    card = f"/sang-kien/{initiative.code}/"
    assert "Đơn vị YTE" not in read(client, card)
    url = f"{base(initiative)}ap-dung/{use.pk}/xac-minh/"
    assert author.get(url).status_code == 403
    assert head.post(url, {"seen": head.get(url).context["form"]["seen"].value()}).status_code == 302
    assert "Đơn vị YTE" in read(client, card)
    end = f"{base(initiative)}ap-dung/{use.pk}/ket-thuc/"
    assert head.post(end, {"last_day": f"{today:%d/%m/%Y}"}).status_code == 302
    assert f"until {today:%d/%m/%Y}" in read(client, card)


def test_the_ledger_asks_the_same_number_of_questions_for_one_and_for_ten(ward, initiative):
    results.measured(
        results.indicator(initiative, ward.tacgia, ward.truongdonvi), ward.tacgia, ward.truongdonvi
    )
    client = signed_in(ward.thuky)
    client.get(base(initiative))

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(base(initiative)).status_code == 200
        return len(asked)

    one = count()
    for _ in range(9):
        row = results.indicator(initiative, ward.tacgia, ward.truongdonvi)
        results.measured(row, ward.tacgia, ward.truongdonvi)
    assert count() == one


def test_the_work_page_asks_the_same_number_of_questions_for_one_and_for_three(ward, initiative):
    results.indicator(initiative, ward.tacgia)
    client = signed_in(ward.thuky)
    client.get("/viec-cua-toi/")

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/viec-cua-toi/").status_code == 200
        return len(asked)

    one = count()
    for _ in range(2):
        results.indicator(results.recognised(ward), ward.tacgia)
    assert count() == one


# ---- a complaint about the revocation


def test_a_revocation_can_be_complained_about_and_is_scored_anew(ward, initiative):
    revoked = workflow.move(
        builders.fresh(initiative), "revoke", ward.lanhdao, public_reason="Sai", **builders.decision("9/QĐ")
    )
    revoked = builders.fresh(revoked)
    assert complaints.may_file(revoked, ward.tacgia).allowed
    complaint = complaints.file_complaint(revoked, ward.tacgia, text="Số liệu đúng")
    complaint = complaints.take_up(complaint, ward.lanhdao)
    complaints.settle(complaint, ward.lanhdao, outcome="accepted", answer="Chấp nhận")
    moved = workflow.move(builders.fresh(revoked), "reconsider", ward.lanhdao, reason="Khiếu nại đúng")
    assert (moved.state, moved.evaluation_number, moved.public_reason) == ("evaluating", 2, "")
    assert moved.sheets.filter(evaluation_number=2).count() == 7
