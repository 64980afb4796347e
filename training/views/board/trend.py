"""How coverage went from year to year and within the year: plots with their tables beside them."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post

from ...board import asking, plots
from ...board.trend import by_month, by_year
from .people import crumbs


@require_safe
@never_cache
@keep_post
def trend(request):
    asked = asking.read(request.user, request.GET)
    years = by_year(asked)
    context = {
        "asked": asked,
        "years": years,
        "chart": plots.columns([(str(point.day.year), point.figures) for point in years]),
        "crumbs": crumbs(asked, (_("Year by year"), "")),
    }
    if not request.htmx:  # the board takes the years alone
        months = by_month(asked)
        context["months"] = months
        context["longest"] = max((point.figures.population for point in months), default=0)
    return render(request, "training/coverage/trend.html", context)
