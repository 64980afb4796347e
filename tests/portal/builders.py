"""Pages for tests."""

import io
from datetime import date

from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images.models import Filter, Image

from portal.models import ArticlePage, HomePage, NewsIndexPage, StandardPage
from portal.tree import ensure_site


def site():
    """The home page of a tree that is certainly there, after a transactional test as well."""
    return ensure_site()


def standard_page(title="Giới thiệu", slug="gioi-thieu", parent=None, live=True, **fields):
    parent = parent or HomePage.objects.first() or site()
    page = StandardPage(title=title, slug=slug, live=live, **fields)
    return parent.add_child(instance=page)


def news_index():
    """The news list at /tin-tuc/."""
    return site().add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc"))


def article(title, slug, index, live=True, **fields):
    values = {
        "lead": "Tóm tắt tin.",
        "author_line": "Phòng Văn hóa - Xã hội",
        "source": "UBND phường",
        "published_on": date(2026, 6, 12),
        "body": [("text", "<p>Nội dung.</p>")],
    }
    return index.add_child(instance=ArticlePage(title=title, slug=slug, live=live, **values | fields))


def picture(size=(8, 8), kind="PNG", colour="teal", below=None, **hidden):
    """An uploaded picture of one colour, of another below a line (colour, line) where that is given;
    `hidden` is what a camera wrote into the file (Pillow's own words)."""
    drawn, data = Pillow.new("RGB", size, colour), io.BytesIO()
    if below:
        drawn.paste(below[0], (0, below[1], *size))
    drawn.save(data, kind, **hidden)
    file = ImageFile(io.BytesIO(data.getvalue()), name=f"anh.{kind.lower()}")
    return Image.objects.create(title="Ảnh", file=file)


def editors_file(image, spec):
    """A file as Wagtail makes it for its own lists, its temporary file closed."""
    with image.generate_rendition_file(Filter(spec)) as file:
        return image.renditions.create(filter_spec=spec, file=file)
