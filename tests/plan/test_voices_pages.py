"""Pages of difficulties: what residents meet, the list everybody reads, the register inside."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from notifications.models import OutboxMail
from plan.difficulties import codes, handling, log, workbook
from plan.difficulties.guard import BOX
from plan.models import Difficulty, SurveyPoint
from portal import search
from portal.models import ContentStamp
from portal.models import SearchEntry as Entry
from portal.public_page import HEADER
from tests.html import assert_sound
from trust import letterbox

from . import voices_builders as voices
from .builders import make_plan_ward

pytestmark = pytest.mark.django_db
SEND, LIST = "/ke-hoach/vuong-mac/gui/", "/ke-hoach/vuong-mac/"
INSIDE = "/ke-hoach/dieu-hanh/vuong-mac/"
LEAKS = (voices.NAME_OF, voices.EMAIL, voices.PHONE, "mo.rieng", "884 109")


@pytest.fixture
def ward():
    return make_plan_ward()


@pytest.fixture
def public(client):
    client.cookies["ngon_ngu"] = "en"
    return client


# ---- the letter box


def test_a_letter_without_a_name_arrives_and_gets_its_page(ward, public):
    page = public.get(SEND)
    assert_sound(page.content)
    assert "within 15 working days" in page.content.decode()
    answer = public.post(SEND, voices.form_data())
    row = Difficulty.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{codes.address(row.code)}phieu/")
    receipt = public.get(answer.url)
    assert_sound(receipt.content)
    assert codes.shown(row.code) in receipt.content.decode()
    assert not OutboxMail.objects.exclude(to="").filter(to__contains="thu.example").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": " "}, "Write what is difficult."),
        ({"text": "a" * 10_001}, "at most 10,000"),
        ({"phone": "khong biet"}, "Type the telephone number in figures"),
        ({"email": "a@b"}, "valid email"),
        ({"email": "a@b.example"}, "without it they are not kept"),
        ({"name": "Nguyễn Văn A"}, "what the name is for"),
        ({"agree-difficulty-name": "on"}, "Write the name that is to stand there."),
        ({"agree-difficulty-contact": "on"}, "to be told of the answer"),
        ({"website": "x"}, "field that people do not see"),
        ({"stamp": "x"}, "more than a day"),
    ],
)
def test_bad_input_is_said_in_words_and_nothing_typed_is_lost(ward, public, values, words):
    answer = public.post(SEND, voices.form_data(place="Ngõ giữ lại") | values)
    text = answer.content.decode().replace("10.000", "10,000")
    assert answer.status_code == 422
    assert words in text and "Ngõ giữ lại" in text
    assert_sound(answer.content)
    assert not Difficulty.objects.exists()


def test_a_page_sent_at_once_is_refused_and_sent_again_is_taken(ward, public, monkeypatch):
    sent = voices.form_data(stamp=voices.stamp(age=0))
    assert "as from a program" in public.post(SEND, sent).content.decode()
    monkeypatch.setattr(letterbox, "MIN_SECONDS", 0)
    assert public.post(SEND, sent).status_code == 302


@pytest.mark.once  # looks into the cache of the process
def test_one_connection_sends_ten_an_hour(ward, public):
    for number in range(10):
        assert public.post(SEND, voices.form_data(text=f"Việc {number}")).status_code == 302
    answer = public.post(SEND, voices.form_data(text="Việc thứ mười một"))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(BOX.sent_by_one.seconds)
    assert "Việc thứ mười một" in answer.content.decode()
    assert not [key for key in cache._cache if "127.0.0.1" in key]


# ---- following


@pytest.mark.parametrize("state", ["received", "to_check", "published", "closed"])
def test_the_tracking_page_shows_nothing_of_the_person(ward, public, state):
    row = voices.sent()
    if state == "to_check":
        voices.answered(ward, row, "Chưa kiểm tra 5512")
    elif state == "published":
        voices.published(ward, row)
    elif state == "closed":
        handling.close(row, ward.dieuphoi, "not_ours", pointed_to="Sở Xây dựng", seen=log.last_seen(row))
    page = public.get(voices.track_url(row))
    text = page.content.decode()
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert [leak for leak in LEAKS if leak in text] == []
    assert "5512" not in text
    assert (voices.ANSWER in text) == (state == "published")
    assert ("Sở Xây dựng" in text) == (state == "closed")
    assert_sound(page.content)


def test_a_code_is_understood_however_it_is_typed(ward, public):
    row = voices.sent()
    for typed in (row.code, f"vm {row.code.lower()}", codes.shown(row.code)):
        assert public.get(f"{LIST}theo-doi/", {"ma": typed}).url == voices.track_url(row)
    for wrong in ("VM-AAAA-AAAA-AAAA-AAAA", "x", f"YT{row.code}"):
        assert public.get(f"{LIST}theo-doi/", {"ma": wrong}, follow=True).status_code == 404
    assert public.get(f"{LIST}theo-doi/").status_code == 200


def test_wrong_codes_are_counted(ward, public):
    for _number in range(30):
        public.get(f"{LIST}theo-doi/AAAA/")
    assert public.get(voices.track_url(voices.sent())).status_code == 429


def test_consents_are_withdrawn_by_one_button(ward, public):
    row = voices.published(ward, voices.sent(), with_name=True)
    assert voices.NAME_OF in public.get(f"{LIST}{row.number}/").content.decode()
    public.post(f"{voices.track_url(row)}dong-y/", {})
    assert voices.NAME_OF not in public.get(f"{LIST}{row.number}/").content.decode()
    assert not hasattr(voices.fresh(row), "contact")


# ---- what everybody reads


def test_the_list_shows_checked_answers_alone_in_the_ward_s_words(ward, public):
    row = voices.published(ward, voices.sent())
    voices.answered(ward, voices.raised(ward, "Chưa kiểm tra 5512"))
    for address in (LIST, f"{LIST}{row.number}/"):
        page = public.get(address)
        text = page.content.decode()
        assert page.headers[HEADER] == ("nam,don-vi,tu,page" if address == LIST else "")
        assert voices.TITLE in text and "5512" not in text and voices.TEXT not in text
        assert [leak for leak in LEAKS if leak in text] == []
        assert_sound(page.content)
    assert "a resident" in public.get(f"{LIST}{row.number}/").content.decode()
    assert public.get(f"{LIST}VM-2026-002/").status_code == 404


def test_the_list_is_narrowed_and_a_senseless_value_narrows_nothing(ward, public):
    resident = voices.published(ward, voices.sent(), title="Của dân")
    of_unit = voices.published(ward, voices.raised(ward, "Khác"), title="Của đơn vị")
    year = resident.published_at.year
    for query, found in (
        ("tu=nguoi-dan", ["Của dân"]),
        ("tu=don-vi", ["Của đơn vị"]),
        (f"nam={year}&don-vi=KTHTDT", ["Của đơn vị", "Của dân"]),
        ("nam=1999&don-vi=x&tu=y&page=zz", ["Của đơn vị", "Của dân"]),
    ):
        page = public.get(f"{LIST}?{query}")
        assert [card.title for card in page.context["cards"]] == found, query
    assert of_unit.number in page.content.decode()


def test_publishing_and_taking_back_raise_the_stamp_and_follow_in_the_search(ward):
    before = ContentStamp.objects.count()
    row = voices.published(ward, voices.raised(ward))
    assert ContentStamp.objects.count() > before
    found = Entry.objects.get(kind="difficulty")
    assert (found.title, found.url) == (voices.TITLE, f"{LIST}{row.number}/")
    before = ContentStamp.objects.count()
    handling.reopen(row, ward.dieuphoi, "Nhầm", seen=log.last_seen(row))
    assert ContentStamp.objects.count() > before
    assert not Entry.objects.filter(kind="difficulty").exists()
    search.rebuild()
    assert not Entry.objects.filter(kind="difficulty").exists()


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_one_row_and_for_thirty(ward, public):
    coordinator = voices.signed_in(ward.dieuphoi)
    addresses = [
        (public, LIST),
        (coordinator, INSIDE),
        (coordinator, f"{INSIDE}?xem=cong-khai"),
        (coordinator, f"{INSIDE}excel/"),
        (coordinator, f"{INSIDE}tu-bao-cao/"),
        (voices.signed_in(ward.baocao), INSIDE),
    ]
    counts = []
    reports = ["KTHTDT", "VHXH", "VP", "MTTQ", "CA", "DVSNC", "PVHCC"]
    for number in (1, 7):
        for n in range(Difficulty.objects.published().count(), number):
            voices.published(ward, voices.raised(ward, f"Việc {n}"))
            voices.raised(ward, f"Việc chờ {n}")
            voices.report(reports[n], *[(f"Khó khăn {k}", "") for k in range(n + 1)])
        counts.append([queries_of(client, address) for client, address in addresses])
    assert counts[0] == counts[1]


# ---- inside


def test_the_register_inside_by_state_and_who_gets_in(ward):
    row = voices.raised(ward)
    page = voices.signed_in(ward.dieuphoi).get(INSIDE)
    assert row.number in page.content.decode()
    assert_sound(page.content)
    assert voices.signed_in(ward.dieuphoi).get(f"{INSIDE}?xem=la").status_code == 404
    assert voices.signed_in(ward.canbo).get(INSIDE).status_code == 403
    assert voices.signed_in(ward.baocaokt).get(row.get_absolute_url()).status_code == 404


def test_a_reporter_raises_on_the_page_once_however_often_it_is_pressed(ward):
    client = voices.signed_in(ward.baocao)
    page = client.get(f"{INSIDE}neu/")
    assert_sound(page.content)
    stamp = page.context["form"].initial["stamp"]
    sent = {"unit": voices.unit("VHXH").pk, "text": "Thiếu máy", "proposal": "", "stamp": stamp}
    first, second = client.post(f"{INSIDE}neu/", sent), client.post(f"{INSIDE}neu/", sent)
    row = Difficulty.objects.get()
    assert first.url == second.url == row.get_absolute_url()
    both = sent | {"target": "1", "task": "x", "text": "Khác"}
    assert client.post(f"{INSIDE}neu/", both).status_code == 422
    foreign = sent | {"unit": voices.unit("CA").pk, "text": "Khác"}
    assert client.post(f"{INSIDE}neu/", foreign).status_code == 422
    assert Difficulty.objects.count() == 1


def test_the_steps_on_their_pages_from_hand_over_to_publication(ward):
    row = voices.sent()
    boss, unit = voices.signed_in(ward.dieuphoi), voices.signed_in(ward.baocaokt)
    here = row.get_absolute_url()

    def take(client, step, **values):
        page = client.get(f"{here}{step}/")
        assert page.status_code == 200
        assert_sound(page.content)
        return client.post(f"{here}{step}/", {"seen": log.last_seen(row)} | values)

    unit_key = voices.unit("KTHTDT").pk
    assert take(boss, "chuyen", unit=unit_key, due_on="31/02/2027").status_code == 422
    assert take(boss, "chuyen", unit=unit_key, due_on="01/02/2020").status_code == 422
    assert (
        take(boss, "chuyen", unit=unit_key, due_on=row.answer_due_on.strftime("%d/%m/%Y")).status_code == 302
    )
    text = unit.get(here).content.decode()
    assert voices.NAME_OF in text and voices.EMAIL in text  # while the unit answers
    assert take(boss, "tra-loi", answer="Đáp").status_code == 422  # no reason for answering in its place
    assert take(unit, "tra-loi", answer="").status_code == 422
    assert take(unit, "tra-loi", answer=voices.ANSWER).status_code == 302
    words = {"public_title": voices.TITLE, "public_text": f"{voices.NAME_OF} nêu", "public_answer": "Đáp"}
    refused = take(boss, "cong-khai", **words)
    assert refused.status_code == 422 and "Take it out" in refused.content.decode()
    assert take(boss, "cong-khai", **words | {"public_text": voices.PUBLIC}).status_code == 302
    assert voices.fresh(row).state == "published"
    assert voices.EMAIL not in unit.get(here).content.decode()
    again = boss.post(f"{here}cong-khai/", words | {"seen": 1})
    assert again.status_code == 409 and voices.NAME_OF in again.content.decode()
    assert boss.post(f"{here}dong/", {"why": "empty"}).status_code == 302  # settled: a word and back
    assert voices.fresh(row).state == "published"


def test_taken_from_a_report_by_one_press(ward):
    report = voices.report("KTHTDT", ("Thiếu máy", "Mua máy"))
    boss = voices.signed_in(ward.dieuphoi)
    page = boss.get(f"{INSIDE}tu-bao-cao/")
    assert_sound(page.content)
    key = page.context["rows"][0].difficulties[0].key
    for _twice in range(2):
        sent = {"report": report.pk, "key": key, "ky": "2026-nam"}
        assert boss.post(f"{INSIDE}tu-bao-cao/dua-vao-so/", sent).url.endswith("?ky=2026-nam")
    row = Difficulty.objects.get()
    assert row.number in boss.get(f"{INSIDE}tu-bao-cao/").content.decode()
    for senseless in ({}, {"report": "x"}, {"report": "9" * 30}, {"report": report.pk, "key": "x"}):
        assert boss.post(f"{INSIDE}tu-bao-cao/dua-vao-so/", senseless).status_code == 302
    assert boss.get(f"{INSIDE}tu-bao-cao/?ky=la").status_code == 404
    assert Difficulty.objects.count() == 1


def test_the_excel_register_holds_what_is_seen_and_no_contact(ward):
    voices.published(ward, voices.sent(text="=1+1"), with_name=True)
    voices.raised(ward, "Việc của đơn vị")
    book = load_workbook(BytesIO(workbook.register_file(Difficulty.objects.all())))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [heading for heading, _width in workbook.COLUMNS]
    assert (sheet["A2"].value, sheet["G2"].value, sheet["G2"].data_type) == ("VM-2026-001", "=1+1", "s")
    assert (sheet["D3"].value, sheet["E3"].value) == (voices.unit("VHXH").name, "Lương Thị Mai")
    cells = [str(cell.value) for row in sheet for cell in row]
    assert [leak for leak in LEAKS if any(leak in cell for cell in cells)] == []
    own = voices.signed_in(ward.baocao).get(f"{INSIDE}excel/")
    assert load_workbook(BytesIO(own.content)).active.max_row == 2


def test_a_thousand_units_are_no_matter(ward):
    from people.models import Unit

    Unit.objects.bulk_create(Unit(code=f"X{n:04d}", name=f"Tổ {n}") for n in range(1014))
    row = voices.raised(ward)
    boss = voices.signed_in(ward.dieuphoi)
    for address in (INSIDE, row.get_absolute_url(), f"{row.get_absolute_url()}chuyen/", f"{INSIDE}neu/"):
        client = voices.signed_in(ward.baocao) if address.endswith("neu/") else boss
        assert client.get(address).status_code == 200
    assert not SurveyPoint.objects.exists()
