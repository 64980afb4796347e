"""A resident without an account enters a competition on a phone, with script and without: mailbox, personal
part, text, photo, team, consents, handing in, receipt. Each page is looked at by axe and fits 360 px."""

import re

import pytest

from competitions.models import Entry, EntryVersion, Invitation
from competitions.reference_data import load_reference_data
from notifications.models import OutboxMail
from tests.competitions import builders
from tests.competitions.entrants import last_code, picture

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
ADDRESS, FRIEND = "hoa@thu.example", "minh@thu.example"
TEXT = "Pin cũ đang bỏ chung rác. Đặt hộp thu ở nhà văn hóa, đổi 10 viên lấy một cây giống."


@pytest.fixture
def competition():
    load_reference_data()
    return builders.competition(
        title="Ý tưởng đổi mới sáng tạo 2026",
        min_age=16,
        ward_only=True,
        team_most=2,
        files_most=3,
        words_most=30,
    )


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, windows):
    language = "vi" if request.param else "en"
    window = windows("hoa", size=PHONE, language=language, java_script_enabled=request.param)
    window.has_script = request.param
    return window


def look(window):
    """No violation, nothing sticks out; both are found by script, so the other run only walks."""
    if window.has_script:
        window.axe_clean()
        window.fits()
    return window.page


def fill(window, **values):
    for name, value in values.items():
        window.page.locator(f"main [name='{name}']").fill(value)


def press(window, selector="main form button.btn-primary"):
    window.press(selector)
    return look(window)


def prove(window, address):
    look(window)
    fill(window, email=address)
    page = press(window)
    assert page.locator("[name=code]").get_attribute("inputmode") == "numeric"
    fill(window, code="000000" if last_code(address) != "000000" else "111111")
    press(window)  # a wrong one first
    assert page.locator("[role=alert]").count() == 1
    fill(window, code=last_code(address))
    return press(window)


def test_a_resident_enters_on_a_phone(phone, windows, competition):
    page = phone.go(f"/cuoc-thi/{competition.slug}/du-thi/")
    assert "/cuoc-thi/ma/" in page.url
    prove(phone, ADDRESS)
    about(phone)
    entry = Entry.objects.get()
    write(phone, entry)
    page.locator("[name=files]").set_input_files(
        {"name": "hop-thu.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(600, 400)).read()}
    )
    press(phone, "main button[name=then][value=stay]")
    caption = page.locator("[name^=caption-]")
    caption.fill("Hộp thu pin ở nhà văn hóa tổ 3")
    press(phone)
    fill(phone, full_name="Đỗ Văn Minh", email=FRIEND)
    press(phone, "#buoc button")
    friend_joins(windows, phone.has_script)
    phone.page.reload()
    press(phone, "main .actions a.btn-primary")
    assert page.locator("main input[type=checkbox]:checked").count() == 0
    page.locator("main input[type=checkbox]").first.check()
    press(phone)
    assert TEXT in page.locator("main").inner_text()
    press(phone)
    receipt(phone, entry)
    mine(phone, entry)


def about(phone):
    """One mistake first, said at its field; then the answers."""
    fill(phone, full_name="Nguyễn Thị Hoa", birth_date="01/01/2020", place="Tổ dân phố 3")
    page = press(phone)
    assert page.locator("#id_birth_date_error").is_visible()
    fill(phone, birth_date="02/03/1990")
    press(phone)


def write(phone, entry):
    page = phone.page
    fill(phone, title="Góc đổi pin ở nhà văn hóa", text=TEXT)
    if phone.has_script:
        page.locator("[name=text]").press("End")
        assert "20 từ" in page.locator("[data-word-count]").inner_text()
        phone.until(lambda: Entry.objects.get(pk=entry.pk).text == TEXT, "not saved by itself")
        phone.until(lambda: page.locator("[data-kept]").inner_text(), "nothing says it was saved")
    press(phone)
    assert Entry.objects.get(pk=entry.pk).text == TEXT


def friend_joins(windows, has_script):
    """On another phone, from the link in the letter."""
    friend = windows("minh", size=PHONE, java_script_enabled=has_script)
    friend.has_script = has_script
    letter = OutboxMail.objects.get(to=FRIEND)
    page = friend.go(re.search(r"/cuoc-thi/bai-cua-toi/loi-moi/\d+/", letter.body)[0])
    prove(friend, FRIEND)
    assert "Nguyễn Thị Hoa" in page.locator("main").inner_text()
    fill(friend, full_name="Đỗ Văn Minh", birth_date="05/05/2005", place="Tổ dân phố 4")
    page.locator("main input[type=checkbox]").first.check()
    press(friend, "main .actions button.btn-primary")
    assert Invitation.objects.get().answer == "accepted"


def receipt(phone, entry):
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.state == "submitted"
    told = phone.page.locator("main").inner_text()
    version = EntryVersion.objects.get()
    assert entry.code in told and version.sha256 in told
    assert "Nguyễn Thị Hoa, Đỗ Văn Minh" in told
    assert phone.page.locator("[data-print]").is_visible() == phone.has_script
    letter = OutboxMail.objects.filter(to=ADDRESS).order_by("-pk").first()
    assert entry.code in letter.body


def mine(phone, entry):
    """The entry's page, the list, the way out of the device."""
    page = press(phone, "main a.btn-primary")
    assert f"/cuoc-thi/bai-cua-toi/{entry.pk}/" in page.url
    phone.go("/cuoc-thi/bai-cua-toi/")
    look(phone)
    press(phone, "main form[action='/cuoc-thi/ma/quen/'] button")
    phone.go("/cuoc-thi/bai-cua-toi/")
    assert "/cuoc-thi/ma/" in page.url


def test_two_tabs_and_a_lost_session_lose_nothing(windows, competition):
    """The first tab saves by itself; the second is told, sees both versions and chooses; then the session
    ends in mid-form and what was typed comes back."""
    person = builders.participant(ADDRESS, full_name="Nguyễn Thị Hoa")
    entry = builders.entry(competition, person, title="Tên", text="Chữ cũ.")
    phone = windows("hoa", size=PHONE)
    phone.has_script = True
    way = f"/cuoc-thi/bai-cua-toi/{entry.pk}/noi-dung/"
    phone.go(way)
    prove(phone, ADDRESS)
    other = phone.context.new_page()
    other.goto(way)
    fill(phone, text="Bản của tab một.")
    phone.until(lambda: Entry.objects.get().text == "Bản của tab một.")
    other.locator("[name=text]").fill("Bản của tab hai.")
    phone.until(lambda: other.locator("[data-conflict]").is_visible(), "the second tab was not told")
    with other.expect_navigation():
        other.locator("[data-conflict] button").click()
    phone.page.close()
    phone.page = other
    look(phone)
    other.locator("[value=mine][name^=choice]").check()
    press(phone, "main form .actions button.btn-primary")
    assert Entry.objects.get().text == "Bản của tab hai."
    phone.go(way)
    phone.context.clear_cookies(name="sessionid")
    fill(phone, text="Gõ khi phiên đã hết.")
    phone.until(lambda: other.locator("[data-expired]").is_visible(), "the end of the session was not told")
    look(phone)
    phone.press("[data-expired] a")
    prove(phone, ADDRESS)
    look(phone)
    other.locator("[data-put-back]").click()
    phone.until(lambda: other.locator("[name=text]").input_value() == "Gõ khi phiên đã hết.")
    phone.until(lambda: Entry.objects.get().text == "Gõ khi phiên đã hết.", "it was not saved afterwards")
