"""The pages of freezes: who reads what, taking and amending, the files with their hash."""

import io
import re
import threading
import unicodedata
from datetime import date

import openpyxl
import pikepdf
import pypdf
import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Staff
from people.roles import Role
from tests.html import assert_sound
from training import freezing
from training.freezing import Label
from training.models import CoverageSnapshot, Session, SnapshotRow

from . import builders as b
from .freeze_builders import account, at, officer, policy, ward

pytestmark = [pytest.mark.django_db, pytest.mark.once]
YEAR = timezone.localdate().year - 1  # a year whose end has come, whenever the tests run
LAST = date(YEAR, 12, 31)
LIST = "/dao-tao/chot/"
TAKE = f"/dao-tao/chot/digital-skills/{YEAR}/cuoi-nam/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


@pytest.fixture
def people():
    return ward_of_last_year()


def ward_of_last_year():
    """As `ward`, a year ago: Lan trained, the others not."""
    found = ward()
    Session.objects.update(held_on=date(YEAR, 3, 10))
    return found


@pytest.fixture
def trainer(people):
    return signed_in(officer())


@pytest.fixture
def head(people):
    """The head of VP, whose own row is there too."""
    user = account("truongvp", Role.UNIT_HEAD, staff=people["hai"])
    return signed_in(user)


def taken():
    return freezing.freeze(policy(year=YEAR), Label.YEAR_END, officer(), timezone.now())


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:400]
    html = answer.content.decode()
    assert_sound(html)
    return html


def test_the_officer_checks_freezes_and_reads(trainer):
    html = page(trainer, f"{LIST}?nam={YEAR}")
    assert TAKE in html
    assert "Everybody in scope has a unit on that day." in page(trainer, TAKE)
    answer = trainer.post(TAKE, {"seen": 0})
    snapshot = CoverageSnapshot.objects.get()
    assert answer.url == reverse("training:freeze", args=[snapshot.pk])
    html = page(trainer, answer.url)
    assert snapshot.sha256 in html
    assert "recomputed from text and rows: it fits" in html
    assert "Trần Thị Hoà" in html
    assert "Nobody's state or unit has changed since the freeze." in html
    assert snapshot.sha256[:12] in page(trainer, f"{LIST}?nam={YEAR}")


def test_an_open_item_blocks_the_button_and_says_why(trainer):
    b.person("HD-0099", full_name="Người chưa phân công")
    html = page(trainer, TAKE)
    assert "1 person in scope has no unit on that day." in html
    assert 'aria-disabled="true" aria-describedby="vi-sao"' in html
    assert "1 item of the checklist is open." in html
    answer = trainer.post(TAKE, {"seen": 0})
    assert (answer.status_code, CoverageSnapshot.objects.count()) == (409, 0)
    assert "1 item of the checklist is open." in answer.content.decode()


def test_before_its_day_the_button_says_from_when(trainer):
    this_year = timezone.localdate().year
    address = f"/dao-tao/chot/digital-skills/{this_year}/cuoi-nam/"
    if timezone.localdate() < date(this_year, 12, 31):
        assert f"As of 31/12/{this_year}" in page(trainer, address)
        assert "can be taken from that day on" in page(trainer, address)
        assert trainer.post(address, {"seen": 0}).status_code == 409


def test_an_amendment_shows_what_changed_and_asks_for_a_reason(trainer, people):
    first = taken()
    html = page(trainer, TAKE)
    assert "nothing has changed since." in html
    b.outside(people["hoa"], date(YEAR, 12, 5), decided_at=timezone.now())
    html = page(trainer, TAKE)
    assert "Changed since the freeze: 1 person." in html
    assert f"completed on 05/12/{YEAR}, was verified on" in html
    assert trainer.post(TAKE, {"seen": 1, "reason": ""}).status_code == 200
    assert CoverageSnapshot.objects.count() == 1
    answer = trainer.post(TAKE, {"seen": 1, "reason": "Giấy chứng nhận nộp muộn"})
    second = CoverageSnapshot.objects.get(version=2)
    html = page(trainer, answer.url)
    assert "Giấy chứng nhận nộp muộn" in html
    older = page(trainer, reverse("training:freeze", args=[first.pk]))
    assert "A later version holds now." in older
    assert "Since the freeze" not in older
    assert second.trained == first.trained + 1


