"""What the coordinator reads before publishing: each change in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import words
from .frozen import Target

WHY_NOT = {
    "figures_changed": _(
        "Nothing was published: figures have changed since this page was opened. Read them again below, "
        "then publish."
    ),
    "same_as_before": _("Nothing was published: readers would learn nothing new since the last publication."),
}


@dataclass(frozen=True)
class Line:
    target: Target
    before: str
    after: str
    day: str
    source: str
    state_before: tuple[str, str] | None  # code, label; None where it is the same
    counted_otherwise: bool

    @property
    def title(self):
        return self.target.definition.indicator or self.target.text


def changes(draft) -> list[Line]:
    return [_line(change) for change in draft.changes]


def _line(change):
    before, after = change.before, change.after
    return Line(
        target=after,
        before=words.value_or_why_not(before) if before else "",
        after=words.value_or_why_not(after),
        day=words.day_of(after),
        source=words.source_of(after),
        state_before=(before.standing.value, str(before.standing.label)) if change.standing else None,
        counted_otherwise=change.definition,
    )
