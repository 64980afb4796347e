"""Files somebody made to hurt: pictures that tell where they were taken, archives that never end, XML that
grows, documents that fetch from elsewhere."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from openpyxl.xml import functions as openpyxl_xml
from PIL import Image

from competitions.entering.files import policy_of
from ideas.files import EVIDENCE, SCAN
from people.workbook.container import WorkbookRefused
from people.workbook.reader import open_workbook
from plan.books.book import FILES
from portal.uploads import PICTURES
from tests.trust.builders import XLSX_MAIN, office, pdf, upload
from training.credits import CERTIFICATE
from training.sheets import POLICY as SIGNED_SHEETS
from trust.uploads import UploadPolicy, UploadRefused, check_upload

ROOT = Path(__file__).resolve().parents[2]
ANY = UploadPolicy(frozenset({"pdf", "docx", "xlsx", "jpg", "png", "webp"}), max_bytes=10 * 1024 * 1024)
CAMERA, PLACE = b"MAY-ANH-KIN", (20.0, 48.0, 30.0)


def photo(kind="JPEG", size=(80, 40)):
    """Turned by its camera, with its device and place, and a page behind the picture."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, CAMERA.decode()
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", PLACE
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue() + b"<script>alert(1)</script>"


def in_memory(name, content):
    return upload(name, content)


def on_disk(name, content):
    file = TemporaryUploadedFile(name, "image/jpeg", len(content), None)
    file.write(content)
    file.seek(0)
    return file


@pytest.mark.parametrize("wrapped", [in_memory, on_disk])
@pytest.mark.parametrize(
    ("kind", "name", "kept_as"),
    [
        ("JPEG", "bờ sông.jpg", "bờ sông.jpg"),
        ("PNG", "bờ sông.png", "bờ sông.png"),
        ("WEBP", "bờ sông.webp", "bờ sông.jpg"),
    ],
)
def test_a_picture_keeps_its_points_and_nothing_else(wrapped, kind, name, kept_as):
    file = wrapped(name, photo(kind))
    checked = check_upload(file, ANY)
    assert check_upload(file, ANY) == checked  # asked twice, drawn once
    content = file.read()
    assert (checked.name, file.name, checked.size, file.size) == (
        kept_as,
        kept_as,
        len(content),
        len(content),
    )
    assert not any(mark in content for mark in (CAMERA, b"Exif", b"<script>"))
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (40, 80) and not image.getexif()
    if wrapped is on_disk:
        assert Path(file.temporary_file_path()).read_bytes() == content  # what storage moves into its place


def test_a_picture_is_bounded_in_points():
    large = check_upload(file := upload("a.jpg", photo(size=(5000, 100))), ANY)
    with Image.open(file) as image:
        assert max(image.size) == 4000
    assert large.extension == "jpg"


def test_a_picture_that_ends_too_early_is_refused_in_words():
    with pytest.raises(UploadRefused) as refusal:
        check_upload(upload("a.jpg", photo(size=(600, 600))[:900]), ANY)
    assert refusal.value.code == "content_differs"


def test_where_pictures_are_kept_byte_for_byte_is_decided_here():
    """The scan of a signed paper is the proof itself; everything else is drawn anew."""
    kept = {"scans of signed papers": SCAN, "scans of attendance sheets": SIGNED_SHEETS}
    drawn = {"evidence": EVIDENCE, "books": FILES, "editor": PICTURES, "certificates": CERTIFICATE}
    assert all(policy.keeps_pictures for policy in kept.values())
    assert not any(policy.keeps_pictures for policy in drawn.values())
    file = upload("a.jpg", photo())
    check_upload(file, SCAN)
    assert file.read() == photo()


def test_pictures_of_entries_are_drawn_anew():
    class Competition:
        blueprint, files_most = "photos", 3

    assert policy_of(Competition).keeps_pictures is False


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf(padding=100)), ("a.docx", office())])
def test_papers_are_kept_byte_for_byte_for_their_signatures(name, content):
    file = upload(name, content)
    check_upload(file, ANY)
    assert file.read() == content


# ---- archives


def code_of(content, name="a.docx"):
    with pytest.raises(UploadRefused) as refusal:
        check_upload(upload(name, content), ANY)
    return refusal.value.code


