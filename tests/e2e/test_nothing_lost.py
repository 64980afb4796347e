"""Nothing typed into a dossier is lost: the session ends, somebody else signs in, the network goes, the tab
is closed, two people write in one draft. At the end of each, every character typed is stored or on screen."""

import pytest

from ideas import workflow
from ideas.models import Initiative
from tests.ideas import builders
from tests.people.test_sign_in import code_of, with_totp

from .conftest import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
LONG = "Chữ dài có dấu: ặ ễ ợ ự ỹ Đ đ. " * 200
DIALOG = "dialog[data-sign-in]"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward):
    return builders.draft(ward)


def stored(dossier, name):
    return Initiative.objects.values_list(name, flat=True).get(pk=dossier.pk)


def step(dossier, number):
    return f"{dossier.get_absolute_url()}sua/{number}/"


def at_step(windows, dossier, number=4, username="tacgia", **more):
    window = windows(username, **more).sign_in(username, builders.PASSWORD)
    window.go(step(dossier, number))
    return window


def write(window, **values):
    for name, value in values.items():
        window.page.locator(f"form#buoc [name='{name}']").fill(value)


def is_stored(window, dossier, name, text):
    window.until(lambda: stored(dossier, name) == text.strip(), f"{name} is not stored")


def sees(window, selector):
    window.until(lambda: window.page.locator(selector).is_visible(), f"{selector} did not show")
    return window.page.locator(selector)


def copies(window):
    """What this browser keeps, as it stands in its storage."""
    return window.page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('giu:'))")


def nothing_kept(window):
    window.until(lambda: not copies(window), "a copy stayed behind")


def end_session(window):
    window.context.clear_cookies(name="sessionid")


def sign_in_beside(window, username, opener=f"{DIALOG} [data-when=nobody] a"):
    """In the tab the dialog opens; the form's own tab is not touched."""
    with window.context.expect_page() as opened:
        window.page.locator(opener).click()
    tab = opened.value
    if "/logout/" in tab.url:
        tab.locator("main form button.btn-primary").click()
    tab.locator("#id_login").fill(username)
    tab.locator("#id_password").fill(builders.PASSWORD)
    tab.locator("#id_password").press("Enter")
    return tab


# ---- the session ends


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_session_ends_while_typing_and_the_form_goes_on_after_sign_in(windows, dossier, size):
    author = at_step(windows, dossier, **({"size": size} if size else {}))
    write(author, novelty="Trước khi hết phiên.")
    is_stored(author, dossier, "novelty", "Trước khi hết phiên.")
    end_session(author)
    write(author, novelty="Sau khi hết phiên.", description=LONG)
    sees(author, DIALOG)
    author.axe_clean()
    author.fits()
    assert author.page.locator("[name=description]").input_value() == LONG
    assert stored(dossier, "novelty") == "Trước khi hết phiên."
    assert len(copies(author)) == 1
    assert "hết phiên" not in str(copies(author))  # sealed: nobody reads it off the machine
    sign_in_beside(author, "tacgia")
    is_stored(author, dossier, "description", LONG)
    assert stored(dossier, "novelty") == "Sau khi hết phiên."
    author.until(lambda: not author.page.locator(DIALOG).is_visible())
    nothing_kept(author)
    author.axe_clean()


def test_what_was_pressed_when_the_session_had_ended_is_done_after_sign_in(windows, dossier):
    """Also the files chosen: they would not survive the way through a sign-in page."""
    author = at_step(windows, dossier, 6)
    evidence = {"name": "so-lieu.pdf", "mimeType": "application/pdf", "buffer": builders.PDF}
    author.page.locator("[name=files]").set_input_files(evidence)
    end_session(author)
    author.page.locator("form#buoc .actions button.btn-primary").click()
    sees(author, DIALOG)
    sign_in_beside(author, "tacgia")
    author.page.wait_for_url(f"**{step(dossier, 7)}*")
    assert dossier.attachments.filter(name="so-lieu.pdf").exists()


