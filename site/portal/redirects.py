"""Redirects that would send readers in a circle: refused before they are kept, and not followed where pages
that moved or were taken down later made one of them."""

from urllib.parse import urlparse, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http.request import validate_host
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

LONGEST = 20  # steps followed before a chain counts as a circle


class PortalRedirectForm(RedirectForm):
    def clean(self):
        cleaned = super().clean()
        given = self.cleaned_data
        start = given.get("old_path")
        page, link = given.get("redirect_page"), given.get("redirect_link")
        target = page.url if page else link
        if start and target and leads_back(start, target, given.get("site"), self.instance.pk):
            raise ValidationError(
                _("This leads back to %(path)s: readers would go in a circle. Choose another target."),
                params={"path": start},
            )
        return cleaned


class PortalRedirects(RedirectMiddleware):
    """Wagtail's, without those that lead to a page that is not out. Wagtail keeps one of its own for each
    address a page ever had: with the page taken down, two of them may lead to one another."""

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is not response and leads_nowhere(request.get_full_path(), Site.find_for_request(request)):
            return response
        return answer


def leads_back(start, target, site=None, own_pk=None):
    """Whether following the kept redirects from `target` comes to `start` again."""
    start, steps = Redirect.normalise_path(start), 0
    kept = Redirect.get_for_site(site).exclude(pk=own_pk)
    while target and (path := _own_path(target)):
        steps += 1
        following = _following(path, kept, start)
        if following is start or steps > LONGEST:
            return True
        target = following.link if following else None
    return False


def leads_nowhere(path, site):
    """Whether what is asked for at `path` goes in a circle, or ends at a page that is not out."""
    kept, seen = Redirect.get_for_site(site), set()
    while (path := _own_path(path)) and (following := _following(path, kept)):
        if following.redirect_page_id or path in seen:
            return not (following.redirect_page_id and following.redirect_page.live)
        seen.add(path)
        path = following.redirect_link
    return False


def _following(path, kept, start=None):
    """The redirect that answers for `path` (`start`: the one about to be kept): by its whole address first,
    then without its query, as Wagtail looks for it."""
    for asked in dict.fromkeys((path, urlparse(path).path)):
        found = kept.filter(old_path=asked).order_by("-site").first()
        if found or asked == start:
            return found or start
    return None


def _own_path(target):
    """The normalised path of an address of this portal; "" for one elsewhere, where nothing can be known."""
    parts = urlsplit(target)
    own = [urlsplit(settings.SITE_URL).hostname, *Site.objects.values_list("hostname", flat=True)]
    if parts.netloc and not validate_host(parts.hostname or "", [*own, *settings.ALLOWED_HOSTS]):
        return ""
    return Redirect.normalise_path(target)
