"""To the city: what may go, batches and their paper, the package and its log."""

import hashlib
import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from ideas import workflow
from ideas.models import (
    Attachment,
    CityPackage,
    CitySending,
    Conflict,
    HistoryEntry,
    Initiative,
    Meeting,
)
from ideas.moves import Refused
from ideas.papers.city_submission import city_submission
from ideas.papers.loading import Signature
from ideas.register import city
from ideas.register.archive import Altered, Archive, TooLarge, named_like, plain_name
from ideas.register.package import take_package
from papers.models import OfficePaper
from tests.html import assert_sound
from tests.papers.document_builders import pdf_text, squeeze, word_texts

from . import builders
from .paper_builders import texts
from .starting import begun_by, starting
from .world_papers import signed

pytestmark = pytest.mark.django_db
PAGE = "/sang-kien/so-theo-doi/thanh-pho/"


def strong(ward, **values):
    return builders.recognised(ward, share=Decimal("0.9"), **values)


start = begun_by(strong)


def batch_of(ward, number=1):
    return city.batch_of(ward.round, number)


def strong_with_a_path_for_a_title(ward):
    return strong(ward, title="Số hóa hộ tịch: ../../etc")


def registered(ward, number=1, **typed):
    typed = {"number": "7", "issued_on": timezone.localdate(), **typed}
    return city.register_submission(ward.thuky, ward.round, number, **typed)


def package_of(user, batch):
    with take_package(user, batch) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


# ---- choosing


def test_only_recognised_initiatives_at_the_mark_may_go(ward, initiative):
    at_mark, below = initiative, builders.recognised(ward)
    undecided = builders.evaluated(ward, share=Decimal("0.9"))
    assert [row.code for row in city.eligible(ward.round)] == [at_mark.code]
    for initiative, reason in ((below, "city_below_mark"), (undecided, "wrong_state")):
        with pytest.raises(Refused) as refused:
            city.choose(ward.thuky, initiative.code)
        assert refused.value.answer.reason == reason


def test_exactly_the_mark_is_enough(ward):
    initiative = builders.recognised(ward, share=Decimal("0.85"))
    assert builders.fresh(initiative).current_result.mean == 85
    assert city.choose(ward.thuky, initiative.code).batch == 1


@pytest.mark.parametrize("name", ["chutich", "phochutich", "lanhdao", "hoidong1", "tacgia", "quantri"])
def test_the_secretary_chooses_and_nobody_else(ward, initiative, name):
    with pytest.raises(Refused) as refused:
        city.choose(ward.users[name], initiative.code)
    assert refused.value.answer.reason == "only_secretary"


def test_choosing_twice_is_once_and_the_history_keeps_both_ways(ward, initiative):
    city.choose(ward.thuky, initiative.code)
    city.choose(ward.thuky, initiative.code)
    city.take_out(ward.thuky, initiative.code)
    steps = HistoryEntry.objects.filter(initiative=initiative, transition__startswith="city_")
    assert [(step.transition, step.actor_name) for step in steps] == [
        ("city_chosen", "Trần Văn Bình"),
        ("city_unchosen", "Trần Văn Bình"),
    ]
    assert not CitySending.objects.exists()


def test_the_number_of_its_paper_closes_a_batch(ward, initiative):
    first, second = initiative, strong(ward)
    city.choose(ward.thuky, first.code)
    registered(ward)
    with pytest.raises(Refused) as refused:
        city.take_out(ward.thuky, first.code)
    assert refused.value.answer.reason == "city_batch_closed"
    assert city.choose(ward.thuky, second.code).batch == 2
    assert [(batch.number, batch.is_open) for batch in city.batches(ward.round)] == [(1, False), (2, True)]


# ---- the paper


def test_the_submission_lists_what_goes(ward):
    initiative = strong(ward, title="Số hóa hộ tịch")
    city.choose(ward.thuky, initiative.code)
    batch = batch_of(ward)
    said = texts(city_submission(city.lines_of(ward.thuky, batch), batch, Signature("Phạm Văn Hùng")))
    assert "Kính gửi: Hội đồng sáng kiến thành phố Hải Phòng" in said
    assert "Số hóa hộ tịch" in said and "90,00 điểm; 6/7 ghế đồng ý" in said
    assert "468/QĐ-UBND" in said and "GCN" in said


def test_the_register_says_where_it_went(ward, initiative):
    city.choose(ward.thuky, initiative.code)
    assert city.lines_of(ward.thuky, batch_of(ward))[0].sent_to == "Thành phố (đang lập hồ sơ)"
    registered(ward)
    line = city.lines_of(ward.thuky, batch_of(ward))[0]
    assert line.sent_to == f"Thành phố, Tờ trình số 07/TTr-UBND ngày {timezone.localdate():%d/%m/%Y}"


