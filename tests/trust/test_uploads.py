import hashlib
import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trust.names import MAX_LENGTH, clean_name, extension_of
from trust.uploads import (
    CheckedFileField,
    UploadPolicy,
    UploadRefused,
    check_file_count,
    check_upload,
    size_in_words,
)

from .builders import XLSX_MAIN, office, pdf, picture, upload

ALL = UploadPolicy(frozenset({"pdf", "docx", "xlsx", "jpg", "png"}), max_bytes=2 * 1024 * 1024, max_files=3)


def refusal(name, content, policy=ALL):
    with translation.override("en"), pytest.raises(UploadRefused) as caught:
        check_upload(upload(name, content), policy)
    return caught.value.code, str(caught.value)


def workbook():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("Đơn yêu cầu.pdf", pdf(), "pdf"),
        ("quét.PDF", pdf(before=b"\xef\xbb\xbf\n"), "pdf"),
        ("mô tả 1.9.docx", office(), "docx"),
        ("sổ.xlsx", office(XLSX_MAIN), "xlsx"),
        ("thật.xlsx", workbook(), "xlsx"),
        ("ảnh.png", picture(), "png"),
        ("ảnh.JPEG", picture("JPEG"), "jpg"),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(name, content, extension):
    file = upload(name, content, "text/html")
    checked = check_upload(file, ALL)
    assert (checked.name, checked.extension, checked.size) == (name, extension, file.size)
    kept = file.read()  # rewound: the caller stores all of it
    assert checked.sha256 == hashlib.sha256(kept).hexdigest()
    assert "html" not in checked.content_type
    assert extension in ("png", "jpg") or kept == content  # a picture is drawn anew


def test_a_large_file_on_disk_is_checked_like_a_small_one():
    content = pdf(padding=1_500_000)
    with TemporaryUploadedFile("a.pdf", "", len(content), None) as file:
        file.write(content)
        assert check_upload(file, ALL).sha256 == hashlib.sha256(content).hexdigest()


def test_nothing_in_the_file_is_said_so():
    assert refusal("a.pdf", b"") == ("empty", "The file is empty. Choose the file again.")


def test_a_file_one_byte_too_large_is_refused_with_figures_that_differ():
    size = ALL.max_bytes + 1
    content = pdf(padding=size - len(pdf()))
    assert len(content) == size
    assert refusal("a.pdf", content) == (
        "too_large",
        "The file is 2.1\u00a0MB, at most 2\u00a0MB. Choose another file or split it into two.",
    )


def test_sizes_read_as_vietnamese_write_them():
    with translation.override("vi"):
        assert size_in_words(27 * 1024 * 1024) == "27\u00a0MB"
        assert size_in_words(20 * 1024 * 1024 + 1, up=True) == "20,1\u00a0MB"
        assert size_in_words(340 * 1024) == "340\u00a0kB"


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html", "a", "a.docm", "pdf", "a.pdf.exe", "a.doc"])
def test_other_kinds_are_refused_whatever_they_hold(name):
    code, message = refusal(name, pdf())
    assert code == "type_not_allowed"
    assert "docx, jpg, pdf, png, xlsx" in message


def test_a_kind_this_place_does_not_take_is_refused():
    only_pdf = UploadPolicy(frozenset({"pdf"}), max_bytes=1000)
    assert refusal("a.png", picture(), only_pdf)[0] == "type_not_allowed"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ" + bytes(60)),
        ("a.pdf", b"<html><script>alert(1)</script>" + pdf()),  # both a page and a paper
        ("a.pdf", office() + pdf()),
        ("a.pdf", pdf(before=bytes(2000))),
        ("a.pdf", b"%PDF-1.7\nno end"),
        ("a.pdf", picture()),
        ("a.png", picture("JPEG")),
        ("a.jpg", picture("PNG")),
        ("a.jpg", picture("GIF")),
        ("a.png", picture()[:40]),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("a.docx", office(XLSX_MAIN)),
        ("a.xlsx", office()),
        ("a.docx", pdf()),
        ("a.docx", office()[:-30]),
        ("a.docx", b"PK\x03\x04"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.docx", office(method=zipfile.ZIP_LZMA)),
        ("a.docx", office(types='<!DOCTYPE x [<!ENTITY a "b">]>')),
    ],
)
def test_a_file_that_only_claims_its_kind_is_refused(name, content):
    assert refusal(name, content)[0] == "content_differs"


def test_a_protected_or_old_office_file_is_told_what_to_do():
    assert "without password" in refusal("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))[1]


def test_a_damaged_office_file_is_refused_though_its_directory_is_whole():
    content = bytearray(office(parts={"word/media/a.bin": bytes(range(256)) * 8}, method=zipfile.ZIP_STORED))
    content[content.index(bytes(range(256))) + 100] ^= 0xFF
    assert refusal("a.docx", bytes(content))[0] == "content_differs"


@pytest.mark.parametrize(
    "content",
    [
        office(parts={"word/vbaProject.bin": b"x"}),
        office(
            parts={"word/x.bin": b"x"}, types='<Default ContentType="application/vnd.ms-office.vbaProject"/>'
        ),
        office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        office(parts={"xl/macrosheets/sheet1.xml": "<x/>"}),
    ],
)
def test_macros_are_refused(content):
    assert refusal("a.docx", content)[0] == "macro"


def lie_about_entries(count=60_000):
    content = bytearray(office())
    struct.pack_into("<H", content, len(content) - 12, count)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        office(parts={"word/a.xml": bytes(40_000_000)}),  # ratio
        office(parts={f"word/{i}.xml": bytes(30_000_000) for i in range(4)}),  # sum
        office(parts={f"word/{i}": "" for i in range(2_100)}, method=zipfile.ZIP_STORED),  # entries
        lie_about_entries(),
    ],
    ids=["ratio", "sum", "entries", "directory"],
)
def test_zip_bombs_are_refused_without_unpacking(content):
    assert refusal("a.docx", content)[0] == "zip_bomb"


