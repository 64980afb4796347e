"""Redirects that would send readers in a circle are refused before they are kept."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.forms import RedirectForm
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


def leads_back(start, target, site=None, own_pk=None):
    """Whether following the kept redirects from `target` comes to `start` again."""
    start, steps = Redirect.normalise_path(start), 0
    while target and (path := _own_path(target)):
        steps += 1
        if path == start or steps > LONGEST:
            return True
        following = Redirect.get_for_site(site).filter(old_path=path).exclude(pk=own_pk).first()
        target = following.link if following else None
    return False


def _own_path(target):
    """The normalised path of an address of this portal; "" for one elsewhere, where nothing can be known."""
    parts = urlsplit(target)
    own = {urlsplit(settings.SITE_URL).hostname, *Site.objects.values_list("hostname", flat=True)}
    if parts.netloc and parts.hostname not in own:
        return ""
    return Redirect.normalise_path(target)
