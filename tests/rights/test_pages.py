"""The pages: as many queries for thirty rows as for one, refusals in words, nothing typed lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rights import codes, identity, log
from rights.guard import BOX
from rights.models import DataCopy, RequestState, RightsRequest
from tests.people.builders import account, staff, unit

from .builders import do, fresh, officer, sent

pytestmark = pytest.mark.django_db


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.fixture
def baove(client):
    user = officer()
    client.force_login(user)
    return user


def old_stamp():
    import time

    return BOX.new_stamp(time.time() - 60)


def letter(**values):
    return {
        "kind": "delete",
        "text": "Xóa mọi dữ liệu",
        "name": "Người Gửi",
        "email": "gui@thu.example",
        "stamp": old_stamp(),
        "website": "",
    } | values


@pytest.mark.parametrize("address", ["/quyen-du-lieu/so/", "/quyen-du-lieu/so/excel/"])
def test_the_register_costs_the_same_for_one_and_for_thirty(client, baove, address):
    sent(key="1", now=timezone.now())
    client.get(address)
    one = queries(client, address)
    for number in range(2, 31):
        sent(key=str(number), now=timezone.now())
    assert queries(client, address) == one


def test_one_s_own_page_costs_the_same_for_one_and_for_fifteen(client):
    user = account("canbo")
    client.force_login(user)
    sent(key="1", user=user, now=timezone.now())
    client.get("/quyen-du-lieu/cua-toi/")
    one = queries(client, "/quyen-du-lieu/cua-toi/")
    for number in range(2, 16):
        sent(key=str(number), user=user, now=timezone.now())
    assert queries(client, "/quyen-du-lieu/cua-toi/") == one


def test_the_preview_costs_the_same_for_one_leave_and_for_thirty(client, baove):
    from datetime import date, timedelta

    from people.models import Leave

    now = timezone.now()
    person = staff("HD-0101", in_unit=unit())
    request = sent(now=now)
    do("identify", request, baove, "Căn cước", staff_code="HD-0101", now=now)
    do("answer", request, baove, "Phường đã nhận.", now=now)
    address = f"/quyen-du-lieu/so/{request.number}/xoa/"
    Leave.objects.create(staff=person, start_on=date(2020, 1, 1))
    client.get(address)
    one = queries(client, address)
    for number in range(1, 30):
        Leave.objects.create(staff=person, start_on=date(2020, 1, 1) + timedelta(days=number))
    assert queries(client, address) == one


def test_a_resident_sends_it_without_an_account_and_gets_the_code(client):
    response = client.post("/quyen-du-lieu/gui/", letter())
    made = RightsRequest.objects.get()
    assert response.url == f"/quyen-du-lieu/theo-doi/{codes.shown(made.code)}/ma/"
    assert (made.kind, made.user, made.identity) == ("delete", None, "")
    assert client.get(response.url).status_code == 200


def test_signed_in_nothing_of_the_person_is_asked_and_none_is_taken(client):
    user = account("canbo")
    client.force_login(user)
    page = client.get("/quyen-du-lieu/gui/").content.decode()
    assert 'name="email"' not in page
    client.post("/quyen-du-lieu/gui/", letter(name="Ai khác", email="khac@thu.example"))
    made = RightsRequest.objects.get()
    assert (made.user, made.identity, made.name, made.email) == (user, "account", "", "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "correct", "text": ""}, "text"),
        ({"name": ""}, "name"),
        ({"email": "khong-phai"}, "email"),
        ({"phone": "abc"}, "phone"),
        ({"letter_code": "YT-AAAA-AAAA-AAAA-AAAA"}, "letter_code"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(client, values, field):
    response = client.post("/quyen-du-lieu/gui/", letter(**values))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert values.get("text", "Xóa mọi dữ liệu") in response.content.decode()
    assert not RightsRequest.objects.exists()


def test_a_program_is_refused_in_words(client):
    assert client.post("/quyen-du-lieu/gui/", letter(website="x")).status_code == 422
    assert client.post("/quyen-du-lieu/gui/", letter(stamp=BOX.new_stamp())).status_code == 422
    for number in range(10):
        client.post("/quyen-du-lieu/gui/", letter(text=f"Lần {number}"))
    response = client.post("/quyen-du-lieu/gui/", letter(text="Lần nữa"))
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"


def test_opening_the_mailbox_link_proves_nothing_its_button_does(client):
    request = sent(now=timezone.now())
    link = identity.mailbox_link(request)
    assert client.get(link).status_code == 200
    assert fresh(request).identity == ""
    assert client.post(link).status_code == 302
    assert fresh(request).identity == "mailbox"


def test_the_page_of_a_code_shows_no_name_no_address_and_no_words_of_the_sender(client):
    request = sent(phone="0912 345 678", now=timezone.now())
    response = client.get(f"/quyen-du-lieu/theo-doi/{codes.shown(request.code)}/")
    text = response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    for words in ("Người Gửi 8120", "gui.8120", "0912 345 678", "Mọi dữ liệu về tôi"):
        assert words not in text


def test_the_officer_s_steps_are_taken_on_their_pages(client, baove):
    request = sent("correct", now=timezone.now())
    address = f"/quyen-du-lieu/so/{request.number}/"
    for slug, values in (
        ("tra-loi", {"text": "Phường đã nhận."}),
        ("hoi-them", {"text": "Sửa thành gì?"}),
        ("doi-chieu", {"note": "Căn cước"}),
        ("gia-han", {"reason": "Cần hỏi nơi cấp."}),
        ("xong", {"text": "Đã sửa."}),
    ):
        assert client.get(f"{address}{slug}/").status_code == 200, slug
        assert client.post(f"{address}{slug}/", {"seen": log.last_seen(request)}).status_code == 422, slug
        response = client.post(f"{address}{slug}/", values | {"seen": log.last_seen(request)})
        assert response.status_code == 302, slug
        assert client.get(address).status_code == 200
    assert fresh(request).state == RequestState.DONE


def test_a_page_that_grew_old_is_shown_again_with_what_was_typed(client, baove):
    request = sent(now=timezone.now())
    seen = log.last_seen(request)
    do("identify", request, baove, "Căn cước", now=timezone.now())
    address = f"/quyen-du-lieu/so/{request.number}/tra-loi/"
    response = client.post(address, {"text": "Phường đã nhận.", "seen": seen})
    assert response.status_code == 409
    assert "Phường đã nhận." in response.content.decode()
    again = response.context["form"].data
    assert client.post(address, {"text": again["text"], "seen": again["seen"]}).status_code == 302


def test_the_officer_erases_from_the_preview(client, baove):
    now = timezone.now()
    person = staff("HD-0101", "Lê Thị Cũ")
    person.spells.update(end_before="2026-01-01")
    request = sent(now=now)
    do("identify", request, baove, "Căn cước", staff_code="HD-0101", now=now)
    do("answer", request, baove, "Phường đã nhận.", now=now)
    address = f"/quyen-du-lieu/so/{request.number}/xoa/"
    page = client.get(address)
    assert person.full_name == type(person).objects.get(pk=person.pk).full_name
    form = page.context["form"]
    values = {"text": "Đã xóa.", "seen": form["seen"].value(), "plan": form["plan"].value()}
    assert client.post(address, values).status_code == 422  # the box was not ticked
    stale = client.post(address, values | {"plan": "khac", "sure": "on"})
    assert stale.status_code == 409
    assert client.post(address, values | {"sure": "on"}).status_code == 302
    assert "đã xóa" in type(person).objects.get(pk=person.pk).full_name


def test_the_register_of_processing_is_read_by_everybody_and_taken_as_excel_by_the_officer(client, baove):
    public = client.get("/quyen-du-lieu/hoat-dong/").content.decode()
    full = client.get("/quyen-du-lieu/hoat-dong/so/")
    assert full.status_code == 200
    from trust.processing import activities

    assert all(f'id="{one.code.replace(".", "")}"' in public for one in activities())
    book = client.get("/quyen-du-lieu/hoat-dong/so/excel/")
    assert book.content.startswith(b"PK")


def test_a_breach_goes_through_its_pages(client, baove):
    now = timezone.localtime()
    values = {"found_at": f"{now:%H:%M %d/%m/%Y}", "what": "Mất máy", "data": "Sổ nhân sự"}
    response = client.post("/quyen-du-lieu/su-co/moi/", values)
    assert response.status_code == 302
    address = response.url
    assert client.get(address).status_code == 200
    for step, given in (
        ("sua", values | {"people": "12", "version": "0"}),
        ("bao", {"at": f"{now:%H:%M %d/%m/%Y}", "paper": "12/TB", "version": "1"}),
        ("dong", {"measures": "Đã khóa máy", "version": "2"}),
    ):
        assert client.get(f"{address}{step}/").status_code == 200
        assert client.post(f"{address}{step}/", given).status_code == 302, step
    assert client.post(f"{address}sua/", values | {"version": "3"}).status_code == 422


def test_a_copy_is_asked_for_by_a_button_once(client):
    client.force_login(account("canbo"))
    for _press in range(2):
        assert client.post("/quyen-du-lieu/cua-toi/ban-sao/").status_code == 302
    assert DataCopy.objects.count() == 1
