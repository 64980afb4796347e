"""What the page of progress shows beside targets and tasks: other things the plan asks for, counted as they
stand on the day the page is made, each with the way to all of it. Whoever writes these raises the stamp."""

from collections import namedtuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, npgettext

from ..difficulties.published import published as difficulties
from ..officers.query import public_officers
from ..programme.public import public_programmes
from ..publicity.books import label_of
from ..publicity.counting import counts
from ..showcase.published import models_published
from ..tasks.budget import published_lines

Figure = namedtuple("Figure", "number label url")


def also(request, shown):
    """Difficulties answered, models, programmes, publicity, officers in charge."""
    day = timezone.localdate()
    answered, models = difficulties(year=shown.year).count(), models_published(day)
    publicity = counts(shown.year, day)
    return "plan/public/_others.html", {
        "shown": shown,
        "day": day,
        "figures": [
            Figure(
                answered,
                ngettext("difficulty answered in public", "difficulties answered in public", answered),
                reverse("plan:difficulties_answered"),
            ),
            Figure(
                models,
                npgettext("plan", "model example", "model examples", models),
                reverse("plan:showcases"),
            ),
        ],
        "programmes": [one for one in public_programmes() if one.year == shown.year],
        "publicity": [(label_of(column), number) for column, number in publicity.totals.items()],
        "publicity_total": sum(publicity.totals.values()),
        "officers": public_officers(day),
    }


def money(request, shown):
    """Budget lines of the year as they were published (plan, part VI: "Công khai, minh bạch")."""
    lines = published_lines(shown.year)
    if not lines:
        return None
    return "plan/public/_money.html", {
        "year": shown.year,
        "lines": lines,
        "sources": _by_source(lines),
        "estimate": sum(one.estimate for one in lines),
        "spent": sum(one.spent for one in lines),
        "day": max(one.published_on for one in lines),
    }


def _by_source(lines):
    """[(words, estimate, spent)] of each source."""
    sums = {}
    for one in sorted(lines, key=lambda one: one.source):
        estimate, spent = sums.get(one.source_words, (0, 0))
        sums[one.source_words] = (estimate + one.estimate, spent + one.spent)
    return [(words, *of_source) for words, of_source in sums.items()]
