"""Builders of entries, through the very door the pages use."""

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image

from people.models import Unit
from plan.books import book_at, writing
from plan.books.access import Rights
from plan.books.book import FILES
from plan.groups import residential
from trust.uploads import check_upload


def today():
    return timezone.localdate()


def day(delta=0):
    return f"{today() + timedelta(days=delta):%d/%m/%Y}"


def a_group(user, name="Tổ dân phố số 1"):
    return residential.write(name, user)


def enter(slug, user, files=(), entry=None, **values):
    """An entry of a book, written by its form as `user`; AssertionError with what is wrong."""
    form = form_of(slug, user, files, entry, **values)
    assert form.is_valid(), form.errors.as_json()
    return writing.write(form, user)


def form_of(slug, user, files=(), entry=None, **values):
    book = book_at(slug)
    data = MultiValueDict(
        {name: value if isinstance(value, list) else [str(value)] for name, value in values.items()}
    )
    if entry is not None:
        data.setlist("seen", [str(entry.edit_version)])
    more = {"instance": entry} if entry is not None else {}
    sent = MultiValueDict({"files": list(files)}) if files else None
    return book.form(data, sent, book=book, rights=Rights(user), **more)


def club_values(unit, **more):
    return {"unit": unit.pk, "title": "CLB Đổi mới sáng tạo số 1", "start_on": day(-100)} | more


def activity_values(group, **more):
    return {"group": group.pk, "title": "Hướng dẫn VNeID", "held_on": day(-10), "people": "25"} | more


def session_values(unit, **more):
    return {
        "unit": unit.pk,
        "title": "Kỹ năng số cho người cao tuổi",
        "kind": "training",
        "topic": "skills",
        "held_on": day(-5),
        "starts_at": "08:00",
        "ends_at": "10:30",
        "place": "Nhà văn hóa số 1",
        "people": "40",
    } | more


def campaign_values(unit, **more):
    return {
        "unit": unit.pk,
        "title": "Tháng kỹ năng số",
        "topic": "skills",
        "start_on": day(-20),
        "last_day": day(20),
    } | more


def officer_values(staff, **more):
    return {
        "staff_code": staff.staff_code,
        "fields_of": ["digital", "innovation"],
        "is_dedicated": "yes",
        "decision_number": "12/QĐ-UBND",
        "decided_on": day(-30),
        "start_on": day(-29),
        "review_on": day(200),
    } | more


def publicity_values(unit, **more):
    return {
        "unit": unit.pk,
        "title": "Bài phát thanh về VNeID",
        "channel": "radio",
        "on": day(-1),
        "time": "06:30",
    } | more


def showcase_values(unit, **more):
    return {"unit": unit.pk, "title": "Chợ không tiền mặt", "text": "Mọi sạp hàng có mã QR."} | more


def a_photo(name="anh.jpg", size=(400, 300), gps=True):
    """A JPEG as a phone makes it, with where it was taken."""
    out = BytesIO()
    picture, exif = Image.new("RGB", size, "teal"), Image.Exif()
    if gps:
        exif[0x8825] = {1: "N", 2: (20.0, 49.0, 12.0)}
        exif[0x0110] = "Phone 7731"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def a_pdf(name="ban-ky.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n", "application/pdf")


def checked(file):
    return check_upload(file, FILES)


def opened(client, address):
    """The answer of a file that opens, read to its end."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    answer.content_read = b"".join(answer.streaming_content)
    return answer


def units(*codes):
    return {code: Unit.objects.get(code=code) for code in codes}