def test_later_goes_on_writing_and_sends_nothing_by_itself(windows, dossier):
    author = at_step(windows, dossier)
    end_session(author)
    write(author, novelty="Một")
    author.page.locator("form#buoc .actions button.btn-primary").click()
    sees(author, DIALOG)
    author.page.locator(f"{DIALOG} [data-closes]:visible").click()
    write(author, novelty="Một hai")
    author.axe_clean()
    sees(author, "[data-expired]")
    author.page.locator("[data-sign-in-again]").click()
    sees(author, DIALOG)
    sign_in_beside(author, "tacgia")
    is_stored(author, dossier, "novelty", "Một hai")
    assert author.page.url.endswith(step(dossier, 4))


def test_a_second_factor_is_asked_beside_the_form_as_anywhere(windows, dossier, ward):
    author = at_step(windows, dossier)
    secret = with_totp(ward.tacgia)
    end_session(author)
    write(author, novelty="Sau hai bước đăng nhập.")
    sees(author, DIALOG)
    tab = sign_in_beside(author, "tacgia")
    tab.wait_for_url("**/2fa/authenticate/**")
    assert stored(dossier, "novelty") == dossier.novelty  # the password alone is no sign-in
    assert author.page.locator(DIALOG).is_visible()
    tab.locator("main [name=code]").fill(code_of(secret))
    tab.locator("main [name=code]").press("Enter")
    is_stored(author, dossier, "novelty", "Sau hai bước đăng nhập.")


def test_another_person_who_signs_in_gets_nothing_of_it(windows, dossier):
    """The other one is a co-author: access alone would let them write in this very draft."""
    author = at_step(windows, dossier)
    end_session(author)
    write(author, novelty="Chỉ của tác giả chính.")
    sees(author, DIALOG)
    sign_in_beside(author, "dongtacgia")
    sees(author, f"{DIALOG} [data-when=other]")
    author.axe_clean()
    assert not author.page.locator("[name=novelty]").is_visible()
    beside = author.context.new_page()
    beside.goto(step(dossier, 4))
    author.page.wait_for_timeout(500)
    assert not beside.locator("[data-restored]").is_visible()
    assert "Chỉ của tác giả chính" not in beside.content()
    beside.close()
    assert stored(dossier, "novelty") == dossier.novelty
    sign_in_beside(author, "tacgia", f"{DIALOG} [data-when=other] a.btn-primary")
    is_stored(author, dossier, "novelty", "Chỉ của tác giả chính.")
    assert author.page.locator("[name=novelty]").input_value() == "Chỉ của tác giả chính."
    assert Initiative.objects.get(pk=dossier.pk).edited_by.username == "tacgia"


def test_without_script_what_was_sent_signed_out_comes_back(windows, dossier):
    author = at_step(windows, dossier, java_script_enabled=False)
    end_session(author)
    write(author, novelty=LONG)
    author.press("form#buoc .actions button.btn-primary")
    author.fill_sign_in("tacgia", builders.PASSWORD)
    author.page.wait_for_url(f"**{step(dossier, 4)}")
    assert author.page.locator("[name=novelty]").input_value().strip() == LONG.strip()
    author.press("form#buoc .actions button.btn-primary")
    assert stored(dossier, "novelty") == LONG.strip()


# ---- the network goes, the tab is closed


def test_without_network_it_is_kept_and_saved_once_it_is_back(windows, dossier):
    author = at_step(windows, dossier)
    author.context.set_offline(True)
    write(author, novelty="Gõ khi mất mạng.")
    sees(author, "[data-offline]")
    author.until(lambda: "kept on this computer" in author.page.locator("[data-kept]").first.inner_text())
    author.axe_clean()
    author.page.locator("form#buoc .actions button.btn-primary").click()  # goes nowhere, loses nothing
    author.page.wait_for_timeout(500)
    assert author.page.locator("[name=novelty]").input_value() == "Gõ khi mất mạng."
    assert len(copies(author)) == 1
    author.context.set_offline(False)
    is_stored(author, dossier, "novelty", "Gõ khi mất mạng.")
    sees(author, "[data-online]")
    nothing_kept(author)


