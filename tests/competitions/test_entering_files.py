"""Files of an entry: by content, bounded, without what a camera writes; read by its people alone."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from competitions.models import EntryFile
from tests.html import assert_sound
from tests.ideas.builders import PDF, make_user
from trust import pictures

from . import builders
from .entrants import SECOND, at, browser, fresh, picture, url

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def competition():
    return builders.competition(files_most=3)


@pytest.fixture
def person():
    return builders.participant("hoa@thu.example")


@pytest.fixture
def entry(competition, person):
    return builders.entry(competition, person)


@pytest.fixture
def client(person):
    return browser(person)


def send(client, entry, *files, then="stay", **more):
    return client.post(url(entry, "tep/"), {"files": list(files), "then": then} | more)


def kept(entry):
    return list(entry.files.filter(removed_at__isnull=True))


def stored(row):
    with row.file.open("rb") as file:
        return file.read()


def read(answer):
    return b"".join(answer.streaming_content)


def pdf(name="bai.pdf", mark=b""):
    return SimpleUploadedFile(name, PDF + mark, "application/pdf")


def test_several_at_once_each_with_its_caption(client, entry):
    answer = send(client, entry, picture(), pdf())
    assert (answer.status_code, answer.url) == (302, url(entry, "tep/"))
    photo, paper = kept(entry)
    assert (photo.content_type, paper.content_type) == ("image/jpeg", "application/pdf")
    assert photo.preview and not paper.preview
    page = client.get(url(entry, "tep/"))
    assert_sound(page.content)
    answer = client.post(url(entry, "tep/"), {f"caption-{photo.pk}": "Bờ sông lu\u0301c sa\u0301ng"})
    assert answer.url == url(entry, "dong-y/")
    photo.refresh_from_db()
    assert photo.caption == "Bờ sông lúc sáng"


def camera():
    """A picture turned by its camera, with place and device."""
    image = Image.new("RGB", (80, 40), "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "MAY-ANH-KIN"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (20.0, 48.0, 30.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"LOI-KIN")
    return SimpleUploadedFile("may-anh.jpg", out.getvalue(), "image/jpeg")


def test_what_a_camera_writes_is_taken_out_and_the_picture_stands_upright(client, entry):
    raw = camera()
    assert b"MAY-ANH-KIN" in raw.read() and raw.seek(0) == 0
    send(client, entry, raw)
    content = stored(kept(entry)[0])
    assert not any(mark in content for mark in (b"MAY-ANH-KIN", b"LOI-KIN", b"Exif"))
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (40, 80)
        assert not image.getexif()


def test_text_in_a_png_is_taken_out_and_its_colours_stay(client, entry):
    note = PngInfo()
    note.add_text("Author", "TEN-KIN")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    send(client, entry, picture("anh.png", kind="PNG", pnginfo=note, icc_profile=profile))
    content = stored(kept(entry)[0])
    assert b"TEN-KIN" not in content and b"iCCP" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert image.convert("RGB").getpixel((0, 0)) == (0, 128, 128)


def test_a_large_picture_is_bounded_and_webp_becomes_jpeg(client, entry):
    send(client, entry, picture("lon.jpg", (5000, 2500)), picture("mang.webp", kind="WEBP"))
    large, web = kept(entry)
    with Image.open(io.BytesIO(stored(large))) as image:
        assert image.size == (pictures.LONGEST, 2000)
    with large.preview.open("rb") as file, Image.open(file) as image:
        assert image.size == (pictures.PREVIEW, 240)
    assert (web.name, web.content_type) == ("mang.jpg", "image/jpeg")


def bomb():
    """20,000 × 20,000 points that take a few kilobytes."""

    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    side = (20_000).to_bytes(4, "big")
    head = chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
    data = zlib.compress(b"\x00" * 20_001 * 100, 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lon.png", bomb(), "more than 50 million points"),
        ("hinh.svg", SVG, "can&#x27;t be taken"),
        ("trang.html", HTML, "can&#x27;t be taken"),
        ("trang.jpg", HTML, "its content is not"),
        ("hinh.png", SVG, "its content is not"),
        ("bai.png", PDF, "its content is not"),
        ("anh.exe.jpg", b"MZ", "two endings"),
        ("anh.jpg", b"", "The file is empty"),
        ("nang.pdf", PDF + b"0" * (20 * 1024 * 1024) + b"%%EOF", "at most 20"),
        ("tap.heic", b"\x00\x00\x00\x18ftypheic", "can&#x27;t be taken"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 12 else "",
)
def test_what_is_refused_is_refused_in_words(client, entry, name, content, words):
    answer = send(client, entry, SimpleUploadedFile(name, content), picture())
    assert answer.status_code == 422
    assert_sound(answer.content)
    assert words in answer.content.decode()
    assert [row.name for row in kept(entry)] == ["anh.jpg"]  # the good one is there all the same


def test_a_picture_that_breaks_off_is_refused(client, entry):
    whole = picture(size=(400, 400)).read()
    answer = send(client, entry, SimpleUploadedFile("hong.jpg", whole[: len(whole) // 2]))
    assert answer.status_code == 422
    assert not kept(entry)


def test_a_photo_competition_takes_pictures_alone(person, client):
    photos = builders.competition(blueprint="photos", words_most=0, files_most=3)
    entry = builders.entry(photos, person)
    answer = send(client, entry, pdf())
    assert answer.status_code == 422 and "Accepted here: jpg, png, webp" in answer.content.decode()


def test_no_more_files_than_the_rules_allow(client, entry):
    answer = send(client, entry, *(picture(f"{n}.jpg", (10 + n, 10)) for n in range(5)))
    assert answer.status_code == 422
    assert "holds at most 3 files" in answer.content.decode()
    assert len(kept(entry)) == 3


def test_the_same_file_twice_is_one(client, entry):
    send(client, entry, picture())
    answer = send(client, entry, picture("khac-ten.jpg"))
    assert answer.status_code == 422 and "already" in answer.content.decode()
    assert len(kept(entry)) == 1


def test_what_was_chosen_is_taken_in_by_going_on_too(client, entry):
    assert send(client, entry, picture(), then="").url == url(entry, "dong-y/")
    assert len(kept(entry)) == 1


def test_a_file_is_removed_after_a_question_and_its_bytes_go(
    client, entry, django_capture_on_commit_callbacks
):
    send(client, entry, picture())
    row = kept(entry)[0]
    storage, paths = row.file.storage, (row.file.name, row.preview.name)
    page = client.get(url(entry, f"tep/{row.pk}/bo/"))
    assert_sound(page.content)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url(entry, f"tep/{row.pk}/bo/")).status_code == 302
    assert not EntryFile.objects.exists()
    assert [storage.exists(path) for path in paths] == [False, False]
    assert client.get(url(entry, f"tep/{row.pk}/bo/")).status_code == 404


def test_a_version_that_was_handed_in_keeps_its_file(client, entry):
    send(client, entry, picture())
    row = kept(entry)[0]
    builders.hand_in(fresh(entry))
    client.post(url(entry, f"tep/{row.pk}/bo/"))
    row.refresh_from_db()
    assert row.removed_at and stored(row)
    assert read(client.get(url(entry, f"tep/{row.pk}/"))) == stored(row)
    assert "anh.jpg" in client.get(url(entry)).content.decode()


def test_only_people_of_the_entry_read_its_files(client, entry):
    send(client, entry, picture())
    row = kept(entry)[0]
    answer = client.get(url(entry, f"tep/{row.pk}/"))
    assert answer.status_code == 200 and read(answer) == stored(row)
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert read(client.get(url(entry, f"tep/{row.pk}/nho/")))[:2] == b"\xff\xd8"
    other = builders.participant("la@thu.example")
    foreign = builders.entry(entry.competition, other)
    strangers = [browser(other), browser()]
    strangers[1].force_login(make_user("quantri"))
    for stranger in strangers:
        for part in (f"tep/{row.pk}/", f"tep/{row.pk}/nho/", f"tep/{row.pk}/bo/"):
            assert stranger.get(url(entry, part)).status_code == 404
            assert stranger.get(url(foreign, part)).status_code == 404
    assert browser().get(url(entry, f"tep/{row.pk}/")).status_code == 302


@pytest.mark.parametrize(("offset", "taken"), [(-1, 1), (0, 0), (1, 0)])
def test_no_file_from_the_close_on(client, entry, competition, monkeypatch, offset, taken):
    at(monkeypatch, competition.window("entry").closes_at + offset * SECOND)
    send(client, entry, picture())
    assert len(kept(entry)) == taken


def test_the_page_costs_the_same_with_many_files(client, person):
    costs = []
    for count in (1, 30):
        competition = builders.competition(files_most=40)
        entry = builders.entry(competition, person)
        for number in range(count):
            builders.attach(entry, f"{number}.png", number.to_bytes(2, "big"))
        client.get(url(entry, "tep/"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url(entry, "tep/")).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
