"""Pictures of pages: small, in the right sizes, with their focal point and without what the camera wrote."""

import io
import json
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow
from PIL.ExifTags import GPS, IFD, Base

from portal import checks, picture_making, pictures
from portal.models import ContentStamp
from tests.html import assert_sound, read
from tests.portal.builders import article, editors_file, news_index, picture, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SEEN = "Cọc Bạch Đằng trong nước"
CAMERA = "MAY-ANH-BI-MAT"


@pytest.fixture
def index():
    return news_index()


def illustrated(index, image, slug="tin", **fields):
    page = article("Tin", slug, index, picture=image, picture_alt=SEEN, **fields)
    page.save_revision().publish()
    return page


def block(image, alt="Một ô màu"):
    image.contextual_alt_text, image.decorative = alt, False
    return ("picture", {"image": image, "caption": "", "source": ""})


def sources(html):
    """[(tag, its attributes)] of everything inside <main> that names a picture."""
    main = html[html.index("<main") : html.index("</main>")]
    return [(tag, given) for tag, given in read(main).tags if tag in ("source", "img")]


def candidates(given):
    return [tuple(each.rsplit(" ", 1)) for each in given["srcset"].split(", ")]


def test_an_article_offers_its_picture_in_two_formats_and_three_widths(client, index):
    illustrated(index, picture((1600, 1200)))
    html = client.get("/tin-tuc/tin/").content.decode()
    assert_sound(html)
    (source, avif), (img, webp) = sources(html)
    assert (source, img, avif["type"]) == ("source", "img", "image/avif")
    for given, ending in ((avif, ".avif"), (webp, ".webp")):
        assert [width for _address, width in candidates(given)] == ["1200w", "800w", "480w"]
        assert all(address.endswith(ending) for address, _width in candidates(given))
        assert given["sizes"] == pictures.CUTS["article"].sizes
        for address, width in candidates(given):
            with Pillow.open(io.BytesIO(client.get(address).content)) as made:
                assert made.width == int(width[:-1]) and made.height * 16 == made.width * 9
    assert (webp["width"], webp["height"], webp["alt"]) == ("1200", "675", SEEN)
    assert webp["fetchpriority"] == "high" and "loading" not in webp


def test_a_small_picture_is_offered_once_and_never_larger_than_it_is(client, index):
    illustrated(index, picture((640, 360)))
    (_source, avif), (_img, webp) = sources(client.get("/tin-tuc/tin/").content.decode())
    assert [width for _address, width in candidates(avif)] == ["640w", "480w"]
    assert (webp["width"], webp["height"]) == ("640", "360")


def test_all_but_the_first_picture_wait_until_they_come_near(client, index):
    body = [block(picture((900, 300), colour=colour), colour) for colour in ("teal", "maroon")]
    illustrated(index, picture((900, 300)), body=body)
    shown = [given for tag, given in sources(client.get("/tin-tuc/tin/").content.decode()) if tag == "img"]
    assert [given["alt"] for given in shown] == [SEEN, "teal", "maroon"]
    assert [given.get("loading") for given in shown] == [None, "lazy", "lazy"]
    page = standard_page(body=body)
    page.save_revision().publish()
    shown = [given for tag, given in sources(client.get("/gioi-thieu/").content.decode()) if tag == "img"]
    assert [given.get("loading") for given in shown] == [None, "lazy"]