# ---- the package


@starting(strong_with_a_path_for_a_title)
def test_the_package_holds_all_the_city_asks_for(ward, initiative):
    builders.attach(initiative, name="Ảnh chụp (bảng màu).pdf", content=builders.PDF + b"%1\n")
    secret = builders.attach(initiative, name="sơ đồ.pdf", content=builders.PDF + b"%2\n")
    Attachment.objects.filter(pk=secret.pk).update(is_confidential=True)
    city.choose(ward.thuky, initiative.code)
    made = package_of(ward.thuky, batch_of(ward))
    assert made.testzip() is None
    names = made.namelist()
    folder = f"{initiative.code}-so-hoa-ho-tich-etc"
    assert names[:3] == ["to-trinh.pdf", "to-trinh.docx", "danh-sach.xlsx"]
    assert [name for name in names if name.startswith("bien-ban/")] == [
        f"bien-ban/bien-ban-phien-1-{timezone.localdate(Meeting.objects.get().starts_at):%Y-%m-%d}.pdf"
    ]
    application = f"{folder}/don-{initiative.code}-ban-1"
    assert {f"{application}.pdf", f"{application}.docx"} <= set(names)
    assert f"{folder}/quyet-dinh-468-qd-ubnd.pdf" in names
    assert f"{folder}/tai-lieu/anh-chup-bang-mau.pdf" in names
    assert f"{folder}/tai-lieu-can-bao-mat/so-do.pdf" in names
    assert sum("giay-chung-nhan" in name for name in names) == 2
    assert all(name.isascii() and ".." not in name and not name.startswith("/") for name in names)
    title = squeeze(json.loads(initiative.versions.get().payload)["title"])
    assert title.startswith(squeeze("Số hóa"))
    assert title in squeeze(pdf_text(made.read(f"{application}.pdf")))
    assert title in squeeze("".join(word_texts(made.read(f"{application}.docx"))))
    sheet = load_workbook(io.BytesIO(made.read("danh-sach.xlsx"))).active
    assert sheet.cell(4, 2).value == initiative.code
    assert (sheet.cell(4, 7).value, sheet.cell(4, 7).data_type) == (90, "n")


def test_the_manifest_names_every_file_with_its_hash(ward, initiative):
    city.choose(ward.thuky, initiative.code)
    made = package_of(ward.thuky, batch_of(ward))
    manifest = made.read("SHA256SUMS.txt")
    listed = dict(reversed(line.split("  ")) for line in manifest.decode().splitlines())
    assert set(listed) == set(made.namelist()) - {"SHA256SUMS.txt"}
    for name, digest in listed.items():
        assert hashlib.sha256(made.read(name)).hexdigest() == digest
    taken = CityPackage.objects.get()
    assert taken.manifest_sha256 == hashlib.sha256(manifest).hexdigest()
    assert (taken.actor_name, taken.codes, taken.files) == ("Trần Văn Bình", [initiative.code], len(listed))


def test_signed_papers_stand_in_for_drawn_ones(ward, initiative):
    city.choose(ward.thuky, initiative.code)
    registered(ward, file=signed("%to-trinh-ky\n"))
    made = package_of(ward.thuky, batch_of(ward))
    assert "to-trinh-da-ky.pdf" in made.namelist()
    assert "to-trinh.pdf" not in made.namelist()
    assert b"to-trinh-ky" in made.read("to-trinh-da-ky.pdf")


def test_what_was_revoked_meanwhile_stays_behind(ward, initiative):
    going, revoked = initiative, strong(ward)
    for initiative in (going, revoked):
        city.choose(ward.thuky, initiative.code)
    workflow.move(revoked, "revoke", ward.lanhdao, public_reason="Sai số liệu.", **builders.decision("9/QĐ"))
    package_of(ward.thuky, batch_of(ward))
    assert CityPackage.objects.get().codes == [going.code]
    city.take_out(ward.thuky, revoked.code)
    assert batch_of(ward).codes == (going.code,)


def test_an_altered_file_stops_the_package_and_nothing_is_logged(ward, initiative):
    city.choose(ward.thuky, initiative.code)
    Attachment.objects.filter(initiative=initiative).update(sha256="0" * 64)
    with pytest.raises(Refused) as refused:
        take_package(ward.thuky, batch_of(ward))
    assert refused.value.answer.reason == "city_file_altered"
    assert not CityPackage.objects.exists()


