"""What other public pages say of the plan's progress: the home page, the page of the plan. One query each."""

from portal.registry import KeyFigure

from . import reading
from .bars import bar_of


def targets_reached(request):
    """How many of the 42 are reached, as last published; nothing before the first publication."""
    publication = reading.last_counts()
    if publication is None:
        return None
    data = {"publication": publication, "counts": publication.counts, "bar": bar_of(publication.counts)}
    return KeyFigure("plan/public/_home_figure.html", data, publication.day)


def beside_the_plan(request):
    publication = reading.last_counts()
    data = {"publication": publication}
    if publication is not None:
        data |= {"counts": publication.counts, "bar": bar_of(publication.counts)}
    return "plan/public/_beside_the_plan.html", data