def test_pressing_twice_or_after_somebody_else_tells_of_the_version_there_is(trainer):
    taken()
    for posted in ({"seen": 0}, {"seen": 0, "reason": "Bằng chứng mới"}, {"seen": 7, "reason": "x"}):
        answer = trainer.post(TAKE, posted)
        html = answer.content.decode()
        assert_sound(html)
        assert (answer.status_code, CoverageSnapshot.objects.count()) == (409, 1)
        assert "Version 1 was taken by daotao meanwhile. Read it first." in html
        assert posted.get("reason", "") in html
        assert 'name="seen" value="1"' in html


def test_an_altered_freeze_says_that_its_hash_does_not_fit(trainer):
    snapshot = taken()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE training_snapshotrow SET minutes = minutes + 1")
    html = page(trainer, reverse("training:freeze", args=[snapshot.pk]))
    assert "The hash does not fit what is stored." in html


# ---- who reads what

READERS = (Role.TRAINING_OFFICER, Role.PERSONNEL_OFFICER, Role.HEAD, Role.DEPUTY_HEAD)


@pytest.mark.parametrize("role", [None, *Role.values])
def test_who_reads_and_who_takes(people, role):
    snapshot = taken()
    user = account("nguoi", *([role] if role else []))
    client = signed_in(user)
    reads = role in READERS
    assert client.get(LIST).status_code == (200 if reads else 403)
    for name in ("freeze", "freeze_excel", "freeze_pdf"):
        address = reverse(f"training:{name}", args=[snapshot.pk])
        assert client.get(address).status_code == (200 if reads else 404), name
    takes = role == Role.TRAINING_OFFICER
    assert client.get(TAKE).status_code == (200 if takes else 403)
    assert client.post(TAKE, {"seen": 0}).status_code == (409 if takes else 403)


def test_the_anonymous_sign_in_first(people):
    snapshot = taken()
    for address in (LIST, TAKE, *[f"{LIST}{snapshot.pk}/{end}" for end in ("", "excel/", "pdf/")]):
        assert Client().get(address).status_code == 302, address


def test_addresses_of_nothing_are_404(trainer):
    for address in (
        f"/dao-tao/chot/khong-co/{YEAR}/cuoi-nam/",
        f"/dao-tao/chot/digital-skills/{YEAR}/giua-nam/",
        "/dao-tao/chot/digital-skills/2199/cuoi-nam/",
        "/dao-tao/chot/00000000-0000-4000-8000-000000000000/",
        f"{LIST}?yeu-cau=khong-co",
        f"{LIST}?nam=abc",
        f"{LIST}?nam=99999999999999",
    ):
        assert trainer.get(address).status_code == 404, address


def test_a_unit_head_reads_the_people_of_the_own_subtree_alone(head, people):
    snapshot = taken()
    address = reverse("training:freeze", args=[snapshot.pk])
    shown = "".join(page(head, f"{address}?xem={state}") for state in ("thieu", "da-hoc", "mien"))
    assert "Đỗ Văn Hải" in shown
    for name in ("Vũ Thị Lan", "Trần Thị Hoà", "Phòng Văn hóa - Xã hội"):
        assert name not in shown
    assert "the hash is that of the whole freeze" in shown
    book = openpyxl.load_workbook(io.BytesIO(head.get(f"{address}excel/").content))
    assert {row[0] for row in book["People"].iter_rows(min_row=2, values_only=True)} == {
        "HD-0003",
        "HD-0004",
    } | ({"HD-0005"} if SnapshotRow.objects.filter(staff_code="HD-0005").exists() else set())
    assert "HD-0010" not in text_of(head.get(f"{address}pdf/").content)
    b.outside(people["hoa"], date(YEAR, 12, 5))
    assert "Trần Thị Hoà" not in page(head, address)


def test_a_unit_head_of_nobody_frozen_finds_nothing(people):
    snapshot = taken()
    other = b.person("HD-0070", in_unit=b.unit("KTHTDT"), since=timezone.localdate())
    client = signed_in(account("truongkt", Role.UNIT_HEAD, staff=other))
    assert client.get(reverse("training:freeze", args=[snapshot.pk])).status_code == 404
    assert "Nothing of this requirement was frozen yet." in page(client, LIST)


# ---- files


def text_of(pdf):
    with io.BytesIO(pdf) as stream:
        pages = [found.extract_text() for found in pypdf.PdfReader(stream).pages]
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200b\u00ad]", "", "".join(pages)))


