"""Decisions, notices and receipts: what they say before and after, who draws them up."""

import io

import pikepdf
import pytest
from django.utils import timezone

from ideas import workflow
from ideas.models import Decision, Initiative
from ideas.papers import decisions, notices
from ideas.papers.loading import decision_record, receipt_record
from ideas.papers.offers import DossierPapers
from ideas.papers.receipt import receipt
from ideas.papers.registering import register_meeting_paper
from papers.documents import draw, freeze
from tests.papers.document_builders import by_office, holds_in_order, pdf_text, word_texts
from vietnamese.dates import long_date

from . import builders
from .paper_builders import many_authors, retitled, texts

pytestmark = pytest.mark.django_db
LONG = "Ứng dụng bảng theo dõi số hóa liên thông " * 13


@pytest.fixture
def ward():
    return builders.make_ward()


def read(initiative):
    return Initiative.objects.for_workflow().prefetch_related("decisions", "versions").get(pk=initiative.pk)


def answers(user, initiative):
    return {o.kind.code: o.answer.reason for o in DossierPapers(user, read(initiative)).offers()}


def drafted(kind, paper, user, *initiatives):
    return paper(decision_record([read(one) for one in initiatives], user, kind))


@pytest.mark.once
def test_the_draft_of_recognition_has_grounds_articles_and_the_list_of_authors(ward):
    initiative = builders.voted(ward)
    text = texts(drafted("recognise", decisions.recognition, ward.lanhdao, initiative))
    for part in [
        "ỦY BAN NHÂN DÂN\nPHƯỜNG HƯNG ĐẠO\nSố:",
        "QUYẾT ĐỊNH\nVề việc công nhận sáng kiến năm",
        "Căn cứ Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012",
        "Căn cứ Thông tư số 18/2013/TT-BKHCN ngày 01 tháng 8 năm 2013",
        "Căn cứ Quyết định số 101/QĐ-UBND ngày 05 tháng 01 năm 2026",
        "Theo đề nghị của Hội đồng sáng kiến phường Hưng Đạo tại Biên bản họp ngày",
        f"Điều 1. Công nhận sáng kiến “{initiative.title}” (mã hồ sơ {initiative.code}) của 02 tác giả",
        "Điều 3.",
        "Nơi nhận:\n- Như Điều 3;",
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nPhạm Văn Hùng",
        "Phụ lục\nDANH SÁCH SÁNG KIẾN ĐƯỢC CÔNG NHẬN\n(Kèm theo Quyết định số",
        f"1. {initiative.title} (mã hồ sơ {initiative.code})\n1\nBùi Thị Ngọc",
        "Tác giả chính\n2\nĐỗ Minh Tuấn",
    ]:
        assert part in text, part
    for kept in (initiative.confidential_part, "20/05/1980", "60,00", "80,00"):
        assert kept not in text


def test_a_deputy_signs_for_the_head(ward):
    builders.delegate(ward)
    text = texts(drafted("recognise", decisions.recognition, ward.cappho, builders.voted(ward)))
    assert "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Tám" in text


def test_one_decision_recognises_several_and_keeps_them_together_afterwards(ward):
    two = [builders.voted(ward), builders.voted(ward, title="Sáng kiến hai")]
    text = texts(drafted("recognise", decisions.recognition, ward.lanhdao, *two))
    assert "Điều 1. Công nhận 02 sáng kiến của 04 tác giả, đồng tác giả (có danh sách kèm theo)." in text
    assert "2. Sáng kiến hai" in text
    workflow.move_many([one.pk for one in two], "recognise", ward.lanhdao, **builders.decision())
    offer = DossierPapers(ward.lanhdao, read(two[1])).offer("quyet-dinh-cong-nhan")
    assert (offer.number, offer.issued_on) == ("468/QĐ-UBND", timezone.localdate())
    assert "Công nhận 02 sáng kiến" in texts(offer.document())


