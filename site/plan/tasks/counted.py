"""What the portal counts of a task itself (G3.3: competitions held), as its page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.figures import Figure, figure_of
from plan.models import KeptFigure
from plan.targets.wording import counted_from
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal


@dataclass(frozen=True)
class Counted:
    """`kept` is None until the clock has counted."""

    figure: Figure
    kept: KeptFigure | None

    @property
    def sentence(self):
        """ "3, as of 30/11/2026, counted by this portal from …"."""
        number = format_decimal(self.kept.numerator)
        if self.kept.denominator is not None:
            numbers = {"numerator": number, "denominator": format_decimal(self.kept.denominator)}
            number = _("%(numerator)s of %(denominator)s") % numbers
        return _("%(number)s as of %(day)s, %(source)s") % {
            "number": number,
            "day": short_date(self.kept.as_of),
            "source": counted_from(self.kept.source),
        }


def counted_of(task, year):
    """The latest until `year`; None for a task the portal counts nothing of, otherwise one query."""
    figure = figure_of(task.code)
    if figure is None:
        return None
    kept = KeptFigure.objects.filter(code=task.code, year__lte=year).order_by("-year").first()
    return Counted(figure, kept)