def test_a_package_is_bounded(ward, initiative, settings):
    city.choose(ward.thuky, initiative.code)
    settings.CITY_PACKAGE_MAX_BYTES = 1_000
    with pytest.raises(Refused) as refused:
        take_package(ward.thuky, batch_of(ward))
    assert refused.value.answer.reason == "city_too_large"


def test_who_may_take_it(ward, initiative):
    city.choose(ward.thuky, initiative.code)
    batch = batch_of(ward)
    reasons = {}
    for name, user in ward.users.items():
        try:
            take_package(user, batch).close()
        except Refused as refused:
            reasons[name] = refused.answer.reason
    assert set(ward.users) - set(reasons) == {"thuky", "chutich"}
    assert reasons["lanhdao"] == reasons["phochutich"] == "only_keepers_take"
    assert reasons["tacgia"] == reasons["quantri"] == reasons["hoidong1"] == "only_readers"


def test_whoever_stands_aside_gets_no_package_and_no_list(client, ward, initiative):
    city.choose(ward.thuky, initiative.code)
    Conflict.objects.create(initiative=initiative, staff=ward.thuky.staff, reason="Em ruột")
    with pytest.raises(Refused) as refused:
        take_package(ward.thuky, batch_of(ward))
    assert refused.value.answer.reason == "paper_city_closed"
    client.force_login(ward.thuky)
    assert client.get(batch_of(ward).address + "to-trinh.pdf").status_code == 403
    assert "90,00" not in client.get(PAGE).content.decode()


# ---- pages


def test_the_page_chooses_registers_and_hands_out(client, ward, initiative):
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    assert "with 85 points or more" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}ho-so/{initiative.code}/chon/").status_code == 302
    page = client.get(PAGE)
    assert_sound(page.content.decode())
    address = batch_of(ward).address
    assert f'action="{address}goi/"' in page.content.decode()
    day = f"{timezone.localdate():%d/%m/%Y}"
    answer = client.post(address + "to-trinh/", {"number": "7", "issued_on": day, "seen": 0})
    assert answer.status_code == 302
    assert OfficePaper.objects.get(kind="to-trinh-thanh-pho").number == "07/TTr-UBND"
    for face in ("docx", "pdf"):
        assert client.get(f"{address}to-trinh.{face}").status_code == 200
    answer = client.post(address + "goi/")
    assert answer.headers["Content-Disposition"].endswith('.zip"')
    content = b"".join(answer.streaming_content)
    assert "SHA256SUMS.txt" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "Trần Văn Bình" in client.get(PAGE).content.decode()
    assert client.get(address + "goi/").status_code == 405


def test_senseless_addresses_are_not_found(client, ward):
    client.force_login(ward.thuky)
    for place in ("2026-1/1", "x/1", "9999999999-1/1", "2026/9", "2026-²/1"):
        assert client.get(f"{PAGE}{place}/to-trinh.pdf").status_code == 404
        assert client.post(f"{PAGE}{place}/goi/").status_code == 404
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}ho-so/SK-2026-HD99/chon/").status_code == 404


# ---- names and bounds


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("Sơ đồ két.PDF", "so-do-ket.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\a.exe", "c-windows-a-exe"),
        ("đơn\u202efdp.exe", "donfdp-exe"),
        (".pdf", "pdf"),
        ("", "tep"),
        ("a" * 300 + ".docx", "a" * 60 + ".docx"),
    ],
)
def test_names_are_plain(given, made):
    assert named_like(given) == made


def test_equal_names_do_not_cover_each_other(settings):
    archive = Archive()
    archive.add_bytes("a", plain_name("Sơ đồ", "pdf"), b"1")
    archive.add_bytes("a", plain_name("so do", "pdf"), b"2")
    with archive.finish() as file:
        file.seek(0)
        made = zipfile.ZipFile(io.BytesIO(file.read()))
    assert made.namelist() == ["a/so-do.pdf", "a/so-do-2.pdf", "SHA256SUMS.txt"]
    settings.CITY_PACKAGE_MAX_BYTES = 3
    archive = Archive()
    with pytest.raises(TooLarge):
        archive.add_bytes("", "a.txt", b"1234")
    archive.close()


def test_a_missing_file_is_told_by_its_name(ward):
    attachment = builders.attach(builders.draft(ward), name="mat.pdf")
    attachment.file.storage.delete(attachment.file.name)
    archive = Archive()
    with pytest.raises(Altered, match=r"mat\.pdf"):
        archive.add_stored("", "mat.pdf", attachment.file, attachment.sha256)
    archive.close()


@starting(builders.recognised)
def test_a_round_without_anything_for_the_city_is_not_listed(ward, initiative):
    assert not city.rounds()
    assert Initiative.objects.count() == 1