def test_the_minutes_number_stands_in_the_proposal_once_registered(ward):
    initiative = builders.voted(ward)
    meeting = initiative.agenda_items.get().meeting
    register_meeting_paper(ward.thuky, meeting, "bien-ban", number="5", issued_on=timezone.localdate())
    text = texts(drafted("recognise", decisions.recognition, ward.lanhdao, initiative))
    assert "tại Biên bản họp số 05/BB-HĐSK ngày" in text


def test_papers_follow_the_state_of_the_dossier(ward):
    accepted = builders.evaluated(ward)
    assert answers(ward.lanhdao, accepted) == {
        "quyet-dinh-cong-nhan": "not_met_yet",
        "thong-bao-khong-cong-nhan": "not_met_yet",
    }
    voted = builders.voted(ward, title="Hai")
    assert answers(ward.lanhdao, voted) == {"quyet-dinh-cong-nhan": "", "thong-bao-khong-cong-nhan": ""}
    short = builders.voted(ward, title="Ba", votes_for=3, conclusion="decline")
    assert answers(ward.lanhdao, short)["quyet-dinh-cong-nhan"] == "votes_short"
    recognised = workflow.move(voted, "recognise", ward.lanhdao, **builders.decision())
    assert set(answers(ward.lanhdao, recognised)) == {
        "quyet-dinh-cong-nhan",
        "quyet-dinh-dinh-chinh",
        "quyet-dinh-huy-bo",
    }
    for user in (ward.thuky, ward.tacgia, ward.hoidong1, ward.cappho, ward.quantri):
        assert answers(user, recognised) == {}


@pytest.mark.once
def test_a_correction_tells_what_was_written_and_what_stands_now(ward):
    initiative = builders.recognised(ward)
    blank = texts(drafted("correct", decisions.correction, ward.lanhdao, initiative))
    assert "tại Quyết định số 468/QĐ-UBND" in blank
    assert "Lý do: ………" in blank
    workflow.move(
        initiative,
        "correct",
        ward.lanhdao,
        reason="Ghi sai tên",
        corrections={"title": "Tên đúng", "authors": {}},
        **builders.decision("500/QĐ-UBND"),
    )
    offer = DossierPapers(ward.lanhdao, read(initiative)).offer("quyet-dinh-dinh-chinh")
    text = texts(offer.document())
    assert "Tên sáng kiến\nNhắc hạn hồ sơ bằng bảng màu dùng chung\nTên đúng\nLý do: Ghi sai tên." in text
    assert offer.number == "500/QĐ-UBND"


def test_a_revocation_tells_the_ground(ward):
    initiative = builders.recognised(ward)
    workflow.move(
        initiative,
        "revoke",
        ward.lanhdao,
        public_reason="Khai không đúng.",
        **builders.decision("501/QĐ-UBND"),
    )
    offer = DossierPapers(ward.lanhdao, read(initiative)).offer("quyet-dinh-huy-bo")
    text = texts(offer.document())
    assert "Điều 1. Hủy bỏ việc công nhận sáng kiến" in text
    assert "Lý do: Khai không đúng." in text


@pytest.mark.once
def test_the_notices_give_the_reason_and_the_right_to_complain_and_no_figures(ward):
    declined = builders.declined(ward)
    text = texts(drafted("decline", notices.non_recognition, ward.lanhdao, declined))
    assert "Kính gửi:\n- Ông (bà) Bùi Thị Ngọc, Phòng Văn hóa - Xã hội;" in text
    assert "Chưa đủ 2/3 số ghế đồng ý.\nTác giả không đồng ý với nội dung trên có quyền khiếu nại" in text
    assert "trong thời hạn 90 ngày" in text
    assert "80,00" not in text and "3/7" not in text
    refused = workflow.move(
        builders.submitted(ward, title="Hai"), "refuse", ward.thuky, public_reason="Không có tính mới."
    )
    assert answers(ward.thuky, refused) == {"thong-bao-tu-choi": ""}
    assert answers(ward.lanhdao, refused) == {}
    text = texts(DossierPapers(ward.thuky, read(refused)).offer("thong-bao-tu-choi").document())
    assert "từ chối chấp nhận đơn vì lý do sau:\nKhông có tính mới." in text
    assert "CHỦ TỊCH\nPhạm Văn Hùng" in text  # the head signs what the secretary draws up


