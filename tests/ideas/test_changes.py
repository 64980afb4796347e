"""What changed between two submissions: every part of the dossier, told to whoever may read it."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editing.differences import ADDED, REMOVED
from ideas import workflow
from ideas.authorship import add_author
from ideas.changes import CHANGED, REPLACED, compared
from ideas.models import Attachment, SubmittedVersion
from ideas.versions import canonical, content_of
from tests.html import assert_sound

from . import builders
from .form_builders import step
from .test_dossier_steps import english

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRET = "Két số 7431 sau bảng tin"


@pytest.fixture
def ward():
    return builders.make_ward()


def frozen(initiative):
    return json.loads(canonical(content_of(builders.fresh(initiative))))


def sent_back(ward, **values):
    """Submitted once, open to its authors again."""
    once = builders.submitted(ward, **values)
    return workflow.move(once, "request_supplement", ward.thuky, reason="Thiếu xác nhận.")


def again(ward, initiative):
    return workflow.move(builders.fresh(initiative), "resubmit", ward.tacgia)


def address(initiative, query=""):
    return f"{initiative.get_absolute_url()}thay-doi/{query}"


def told(line):
    return [(piece.kind, piece.text.strip()) for piece in line.pieces if piece.text.strip()]


# ---- what is compared


@pytest.fixture
def dossier(ward):
    return builders.draft(ward)


def test_the_same_content_differs_in_nothing(dossier):
    content = frozen(dossier)
    changes = compared(content, content, with_secret=True)
    assert (changes.count, changes.hidden) == (0, False)


def test_fields_are_told_word_by_word_and_values_as_a_whole(dossier):
    before = frozen(dossier)
    builders.fill_form(
        dossier,
        kind="technical_solution",
        description="Một bảng màu dùng chung: xanh còn hạn, vàng còn 3 ngày, đỏ quá hạn.",
        uses_public_money=True,
        benefit_amount=Decimal(12_500_000),
    )
    lines = compared(before, frozen(dossier), with_secret=True).fields
    (kind, money, description, amount) = lines
    assert [piece[0] for piece in told(kind)] == [REMOVED, ADDED]
    assert (REMOVED, "2") in told(description)
    assert (ADDED, "3") in told(description)
    assert [piece[0] for piece in told(money)] == [REMOVED, ADDED]
    ((came, words),) = told(amount)
    assert (came, words.split()[0]) == (ADDED, "12.500.000")


def test_only_blanks_that_differ_are_said_so(dossier):
    before = frozen(dossier)
    builders.fill_form(dossier, novelty=dossier.novelty.replace(" ", "  "))
    (line,) = compared(before, frozen(dossier), with_secret=True).fields
    assert line.only_blanks


def test_authors_come_go_and_change_shares_and_personal_data_is_named_not_shown(dossier, ward):
    before = frozen(dossier)
    main, other = dossier.authors.order_by("-is_main")
    other.delete()
    main.share, main.birth_date, main.job_title = Decimal("70.00"), "1981-06-21", "Phó trưởng phòng"
    main.save()
    add_author(dossier, staff=ward.nguoikhac.staff, share=Decimal("30.00"))
    people = compared(before, frozen(dossier), with_secret=True).authors
    assert [(person.name, person.kind) for person in people] == [
        ("Bùi Thị Ngọc", CHANGED),
        ("Ngô Đức Thịnh", ADDED),
        ("Đỗ Minh Tuấn", REMOVED),
    ]
    words = " ".join(piece.text for person in people for line in person.lines for piece in line.pieces)
    assert "60,00" in words
    assert "70,00" in words
    assert "Phó trưởng phòng" in words
    assert "1981" not in words
    assert "1980" not in words
    assert len(people[0].lines) == 3  # share, job, that the date of birth was put right


def test_a_corrected_name_is_the_same_person(dossier):
    before = frozen(dossier)
    dossier.authors.filter(is_main=True).update(full_name="Bùi Thị Ngọc Anh")
    (person,) = compared(before, frozen(dossier), with_secret=True).authors
    assert (person.name, person.kind) == ("Bùi Thị Ngọc Anh", CHANGED)


def test_people_of_the_first_use(dossier):
    dossier.participants.create(full_name="Cao Văn Tư", support="Dùng thử")
    dossier.participants.create(full_name="Lê Thị Mơ", support="Nhập số liệu", order=1)
    before = frozen(dossier)
    dossier.participants.filter(full_name="Cao Văn Tư").update(support="Dùng thử ba tháng")
    dossier.participants.filter(full_name="Lê Thị Mơ").delete()
    dossier.participants.create(full_name="Vũ Văn Ba", support="Kiểm tra", order=2)
    people = compared(before, frozen(dossier), with_secret=True).participants
    assert [(person.name, person.kind) for person in people] == [
        ("Cao Văn Tư", CHANGED),
        ("Vũ Văn Ba", ADDED),
        ("Lê Thị Mơ", REMOVED),
    ]


def file(name, letter, **more):
    values = {"kind": "evidence", "content_type": "application/pdf", "size": 9, "is_confidential": False}
    return {"name": name, "sha256": letter * 64, **values, **more}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([file("a.pdf", "1")], [file("a.pdf", "1")], []),
        ([], [file("a.pdf", "1")], [("a.pdf", ADDED, "1111 1111")]),
        ([file("a.pdf", "1")], [], [("a.pdf", REMOVED, "1111 1111")]),
        ([file("a.pdf", "1")], [file("a.pdf", "2")], [("a.pdf", REPLACED, "2222 2222")]),
        ([file("a.pdf", "1")], [file("b.pdf", "1")], [("b.pdf", CHANGED, "1111 1111")]),
        ([file("a.pdf", "1")], [file("a.pdf", "1", is_confidential=True)], [("a.pdf", CHANGED, "1111 1111")]),
        (
            [file("a.pdf", "1"), file("a.pdf", "1")],  # the same file twice, one taken out
            [file("a.pdf", "1")],
            [("a.pdf", REMOVED, "1111 1111")],
        ),
        (
            [file("a.pdf", "1"), file("b.pdf", "2")],  # names exchanged: the hash says which is which
            [file("a.pdf", "2"), file("b.pdf", "1")],
            [("a.pdf", CHANGED, "2222 2222"), ("b.pdf", CHANGED, "1111 1111")],
        ),
    ],
)
def test_files_are_told_apart_by_their_hash(dossier, old, new, expected):
    content = frozen(dossier)
    changes = compared({**content, "attachments": old}, {**content, "attachments": new}, with_secret=True)
    assert [(found.name, found.kind, found.hash) for found in changes.files] == expected


def test_what_is_confidential_is_left_out_for_others_who_hear_only_that_it_changed(dossier):
    content = frozen(dossier)
    secret = file("mat.pdf", "3", is_confidential=True)
    after = {**content, "confidential_part": SECRET, "attachments": [*content["attachments"], secret]}
    opened = compared(content, after, with_secret=True)
    assert (len(opened.fields), len(opened.files), opened.hidden) == (1, 1, False)
    closed = compared(content, after, with_secret=False)
    assert (closed.count, closed.hidden) == (0, True)


# ---- the page


@pytest.fixture
def twice(ward):
    """Scored in its second version, one word of the novelty and the confidential part changed."""
    back = sent_back(ward)
    builders.fill_form(
        back, novelty="Ba bộ phận cùng nhìn hai bảng, ai cũng thấy việc của mình.", confidential_part=SECRET
    )
    builders.attach(back, name="xac-nhan.pdf", content=builders.PDF + b"%2\n")
    done = again(ward, back)
    type(done).objects.filter(pk=done.pk).update(formality_checklist=dict.fromkeys(builders.CHECKLIST, True))
    accepted = workflow.move(builders.fresh(done), "accept", ward.thuky)
    return workflow.move(accepted, "start_evaluation", ward.thuky)


def test_the_page_marks_words_with_more_than_colour(twice, client, ward):
    english(client, ward.hoidong1)
    page = client.get(address(twice))
    assert page.status_code == 200
    assert_sound(page.content)
    text = page.content.decode()
    assert '<del><span class="visually-hidden">[taken out: </span>một<' in text
    assert '<ins><span class="visually-hidden">[added: </span>hai<' in text
    added = twice.attachments.get(name="xac-nhan.pdf")
    assert f'href="{twice.get_absolute_url()}tep/{added.pk}/">xac-nhan.pdf<' in text
    opened = client.get(f"{twice.get_absolute_url()}tep/{added.pk}/")
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    opened.close()
    assert "7431" in text  # assigned to score it


def test_whoever_sits_at_its_meeting_alone_reads_nothing_confidential(twice, client, ward):
    builders.put_to_vote(ward, twice, closed=False)
    english(client, ward.hoidong6)
    text = client.get(address(twice)).content.decode()
    assert "hai" in text
    assert "7431" not in text
    assert "The confidential part changed as well" in text


def test_the_pages_that_lead_there(twice, client, ward):
    """The dossier, the check, and the sheet beside the version it judges."""
    link = address(twice)
    english(client, ward.thuky)
    for page in ("", "kiem-tra/"):
        assert f"{link}?den=2" in client.get(f"{twice.get_absolute_url()}{page}").content.decode()
    sheet = twice.sheets.get(staff=ward.hoidong1.staff)
    builders.declare_all(twice)
    english(client, ward.hoidong1)
    text = client.get(sheet.get_absolute_url()).content.decode()
    assert "Dossier, version 2" in text
    assert f"{link}?tu=1&amp;den=2" in text


def test_the_author_sees_what_changed_before_sending_again(client, ward):
    back = sent_back(ward)
    builders.fill_form(back, novelty="Ba bộ phận cùng nhìn hai bảng, ai cũng thấy việc của mình.")
    english(client, ward.tacgia)
    page = client.get(step(back, 7))
    assert page.context["changes"].count == 1
    assert "[added: </span>hai<" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?tu=1&den=2", 200),
        ("?tu=2&den=1", 200),
        ("?tu=2", 404),
        ("?tu=0", 404),
        ("?den=3", 404),
        ("?den=1", 404),
        ("?tu=abc", 404),
        ("?tu=99999999999999", 404),
    ],
)
def test_versions_that_are_not_there_are_not_found(twice, client, ward, query, status):
    client.force_login(ward.thuky)
    assert client.get(address(twice, query)).status_code == status


def test_any_two_of_three_versions_can_be_compared(client, ward):
    third = again(ward, sent_back_again(ward, again(ward, sent_back(ward))))
    english(client, ward.thuky)
    page = client.get(address(third, "?tu=1&den=3"))
    assert_sound(page.content)
    assert (page.context["older"].number, page.context["newer"].number) == (1, 3)
    assert client.get(address(third)).context["older"].number == 2


def sent_back_again(ward, initiative):
    return workflow.move(builders.fresh(initiative), "request_supplement", ward.thuky, reason="Còn thiếu.")


def test_a_dossier_submitted_once_has_nothing_to_compare(client, ward):
    once = builders.submitted(ward)
    client.force_login(ward.thuky)
    assert client.get(address(once)).status_code == 404
    assert address(once) not in client.get(once.get_absolute_url()).content.decode()


def test_out_of_sight_stays_out_of_sight(twice, client, ward):
    for user in (ward.nguoikhac, ward.quantri, ward.hoidong7):
        client.force_login(user)
        assert client.get(address(twice)).status_code == 404
    client.logout()
    assert client.get(address(twice)).status_code == 302


def test_what_authors_write_now_is_no_version_yet(client, ward):
    done = again(ward, sent_back(ward))
    back = sent_back_again(ward, done)
    builders.fill_form(back, novelty="Chưa nộp 5519")
    client.force_login(ward.thuky)
    assert "5519" not in client.get(address(back)).content.decode()


def test_texts_are_escaped(client, ward):
    back = sent_back(ward)
    builders.fill_form(back, novelty="<script>alert(1)</script>")
    done = again(ward, back)
    client.force_login(ward.thuky)
    assert "<script>alert" not in client.get(address(done)).content.decode()


def test_a_version_that_no_longer_fits_its_hash_is_said(client, ward, twice):
    SubmittedVersion.objects.filter(initiative=twice, number=1)._raw_delete("default")
    first = json.loads(twice.versions.get(number=2).payload) | {"novelty": "Giả"}
    SubmittedVersion.objects.create(
        initiative=twice,
        number=1,
        payload=json.dumps(first),
        sha256="0" * 64,
        submitted_at=twice.submitted_at,
        submitted_by_name="Ai đó",
    )
    english(client, ward.thuky)
    assert "no longer matches its check code" in client.get(address(twice)).content.decode()


def test_the_page_costs_as_many_queries_with_thirty_changes_as_with_one(client, ward):
    def queries(count):
        back = sent_back(ward, title=f"Bảng màu {count}")
        for number in range(count):
            content = builders.PDF + f"%{count}-{number}\n".encode()
            builders.attach(back, name=f"tep-{number}.pdf", content=content)
            back.participants.create(full_name=f"Người {number}", support="Dùng thử")
        done = again(ward, back)
        client.force_login(ward.thuky)
        client.get(address(done))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address(done))
        return len(asked)

    assert queries(1) == queries(30)
    assert Attachment.objects.count() > 30
