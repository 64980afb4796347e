"""Sample news: marked, and with pictures of our own that say what they show."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from PIL import Image as Pillow

from portal import picture_making, samples
from portal.models import ArticlePage
from portal.samples import load_articles
from tests.html import assert_sound
from tests.portal.builders import news_index

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def small(monkeypatch):
    """Small pictures are made quickly."""
    monkeypatch.setattr(samples, "PIXELS_PER_INCH", 40)


def test_each_article_is_marked_and_shows_a_picture_with_its_words(client, small):
    news_index()
    assert load_articles(None, timezone.now()) == {"articles": 3}
    pages = list(ArticlePage.objects.select_related("picture"))
    for page in pages:
        html = client.get(page.url).content.decode()
        assert_sound(html)
        assert page.title.endswith("(bài mẫu)") and "không có thật" in html
        assert page.picture_alt.startswith("Hình vẽ") and f'alt="{page.picture_alt}"' in html
    assert len({page.picture_alt for page in pages}) == 3
    assert load_articles(None, timezone.now()) == {}


def test_each_picture_is_a_scene_of_its_own_with_its_focal_point(monkeypatch):
    monkeypatch.setattr(picture_making, "make_for_page", SimpleNamespace(enqueue=lambda pk: None))
    news_index()
    load_articles(None, timezone.now())
    images = [page.picture for page in ArticlePage.objects.select_related("picture")]
    for image in images:
        assert (image.width, image.height, image.has_focal_point()) == (1600, 900, True)
        focus, whole = image.get_focal_point(), image.get_rect()
        assert whole.left <= focus.left < focus.right <= whole.right
        assert whole.top <= focus.top < focus.bottom <= whole.bottom
        assert image.title.endswith("(hình mẫu)")
        with image.file.open("rb") as file, Pillow.open(file) as drawn:
            assert len(drawn.convert("RGB").getcolors(1 << 24)) > 30  # a scene, not a blank sheet
    assert len({image.get_file_hash() for image in images}) == 3


def test_lists_show_the_small_picture_without_words_beside_the_title(client, small):
    news_index()
    load_articles(None, timezone.now())
    for address in ("/", "/tin-tuc/"):
        html = client.get(address).content.decode()
        assert html.count('<div class="thumb"><picture>') == 3
        assert html.count(' alt=""') == 3  # the title beside it says it
