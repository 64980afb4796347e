"""Urging the units of chosen tasks; asking the organisations."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from people.units import UnitTree
from plan.forms.tasks import UrgeForm
from plan.models import TaskUrge
from plan.tasks import urging
from plan.tasks.access import doers, is_of_the_front, may_urge
from plan.tasks.refusing import Refused
from plan.tasks.timing import OPEN_STATES

from .asking import ASKS, LIST, Step, take, typed
from .board import chosen, door


@require_http_methods(ASKS)
@keep_post
@never_cache
def urge(request):
    """`?nv=U1.2&nv=U4.1`: the tasks ticked in the list, taken out of the form by unticking."""
    if refused := door(request):
        return refused
    if not may_urge(request.user):
        raise PermissionDenied(Refused("only_urging").sentence)
    given = typed(request)
    codes = (given if given is not None else request.GET).getlist("nv")
    rows = [task for task in chosen(codes, request.user) if task.state in OPEN_STATES]
    tree = UnitTree.load()
    asked, ordered, nobody = [], [], []
    for task in rows:
        units = [part.unit for part in doers(task.parts.all())]
        task.doing = units
        if not units:
            nobody.append(task)
        elif all(is_of_the_front(unit, tree) for unit in units):
            asked.append(task)
        else:
            ordered.append(task)
    today = timezone.localdate()
    already = TaskUrge.objects.filter(task__in=rows, day=today).values_list("task__code", flat=True)
    form = UrgeForm(given)
    step = _words(ordered, asked)
    step.back = LIST

    def act():
        tasks = urging.urge(
            codes,
            request.user,
            form.cleaned_data["message"],
            reason=form.cleaned_data["reason"],
            key=form.key,
        )
        step.done = ngettext("Sent for %(count)s task.", "Sent for %(count)s tasks.", len(tasks)) % {
            "count": len(tasks)
        }

    more = {"urged": ordered, "asked": asked, "nobody": nobody, "already": sorted(set(already))}
    if request.method != "POST":  # said before anything is typed; sent all the same, it is refused
        more["too_many"] = urging.too_many(codes)
    return take(request, step, form, act, chooses=True, **more)


def _words(ordered, asked):
    if ordered or not asked:
        return Step(
            _("Urge"),
            _("Send"),
            _(
                "Whoever reports for the units that carry out the tasks gets a notice and answers with how "
                "far they are. The Front and the organisations under it get a request in other words."
            ),
            "",
        )
    return Step(
        _("Exchange views, ask"),
        pgettext("task", "Send the request"),
        _("The organisations get a request, not an order, and may answer with how far they are."),
        "",
    )
