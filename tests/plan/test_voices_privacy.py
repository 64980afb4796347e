"""What everybody reads of a difficulty holds nothing that belongs to a person."""

from copy import deepcopy
from datetime import datetime

import pytest

from plan.difficulties import handling, log, published
from plan.difficulties.handling import Public
from plan.difficulties.refusing import Refused
from tests.standing import standing

from . import voices_builders as voices
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("text", "Gọi tôi theo số 0912 884 109 nhé.", "0912 884 109"),
        ("text", "Nhắn (+84)912884109", "+84)912884109"),
        ("title", "Hỏi anh Bình 0987.654.321", "0987.654.321"),
        ("text", "Thư binh.4471@thu.example.", "binh.4471@thu.example"),
        ("text", "CCCD 031 190 001 234 bị sai", "031 190 001 234"),
        ("answer", "Đã gọi lại số 0912.884.109.", "0912 884 109"),
    ],
)
def test_a_number_of_a_person_is_refused_whoever_typed_it(ward, field, text, found):
    """Without a consent nothing is known of the sender: what stands in the letter itself is all there is."""
    letter = "Máy hỏng, gọi tôi theo số 0912 884 109."
    row = voices.answered(ward, voices.sent(text=letter, agreed=frozenset()))
    words = {"title": voices.TITLE, "text": voices.PUBLIC, "answer": voices.ANSWER} | {field: text}
    with pytest.raises(Refused) as refused:
        handling.publish(row, ward.dieuphoi, Public(**words), seen=log.last_seen(row))
    assert (refused.value.code, refused.value.field) == ("names_a_person", f"public_{field}")
    assert found in refused.value.sentence
    assert voices.fresh(row).state == "to_check"


@pytest.mark.parametrize(
    "text",
    [
        "Hỏng từ ngày 09.12.2026 10 giờ đến 09-12-2026 11 giờ.",
        "Kinh phí 1.090.000.000 đồng, dự toán 0,912345678 tỷ.",
        "Gọi 0225 3881 234 hoặc 1900 1234, thư phuonghungdao@haiphong.gov.vn.",
        "Hồ sơ số 000.00.31.H24-261130-0012.",
        "Văn bản số 178/KH-UBND ngày 12/6/2026.",
    ],
)
def test_what_is_no_number_of_a_person_is_published(ward, text):
    row = voices.published(ward, voices.sent(agreed=frozenset()), title=text[:200], text=text)
    assert row.state == "published"


def test_an_office_may_name_its_own_telephone_in_the_answer(ward):
    assert (
        voices.published(ward, voices.raised(ward), answer="Gọi tổ hỗ trợ 0912 000 111.").state == "published"
    )


def test_the_search_knows_the_day_of_publication_in_the_ward(ward):
    """Half past midnight on 1 January here is 31 December in London."""
    at = datetime(2027, 1, 1, 0, 30, tzinfo=voices.HCM)
    row = voices.published(ward, voices.raised(ward, now=at), now=at)
    assert [one.day for one in published.found([row.pk])] == [at.date()]


def test_the_last_second_of_the_year_in_the_ward_is_of_that_year(ward):
    last = datetime(2026, 12, 31, 23, 59, 59, tzinfo=voices.HCM)
    first = datetime(2027, 1, 1, 0, 0, 0, tzinfo=voices.HCM)
    rows = [
        voices.published(ward, voices.raised(ward, text=f"Việc {at.year}", now=at), now=at)
        for at in (last, first)
    ]
    assert [row.number for row in rows] == ["VM-2026-001", "VM-2027-001"]
    assert published.years() == [2027, 2026]
    assert [list(published.published(year=year)) for year in (2026, 2027)] == [[rows[0]], [rows[1]]]


@pytest.mark.parametrize("text", [voices.TEXT, f"{voices.TEXT.upper()}\n\n{voices.PROPOSAL}"])
def test_a_letter_is_not_published_word_for_word_as_its_sender_was_promised(ward, text):
    row = voices.answered(ward, voices.sent(agreed=frozenset()))
    with pytest.raises(Refused) as refused:
        handling.publish(
            row, ward.dieuphoi, Public(voices.TITLE, text, voices.ANSWER), seen=log.last_seen(row)
        )
    assert (refused.value.code, refused.value.field) == ("letter_itself", "public_text")


def test_the_page_shows_a_letter_above_an_empty_field_and_begins_with_a_unit_s_words(ward):
    desk = voices.signed_in(ward.dieuphoi)
    rows = [
        voices.answered(ward, voices.sent()),
        voices.answered(ward, voices.raised(ward, text="Thiếu máy")),
    ]
    fields = []
    for row in rows:
        page = desk.get(f"{row.get_absolute_url()}cong-khai/")
        assert row.text in page.content.decode()
        fields.append(page.context["form"]["public_text"].value())
    assert fields == ["", "Thiếu máy"]
    own = voices.published(ward, voices.raised(ward, text="Thiếu chỗ"), text="Thiếu chỗ")
    assert own.state == "published"
