"""What an editor uploads in Wagtail: taken for what its bytes are, refused in words, never an error page."""

import struct
import zlib

import pytest
from wagtail.documents.models import Document
from wagtail.images.models import Image

from tests.portal.builders import site
from tests.portal.test_editing import member_of
from tests.trust.builders import XLSX_MAIN, office, pdf, picture, upload

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def bomb(side=20_000):
    """A picture of 400 million points in 50 kB."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + side // 8) * side, 9)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD_PICTURES = {
    "svg": ("a.svg", SVG),
    "svg-named-png": ("a.png", SVG),
    "page-named-jpg": ("a.jpg", b"<html><script>alert(1)</script>"),
    "broken": ("a.jpg", picture("JPEG", (900, 600))[:300]),
    "bomb": ("a.png", bomb()),
    "other-kind": ("a.jpg", picture("TIFF")),
    "hidden-program": ("a.php.jpg", picture("JPEG")),
    "too-large": ("a.png", picture() + bytes(10 * 1024 * 1024)),
}
BAD_FILES = {
    "page": ("a.pdf", b"<html><script>alert(1)</script>"),
    "page-before-pdf": ("a.pdf", pdf(before=b"<script>alert(1)</script>")),
    "program": ("a.docx", b"MZ" + bytes(500)),
    "macro": ("a.docx", office(parts={"word/vbaProject.bin": "x"})),
    "sheet-named-text": ("a.docx", office(XLSX_MAIN)),
    "hidden-program": ("a.exe.pdf", pdf()),
    "picture": ("a.svg", SVG),
}
ADDRESSES = {Image: "/quan-tri/images/", Document: "/quan-tri/documents/"}


@pytest.fixture
def editor(client):
    site()
    client.force_login(member_of("editor"))
    return client


def send(client, model, name, content):
    form = {"title": "Tên", "collection": "1", "tags": "", "description": "", "file": upload(name, content)}
    return client.post(f"{ADDRESSES[model]}add/", form)


def send_among_many(client, model, name, content):
    """The page for several files at once has forms of its own."""
    key = "files[]"
    form = {"title": "Tên", "collection": "1", key: upload(name, content)}
    return client.post(f"{ADDRESSES[model]}multiple/add/", form).json()


@pytest.mark.parametrize(
    "model, name, content",
    [
        *(pytest.param(Image, *file, id=f"picture-{case}") for case, file in BAD_PICTURES.items()),
        *(pytest.param(Document, *file, id=f"file-{case}") for case, file in BAD_FILES.items()),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(editor, model, name, content):
    answer = send(editor, model, name, content)
    errors = answer.context["form"].errors
    assert (answer.status_code, errors.keys(), len(errors["file"])) == (200, {"file"}, 1)
    assert send_among_many(editor, model, name, content)["success"] is False
    assert not model.objects.exists()


@pytest.mark.parametrize(
    "model, name, content",
    [
        (Image, "ảnh.jpeg", picture("JPEG")),
        (Image, "ảnh.png", picture()),
        (Image, "ảnh.webp", picture("WEBP")),
        (Document, "kế hoạch.pdf", pdf()),
        (Document, "mẫu.docx", office()),
        (Document, "bảng.xlsx", office(XLSX_MAIN)),
    ],
)
def test_what_editors_need_is_taken(editor, model, name, content):
    assert send(editor, model, name, content).status_code == 302
    assert send_among_many(editor, model, name, content)["success"] is True
    assert model.objects.count() == 2


def test_a_thousand_labels_are_no_trouble(editor):
    form = {"title": "Tên", "collection": "1", "tags": ",".join(f"thẻ {n}" for n in range(1000))}
    answer = editor.post("/quan-tri/images/add/", {**form, "file": upload("a.png", picture())})
    assert answer.status_code == 302 and Image.objects.get().tags.count() == 1000
