"""What changed between two submitted versions, for whoever may open the dossier."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post

from ...access import attachments_visible_to, may_read_confidential
from ...changes import changes_between, intact, with_addresses
from .found import crumbs, find, version_number


@require_safe
@keep_post
@never_cache
def changes(request, code):
    """`?tu=` and `?den=` name the versions; without them the last one and the one before it."""
    initiative = find(request, code)
    versions = {version.number: version for version in initiative.versions.all()}
    newest = max(versions, default=0)
    to = version_number(request.GET.get("den"), newest)
    since = version_number(request.GET.get("tu"), to - 1)
    if since > to:
        since, to = to, since
    if since == to or since not in versions or to not in versions:
        raise Http404
    older, newer = versions[since], versions[to]
    found = changes_between(older, newer, with_secret=may_read_confidential(request.user, initiative))
    context = {
        "initiative": initiative,
        "older": older,
        "newer": newer,
        "versions": sorted(versions.values(), key=lambda version: version.number),
        "changes": with_addresses(found, attachments_visible_to(request.user, initiative)),
        "is_intact": intact(older, newer),
        "crumbs": crumbs(initiative, _("What changed")),
    }
    return render(request, "ideas/dossier/changes.html", context)
