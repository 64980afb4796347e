"""The policy of a year: what it says, what another would give, who changed it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.access import require_role
from people.kept_post import keep_post
from people.models import Category
from people.roles import Role
from people.units import UnitTree

from ... import coverage, policies
from ...coverage import Policy
from ...forms.coverage import years
from ...forms.policy import PolicyForm, initial_of, mark_of
from ...reference_data import DIGITAL_SKILLS


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
@require_role(Role.TRAINING_OFFICER)
def policy(request):
    """Seen by GET; by POST compared first, and saved when exactly what was compared comes again."""
    today = timezone.localdate()
    choice, current = _asked(request.GET, today)
    tree = UnitTree.load()
    form = PolicyForm(
        request.POST or request.kept_post or None,
        policy=current,
        units=[unit for _depth, unit in tree.in_order()],
        initial=initial_of(current, policies.last_change(current)),
    )
    compared = None
    if request.method == "POST" and form.is_valid():
        after = policies.changed(current, form.values)
        wanted = request.POST.get("act") == "save" and form.cleaned_data["previewed"] == mark_of(after)
        if wanted and _save(request, form, after):
            return HttpResponseRedirect(_address(current))
        compared = _compared(current, after, today, tree)
    context = {
        "policy": current,
        "choice": choice,
        "years": [today.year + 1, *years(today)],
        "form": form,
        "compared": compared,
        "seen": policies.last_change(current),
        "is_frozen": policies.is_frozen(current),
        "changes": policies.changes_of(current)[:20],
        "category_names": _category_names(current),
        "scope_of_units": _unit_names(current, tree),
        "crumbs": [
            (_("Training"), "/dao-tao/"),
            (_("Coverage"), reverse("training:coverage")),
            (_("Policy of the year"), ""),
        ],
    }
    return render(request, "training/coverage/policy.html", context, status=422 if form.errors else 200)


def _asked(given, today):
    text = given.get("year", "")
    known = [today.year + 1, *years(today)]
    year = int(text) if text.isascii() and text.isdigit() and int(text) in known else today.year
    choice = coverage.policies_of(year)
    code = given.get("requirement", "")
    return choice, choice.get(code) or choice.get(DIGITAL_SKILLS) or next(iter(choice.values()))


def _address(current):
    return f"{reverse('training:coverage_policy')}?requirement={current.code}&year={current.year}"


def _save(request, form, after):
    data = form.cleaned_data
    try:
        change = policies.save(request.user, after, seen=data["seen"] or 0, reason=data["reason"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if change is None:
        messages.info(request, _("Nothing differs: the policy stays as it is."))
    else:
        messages.success(request, _("The policy is changed and the change is in the log below."))
    return True


def _compared(current, after, today, tree):
    day = policies.day_of_comparison(current.year, today)
    before, then = policies.compare(current, after, day, tree)
    return {
        "day": day,
        "before": before,
        "after": then,
        "mark": mark_of(after),
        "differs": after != current,
    }


def _category_names(current: Policy):
    return ", ".join(str(Category(code).label) for code in current.categories)


def _unit_names(current: Policy, tree):
    def names(keys):
        return ", ".join(sorted(tree.by_key[key].name for key in keys))

    return names(current.units_in), names(current.units_out)
