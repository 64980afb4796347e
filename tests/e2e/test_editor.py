"""From an editor's draft to the page everybody reads, by the editor's own screens."""

import pytest
from django.contrib.auth.models import Group

from people.models import User
from tests.portal.builders import article, news_index

from .conftest import PHONE

PASSWORD = "mật khẩu của ban biên tập"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.once,
    pytest.mark.usefixtures("portal_anew"),
]


@pytest.fixture
def desk():
    """A news list with one article; an editor and a publisher."""
    index = news_index()
    page = article("Tin đã đăng", "tin-da-dang", index, live=False, body=[("text", "<p>Cũ.</p>")])
    page.save_revision().publish()
    for role in ("editor", "publisher"):
        user = User.objects.create_user(role, password=PASSWORD)
        user.groups.add(Group.objects.get(name=role))
    return index


def save(page, choice):
    """Presses one of the acts that stand behind the arrow of the save button."""
    page.locator("footer [data-w-dropdown-target='toggle'], footer .w-dropdown__toggle").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name=choice).click()


def test_an_editor_writes_a_publisher_approves_and_the_public_reads_it_at_once(windows, desk):
    reader = windows("reader", size=PHONE, language="vi")
    for _twice in range(2):  # the list is kept in front of the portal by now
        reader.go("/tin-tuc/")
    editor = windows("editor", language="vi").sign_in("editor", PASSWORD)
    publisher = windows("publisher", language="vi").sign_in("publisher", PASSWORD)
    before = publisher.unread()

    page = editor.go(f"/quan-tri/pages/add/portal/articlepage/{desk.pk}/")
    assert page.locator("#id_published_on").input_value().count("/") == 2  # a day as it is written here
    page.locator("#id_title").fill("Đèn đường thắp sáng bằng nắng")
    page.locator("#id_author_line").fill("Phòng Văn hóa - Xã hội")
    page.locator("#id_source").fill("UBND phường")
    page.locator("#id_lead").fill("Mười hai cột đèn ở tổ dân phố số 5.")
    page.get_by_role("button", name="Chèn khối").first.click()
    page.get_by_role("option", name="Tiêu đề mục").click()
    page.locator("[name='body-0-value']").fill("Ở đâu")
    save(page, "Gửi duyệt theo “Quy trình duyệt bài”")
    assert "Đèn đường thắp sáng bằng nắng" in page.locator("[role=status]").first.inner_text()
    assert "Đèn đường" not in reader.go("/tin-tuc/").locator("main").inner_text()

    publisher.rings(before)
    page = publisher.go("/quan-tri/")
    page.get_by_role("link", name="Đèn đường thắp sáng bằng nắng").first.click()
    save(page, "Duyệt và đăng")
    titles = reader.go("/tin-tuc/").locator("main a.main").all_inner_texts()
    assert titles == [
        "Đèn đường thắp sáng bằng nắng",
        "Tin đã đăng",
    ]
    page = reader.go("/tin-tuc/den-duong-thap-sang-bang-nang/")
    assert page.locator("h1").inner_text() == "Đèn đường thắp sáng bằng nắng"
    assert page.locator("h2", has_text="Ở đâu").is_visible()
    reader.axe_clean()
