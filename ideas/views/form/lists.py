"""My dossiers, and how one begins."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ideas.access import EDITABLE, may_start
from ideas.authorship import begun_just_now, may_confirm, start_dossier
from ideas.forms.form import StartForm
from ideas.lifecycle import UNDECIDED
from ideas.models import Initiative
from ideas.queries import open_round
from people.kept_post import keep_post

from .doors import step_url

FINISHED_ON_A_PAGE = 20


@require_safe
@login_required
@never_cache
def my_dossiers(request):
    """What I write, what is under way, what is over."""
    own = (
        Initiative.objects.written_by(request.user).prefetch_related("authors").order_by("-edited_at", "-pk")
    )
    alive = list(own.filter(state__in=UNDECIDED))
    finished = Paginator(own.exclude(state__in=UNDECIDED), FINISHED_ON_A_PAGE)
    page = finished.get_page(request.GET.get("page"))
    context = {
        "drafts": _rows([i for i in alive if i.state in EDITABLE], request.user),
        "under_way": _rows([i for i in alive if i.state not in EDITABLE], request.user),
        "finished": _rows(page, request.user),
        "page_obj": page,
        "round": open_round(),
        "may_start": may_start(request.user),
        "nothing": not alive and not finished.count,
    }
    return render(request, "ideas/form/list.html", context)


def _rows(initiatives, user):
    staff_id = getattr(getattr(user, "staff", None), "pk", None)
    return [
        {
            "initiative": initiative,
            "is_editable": initiative.state in EDITABLE,
            "waits_for_me": may_confirm(initiative, user) is not None,
            "is_main": initiative.main_author and initiative.main_author.staff_id == staff_id,
        }
        for initiative in initiatives
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def start(request):
    """A dossier begins with a name; everything else follows step by step."""
    kinds = may_start(request.user)
    if not kinds:
        raise PermissionDenied(
            _("A dossier is begun by somebody on the ward's roster. Ask the personnel officer to add you.")
        )
    posted = request.POST if request.method == "POST" else request.kept_post
    form = StartForm(kinds, posted)
    if request.method == "POST" and form.is_valid():
        title, is_paper = form.cleaned_data["title"], form.is_paper
        initiative = begun_just_now(request.user, title, keyed_from_paper=is_paper) or start_dossier(
            request.user, title, keyed_from_paper=is_paper
        )
        return redirect(step_url(initiative, 1))
    return render(request, "ideas/form/start.html", {"form": form, "round": open_round()})