def test_the_workbook_reads_back_with_the_hash_and_version(trainer):
    snapshot = taken()
    answer = trainer.get(reverse("training:freeze_excel", args=[snapshot.pk]))
    name = f"chot-digital-skills-{YEAR}-cuoi-nam-v1.xlsx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Freeze", "Units", "People"]
    about = dict(book["Freeze"].iter_rows(min_row=2, values_only=True))
    assert (about["SHA-256"], about["Version"], about["As of"].date()) == (snapshot.sha256, 1, LAST)
    assert about["In scope"] == snapshot.population
    rows = list(book["People"].iter_rows(min_row=2, values_only=True))
    kept = [(row.staff_code, row.full_name, row.minutes) for row in freezing.records.stored_rows(snapshot)]
    assert [(code, name, minutes) for code, name, *_rest, minutes in rows] == kept
    units = list(book["Units"].iter_rows(min_row=2, values_only=True))
    assert sum(unit[6] for unit in units) == snapshot.population


def test_the_paper_carries_the_hash_on_every_page(trainer):
    vhxh = b.unit("VHXH")
    for number in range(70):
        b.person(f"M-{number:03d}", in_unit=vhxh, full_name=f"Nguyễn Văn Số {number}")
    snapshot = taken()
    pdf = trainer.get(reverse("training:freeze_pdf", args=[snapshot.pk])).content
    pages = [found.extract_text() for found in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 2
    for found in pages:
        words = re.sub(r"\s", "", found)
        assert snapshot.sha256 in words  # whole: no place to break in it is copied along
        assert f"sốliệuđếnngày31/12/{YEAR}" in unicodedata.normalize("NFC", words)
    whole = text_of(pdf)
    for part in (
        "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM",
        f"KẾTQUẢBỒIDƯỠNGKỸNĂNGSỐ,CHUYỂNĐỔISỐNĂM{YEAR}",
        "M-069",
        "TrầnThịHoà",
        "Cộng",
    ):
        assert part in whole, part
    assert "Thaisản" not in whole
    assert "Dữliệumẫu" not in whole


def test_the_paper_is_pdf_a_2a_and_pdf_ua_1(trainer):
    snapshot = taken()
    pdf = trainer.get(reverse("training:freeze_pdf", args=[snapshot.pk])).content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert str(opened.Root.Lang) == "vi"


def test_the_same_freeze_gives_the_same_paper_and_samples_are_marked(trainer):
    Staff.objects.update(is_sample=True)
    address = reverse("training:freeze_pdf", args=[taken().pk])
    first = trainer.get(address).content
    Staff.objects.update(is_sample=False)
    assert trainer.get(address).content == first
    assert "Dữliệumẫu,khôngcógiátrịsửdụng" in text_of(first)


def test_one_person_and_thirty_ask_the_same_number_of_questions(trainer, people):
    addresses = [LIST, TAKE]

    def asked():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as found:
                assert trainer.get(address).status_code == 200
            counts.append(len(found))
        return counts

    few_snapshot = taken()
    addresses.append(reverse("training:freeze", args=[few_snapshot.pk]))
    b.outside(people["hoa"], LAST)
    few = asked()
    for number in range(30):
        b.person(f"X-{number:03d}", in_unit=b.unit(f"D-{number % 7}"))
        b.outside(Staff.objects.get(staff_code=f"X-{number:03d}"), LAST)
    freezing.freeze(policy(year=YEAR), Label.YEAR_END, officer(), timezone.now(), reason="x", seen=1)
    b.outside(people["leave"], LAST)
    addresses[2] = reverse("training:freeze", args=[CoverageSnapshot.objects.get(version=2).pk])
    assert asked() == few


@pytest.mark.django_db(transaction=True)
def test_two_freezes_at_once_make_one_version():
    from django.apps import apps

    from training.reference_data import load_reference_data

    load_reference_data(sender=apps.get_app_config("training"), using="default")
    ward_of_last_year()
    trainer = officer()
    barrier, outcomes = threading.Barrier(4), []

    def take():
        try:
            rule = policy(year=YEAR)
            barrier.wait(10)
            snapshot = freezing.freeze(rule, Label.YEAR_END, trainer, at(date(YEAR + 1, 1, 2)))
            outcomes.append(snapshot.version)
        except freezing.Refused as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, outcomes)) == ["1", "meanwhile", "meanwhile", "meanwhile"]
    assert CoverageSnapshot.objects.count() == 1
    assert freezing.verify(CoverageSnapshot.objects.get()).holds
