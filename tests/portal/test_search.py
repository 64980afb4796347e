"""Search: found with and without accents, nothing but what everybody may read, any input is a query."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import PageViewRestriction

from portal.models import SearchEntry
from portal.search import rebuild
from portal.search.asking import ask
from portal.search.showing import extract, marked
from tests.html import assert_sound
from tests.portal.builders import article, news_index, standard_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    return news_index()


def published(title, slug, index, **fields):
    page = article(title, slug, index, live=False, **fields)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def titles(text, **narrowed):
    return [entry.title for entry in ask(text, **narrowed).entries]


def test_without_accents_everything_is_found_and_exact_accents_come_first(index):
    published("Kien truc phan mem", "khong-dau", index)
    published("Kiến trúc phần mềm", "co-dau", index)
    published("Đổi mới sáng tạo", "doi-moi", index)
    assert titles("doi moi") == ["Đổi mới sáng tạo"]
    assert titles("kiến trúc") == ["Kiến trúc phần mềm", "Kien truc phan mem"]
    assert sorted(titles("kien truc")) == ["Kien truc phan mem", "Kiến trúc phần mềm"]


@pytest.mark.parametrize("typed", ["Hoà bình", "Hòa bình", "hoa binh", "HOÀ BÌ", "Ho\u0061\u0300 bi"])
def test_where_the_tone_is_placed_and_how_it_is_coded_does_not_matter(index, typed):
    published("Câu lạc bộ Hoà Bình", "clb", index)
    assert titles(typed) == ["Câu lạc bộ Hoà Bình"]


def test_the_last_word_may_be_begun_and_the_text_is_searched_below_the_title(index):
    published("Tập huấn", "a", index, body=[("text", "<p>Dùng <b>trợ lý</b> ảo soạn thảo.</p>")])
    published("Trợ lý ảo", "b", index)
    assert titles("tro ly a") == ["Trợ lý ảo", "Tập huấn"]
    assert titles("tr ly ao") == []


def test_drafts_scheduled_private_and_withdrawn_pages_are_not_found(index, client):
    published("LOTIN công khai", "mo", index)
    article("LOTIN nháp", "nhap", index, live=False).save_revision()
    later = timezone.now() + timedelta(days=1)
    article("LOTIN hẹn giờ", "hen", index, live=False, go_live_at=later).save_revision().publish()
    private = published("LOTIN riêng", "rieng", index)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    published("LOTIN rút", "rut", index).unpublish()
    published("LOTIN xoá", "xoa", index).delete()
    assert titles("lotin") == ["LOTIN công khai"]
    rebuild()
    assert titles("lotin") == ["LOTIN công khai"]
    html = client.get("/tim-kiem/", {"q": "lotin"}).content.decode()
    assert html.count('class="hit"') == 1 and "riêng" not in html


def test_a_page_below_one_that_became_private_is_not_found(index):
    published("Tin trong mục", "tin", index)
    assert titles("tin trong muc") == ["Tin trong mục"]
    restriction = PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert titles("tin trong muc") == []
    restriction.delete()
    assert titles("tin trong muc") == ["Tin trong mục"]


def test_results_are_narrowed_by_kind_and_year_and_each_says_what_it_would_leave(index, client):
    for year in (2025, 2026, 2026):
        published(f"Tin năm {year}", f"t{SearchEntry.objects.count()}", index, published_on=f"{year}-06-01")
    standard_page("Giới thiệu năm", "gt", live=False).save_revision().publish()
    answer = ask("nam")
    assert (answer.total, answer.kinds, answer.years) == (4, {"news": 3, "page": 1}, {2025: 1, 2026: 2})
    assert (ask("nam", year=2026).total, ask("nam", kind="page").total) == (2, 1)
    html = client.get("/tim-kiem/", {"q": "nam", "loai": "news", "nam": "2026"}).content.decode()
    assert_sound(html)
    assert html.count('class="hit"') == 2


def test_a_misspelt_word_is_answered_with_the_nearest(index, client):
    published("Họp không giấy", "hop", index)
    html = client.get("/tim-kiem/", {"q": "họp không giayy"}).content.decode()
    assert_sound(html)
    assert ">họp không giấy</a>" in html


def test_many_unknown_words_are_compared_with_nothing(client, index, monkeypatch):
    published("Họp không giấy mỗi tuần", "hop", index)
    compared = []
    monkeypatch.setattr("portal.search.meaning.get_close_matches", lambda *a, **k: compared.append(a) or [])
    client.get("/tim-kiem/", {"q": "hopp khongg giayy"})
    assert len(compared) == 3
    client.get("/tim-kiem/", {"q": "hopp khongg giayy moii tuann"})
    assert len(compared) == 3


def test_words_found_are_marked_and_nothing_typed_or_written_is_html():
    assert marked("Đổi mới <b>", ["doi", "moi"]) == "<mark>Đổi mới</mark> &lt;b&gt;"
    long = f"{'a ' * 40}trợ lý {'b ' * 60}"
    assert extract(long, ["tro"]) == f"… {'a ' * 8}<mark>trợ</mark> lý {'b ' * 24}".strip() + " …"


BAD = [
    *('"', "*", "NEAR(", "a OR", "title:x", "-- ;", "'); DROP TABLE portal_searchentry; --", "%", "_", "\\"),
    *("<script>alert(1)</script>", "x" * 10_000, "a " * 5_000, "\x00", "(((", "🙂", "AND NOT", ":* & |", "́"),
]


@pytest.mark.parametrize("typed", BAD)
def test_whatever_is_typed_is_answered(client, index, typed):
    published("Đổi mới", "dm", index)
    answer = client.get("/tim-kiem/", {"q": typed, "loai": typed[:50], "nam": "٣٣٣٣", "page": "99999"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "<script>alert" not in html
    assert SearchEntry.objects.count() >= 1


def test_a_page_beyond_the_last_is_the_last(client, index):
    for number in range(25):
        published(f"Tin số {number}", f"tin-{number}", index)
    assert ask("tin so", page=99_999).page == 2
    html = client.get("/tim-kiem/", {"q": "tin so", "page": "99999"}).content.decode()
    assert html.count('class="hit"') == 5


def test_the_page_asks_five_questions_for_one_and_for_many(client, index):
    """What the narrowings leave, the results, what stands around them (two), whether there are samples."""

    def asked(**query):
        with CaptureQueriesContext(connection) as found:
            client.get("/tim-kiem/", query)
        return len(found)

    published("Tin đầu", "dau", index)
    asked(q="tin")
    assert asked(q="tin") == 5
    for number in range(30):
        published(f"Tin {number}", f"tin-{number}", index)
    asked(q="tin")  # the first page after a change finds the links of the frame anew
    assert asked(q="tin") == asked(q="tin", loai="news", nam="2026", page="2") == 5
    assert asked(q="khongcogi") == 5  # the titles' words, in place of the results
    assert asked(q="tinn") == 6  # and whether the nearest word finds something


class AnyText(TestCase):
    @given(st.text(max_size=60))
    @settings(max_examples=60)
    def test_no_text_is_an_error(self, typed):
        assert ask(typed).total == 0