@pytest.mark.once
def test_a_long_list_of_authors_repeats_the_head_of_its_table(ward, tmp_path):
    initiative = many_authors(retitled(builders.voted(ward), LONG[:500]), 70)
    document = drafted("recognise", decisions.recognition, ward.lanhdao, initiative)
    data, lines = freeze(document).data, texts(document).split("\n")
    drawn = draw(data, "pdf").content
    for pdf in (drawn, by_office(draw(data, "docx").content, tmp_path)):
        assert holds_in_order(pdf_text(pdf), lines) is None
        pages = [page for page in pdf_text(pdf).split("\f") if "Viên chức" in page]
        assert len(pages) >= 2
        assert all("Nơi công tác" in page for page in pages)
    with pikepdf.open(io.BytesIO(drawn)) as opened, opened.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("2", "1")
        assert meta["dc:title"].startswith("QUYẾT ĐỊNH: Về việc công nhận sáng kiến")


def test_the_receipt_has_the_day_of_the_answer_and_hides_confidential_files(ward, client):
    initiative = builders.draft(ward)
    secret = builders.attach(initiative, name="mat-khau-7731.pdf")
    secret.is_confidential = True
    secret.save()
    initiative = workflow.move(builders.fresh(initiative), "submit", ward.tacgia)
    text = texts(receipt(receipt_record(read(initiative))))
    assert f"chậm nhất {long_date(initiative.formality_due_on)}." in text
    assert "Người nộp đơn: Bùi Thị Ngọc, Phòng Văn hóa - Xã hội (và 01 đồng tác giả)." in text
    assert "- minh-chung.pdf\n- Tài liệu cần bảo mật: 01 tệp" in text
    assert "7731" not in text and initiative.confidential_part not in text
    for user, status in ((ward.tacgia, 200), (ward.dongtacgia, 200), (ward.thuky, 200), (ward.lanhdao, 404)):
        client.force_login(user)
        assert client.get(f"{initiative.get_absolute_url()}bien-nhan.docx").status_code == status
    client.force_login(ward.tacgia)
    answer = client.get(f"{initiative.get_absolute_url()}bien-nhan.docx")
    assert f"Số: {initiative.receipt_number:02d}" in word_texts(answer.content)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="giay-bien-nhan-{initiative.code}.docx"'
    )
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert f"/sang-kien/ho-so/{initiative.code}/bien-nhan.pdf" in page


def test_the_receipt_stays_what_the_first_submission_wrote(ward):
    initiative = builders.submitted(ward)
    before = texts(receipt(receipt_record(read(initiative))))
    retitled(initiative, "Tên đổi sau khi nộp")
    assert texts(receipt(receipt_record(read(initiative)))) == before


def test_the_head_drafts_one_decision_for_the_ticked_ones(ward, client):
    two = [builders.voted(ward), builders.voted(ward, title="Sáng kiến hai")]
    short = builders.voted(ward, title="Thiếu phiếu", votes_for=3, conclusion="decline")
    client.force_login(ward.lanhdao)
    page = client.get("/sang-kien/quyet-dinh/giay-to/").content.decode()
    assert all(one.code in page for one in two)
    assert short.code not in page
    address = "/sang-kien/quyet-dinh/giay-to/cong-nhan.docx"
    answer = client.get(address, {"ma": [one.code for one in two]})
    assert any("Công nhận 02 sáng kiến" in text for text in word_texts(answer.content))
    assert client.get(address, {"ma": short.code}).status_code == 422
    assert client.get(address).status_code == 422
    assert not Decision.objects.exists()


def test_a_paper_is_vietnamese_whatever_the_reader_s_language(ward, client):
    initiative = builders.voted(ward)
    client.force_login(ward.thuky)
    address = f"{initiative.agenda_items.get().meeting.get_absolute_url()}giay-to/tong-hop-diem.docx"
    vietnamese = word_texts(client.get(address).content)
    client.cookies["ngon_ngu"] = "en"
    assert word_texts(client.get(address).content) == vietnamese
