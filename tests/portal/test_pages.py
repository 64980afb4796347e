import pytest

from portal import registry
from portal.models import HomePage
from tests.html import assert_sound, read
from tests.portal.builders import site, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BODY = [
    ("heading", "Cổng có gì"),
    ("text", "<p>Sáng kiến và <b>đào tạo</b>.</p>"),
    ("note", {"kind": "warn", "text": "Tạm ngừng từ 22:00."}),
]


def test_a_standard_page_shows_its_way_its_summary_and_its_body(client):
    site()
    standard_page(summary="Một câu.", body=BODY)
    html = client.get("/gioi-thieu/").content.decode()
    assert_sound(html)
    for words in ("Một câu.", "<h2>Cổng có gì</h2>", "<b>đào tạo</b>", "note note-warn"):
        assert words in html
    assert '<li aria-current="page">Giới thiệu</li>' in html
    assert '<a href="/">Trang chủ</a>' in html


def test_a_draft_is_not_found(client):
    site()
    standard_page(live=False)
    assert client.get("/gioi-thieu/").status_code == 404


def test_the_home_page_lists_what_is_meant_for_menus(client):
    site()
    standard_page(show_in_menus=True, summary="Tóm tắt.")
    standard_page("Nội quy", "noi-quy")
    standard_page("Bản nháp", "nhap", show_in_menus=True, live=False)
    html = client.get("/").content.decode()
    assert "Tóm tắt." in html and "Nội quy" not in html and "Bản nháp" not in html


@pytest.fixture
def sections(monkeypatch):
    monkeypatch.setattr(registry, "_entries", [])
    return registry.register_home_section


def test_sections_come_in_order_and_the_empty_ones_not_at_all(rf, sections):
    sections(30, lambda request: ("c.html", {"n": 3}))
    sections(10, lambda request: ("a.html", {"heads_page": True}))
    sections(20, lambda request: None)
    shown = registry.home_sections(rf.get("/"))
    assert [section.template for section in shown] == ["a.html", "c.html"]
    assert [section.heads_page for section in shown] == [True, False]


def test_a_provider_registered_twice_shows_once(rf, sections):
    def provider(request):
        return ("a.html", {})

    sections(10, provider)
    sections(10, provider)
    assert len(registry.home_sections(rf.get("/"))) == 1


def test_the_page_has_one_heading_whoever_gives_it(client, sections):
    def headings():
        return sum(tag == "h1" for tag, _ in read(client.get("/").content).tags)

    site()
    assert headings() == 1
    sections(10, lambda request: ("portal/blocks/heading.html", {"heads_page": True}))
    assert headings() == 0  # it is the section's to give


@pytest.mark.parametrize("rows", [1, 30])
def test_the_home_page_asks_the_same_number_of_questions(client, rows, django_assert_max_num_queries):
    site()
    for number in range(rows):
        standard_page(f"Trang {number}", f"trang-{number}", show_in_menus=True)
    client.get("/")
    with django_assert_max_num_queries(16):
        client.get("/")


def test_only_the_first_row_of_the_tree_is_a_home_page():
    assert not HomePage.can_create_at(site())


def test_what_is_open_heads_the_page_and_cards_follow(client, sections):
    site()
    call = {
        "heads_page": True,
        "title": "Đang nhận hồ sơ đợt 2",
        "lead": "Đóng lúc 17:00 & sau đó xét.",
        "action_url": "/sang-kien/moi/",
        "action_label": "Bắt đầu hồ sơ",
        "also": [{"title": "Hội thi", "url": "/cuoc-thi/", "text": "Đến 18/12/2026"}],
    }
    cards = [{"title": "Phiếu hẹn", "url": "/x/", "state": "recognised", "state_label": "Đã công nhận"}]
    sections(
        30, lambda request: ("portal/sections/cards.html", {"id": "moi", "title": "Mới", "cards": cards})
    )
    sections(10, lambda request: ("portal/sections/open.html", call))
    html = client.get("/").content.decode()
    assert_sound(html)
    assert html.count("<h1") == 1 and '<h1 id="dang-mo">Đang nhận hồ sơ đợt 2</h1>' in html
    assert "17:00 &amp; sau" in html
    assert html.index("Bắt đầu hồ sơ") < html.index("Hội thi") < html.index("Phiếu hẹn")
    assert '<span class="state state-ok">' in html
