"""The door of the work area."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..tabs import tabs_for


@never_cache
@require_safe
def entrance(request):
    """Leads to the first part this person works with."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    tabs = tabs_for(request.user)
    if not tabs:
        raise PermissionDenied(_("This page is for those who carry out the plan or report on it."))
    return redirect(tabs[0]["url"])
