"""A competition from its blueprint to the page everybody reads, by its people's own screens."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from competitions.models import CompetitionPage
from people.models import User
from portal.tree import ensure_site
from scoring.models import load_rubrics

from .conftest import PHONE

PASSWORD = "mật khẩu của ban tổ chức"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.once,
    pytest.mark.usefixtures("portal_anew"),
]


@pytest.fixture
def desk():
    """An organiser, a publisher, three judges."""
    from competitions.models import EntryRubric

    ensure_site()
    load_rubrics(EntryRubric)
    for username, role in (
        ("tochuc", "organiser"),
        ("duyetbai", "publisher"),
        *((f"gk{n}", "judge") for n in "123"),
    ):
        user = User.objects.create_user(
            username, f"{username}@hungdao.example", PASSWORD, first_name=username
        )
        user.groups.add(Group.objects.get_or_create(name=role)[0])


def save(page, choice):
    page.locator("footer [data-w-dropdown-target='toggle'], footer .w-dropdown__toggle").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name=choice).click()


def test_made_from_a_blueprint_completed_approved_and_read_by_everybody(windows, desk):
    organiser = windows("tochuc", language="en").sign_in("tochuc", PASSWORD)
    publisher = windows("duyetbai", language="vi").sign_in("duyetbai", PASSWORD)
    before = publisher.unread()

    # Made: the kind, a title, the dates as proposed.
    page = organiser.go("/cuoc-thi/to-chuc/")
    organiser.axe_clean()
    bar = page.locator("nav.mainnav")
    assert bar.bounding_box()["height"] < 70, "the bar takes a second line"
    organiser.press("a:has-text('New competition')")
    organiser.axe_clean()
    organiser.press("main a:has-text('Ideas')")
    organiser.axe_clean()
    page.locator("#id_title").fill("Ý tưởng đổi mới sáng tạo 2027")
    page.locator("[name='entry-closes_at']").fill("32/13/2027 17:00")
    organiser.press("button:has-text('Make the draft')")
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("#id_title").input_value() == "Ý tưởng đổi mới sáng tạo 2027"
    organiser.axe_clean()
    closes = timezone.localtime() + timezone.timedelta(days=40)
    page.locator("[name='entry-closes_at']").fill(f"{closes:%d/%m/%Y} 17:00")
    organiser.press("button:has-text('Make the draft')")
    competition = CompetitionPage.objects.get()
    assert page.url.endswith(f"/cuoc-thi/to-chuc/{competition.code}/")
    organiser.axe_clean()

    # What is missing is named and leads to where it is mended: the jury.
    organiser.press("section:has-text('What comes next') a.btn-primary")
    organiser.axe_clean()
    for name in ("gk1", "gk2", "gk3"):
        page.locator("#id_judge-account").select_option(label=f"{name} ({name})")
        organiser.press("button:has-text('Appoint as judge')")
    assert page.locator("li:has-text('gk')").count() == 3

    # One article written anew, the prizes looked at.
    organiser.go(f"/cuoc-thi/to-chuc/{competition.code}/the-le/")
    organiser.axe_clean()
    page.locator("[name='article-muc-dich']").fill("Tìm cách làm mới cho chợ Hưng Đạo.")
    organiser.press("main form.panel button.btn-primary")
    for path in ("thong-tin", "dieu-kien", "thoi-gian", "giai-thuong", "ty-le"):
        organiser.go(f"/cuoc-thi/to-chuc/{competition.code}/{path}/")
        organiser.axe_clean()
    phone = windows("phone", size=PHONE, language="vi").sign_in("tochuc", PASSWORD)
    for path in ("", "the-le/", "thoi-gian/", "giai-thuong/", "nhan-su/", "bai/"):
        phone.go(f"/cuoc-thi/to-chuc/{competition.code}/{path}")
        phone.fits()

    # Sent; the publisher hears of it at once, reads and approves it in the editor.
    organiser.go(f"/cuoc-thi/to-chuc/{competition.code}/")
    organiser.press("button:has-text('Send for approval')")
    assert page.locator(".state", has_text="Waits for approval").is_visible()
    reader = windows("reader", size=PHONE, language="vi")
    assert reader.page.goto(f"/cuoc-thi/{competition.slug}/").status == 404
    publisher.rings(before)
    heard = organiser.unread()
    desk_page = publisher.go("/quan-tri/")
    desk_page.get_by_role("link", name="Ý tưởng đổi mới sáng tạo 2027").first.click()
    desk_page.wait_for_url("**/edit/**")
    save(desk_page, "Duyệt và đăng")
    organiser.rings(heard)

    # The public reads it.
    page = reader.go(f"/cuoc-thi/{competition.slug}/")
    text = page.locator("main").inner_text()
    assert "Tìm cách làm mới cho chợ Hưng Đạo." in text
    reader.fits()
    competition.refresh_from_db()
    assert competition.live and list(competition.changes.values_list("act", flat=True)) == [
        "made",
        "judge_added",
        "judge_added",
        "judge_added",
        "rules_changed",
        "sent_for_approval",
        "announced",
    ]