def archive(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def test_the_workbook_behind_a_chart_is_taken():
    inner = office(XLSX_MAIN, parts={"xl/sheet1.xml": "<sheet/>"})
    assert (
        check_upload(upload("a.docx", office(parts={"word/embeddings/so.xlsx": inner})), ANY).extension
        == "docx"
    )


def test_an_archive_inside_is_counted_with_what_it_would_unpack_to():
    inner = [archive(a=bytes(60 * 1024 * 1024)), archive(b=bytes(1024))]
    assert code_of(office(parts={"word/embeddings/1.zip": inner[0]})) == "zip_bomb"
    many = {f"word/embeddings/{n}.zip": archive(a=bytes(9 * 1024 * 1024)) for n in range(12)}
    assert code_of(office(parts=many)) == "zip_bomb"
    assert check_upload(upload("a.docx", office(parts={"word/1.zip": inner[1]})), ANY)


def test_an_archive_in_an_archive_in_the_file_is_refused():
    assert code_of(office(parts={"word/1.zip": archive(x=archive(y=b"z"))})) == "zip_bomb"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]><lolz>&lol9;</lolz>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/footnotes.xml", "customXml/item1.bin", "_rels/x.rels"]
)
@pytest.mark.parametrize(
    "coded",
    [
        str.encode,
        lambda text: text.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"),
        lambda text: b"\xef\xbb\xbf  " + text.replace("<!DOCTYPE", " " * 70_000 + "<!DOCTYPE").encode(),
    ],
)
@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
def test_xml_that_declares_an_entity_is_refused_in_any_part_and_coding(part, coded, text):
    assert code_of(office(parts={part: coded(text)})) == "content_differs"


def test_xml_in_a_coding_of_its_own_is_refused():
    text = '<?xml version="1.0" encoding="cp037"?><x/>'
    assert code_of(office(parts={"word/x.xml": text.encode()})) == "content_differs"


def test_a_workbook_with_an_xml_bomb_reaches_no_parser(tmp_path):
    """The reader of rosters has its own gate; behind it openpyxl itself parses with defusedxml."""
    book = openpyxl.Workbook()
    book.active.append(["Mã"])
    out = io.BytesIO()
    book.save(out)
    bomb = io.BytesIO()
    with zipfile.ZipFile(out) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            content = LAUGHS.encode() if "sheet1" in entry.filename else good.read(entry)
            bad.writestr(entry.filename, content)
    with pytest.raises(WorkbookRefused):
        open_workbook(bomb, {"Sheet": ["Mã"]})
    assert openpyxl.DEFUSEDXML is True
    assert openpyxl_xml.iterparse.__module__.startswith("defusedxml")


# ---- documents that reach out


def rels(kind, target, mode="External"):
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    office_kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{space}"><Relationship Id="r1" Type="{office_kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest", "file:///etc/passwd", "\\\\evil\\share\\a"]
)
@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument"])
def test_a_document_that_fetches_a_part_from_elsewhere_is_refused(kind, target):
    assert code_of(office(parts={"word/_rels/document.xml.rels": rels(kind, target)})) == "reaches_out"


@pytest.mark.parametrize(
    ("target", "taken"),
    [
        ("so-khac.xlsx", True),
        ("file:///C:/so/so-khac.xlsx", True),
        ("https://evil.example/so.xlsx", False),
        ("//evil/share/so.xlsx", False),
        ("file://evil/share/so.xlsx", False),
    ],
)
def test_a_workbook_may_name_another_on_the_same_computer_alone(target, taken):
    content = office(
        XLSX_MAIN, parts={"xl/externalLinks/_rels/externalLink1.xml.rels": rels("externalLinkPath", target)}
    )
    if taken:
        assert check_upload(upload("a.xlsx", content), ANY).extension == "xlsx"
    else:
        assert code_of(content, "a.xlsx") == "reaches_out"


def test_a_link_somebody_may_click_is_no_reaching_out():
    content = office(parts={"word/_rels/document.xml.rels": rels("hyperlink", "https://haiphong.gov.vn")})
    assert check_upload(upload("a.docx", content), ANY).extension == "docx"


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.xhtml", "a.mht", "a.odt", "a.doc", "a.rtf", "a.zip"])
def test_kinds_that_fetch_or_run_by_nature_are_taken_nowhere(name):
    assert code_of(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name) == "type_not_allowed"


# ---- every way in

# Plain fields, each with who asks `check_upload` or the scanner for its file.
ASKED_ELSEWHERE = {
    "competitions/forms/content.py": "competitions.entering.files.attach",
    "ideas/forms/paper_sheets.py": "ideas.files.store_signed_file",
    "site/people/forms.py": "refuse_infected in the form, people.workbook.container behind it",
    "site/plan/forms/fields.py": "check_upload in the field",
    "site/plan/forms/numbers.py": "check_upload in the field",
    "training/imports/forms.py": "check_upload or refuse_infected in the form",
}


def test_every_field_for_files_is_checked_or_named_with_who_checks_it():
    """A new plain FileField fails here until somebody says who looks at what comes in."""
    found = set()
    for folder in ("site", "ideas", "training", "competitions"):
        for path in (ROOT / folder).rglob("*.py"):
            if re.search(r"(?<!\w)forms\.(FileField|ImageField)\b", path.read_text()):
                found.add(path.relative_to(ROOT).as_posix())
    assert found == {*ASKED_ELSEWHERE, "site/trust/uploads.py"}
