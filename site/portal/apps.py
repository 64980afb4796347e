from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The public pages: what editors write and what the other apps put in the window."""

    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        from config.navigation import NavItem, add_nav_item
        from people.samples import add_loader

        # The checks and the jobs are registered by being imported.
        from . import audited, bare_pictures, checks, events, home, jobs, personal  # noqa: F401
        from .my_calendar import register_feed
        from .registry import register_home_section

        add_nav_item(NavItem(0, _("Home"), "/"))
        add_nav_item(NavItem(5, _("News"), "/tin-tuc/", for_reading=True))
        register_feed(_("My duties"), "portal:duty_feed")
        personal.register()
        events.connect()
        audited.register()
        _raise_the_stamp()
        _let_media_out()
        _keep_the_index()
        _make_pictures()
        bare_pictures.register()
        add_loader(_load_samples)
        register_home_section(20, home.year_in_figures)
        register_home_section(40, home.latest_news)
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="portal-tree")


def _raise_the_stamp():
    """Whatever editors change: pages, who may read them, pictures, files."""
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model
    from wagtail.models import CollectionViewRestriction, PageViewRestriction, Site
    from wagtail.signals import page_published, page_unpublished, post_page_move

    from .models import PlannedOutage
    from .stamp import page_deleted, page_made, raise_stamp, raised_by

    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(raise_stamp, dispatch_uid="stamp")
    post_save.connect(page_made, dispatch_uid="stamp-page")
    post_delete.connect(page_deleted, dispatch_uid="stamp-page")
    raised_by(PageViewRestriction, CollectionViewRestriction, Site, PlannedOutage)
    raised_by(get_image_model(), get_document_model())


def _let_media_out():
    """Pictures and files go out with the page that shows them."""
    from wagtail.signals import page_published

    from .media import follow_page

    page_published.connect(follow_page, dispatch_uid="media")


def _keep_the_index():
    """Pages are found from the moment they are published until they are taken back."""
    from wagtail.documents import get_document_model
    from wagtail.models import PageViewRestriction
    from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

    from .search import sources

    sources.register()
    for signal in (page_published, page_unpublished):
        signal.connect(sources.refresh_page, dispatch_uid="search")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(sources.refresh_pages, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(sources.follow_restriction, sender=PageViewRestriction, dispatch_uid="search")
        signal.connect(sources.refresh_documents, sender=get_document_model(), dispatch_uid="search")
    post_save.connect(sources.follow_made_page, dispatch_uid="search-page")
    post_delete.connect(sources.forget_page, dispatch_uid="search-page")


def _make_pictures():
    from wagtail.images import get_image_model
    from wagtail.signals import page_published

    from . import picture_making

    page_published.connect(picture_making.follow_page, dispatch_uid="pictures")
    post_save.connect(picture_making.follow_image, sender=get_image_model(), dispatch_uid="pictures")


def _after_migrate(sender, using, plan=(), **kwargs):
    from .tree import ensure_site

    if using == "default":
        ensure_site()


def _load_samples(size, now):
    from .samples import load_articles
    from .search.sources import refresh_pages

    made = load_articles(size, now)
    refresh_pages()
    return made
