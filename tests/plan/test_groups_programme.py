"""The yearly work programme: drafted, copied, issued, drawn, owed."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import timezone

from notifications.models import Notification
from obligations.models import Obligation
from obligations.yearly import ensure_yearly
from papers.models import OfficePaper
from plan.models import BookChange, Programme, ProgrammeItem, ProgrammeTermChange, Task
from plan.programme import owing, periods, public, terms

from . import books as b
from .builders import make_plan_ward

AT = "/ke-hoach/dieu-hanh/hoat-dong/chuong-trinh/"


@pytest.fixture
def ward(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return make_plan_ward()


def a_programme(ward, year=2027, items=1):
    row = b.enter("chuong-trinh", ward.baocao, year=year)
    units = b.units("VHXH", "KTHTDT")
    for number in range(items):
        ProgrammeItem.objects.create(
            programme=row,
            what=f"Việc số {number}",
            unit=units["KTHTDT"],
            task=Task.objects.first(),
            period="q2",
            result="Một lớp",
        )
    row.refresh_from_db()
    return row


def issue(client, row, **values):
    row.refresh_from_db()
    data = {"seen": row.edit_version, "number": "05/KH-UBND", "issued_on": b.day(-1)} | values
    return client.post(f"{AT}{row.pk}/buoc/ban-hanh/", data)


def test_the_reporter_of_the_division_drafts_adds_items_and_issues(ward, client):
    client.force_login(ward.baocao)
    assert client.post(f"{AT}them/", {"year": "2027"}).status_code == 302
    row = Programme.objects.get()
    assert (row.title, row.unit.code) == ("Chương trình công tác “Phường đổi mới sáng tạo” năm 2027", "VHXH")
    item = {"what": "Mở lớp kỹ năng số", "unit": b.units("KTHTDT")["KTHTDT"].pk, "period": "m3"}
    assert client.post(f"{AT}{row.pk}/cong-viec/them/", item).status_code == 302
    assert issue(client, row, file=b.a_pdf(), file_is_public="on").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.file_is_public) == ("issued", True)
    paper = OfficePaper.objects.get()
    assert (paper.number, paper.subject) == ("05/KH-UBND", "programme:2027")
    assert BookChange.objects.filter(entry=row.pk).last().change == "issued"
    assert Notification.objects.filter(event="plan.programme_issued", recipient=ward.baocaokt).exists()
    assert not Notification.objects.filter(event="plan.programme_issued", recipient=ward.baocao).exists()


def test_what_is_issued_stays_as_it_is(ward, client):
    row = a_programme(ward)
    client.force_login(ward.baocao)
    issue(client, row)
    item = ProgrammeItem.objects.get()
    for address in (
        "sua/",
        "cong-viec/them/",
        f"cong-viec/{item.pk}/",
        f"cong-viec/{item.pk}/bo/",
        "tep/them/",
    ):
        assert client.post(f"{AT}{row.pk}/{address}", {}).status_code == 403, address
    assert client.post(f"{AT}{row.pk}/gach-bo/", {}).status_code == 404
    assert issue(client, row).status_code == 302  # answered that it is so already
    assert OfficePaper.objects.count() == 1


def test_an_empty_programme_or_a_future_day_is_not_issued(ward, client):
    empty = a_programme(ward, items=0)
    client.force_login(ward.baocao)
    assert issue(client, empty).status_code == 422
    full = a_programme(ward, 2028)
    assert issue(client, full, issued_on=b.day(3)).status_code == 422
    assert issue(client, full, number="năm/KH").status_code == 422
    assert issue(client, full, file_is_public="on").status_code == 422
    assert not OfficePaper.objects.exists()


def test_the_number_of_another_paper_is_refused(ward, client):
    client.force_login(ward.baocao)
    issue(client, a_programme(ward))
    answer = issue(client, a_programme(ward, 2028))
    assert answer.status_code == 422
    assert Programme.objects.get(year=2028).state == "draft"


def test_the_items_of_the_year_before_are_a_start(ward, client):
    a_programme(ward, 2027, items=3)
    row = a_programme(ward, 2028, items=0)
    client.force_login(ward.baocao)
    assert client.post(f"{AT}{row.pk}/buoc/chep-nam-truoc/", {"seen": 1}).status_code == 302
    assert list(row.items.values_list("what", "period", "result")) == [
        (f"Việc số {number}", "q2", "Một lớp") for number in range(3)
    ]
    row.refresh_from_db()
    client.post(f"{AT}{row.pk}/buoc/chep-nam-truoc/", {"seen": row.edit_version})
    assert row.items.count() == 3  # never twice


def test_the_paper_is_drawn_as_word_and_pdf_before_and_after(ward, client):
    row = a_programme(ward)
    client.force_login(ward.baocaokt)
    word = client.get(f"{AT}{row.pk}/van-ban/docx/")
    assert word.status_code == 200
    text = zipfile.ZipFile(BytesIO(word.content)).read("word/document.xml").decode()
    assert "Việc số 0" in text and "Quý II" in text and "năm 2027" in text
    client.force_login(ward.baocao)
    issue(client, row)
    client.force_login(ward.baocaokt)
    text = zipfile.ZipFile(BytesIO(client.get(f"{AT}{row.pk}/van-ban/docx/").content)).read(
        "word/document.xml"
    )
    assert "05/KH-UBND" in text.decode()
    assert client.get(f"{AT}{row.pk}/van-ban/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{AT}{row.pk}/van-ban/xlsx/").status_code == 404


def test_other_units_read_it_and_change_nothing(ward, client):
    row = a_programme(ward)
    client.force_login(ward.baocaokt)
    assert client.get(f"{AT}{row.pk}/").status_code == 200
    assert client.post(f"{AT}{row.pk}/cong-viec/them/", {}).status_code == 403
    assert issue(client, row).status_code == 403
    assert client.get(f"{AT}them/").status_code == 403


def test_the_signed_file_is_public_only_where_it_was_said(ward, client, django_assert_num_queries):
    client.force_login(ward.baocao)
    issue(client, a_programme(ward, 2027), file=b.a_pdf(), file_is_public="on")
    issue(client, a_programme(ward, 2028), file=b.a_pdf(), number="06/KH-UBND")
    with django_assert_num_queries(1):
        issued = public.public_programmes()
    assert [one.number for one in issued] == ["06/KH-UBND", "05/KH-UBND"]
    assert [(one.year, bool(one.file_url)) for one in issued] == [(2028, False), (2027, True)]
    inside = Programme.objects.get(year=2028)
    b.opened(client, f"{AT}{inside.pk}/van-ban/ban-ky/")
    client.logout()
    b.opened(client, "/ke-hoach/chuong-trinh/2027/ban-ky/")
    assert client.get("/ke-hoach/chuong-trinh/2028/ban-ky/").status_code == 404
    assert client.get("/ke-hoach/chuong-trinh/2029/ban-ky/").status_code == 404


def test_a_year_has_one_programme(ward):
    a_programme(ward)
    assert list(b.form_of("chuong-trinh", ward.baocao, year=2027).errors) == ["year"]
    assert list(b.form_of("chuong-trinh", ward.baocao, year=2025).errors) == ["year"]
    assert list(b.form_of("chuong-trinh", ward.baocao, year="hai nghìn").errors) == ["year"]


NOW = timezone.make_aware(datetime(2026, 12, 10, 8, 0))


def test_each_year_is_owed_by_the_division_until_it_is_issued(ward, client):
    ensure_yearly(NOW)
    owed = Obligation.objects.get(kind=owing.PROGRAMME)
    assert (owed.subject, owed.owner, owed.due_on) == ("programme:2027", "VHXH", date(2027, 1, 31))
    client.force_login(ward.baocao)
    assert issue(client, a_programme(ward)).status_code == 302
    owed.refresh_from_db()
    assert owed.state == "done"
    ensure_yearly(NOW)
    assert Obligation.objects.filter(kind=owing.PROGRAMME).count() == 1


def test_a_coordinator_sets_another_day_and_what_is_owed_moves(ward, client):
    ensure_yearly(NOW)
    client.force_login(ward.baocao)
    assert client.get(f"{AT}han/").status_code == 403
    client.force_login(ward.dieuphoi)
    assert client.post(f"{AT}han/", {"term": "31/2"}).status_code == 422
    assert client.post(f"{AT}han/", {"term": "cuối tháng"}).status_code == 422
    assert client.post(f"{AT}han/", {"term": "28/2"}).status_code == 302
    assert Obligation.objects.get(kind=owing.PROGRAMME).due_on == date(2027, 2, 28)
    assert ProgrammeTermChange.objects.get().data == {"before": [1, 31], "after": [2, 28]}
    assert terms.last_day(2028, (2, 29)) == date(2028, 2, 29)
    assert terms.last_day(2027, (2, 29)) == date(2027, 2, 28)


def test_months_and_quarters_are_ordered_by_when_they_end():
    assert sorted(["year", "q1", "m2", "m12", "m3"], key=periods.last_month) == [
        "m2",
        "q1",
        "m3",
        "year",
        "m12",
    ]
    assert len(periods.choices()) == len(set(periods.CODES)) == 17
