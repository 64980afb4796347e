"""The board: how many of whom had their training, by unit, on any day."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post

from ...access import is_training_officer
from ...board import asking, plots
from ...board.standing import standing, unfolded


@require_safe
@never_cache
@keep_post
def board(request):
    asked = asking.read(request.user, request.GET)
    found = standing(asked)
    bars = found.bars
    context = {
        "asked": asked,
        "form": asked.form,
        "found": found,
        "lines": unfolded(found.lines, request.GET.getlist("mo") if "mo" in request.GET else None),
        "bars": bars,
        "longest": max((line.total.population for line in bars), default=0),
        "people": plots.people_drawn(found.total),
        "whole": plots.bar(found.total, found.total.population),
        "year_days": (asked.day.replace(month=12, day=31) - asked.day.replace(month=1, day=1)).days + 1,
        "is_officer": is_training_officer(request.user),
        "crumbs": [(_("Training"), "/dao-tao/"), (_("Coverage"), "")],
    }
    return render(request, "training/coverage/board.html", context)
