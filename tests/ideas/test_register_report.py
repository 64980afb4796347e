"""The yearly report: tables that add up, figures that open to their dossiers, its paper."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ideas import workflow
from ideas.models import Initiative, YearReport
from ideas.papers.loading import Signature
from ideas.papers.year_report import year_report
from ideas.register.asking import NONE, Asked, rows
from ideas.register.figures import Group, statistics, tables
from ideas.register.outcome import NOT_RECOGNISED, OUTCOMES, REASONS, RECEIVED, SETTLED
from ideas.register.year import year_figures
from papers.models import OfficePaper
from people.models import Unit
from tests.html import assert_sound

from . import builders
from .paper_builders import texts

BOOK = "/sang-kien/so-theo-doi/"


@pytest.fixture
def ward(db):
    return builders.make_ward()


def year():
    return timezone.localdate().year


def page_of(year_=None):
    return f"{BOOK}bao-cao/{year_ or year()}/"


# ---- the tables, without a database

groups = st.lists(
    st.builds(
        Group,
        unit=st.sampled_from(["", "A", "B"]),
        unit_name=st.just("Phòng"),
        field=st.sampled_from(["", "X", "Y"]),
        field_name=st.just("Lĩnh vực"),
        outcome=st.sampled_from(OUTCOMES),
        reason=st.just(""),
        count=st.integers(1, 50),
        place=st.just((0, 0)),
    ).flatmap(
        lambda group: (
            st.just(group)
            if group.outcome not in NOT_RECOGNISED
            else st.sampled_from(REASONS).map(lambda reason: Group(**{**vars(group), "reason": reason}))
        )
    ),
    max_size=30,
)


@given(groups)
def test_rows_columns_and_reasons_add_up_to_one_total(made):
    found = tables(Asked(year=2026), made)
    total = sum(group.count for group in made)
    assert found.total == total
    for rows_ in (found.units, found.fields):
        assert sum(row.total for row in rows_) == total
        for code in OUTCOMES:
            assert sum(row.counts.get(code, 0) for row in rows_) == found.outcomes.counts.get(code, 0)
    assert sum(found.reasons.values()) == found.not_recognised
    assert len({row.code for row in found.units}) == len(found.units)


# ---- with dossiers


@pytest.fixture
def some(ward):
    """One of each kind of end, in two units."""
    builders.recognised(ward)
    builders.declined(ward)
    workflow.move(builders.submitted(ward), "refuse", ward.thuky, public_reason="Đã có quy trình.")
    workflow.move(builders.submitted(ward), "withdraw", ward.tacgia, reason="Thôi.")
    other = builders.submitted(ward)
    Initiative.objects.filter(pk=other.pk).update(
        unit=Unit.objects.create(code="KT", name="Phòng Kinh tế"), field=None
    )
    return ward


def test_each_figure_counts_exactly_what_the_register_opens(some):
    for basis in (RECEIVED, SETTLED):
        found = statistics(year(), basis)
        for narrowed, rows_ in (("unit", found.units), ("field", found.fields)):
            for row in rows_:
                for code, count in row.counts.items():
                    asked = found.asked.but(**{narrowed: row.code, "outcome": code})
                    assert rows(asked).count() == count
        for reason, count in found.reasons.items():
            assert rows(found.asked.but(reason=reason)).count() == count
    received, settled = statistics(year(), RECEIVED), statistics(year(), SETTLED)
    assert (received.total, settled.total) == (5, 4)
    assert [row.code for row in received.units] == ["KT", "VHXH"]
    assert received.fields[-1].code == NONE
    assert settled.reasons == {"hinh-thuc": 1, "tac-gia-rut": 1, "khong-du-phieu": 1}


def test_why_a_dossier_was_declined_is_told_apart(ward):
    short = builders.declined(ward)
    against = workflow.move(
        builders.voted(ward, votes_for=6),
        "decline",
        ward.lanhdao,
        public_reason="Đã có phần mềm của thành phố.",
        reason="Không nên làm hai lần.",
    )
    weak = builders.voted(ward, share=Decimal("0.2"), votes_for=1, conclusion="decline")
    weak = workflow.move(weak, "decline", ward.lanhdao, public_reason="Điểm thấp.")
    found = dict(rows(Asked()).values_list("code", "reason"))
    assert found == {
        short.code: "khong-du-phieu",
        against.code: "nguoi-quyet-dinh",
        weak.code: "khong-dat-diem",
    }


def test_the_year_of_a_paper_is_that_of_its_days(ward):
    initiative = builders.recognised(ward)
    changed = {"received_on": date(2025, 12, 31), "benefit_amount": 12_000_000}
    Initiative.objects.filter(pk=initiative.pk).update(**changed)
    initiative.decisions.update(decided_on=date(year(), 1, 1))
    assert (statistics(2025, RECEIVED).total, statistics(2025, SETTLED).total) == (1, 0)
    figures = year_figures(year())
    assert (figures.received.total, figures.settled.total) == (0, 1)
    assert (figures.money, figures.with_money) == (Decimal(12_000_000), 1)
    assert (figures.authors_of_ward, figures.authors_outside, figures.certificates) == (2, 0, 2)


def test_the_page_shows_totals_and_says_what_a_year_means(client, some):
    client.force_login(some.lanhdao)
    client.cookies["ngon_ngu"] = "en"
    page = client.get(page_of()).content.decode()
    assert_sound(page)
    assert "Counted here: dossiers received" in page
    assert f"nam={year()}&amp;theo=nhan&amp;don_vi=VHXH&amp;ket_qua=cong-nhan" in page
    settled = client.get(page_of() + "?theo=ket-thuc").content.decode()
    assert "by the date of the decision" in settled
    assert client.get(page_of(2012)).status_code == 404
    assert client.get(page_of(9999)).status_code == 404


def test_the_page_takes_the_same_queries_whatever_the_year_holds(client, some):
    client.force_login(some.thuky)
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(page_of())
        counted.append(len(caught))
        for number in range(3):
            builders.submitted(some, title=f"Thêm {number}")
    assert counted[0] == counted[1]


def test_the_paper_says_the_figures_in_words_and_tables(some):
    document = year_report(year_figures(year()), Signature("Phạm Văn Hùng"), timezone.localdate())
    said = texts(document)
    assert f"Kết quả hoạt động sáng kiến năm {year()}" in said
    assert "đã nhận 05 đơn" in said
    assert "giải quyết xong 04 hồ sơ" in said
    assert "công nhận 01, không công nhận 01, từ chối đơn 01, rút đơn 01" in said
    assert "Phòng Kinh tế" in said and "Phụ lục II" in said
    assert "Bùi Thị Ngọc" not in said


def test_the_report_is_registered_and_then_stands(client, some):
    client.force_login(some.thuky)
    client.post(page_of() + "noi-dung/", {"seen": 0, "difficulties": "Thiếu máy quét.", "proposals": ""})
    form = client.get(page_of() + "van-ban/")
    assert_sound(form.content.decode())
    day = f"{timezone.localdate():%d/%m/%Y}"
    answer = client.post(page_of() + "van-ban/", {"number": "12", "issued_on": day, "seen": 0})
    assert answer.status_code == 302
    paper = OfficePaper.objects.get(kind="bao-cao-nam")
    assert paper.number == "12/BC-UBND"
    builders.submitted(some)
    assert "đã nhận 05 đơn" in str(paper.data)
    assert "Thiếu máy quét." in str(paper.data)
    for face in ("docx", "pdf"):
        assert client.get(page_of() + f"van-ban.{face}").status_code == 200
    client.force_login(some.lanhdao)
    assert client.get(page_of() + "van-ban.docx").status_code == 200
    assert client.get(page_of() + "van-ban/").status_code == 403
    assert client.post(page_of() + "noi-dung/", {"seen": 1}).status_code == 403


def test_words_written_meanwhile_are_not_overwritten(client, ward):
    client.force_login(ward.thuky)
    address = page_of() + "noi-dung/"
    client.post(address, {"seen": 0, "difficulties": "Một", "proposals": ""})
    answer = client.post(address, {"seen": 0, "difficulties": "Hai", "proposals": ""})
    assert answer.status_code == 409
    assert "Một" in answer.content.decode() and "Hai" in answer.content.decode()
    assert YearReport.objects.get().difficulties == "Một"


def test_the_figures_as_excel_have_totals_and_the_list_of_reasons(client, some):
    client.force_login(some.thuky)
    answer = client.get(page_of() + "so-lieu.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book["Nhận trong năm - đơn vị"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert table[-1][0] == "Cộng" and table[-1][-1] == 5
    for column in range(1, len(table[0])):
        assert sum(row[column] for row in table[:-1]) == table[-1][column]
    refused = list(book["Danh sách không công nhận"].iter_rows(min_row=6, values_only=True))
    assert len(refused) == 3
    assert {row[6] for row in refused} == {None, 80}
    assert any("Đã có quy trình." in (row[8] or "") for row in refused)
