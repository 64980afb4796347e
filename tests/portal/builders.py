"""Pages for tests."""

from portal.models import HomePage, StandardPage
from portal.tree import ensure_site


def site():
    """The home page of a tree that is certainly there, after a transactional test as well."""
    return ensure_site()


def standard_page(title="Giới thiệu", slug="gioi-thieu", parent=None, live=True, **fields):
    parent = parent or HomePage.objects.first() or site()
    page = StandardPage(title=title, slug=slug, live=live, **fields)
    return parent.add_child(instance=page)
