"""Pages for tests."""

from datetime import date

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