def test_the_picture_is_shared_as_jpeg_and_told_to_search_engines(client, index):
    illustrated(index, picture((1600, 1200)))
    html = client.get("/tin-tuc/tin/").content.decode()
    said = {given["property"]: given["content"] for tag, given in read(html).tags if "property" in given}
    address = said["og:image"]
    assert address.startswith(f"{settings.SITE_URL.rstrip('/')}/media/images/") and address.endswith(".jpg")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert (said["og:image:type"], said["og:image:alt"]) == ("image/jpeg", SEEN)
    (raw,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(raw)["image"] == address
    answer = client.get(address.removeprefix(settings.SITE_URL.rstrip("/")))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")


def photograph(kind="JPEG"):
    """Red on its left as it is held; the camera lay on its side and noted where it was."""
    exif = Pillow.Exif()
    exif[Base.Make] = exif[Base.Artist] = CAMERA
    exif[Base.Orientation] = 6  # to be turned a quarter to the right
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (20.0, 51.0, 12.0)
    hidden = {"exif": exif, "comment": CAMERA.encode()} if kind == "JPEG" else {"exif": exif}
    return picture((600, 800), kind, **hidden)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_file_made_of_a_photograph_says_where_and_by_whom_it_was_taken(client, index, kind):
    image = photograph(kind)
    with image.file.open("rb") as file, Pillow.open(file) as original:
        assert original.getexif().get_ifd(IFD.GPSInfo)  # the test would notice
    illustrated(index, image, body=[block(image)])
    editors_file(image, "max-165x165")
    made = list(image.renditions.all())
    assert len(made) == len(pictures.PUBLIC_SPECS) + 1
    for rendition in made:
        with rendition.file.open("rb") as file:
            raw = file.read()
        assert CAMERA.encode() not in raw and b"Exif" not in raw, rendition.filter_spec
        with Pillow.open(io.BytesIO(raw)) as seen:
            assert not seen.getexif(), rendition.filter_spec
            if rendition.filter_spec.startswith("width"):
                assert seen.width > seen.height  # turned as it was held


def test_what_matters_in_a_picture_stays_when_it_is_cut(client, index):
    image = picture((1000, 2000), colour="white", below=("#98191f", 1700))
    image.focal_point_x, image.focal_point_y = 500, 1850
    image.focal_point_width, image.focal_point_height = 900, 200
    image.save()
    illustrated(index, image)

    def middle():
        (_source, avif), _img = sources(client.get("/tin-tuc/tin/").content.decode())
        with Pillow.open(io.BytesIO(client.get(candidates(avif)[0][0]).content)) as seen:
            return seen.convert("RGB").getpixel((seen.width // 2, seen.height - 20))

    assert middle()[1] < 60  # lacquer
    image.focal_point_y = 200
    image.save()  # published already: cut anew by the worker
    assert middle()[1] > 240


def test_a_page_is_drawn_without_a_picture_until_the_worker_has_made_it(client, index, monkeypatch):
    monkeypatch.setattr(picture_making, "make_for_page", SimpleNamespace(enqueue=lambda pk: None))
    image = picture((1600, 1200))
    illustrated(index, image)
    html = client.get("/tin-tuc/tin/").content.decode()
    assert_sound(html)
    assert sources(html) == [] and "og:image" not in html and image.renditions.count() == 0
    stamps = ContentStamp.objects.count()
    assert picture_making.make_missing() == 11  # article, row, share
    assert ContentStamp.objects.count() == stamps + 1  # kept pages are drawn again
    assert len(sources(client.get("/tin-tuc/tin/").content.decode())) == 2
    assert picture_making.make_missing() == 0 and ContentStamp.objects.count() == stamps + 1


def test_an_editor_sees_the_picture_before_it_is_published(rf, index):
    image = picture((900, 600))
    page = article("Nháp", "nhap", index, live=False, picture=image, picture_alt=SEEN)
    html = page.make_preview_request(rf.get("/"), page.default_preview_mode).render().content.decode()
    assert f'alt="{SEEN}"' in html and image.renditions.count() == 11


def test_a_picture_that_cannot_be_read_costs_the_page_nothing(client, index):
    image = picture((900, 600))
    image.file.storage.delete(image.file.name)
    illustrated(index, image)
    html = client.get("/tin-tuc/tin/").content.decode()
    assert sources(html) == [] and "Nội dung." in html


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        html = client.get(address).content.decode()
    return len(asked), html.count("<picture>")


def test_thirty_pictures_cost_no_more_queries_than_one(client, index):
    def body(number):
        return [block(picture(colour=(n, 9, 9)), str(n)) for n in range(number)]

    standard_page("Một", "mot", body=body(1)).save_revision().publish()
    standard_page("Ba mươi", "ba-muoi", body=body(30)).save_revision().publish()
    (few, one), (many, thirty) = questions(client, "/mot/"), questions(client, "/ba-muoi/")
    assert (one, thirty) == (1, 30) and few == many


def test_lists_of_news_ask_the_same_for_one_picture_and_for_thirty(client, index):
    addresses = ("/", "/tin-tuc/", "/tin-tuc/tin-0/")
    for number in range(12):  # both lists are full
        article(f"Tin {number}", f"tin-{number}", index)
    illustrated(index, picture(), "co-hinh")
    few = {address: questions(client, address) for address in addresses}
    assert [shown for _asked, shown in few.values()] == [1, 1, 0]
    for number in range(30):
        illustrated(index, picture(colour=(number, 9, 9)), f"hinh-{number}")
    many = {address: questions(client, address) for address in addresses}
    assert [shown for _asked, shown in many.values()] == [4, 12, 0]
    assert [asked for asked, _shown in few.values()] == [asked for asked, _shown in many.values()]
    assert max(asked for asked, _shown in many.values()) <= 25


def test_a_machine_that_cannot_write_the_formats_says_so(monkeypatch):
    assert checks.pictures_can_be_written(None) == []
    monkeypatch.setattr(checks.features, "check", lambda name: name != "avif")
    assert [error.id for error in checks.pictures_can_be_written(None)] == ["portal.E001"]
