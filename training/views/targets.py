"""The levels positions need: a table the training officer fills in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.access import check_role
from people.kept_post import keep_post
from people.roles import Role

from ..competency import targets as rules
from ..forms.competency import TargetsForm
from ..models import Level

PAGE_SIZE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@keep_post
@never_cache
def targets(request):
    check_role(request.user, Role.TRAINING_OFFICER)
    areas = rules.areas()
    levels = list(Level.objects.filter(framework__is_current=True))
    page = Paginator(rules.positions(), PAGE_SIZE).get_page(request.GET.get("page"))
    sent = request.method == "POST"
    form = TargetsForm(
        request.POST if sent else request.kept_post or None,
        positions=list(page),
        areas=areas,
        stored=rules.stored(),
        levels=[level.number for level in levels],
    )
    if sent and form.is_valid():
        changed = rules.change(request.user, form.wanted())
        if changed:
            text = ngettext("%(count)s level changed.", "%(count)s levels changed.", changed)
            messages.success(request, text % {"count": changed})
        else:
            messages.info(request, _("Nothing was different from before."))
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "areas": areas,
        "levels": levels,
        "page_obj": page,
        "crumbs": [(_("My work"), "/viec-cua-toi/"), (_("Levels positions need"), "")],
    }
    return render(request, "training/records/targets.html", context)
