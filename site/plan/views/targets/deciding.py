"""What the coordinator decides: units, expected values, the definition."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.figures import figure_of
from editing.choosing import choice_context, empty_or, resolved, row
from people.kept_post import keep_post
from vietnamese.numbers import format_decimal

from ...forms.targets import DefinitionForm, ExpectedForm, OwnersForm
from ...targets import defining, expecting, wording
from ...targets import owners as deciding
from ...targets.refusing import Refused
from .finding import ASKS, back, crumbs, find, forbid, step_page, taken, typed


def _page_of(request, code):
    return reverse("plan:target", args=[code])


@require_POST
@keep_post(page=_page_of)
@never_cache
def confirm_owners(request, code):
    """One click: what is proposed is right."""
    target, rights = find(request, code)
    forbid(rights.change_refusal())
    try:
        deciding.confirm(target, request.user, seen=request.POST.get("seen", ""))
        messages.success(request, _("%(code)s: the units are confirmed.") % {"code": target.code})
    except Refused as refused:
        messages.warning(request, refused.sentence)
    return _onward(request, target)


@require_POST
@keep_post(page=_page_of)
@never_cache
def confirm_definition(request, code):
    """One click: the proposed definition is right."""
    target, rights = find(request, code)
    forbid(rights.change_refusal())
    seen = request.POST.get("seen", "")
    try:
        defining.confirm(target, request.user, seen=int(seen) if seen.isdecimal() else 0)
        messages.success(request, _("%(code)s: the definition is confirmed.") % {"code": target.code})
    except Refused as refused:
        messages.warning(request, refused.sentence)
    return back(target)


@require_http_methods(ASKS)
@keep_post
@never_cache
def owners(request, code):
    target, rights = find(request, code)
    forbid(rights.change_refusal())
    form = OwnersForm(rights.parts, typed(request), initial={"seen": deciding.state_of(rights.parts)})
    words = {
        "title": _("Units of the target"),
        "action": _("Save the units"),
        "happens": _(
            "The reporters of the leading units are told. What they reported stays; the figure of a unit "
            "that leads no more counts until one that leads reports this year's after this change."
        ),
    }

    def draw(status=200):
        return step_page(
            request, target, _fresh(form, deciding.state_of(rights.parts), status), words, status
        )

    if request.method != "POST":
        return draw()

    def take():
        data = form.cleaned_data
        deciding.change(target, request.user, form.wanted(), seen=data["seen"], reason=data["reason"])

    return taken(request, target, form, take, _("The units were changed."), draw)


@require_http_methods(ASKS)
@keep_post
@never_cache
def expected(request, code):
    target, rights = find(request, code)
    forbid(rights.change_refusal())
    definition = target.definitions.last()
    if not definition.is_measurable:
        forbid(Refused("no_number"))
    form = ExpectedForm(target, definition, typed(request))
    words = {
        "title": _("Expected year by year"),
        "action": _("Save the expected values"),
        "happens": _("The state of the target is judged by these numbers. A year left empty has no basis."),
    }

    def draw(status=200):
        return step_page(request, target, form, words, status)

    if request.method != "POST":
        return draw()
    if not form.is_valid():
        return draw(422)
    numbers, base, unchosen = resolved(request.POST, form.numbers(), form.posted_base)
    try:
        expecting.save(target, request.user, numbers, base)
    except expecting.Conflict as conflict:
        return _conflict_page(request, target, form, conflict, unchosen)
    except Refused as refused:
        if len(numbers) < len(form.numbers()):  # the other's were chosen, nothing else differs
            messages.info(request, _("What was saved stays. Yours was not saved."))
            return back(target)
        form.refuse(refused)
        return draw(422)
    messages.success(request, _("The expected values were saved."))
    return back(target)


@require_http_methods(ASKS)
@keep_post
@never_cache
def define(request, code):
    target, rights = find(request, code)
    forbid(rights.change_refusal())
    last = target.definitions.last()
    initial = {name: getattr(last, name) for name in defining.NAMES}
    initial |= {
        "is_measurable": "yes" if last.is_measurable else "no",
        "in_force_on": defining.first_day(last, rights.today),
        "seen": last.version,
    }
    form = DefinitionForm(typed(request), initial=initial)
    words = {
        "title": _("Count it in another way"),
        "action": _("Save the new definition"),
        "happens": _(
            "Figures reported so far keep the definition they were measured by and are marked. The "
            "reporters of the "
            "leading units are told. Where a year expects the goal itself it expects the new one; what is "
            "expected in another measure falls away."
        ),
    }

    if counted := figure_of(target.code):
        computed = Refused("measure_is_computed", what=str(counted.label)).sentence
        words["happens"] = f"{words['happens']} {computed}"

    def draw(status=200):
        return step_page(
            request, target, _fresh(form, target.definitions.last().version, status), words, status
        )

    if request.method != "POST":
        return draw()

    def take():
        data = form.cleaned_data
        row = defining.define(
            target,
            request.user,
            form.wording(),
            data["in_force_on"],
            seen=data["seen"],
            reason=data["reason"],
        )
        if row.followed:
            said = "; ".join(wording.details_of(row.followed))
            messages.info(request, _("What is expected changed with it: %(what)s.") % {"what": said})

    return taken(request, target, form, take, _("The new definition was saved."), draw)


def _fresh(form, seen, status):
    """After a conflict the next answer is about what stands now; what was typed stays."""
    if status == 409:
        form.data = form.data.copy()
        form.data["seen"] = seen
    return form


def _conflict_page(request, target, form, conflict, unchosen):
    def shown(value):
        return empty_or(value) if value in (None, "") else format_decimal(value)

    rows = [row(request.POST, clash, form[clash.name].label, shown) for clash in conflict.clashes]
    context = choice_context(request.POST, rows, unchosen) | {
        "target": target,
        "by": conflict.line.actor_name if conflict.line else "",
        "at": timezone.localtime(conflict.line.at) if conflict.line else timezone.localtime(),
        "now": timezone.localtime(),
        "me": request.user.display_name,
        "crumbs": crumbs(target, _("Choose the version to keep")),
    }
    return render(request, "plan/targets/conflict.html", context, status=409)


def _onward(request, target):
    """Back to the board where the button stood there."""
    there = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith("/"):
        return redirect(there)
    return back(target)
