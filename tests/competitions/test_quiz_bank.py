"""The bank: complete or not, typed, brought in from Excel, fixed once the quiz is out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from competitions.models import Choice, Question
from competitions.quiz import bank, workbook
from people.roles import Role
from people.workbook import write_workbook
from tests.competitions import builders
from tests.competitions.costs import cost
from tests.competitions.quiz_builders import bank as fill
from tests.competitions.quiz_builders import quiz
from tests.ideas.builders import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADINGS = [column.heading for column in workbook.SHEET.columns]
GOOD = ["Thủ đô của Việt Nam?", "Hà Nội", "Huế", None, None, None, None, "A", "Hà Nội là thủ đô."]


@pytest.fixture
def organiser():
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


@pytest.fixture
def competition(organiser):
    return quiz(questions=0, live=False, organiser=organiser)


@pytest.fixture
def client(organiser):
    client = Client()
    client.force_login(organiser)
    return client


def at(competition, tail=""):
    return f"/cuoc-thi/to-chuc/{competition.code}/cau-hoi/{tail}"


def file_of(*rows, headings=HEADINGS, title="Câu hỏi"):
    content = write_workbook([(title, [(heading, 20) for heading in headings], rows)])
    return SimpleUploadedFile("cau-hoi.xlsx", content)


def faults(*rows, known=()):
    read = workbook.read(io.BytesIO(file_of(*rows).read()), known)
    return [(issue.row, issue.column, issue.reason) for issue in read.errors], read.questions


def stored(competition):
    return [
        (q.text, q.explanation, [(c.text, c.is_right) for c in q.choices.all()])
        for q in competition.questions.all()
    ]


# ---- complete


def test_what_the_bank_of_a_quiz_lacks(competition):
    assert [(f.code, dict(f.params)) for f in bank.bank_faults(competition)] == [
        ("too_few_questions", {"count": 0, "needed": 4})
    ]
    fill(competition, 4)
    assert bank.bank_faults(competition) == []
    second, third, fourth = competition.questions.all()[1:]
    second.choices.update(is_right=True)
    third.choices.update(is_right=False)
    fourth.choices.exclude(is_right=True).delete()
    assert [(f.code, f.params["number"]) for f in bank.bank_faults(competition)] == [
        ("question_incomplete", 2),
        ("question_incomplete", 3),
        ("question_incomplete", 4),
    ]


def test_what_is_no_quiz_has_no_bank_to_lack():
    assert bank.bank_faults(builders.competition()) == []


@pytest.mark.parametrize(("answers", "whole"), [(1, False), (2, True), (6, True), (7, False)])
def test_a_question_has_two_to_six_answers(competition, answers, whole):
    question = Question.objects.create(competition=competition, text="Câu")
    for n in range(answers):
        Choice.objects.create(question=question, text=str(n), is_right=n == 0)
    assert bank.is_whole(question) is whole


# ---- typed


def test_a_question_is_added_changed_and_deleted(competition, client):
    data = {"text": "Màu nào?", "choice_1": "Đỏ", "choice_2": "Xanh", "choice_4": "Vàng", "right": "4"}
    assert client.post(at(competition, "moi/"), data).url == at(competition)
    assert client.post(at(competition, "moi/"), data | {"more": "1"}).url == at(competition, "moi/")
    assert stored(competition)[0] == (
        "Màu nào?",
        "",
        [("Đỏ", False), ("Xanh", False), ("Vàng", True)],
    )
    first, second = competition.questions.all()
    form = client.get(at(competition, f"{first.pk}/")).content.decode()
    assert 'value="Vàng"' in form and form.count("checked") == 1
    changed = {"text": "Màu gì?", "explanation": "Vì thế.", "choice_1": "Đỏ", "choice_2": "Tím", "right": "1"}
    client.post(at(competition, f"{first.pk}/"), changed)
    assert stored(competition)[0] == ("Màu gì?", "Vì thế.", [("Đỏ", True), ("Tím", False)])
    assert "Xóa câu hỏi này?" in client.get(at(competition, f"{second.pk}/xoa/")).content.decode()
    assert competition.questions.count() == 2
    client.post(at(competition, f"{second.pk}/xoa/"))
    assert list(competition.questions.all()) == [first]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Viết câu hỏi."),
        ({"choice_2": ""}, "Mỗi câu hỏi cần ít nhất hai phương án trả lời."),
        ({"right": ""}, "Đánh dấu đáp án đúng."),
        ({"right": "5"}, "Phương án được đánh dấu đúng đang để trống."),
        ({"choice_2": " đỏ "}, "Câu hỏi này có hai phương án giống nhau."),
    ],
)
def test_a_wrong_question_is_not_saved_and_nothing_typed_is_lost(competition, client, change, said):
    data = {"text": "Màu nào?", "choice_1": "Đỏ", "choice_2": "Xanh", "choice_3": "Vàng", "right": "3"}
    answer = client.post(at(competition, "moi/"), data | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and 'value="Vàng"' in page
    assert not Question.objects.exists()


def test_marks_of_letters_make_another_answer(competition, client):
    data = {"text": "Chữ nào?", "choice_1": "Ma", "choice_2": "Má", "choice_3": "A > B", "choice_4": "A < B"}
    assert client.post(at(competition, "moi/"), data | {"right": "2"}).status_code == 302


@pytest.mark.parametrize("published", ["live", "once"])
def test_once_the_quiz_was_out_the_bank_is_fixed(organiser, client, published):
    values = {"live": True} if published == "live" else {"live": False}
    competition = quiz(organiser=organiser, **values)
    if published == "once":
        type(competition).objects.filter(pk=competition.pk).update(first_published_at=timezone.now())
    question = competition.questions.first()
    was = stored(competition)
    page = client.get(at(competition)).content.decode()
    assert "Cuộc thi đã công bố" in page and at(competition, "moi/") not in page
    data = {"text": "Khác?", "choice_1": "Đỏ", "choice_2": "Xanh", "right": "1"}
    assert client.post(at(competition, "moi/"), data).status_code == 422
    assert client.post(at(competition, f"{question.pk}/"), data).status_code == 422
    assert client.post(at(competition, f"{question.pk}/xoa/"), follow=True).status_code == 200
    assert client.post(at(competition, "nhap/"), {"file": file_of(GOOD), "replace": "on"}).status_code == 422
    assert stored(competition) == was


@pytest.mark.parametrize("tail", ["", "moi/", "nhap/", "tep/"])
def test_another_organiser_and_another_kind_find_nothing(competition, organiser, client, tail):
    stranger = Client()
    other = make_user("tochuc2", "", Role.ORGANISER)
    stranger.force_login(other)
    assert stranger.get(at(competition, tail)).status_code == 404
    ideas = builders.competition(organiser=organiser)
    assert client.get(at(ideas, tail)).status_code == 404


def test_a_question_of_another_quiz_is_not_reached(competition, client):
    foreign = quiz(live=False).questions.first()
    assert client.get(at(competition, f"{foreign.pk}/")).status_code == 404
    assert client.post(at(competition, f"{foreign.pk}/xoa/")).status_code == 404
    assert Question.objects.filter(pk=foreign.pk).exists()


def test_the_list_costs_the_same_however_long(competition, client):
    fill(competition, 1)
    one = cost(client, at(competition))
    fill(competition, 29)
    assert cost(client, at(competition)) == one <= 20


# ---- brought in


def test_questions_come_in_from_excel(competition, client):
    six = ["Sáu?", "1", "2", "3", "4", "5", "6", "f", None]
    client.post(at(competition, "nhap/"), {"file": file_of(GOOD, six)})
    assert stored(competition) == [
        ("Thủ đô của Việt Nam?", "Hà Nội là thủ đô.", [("Hà Nội", True), ("Huế", False)]),
        ("Sáu?", "", [(str(n), n == 6) for n in range(1, 7)]),
    ]


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({0: None}, "Câu hỏi", "“Câu hỏi”"),
        ({7: None}, HEADINGS[7], "Đáp án đúng"),
        ({7: "G"}, HEADINGS[7], "A, B, C, D, E, F"),
        ({7: "C"}, HEADINGS[7], "Dòng này không có phương án C."),
        ({2: None}, "Phương án A", "Mỗi câu hỏi cần ít nhất hai phương án trả lời."),
        ({2: "hà nội"}, "Phương án A", "Câu hỏi này có hai phương án giống nhau."),
        ({0: "x" * 1001}, "Câu hỏi", "1001"),
    ],
)
def test_a_fault_is_told_by_its_row_and_column(change, column, said):
    wrong = [change.get(n, cell) for n, cell in enumerate(GOOD)]
    other = ["Khác?", "1", "2", *[None] * 4, "B", None]
    found, questions = faults(other, wrong)
    assert [(row, where) for row, where, _said in found] == [(3, column)]
    assert said in found[0][2]
    assert [text for text, *_rest in questions] == ["Khác?"]


def test_a_question_that_stands_twice_is_told():
    again = ["  thủ đô của VIỆT NAM? ", "Hà Nội", "Vinh", *[None] * 4, "A", None]
    assert [(row, said) for row, _column, said in faults(GOOD, again)[0]] == [
        (3, "Dòng 2 đã có câu hỏi này.")
    ]
    known = [(row, said) for row, _column, said in faults(GOOD, known=["Thủ đô của Việt Nam?"])[0]]
    assert known == [(2, "Câu hỏi này đã có trong bộ câu hỏi.")]


def test_with_one_wrong_row_nothing_is_taken_over(competition, client):
    fill(competition, 1)
    was = stored(competition)
    wrong = ["Sai?", "1", "2", *[None] * 4, "D", None]
    answer = client.post(at(competition, "nhap/"), {"file": file_of(GOOD, wrong), "replace": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Dòng này không có phương án D." in page
    assert stored(competition) == was


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 hong"), 'role="alert"'),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.4"), 'role="alert"'),
        (file_of(title="Khác"), "Câu hỏi"),
        (file_of(), "Trang tính không có câu hỏi nào."),
    ],
)
def test_what_is_no_sheet_of_questions_is_refused_in_words(competition, client, file, said):
    file.seek(0)
    answer = client.post(at(competition, "nhap/"), {"file": file})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Question.objects.exists()


def test_what_is_downloaded_reads_back_the_same(competition, client):
    client.post(
        at(competition, "nhap/"), {"file": file_of(GOOD, ["=1+1?", "2", "3", *[None] * 4, "A", None])}
    )
    was = stored(competition)
    content = client.get(at(competition, "tep/")).content
    again = SimpleUploadedFile("cau-hoi.xlsx", content)
    assert client.post(at(competition, "nhap/"), {"file": again}).status_code == 422  # they are there already
    again.seek(0)
    assert client.post(at(competition, "nhap/"), {"file": again, "replace": "on"}).status_code == 302
    assert stored(competition) == was


def test_the_template_has_the_headings_and_no_question(competition, client):
    content = client.get(at(competition, "tep/")).content
    read = workbook.read(io.BytesIO(content))
    assert (read.questions, len(read.errors), read.warnings) == ([], 1, [])