def test_a_closed_tab_is_offered_not_forced_at_the_next_opening(windows, dossier):
    author = at_step(windows, dossier)
    author.context.set_offline(True)
    write(author, novelty="Đóng thẻ giữa chừng.", conditions="Hai máy tính.")
    author.until(lambda: copies(author))
    author.page.wait_for_timeout(300)
    author.page.close()
    author.context.set_offline(False)
    author.page = author.context.new_page()
    author.go(step(dossier, 1))  # another step points there
    sees(author, "[data-other-steps]")
    author.press("[data-other-steps] a")
    box = sees(author, "[data-restored]")
    assert author.page.locator("[name=novelty]").input_value() == dossier.novelty
    box.locator("summary").click()
    assert "Đóng thẻ giữa chừng." in box.inner_text()
    author.axe_clean()
    write(author, conditions="Gõ đè lên.")
    box.locator("[data-put-back]").click()
    assert author.page.locator("[name=novelty]").input_value() == "Đóng thẻ giữa chừng."
    assert author.page.locator("[name=conditions]").input_value() == "Gõ đè lên."
    assert "Hai máy tính." in box.inner_text()  # not put over what was typed since, and not lost
    is_stored(author, dossier, "novelty", "Đóng thẻ giữa chừng.")
    is_stored(author, dossier, "conditions", "Gõ đè lên.")
    box.locator("[data-drop]").click()
    nothing_kept(author)


def test_a_copy_left_on_a_shared_computer_waits_for_its_writer(windows, dossier):
    author = at_step(windows, dossier)
    author.context.set_offline(True)
    write(author, novelty="Của tác giả chính.")
    author.until(lambda: copies(author))
    author.page.wait_for_timeout(300)
    author.page.close()
    author.context.set_offline(False)
    author.page = author.context.new_page()
    author.sign_in("dongtacgia", builders.PASSWORD)
    author.go(step(dossier, 4))
    author.page.wait_for_timeout(500)
    assert not author.page.locator("[data-restored]").is_visible()
    write(author, applicability="Của đồng tác giả.")
    is_stored(author, dossier, "applicability", "Của đồng tác giả.")
    author.sign_in("tacgia", builders.PASSWORD)
    author.go(step(dossier, 4))
    sees(author, "[data-restored]").locator("[data-put-back]").click()
    is_stored(author, dossier, "novelty", "Của tác giả chính.")
    assert stored(dossier, "applicability") == "Của đồng tác giả."


def test_two_tabs_of_one_person_keep_a_copy_each(windows, dossier):
    author = at_step(windows, dossier)
    other = author.context.new_page()
    other.goto(step(dossier, 4))
    author.context.set_offline(True)
    write(author, novelty="Từ thẻ một.")
    other.locator("[name=conditions]").fill("Từ thẻ hai.")
    author.until(lambda: len(copies(author)) == 2)
    author.page.wait_for_timeout(300)
    other.close()
    author.page.close()
    author.context.set_offline(False)
    author.page = author.context.new_page()
    author.go(step(dossier, 4))
    box = sees(author, "[data-restored]")
    assert box.locator("[data-put-back]").count() == 2
    for _ in range(2):
        box.locator("[data-put-back]:visible").first.click()
        author.page.wait_for_timeout(300)
    is_stored(author, dossier, "novelty", "Từ thẻ một.")
    is_stored(author, dossier, "conditions", "Từ thẻ hai.")
    nothing_kept(author)


# ---- two editors


