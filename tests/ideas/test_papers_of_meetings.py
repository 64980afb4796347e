"""The papers of a meeting: what they say, what they keep back, who draws them up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.models import AgendaItem, Conflict, Meeting, Seat
from ideas.papers import invitation, minutes, scores, tally
from ideas.papers.offers import MeetingPapers
from papers.documents import draw, freeze
from tests.papers.document_builders import by_office, holds_in_order, pdf_text

from . import builders
from .paper_builders import held, many_authors, quick, record, retitled, texts
from .starting import begun_by, starting

pytestmark = [pytest.mark.django_db, pytest.mark.once]
start = begun_by(builders.evaluated)
LONG = "Ứng dụng bảng theo dõi số hóa liên thông " * 13


def evaluated_by_six(ward):
    Seat.objects.filter(staff=ward.hoidong4.staff).delete()
    return builders.evaluated(ward)


def answers(user, meeting):
    """{kind: reason, "" where the paper can be made} of what the person is offered."""
    meeting = Meeting.objects.select_related("appointment", "presided_by").get(pk=meeting.pk)
    return {o.kind.code: o.answer.reason for o in MeetingPapers(user, meeting).offers()}


@pytest.mark.once
def test_the_minutes_tell_who_was_there_what_was_voted_and_what_was_concluded(ward, initiative):
    meeting = held(ward, initiative, absent=("hoidong4",), reasons={"hoidong4": "Nằm viện 7731"})
    text = texts(minutes.minutes(record(meeting)))
    for part in [
        "Số:",
        "/BB-HĐSK",
        "BIÊN BẢN\nHọp Hội đồng sáng kiến, phiên thứ 1 năm",
        "I. THÀNH PHẦN THAM DỰ",
        "Có mặt 7/7 thành viên (100,0 %); cần ít nhất 5 thành viên. Cuộc họp đủ điều kiện biểu quyết.",
        "Chủ tọa: ông (bà) Phạm Quốc Khánh, Chủ tịch Hội đồng.",
        "Thư ký: ông (bà) Trần Văn Bình, Ủy viên thư ký.",
        "Đỗ Văn Hải\nỦy viên\nChuyên viên, Phòng Văn hóa - Xã hội\nVắng có lý do",
        "1. Hồ sơ SK-",
        "Tác giả: Bùi Thị Ngọc; Đỗ Minh Tuấn.",
        "Chấm điểm độc lập: 7/7 phiếu, điểm trung bình 80,00, xếp loại",
        "Ủy viên dự khuyết biểu quyết thay: Trịnh Thu Hiền (thay Đỗ Văn Hải).",
        "Hình thức: biểu quyết công khai.",
        "Kết quả: đồng ý 6/7 thành viên (85,7 %), không đồng ý 1, không biểu quyết 0; "
        "cần ít nhất 5 thành viên đồng ý.",
        "Hội đồng đề nghị công nhận sáng kiến.",
        "III. KẾT LUẬN\nHội đồng thống nhất.\nĐề nghị công nhận.",
        "Cuộc họp kết thúc vào",
        "THƯ KÝ\nTrần Văn Bình\nCHỦ TỌA\nPhạm Quốc Khánh\nNơi nhận:",
    ]:
        assert part in text, part
    assert "Nằm viện" not in text
    assert "Hưng Đạo, ngày" not in text  # minutes have no line of place and date


def test_recusals_stand_in_the_minutes_without_their_reason(ward, initiative):
    Conflict.objects.create(
        initiative=initiative, staff=ward.hoidong3.staff, reason="Em ruột của tác giả 9015"
    )
    meeting = held(ward, initiative)
    text = texts(minutes.minutes(record(meeting)))
    assert "Không tham gia xét và biểu quyết: Lê Thị Hoa (có xung đột lợi ích)." in text
    assert "Ủy viên dự khuyết biểu quyết thay: Trịnh Thu Hiền (thay Lê Thị Hoa)." in text
    assert "9015" not in text


def test_whoever_presides_in_the_chair_s_place_is_named_so(ward, initiative):
    initiative.authors.filter(is_main=False).update(staff=ward.chutich.staff, full_name="Phạm Quốc Khánh")
    text = texts(minutes.minutes(record(held(ward, builders.fresh(initiative)))))
    assert "Điều hành nội dung này: ông (bà) Nguyễn Văn An, Phó Chủ tịch Hội đồng." in text
    assert "Không tham gia xét và biểu quyết: Phạm Quốc Khánh (tác giả)." in text


@pytest.mark.once
@starting(evaluated_by_six)
def test_exactly_two_thirds_is_enough_and_reads_so(ward, initiative):
    meeting = quick(ward, initiative, seats=6, needed=4, votes_for=4)
    text = texts(minutes.minutes(record(meeting)))
    assert "đồng ý 4/6 thành viên (66,7 %), không đồng ý 2, không biểu quyết 0" in text
    assert "cần ít nhất 4 thành viên đồng ý." in text
    assert "Hội đồng đề nghị công nhận sáng kiến." in text
    AgendaItem.objects.update(votes_for=3, votes_against=3, conclusion="decline")
    text = texts(minutes.minutes(record(meeting)))
    assert "đồng ý 3/6 thành viên (50,0 %)" in text
    assert "Hội đồng không đề nghị công nhận sáng kiến." in text


def test_the_ballot_count_has_the_totals_alone(ward, initiative):
    meeting = quick(ward, initiative, mode="secret", votes_for=5)
    text = texts(tally.tally(record(meeting)))
    assert "BIÊN BẢN KIỂM PHIẾU" in text
    assert "Hội đồng có 7 thành viên" in text
    row = "Nhắc hạn hồ sơ bằng bảng màu dùng chung\n7\n7\n6\n1\n5\n1\n5/7 thành viên (71,4 %)"
    assert row in text
    assert "Vũ Thị Lan" not in text  # no member is named beside a ballot


def test_the_invitation_names_seats_and_codes_but_no_title(ward, initiative):
    meeting = quick(ward, initiative, state="planned")
    text = texts(invitation.invitation(record(meeting)))
    assert "/GM-HĐSK" in text
    assert f"(mã hồ sơ: {initiative.code})" in text
    assert initiative.title not in text
    assert "Chủ trì: ông (bà) Phạm Quốc Khánh, Chủ tịch Hội đồng." in text
    assert "10\nMai Thị Yến\nỦy viên dự khuyết" in text
    assert "TM. HỘI ĐỒNG\nCHỦ TỊCH\nCHUYÊN VIÊN\nPhạm Quốc Khánh" in text  # the office in the ward as well


@pytest.mark.once
def test_the_summary_shows_the_frozen_results_and_is_landscape(ward, initiative):
    meeting = quick(ward, initiative)
    document = scores.scores(record(meeting))
    assert document.landscape
    text = texts(document)
    assert "7/7\n80,00\n" in text
    assert "Đạt\n6/7\nCông nhận" in text
    assert "Số:" not in text


@pytest.mark.parametrize(
    "paper", [invitation.invitation, minutes.minutes, tally.tally, scores.scores], ids=lambda f: f.__name__
)
@pytest.mark.once
def test_long_titles_and_many_authors_fit_both_faces_and_libreoffice(ward, initiative, paper, tmp_path):
    initiative = many_authors(retitled(initiative, LONG[:500]), 60)
    document = paper(record(quick(ward, initiative, mode="secret", votes_for=5)))
    lines = texts(document).split("\n")
    data = freeze(document).data
    assert holds_in_order(pdf_text(draw(data, "pdf").content), lines) is None
    assert holds_in_order(pdf_text(by_office(draw(data, "docx").content, tmp_path)), lines) is None


def test_nothing_confidential_and_no_birth_date_goes_into_a_paper(ward, initiative):
    meeting = quick(ward, initiative, mode="secret", votes_for=5)
    author = initiative.authors.get(is_main=True)
    assert initiative.confidential_part and author.birth_date and author.share
    for paper in (invitation.invitation, minutes.minutes, tally.tally, scores.scores):
        text = texts(paper(record(meeting)))
        assert initiative.confidential_part not in text
        assert f"{author.birth_date:%d/%m/%Y}" not in text
        assert "60,00" not in text


def test_what_can_be_made_follows_the_meeting(ward, initiative):
    planned = quick(ward, initiative, state="planned")
    AgendaItem.objects.update(recorded_at=None, conclusion="", mode="")
    assert answers(ward.thuky, planned) == {
        "giay-moi": "",
        "bien-ban": "meeting_not_closed",
        "kiem-phieu": "paper_no_secret_ballot",
        "tong-hop-diem": "",
    }
    AgendaItem.objects.update(mode="secret")
    assert answers(ward.thuky, planned)["kiem-phieu"] == "items_open"
    AgendaItem.objects.all().delete()
    assert answers(ward.thuky, planned)["tong-hop-diem"] == "agenda_empty"


def test_secretary_chair_and_the_vice_chair_who_presides_draw_papers_up(ward, initiative):
    meeting = quick(ward, initiative)
    assert set(answers(ward.thuky, meeting)) == set(answers(ward.chutich, meeting)) != set()
    assert answers(ward.phochutich, meeting) == answers(ward.hoidong1, meeting) == {}
    assert answers(ward.lanhdao, meeting) == answers(ward.tacgia, meeting) == {}
    Meeting.objects.update(presided_by=ward.phochutich.staff)
    assert answers(ward.phochutich, meeting)["bien-ban"] == ""


def test_after_the_term_nobody_does(ward, initiative):
    meeting = quick(ward, initiative)
    ward.appointment.end_before = timezone.localdate() - timedelta(days=1)
    ward.appointment.save()
    assert answers(ward.thuky, meeting) == {}


def test_whoever_is_concerned_leaves_results_to_another_officer_while_there_is_one(ward, initiative):
    first, second = initiative, builders.evaluated(ward, title="Sáng kiến hai")
    Conflict.objects.create(initiative=first, staff=ward.thuky.staff, reason="x")
    meeting = quick(ward, first, second)
    assert answers(ward.thuky, meeting)["bien-ban"] == "paper_concerned"
    assert answers(ward.thuky, meeting)["giay-moi"] == ""
    assert answers(ward.chutich, meeting)["bien-ban"] == ""
    Conflict.objects.create(initiative=second, staff=ward.chutich.staff, reason="y")
    # The vice chair presides over the second item and is free.
    assert answers(ward.chutich, meeting)["bien-ban"] == "paper_concerned"
    assert answers(ward.phochutich, meeting)["bien-ban"] == ""
    Conflict.objects.create(initiative=first, staff=ward.phochutich.staff, reason="z")
    assert answers(ward.thuky, meeting)["bien-ban"] == ""  # nobody else is left


def test_the_list_of_papers_costs_the_same_for_one_and_for_many_items(ward, initiative):
    one = quick(ward, initiative)
    many = quick(ward, *builders.evaluated_together(ward, [f"Sáng kiến {n}" for n in range(4)]))

    def count(meeting):
        meeting = Meeting.objects.select_related("appointment", "presided_by").get(pk=meeting.pk)
        with CaptureQueriesContext(connection) as captured:
            papers = MeetingPapers(ward.thuky, meeting)
            papers.offers()
            papers.offer("bien-ban").document()
        return len(captured)

    assert count(one) == count(many)
