"""Similar work in the browser: the hint follows the typing, at most once a second, never in its way; the
secretary links what was found."""

import time
from itertools import pairwise

import pytest

from ideas.models import Initiative, InitiativeLink
from tests.ideas import builders
from tests.ideas.similar_builders import COLOURS, COLOURS_AGAIN
from tests.ideas.test_similarity_dossier import by_another

from .conftest import PHONE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.once,
    pytest.mark.usefixtures("portal_anew"),  # dossiers begun on the screens name their type
]
HINT = "#tuong-tu section"


@pytest.fixture
def ward():
    return builders.make_ward()


def clean(window):
    window.axe_clean()
    window.fits()


def test_the_hint_follows_the_typing_and_the_dossier_goes_on(ward, windows):
    recognised = builders.recognised(ward, **COLOURS)
    author = windows("author", size=PHONE).sign_in("nguoikhac", builders.PASSWORD)
    asked = []
    author.page.on("request", lambda one: asked.append(time.monotonic()) if "tuong-tu" in one.url else None)
    page = author.go("/sang-kien/ho-so/moi/")
    title = page.locator("[name=title]")
    for words in COLOURS_AGAIN["title"].split():  # slowly, so that every word could be a request
        title.press_sequentially(f"{words} ", delay=30)
        page.wait_for_timeout(500)
    page.locator(HINT).wait_for()
    assert recognised.code in page.locator(HINT).inner_text()
    assert page.locator("#tuong-tu").get_attribute("aria-live") == "polite"
    clean(author)
    author.press("main form .btn-primary")
    page.locator(HINT).wait_for()  # the saved step shows it without being asked
    clean(author)
    title = page.locator("[name=title]")
    title.fill("")
    title.press_sequentially("Một việc khác hẳn về cây xanh", delay=20)
    author.until(lambda: page.locator(HINT).count() == 0, "the hint stayed")
    title.fill("")
    title.press_sequentially(COLOURS["title"], delay=20)
    page.locator(HINT).wait_for()
    author.press("main form .btn-primary")
    code = Initiative.objects.get(title=COLOURS["title"], state="draft").code
    page = author.go(f"/sang-kien/ho-so/{code}/sua/4/")
    assert page.locator("[name=difference]").is_visible()
    clean(author)
    assert len(asked) >= 3
    assert all(later - earlier > 1 for earlier, later in pairwise(asked))


def test_the_question_appears_with_the_first_hint_and_a_failing_answer_changes_nothing(ward, windows):
    builders.recognised(ward, **COLOURS)
    author = windows("author").sign_in("nguoikhac", builders.PASSWORD)
    page = author.go("/sang-kien/ho-so/moi/")
    page.route("**/tuong-tu/", lambda route: route.abort())
    page.locator("[name=title]").fill("Cây xanh")
    author.press("main form .btn-primary")
    page = author.go(f"/sang-kien/ho-so/{Initiative.objects.get(state='draft').code}/sua/4/")
    solution, difference = page.locator("[name=description]"), page.locator("[name=difference]")
    assert not difference.is_visible()
    with page.expect_response("**/sua/4/luu/") as saved:
        solution.fill(COLOURS["description"])
    assert saved.value.ok  # kept, whatever became of the hint
    page.unroute("**/tuong-tu/")
    solution.press_sequentially(" Đã dùng thử.", delay=20)
    difference.wait_for()
    difference.fill("Nhắc cả qua điện thoại.")
    author.press("main form .btn-primary")
    assert Initiative.objects.get(state="draft").difference == "Nhắc cả qua điện thoại."


def test_the_secretary_links_what_was_found_and_takes_it_back(ward, windows):
    old = by_another(ward, **COLOURS_AGAIN)
    new = builders.submitted(ward, **COLOURS, difference="Nhắc cả qua điện thoại.")
    secretary = windows("secretary").sign_in("thuky", builders.PASSWORD)
    page = secretary.go(new.get_absolute_url())
    clean(secretary)
    secretary.press(f"a[href$='lien-quan/?ma={old.code}']")
    clean(secretary)
    page.locator("[name=kind][value=continues]").check()
    page.locator("[name=note]").fill("Cùng một bảng màu.")
    secretary.press("main form .btn-primary")
    assert f"Continues {COLOURS_AGAIN['title']}" in page.locator("main").inner_text()
    link = InitiativeLink.objects.get()
    secretary.press(f"a[href$='lien-quan/{link.pk}/bo/']")
    clean(secretary)
    page.locator("[name=reason]").fill("Nhầm mã.")
    secretary.press("main form .btn-danger")
    assert "Cùng một bảng màu." not in page.locator("#tuong-tu-h").locator("..").locator("..").inner_text()
    link.refresh_from_db()
    assert link.taken_back_reason == "Nhầm mã."