def test_two_authors_in_one_field_see_both_versions_and_lose_neither(windows, dossier):
    main, other = at_step(windows, dossier), at_step(windows, dossier, username="dongtacgia")
    write(other, novelty="Bản của đồng tác giả.", applicability="Chỉ đồng tác giả sửa.")
    is_stored(other, dossier, "novelty", "Bản của đồng tác giả.")
    write(main, novelty="Bản của tác giả chính.", conditions="Chỉ tác giả chính sửa.")
    sees(main, "[data-conflict]")
    main.axe_clean()
    assert stored(dossier, "novelty") == "Bản của đồng tác giả."
    assert stored(dossier, "applicability") == "Chỉ đồng tác giả sửa."
    main.press("[data-conflict] button")
    page = main.page
    text = page.locator("main").inner_text()
    for words in ("Bản của đồng tác giả.", "Bản của tác giả chính."):
        assert words in text
    assert not page.locator("[type=radio]:checked").count()
    main.axe_clean()
    main.fits()
    page.locator("[value=mine]").first.check()
    main.press("main form .actions button.btn-primary")
    assert stored(dossier, "novelty") == "Bản của tác giả chính."
    assert stored(dossier, "conditions") == "Chỉ tác giả chính sửa."
    assert stored(dossier, "applicability") == "Chỉ đồng tác giả sửa."
    assert page.locator("[name=novelty]").input_value() == "Bản của tác giả chính."
    nothing_kept(main)
    # The other one goes on, in another field: merged without a word.
    write(other, prior_state="Đồng tác giả viết tiếp.")
    is_stored(other, dossier, "prior_state", "Đồng tác giả viết tiếp.")
    assert stored(dossier, "novelty") == "Bản của tác giả chính."


def test_the_page_closed_on_a_conflict_still_offers_ones_own_version(windows, dossier):
    main, other = at_step(windows, dossier), at_step(windows, dossier, username="dongtacgia")
    write(other, novelty="Bản đã lưu.")
    is_stored(other, dossier, "novelty", "Bản đã lưu.")
    write(main, novelty="Bản chưa chọn.")
    sees(main, "[data-conflict]")
    main.press("[data-conflict] button")
    main.page.close()
    main.page = main.context.new_page()
    main.go(step(dossier, 4))
    box = sees(main, "[data-restored]")
    assert main.page.locator("[name=novelty]").input_value() == "Bản đã lưu."
    box.locator("[data-put-back]").click()
    sees(main, "[data-conflict]")  # put back against the version it was typed over: a choice, no overwriting
    assert stored(dossier, "novelty") == "Bản đã lưu."
    assert main.page.locator("[name=novelty]").input_value() == "Bản chưa chọn."


def test_what_is_missing_follows_what_is_typed(windows, ward):
    author = windows("tacgia").sign_in("tacgia", builders.PASSWORD)
    empty = builders.start_dossier(ward.tacgia, "Bảng màu")
    author.go(step(empty, 4))
    aside = author.page.locator("[data-progress]")
    assert "1 of 6 parts complete" in aside.inner_text()
    line = aside.locator("a[href$='#id_novelty']")
    assert line.count() == 1
    write(
        author,
        prior_state="Trước",
        description="Là gì",
        novelty="Mới",
        applicability="Ở đâu",
        conditions="Gì",
    )
    author.until(lambda: line.count() == 0, "the list did not follow")
    author.until(lambda: "2 of 6 parts complete" in aside.inner_text())
    author.axe_clean()
    aside.locator("a[href$='#id_problem']").click()
    author.page.wait_for_url("**/sua/1/**")
    assert author.page.locator("#id_problem").is_visible()


# ---- what a resubmission changed


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_member_reads_beside_the_sheet_what_changed_since_version_one(windows, ward, size):
    back = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu số liệu.")
    builders.fill_form(back, novelty="Ba bộ phận cùng nhìn hai bảng, ai cũng thấy việc của mình.")
    again = workflow.move(builders.fresh(back), "resubmit", ward.tacgia)
    Initiative.objects.filter(pk=again.pk).update(formality_checklist=dict.fromkeys(builders.CHECKLIST, True))
    accepted = workflow.move(builders.fresh(again), "accept", ward.thuky)
    scored = workflow.move(accepted, "start_evaluation", ward.thuky)
    builders.declare_all(scored)
    member = windows("hoidong1", **({"size": size} if size else {})).sign_in("hoidong1", builders.PASSWORD)
    page = member.go(scored.sheets.get(staff=ward.hoidong1.staff).get_absolute_url())
    member.press("a[href*='/thay-doi/?tu=1']")
    assert page.locator(".prose.diff ins").inner_text().split() == ["[added:", "hai", "end", "of", "added]"]
    assert "một" in page.locator(".prose.diff del").inner_text()
    member.axe_clean()
    member.fits()
