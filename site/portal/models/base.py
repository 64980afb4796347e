"""What every page of the portal has."""

from django.conf import settings
from wagtail.models import Page

from ..forms import PortalPageForm
from ..public_page import mark


class BasePage(Page):
    """A place in the crumbs, a date of its last publication, and how it presents itself when shared."""

    base_form_class = PortalPageForm
    show_in_menus_default = False
    share_kind = "website"  # of Open Graph
    query_names = ()  # what its address may be asked with and still be kept for everybody

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        return mark(request, super().serve(request, *args, **kwargs), *self.query_names)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.crumbs()
        context["updated_at"] = self.last_published_at
        context["canonical"] = self.canonical()
        context["description"] = self.search_description or self.own_description()
        context["share_kind"] = self.share_kind
        context["json_ld"] = self.json_ld()
        return context

    def crumbs(self):
        """(label, address) from the home page down to this one, which has no address."""
        above = self.get_ancestors().live().filter(depth__gte=2)
        return [(page.title, page.url) for page in above] + [(self.title, "")]

    def canonical(self):
        """The one address of this page, whatever host and query it was asked by."""
        return f"{settings.SITE_URL.rstrip('/')}{self.url or '/'}"

    def own_description(self):
        """A sentence for search engines where the editor wrote none for them."""
        return getattr(self, "summary", "")

    def json_ld(self):
        """What the page is, in schema.org's words; None where it says no more than its text."""
        return None