def test_entries_that_share_their_bytes_are_a_bomb():
    """The directory names one big entry many times: each alone looks harmless."""
    out = io.BytesIO(office(parts={"word/a.bin": bytes(range(256)) * 4000}, method=zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "a") as archive:
        archive.filelist += [archive.getinfo("word/a.bin")] * 3
        archive._didModify = True
    assert refusal("a.docx", out.getvalue())[0] == "zip_bomb"


def test_a_picture_of_too_many_points_is_refused_unread():
    head = bytearray(picture())
    struct.pack_into(">II", head, 16, 100_000, 100_000)
    struct.pack_into(">I", head, 29, zlib.crc32(bytes(head[12:29])))
    code, message = refusal("a.png", bytes(head))
    assert (code, "50 million" in message) == ("zip_bomb", True)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Hà\\đơn.pdf", "đơn.pdf"),
        ("Đơn Hòa.pdf", "Đơn Hòa.pdf"),  # NFD in, NFC out
        ("hoa\u202efdp.exe", "hoafdp.exe"),  # the true ending shows once the override is gone
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("  kế   hoạch\u00a0.pdf", "kế hoạch.pdf"),
        ('a<b>:"c".pdf', "a-b---c-.pdf"),
        (".pdf", ""),
        ("\u200b.pdf", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_names_are_cleaned(name, cleaned):
    assert clean_name(name) == cleaned


def test_a_long_name_is_shortened_before_its_ending():
    name = clean_name("đ" * 400 + ".docx")
    assert len(name) == MAX_LENGTH
    assert name.endswith("đ.docx")


@pytest.mark.parametrize("name", ["thu.exe.pdf", "trang.html.pdf", "a.docm.docx", "a.PHP.png"])
def test_a_program_behind_a_second_ending_is_refused(name):
    assert refusal(name, pdf())[0] == "name_bad"


@pytest.mark.parametrize("name", ["\u202e.pdf", "///", ". .pdf"])
def test_a_name_of_nothing_visible_is_refused(name):
    file = upload("x.pdf", pdf())
    file._name = name
    with pytest.raises(UploadRefused) as caught:
        check_upload(file, ALL)
    assert caught.value.code in ("name_bad", "type_not_allowed")


@given(st.text(max_size=300))
def test_whatever_the_name_it_comes_out_harmless(name):
    cleaned = clean_name(name)
    assert len(cleaned) <= MAX_LENGTH
    assert cleaned == clean_name(cleaned)
    assert not set(cleaned) & set('/\\<>:"|?*\x00\u202e\n')
    assert cleaned == cleaned.strip()
    if extension_of(cleaned).isascii():  # "ß" has no capital of its own
        assert extension_of(cleaned) == extension_of(cleaned.upper())


@given(st.binary(max_size=3000), st.sampled_from(["pdf", "docx", "xlsx", "jpg", "png"]))
def test_random_bytes_are_refused_in_words_never_by_an_accident(content, extension):
    heads = {
        "pdf": b"%PDF-",
        "docx": b"PK\x03\x04",
        "xlsx": b"PK\x05\x06",
        "jpg": b"\xff\xd8\xff",
        "png": b"\x89PNG",
    }
    for body in (content, heads[extension] + content, heads[extension] + content + b"PK\x05\x06" + content):
        try:
            check_upload(upload(f"a.{extension}", body), ALL)
        except UploadRefused as refused:
            assert str(refused)


def test_more_files_than_allowed_are_refused_with_both_numbers():
    check_file_count(3, ALL)
    with pytest.raises(UploadRefused) as caught, translation.override("en"):
        check_file_count(4, ALL)
    assert "4 files, at most 3" in str(caught.value)


def test_a_form_shows_the_refusal_at_its_field():
    class Form(forms.Form):
        paper = CheckedFileField(policy=ALL)

    good = Form(files={"paper": upload("a.pdf", pdf())})
    assert good.is_valid()
    assert good.cleaned_data["paper"].checked.extension == "pdf"
    assert Form().fields["paper"].widget.attrs["accept"] == ".docx,.jpg,.pdf,.png,.xlsx,.jpeg"
    with translation.override("en"):
        bad = Form(files={"paper": upload("a.pdf", b"no")})
        assert bad.errors["paper"][0].startswith("The file is named .pdf but its content is not")


def test_a_policy_above_the_limit_of_the_stream_is_a_programming_error():
    with pytest.raises(ValueError, match="UPLOAD_MAX_BYTES"):
        UploadPolicy(frozenset({"pdf"}), max_bytes=10**9)
    with pytest.raises(ValueError, match="svg"):
        UploadPolicy(frozenset({"svg"}), max_bytes=10)
