"""From evidence to levels: a pure function (training.md §3).

The level somebody has in an area is the highest of the evidence that still stands. What people think of
themselves is shown beside it and never mixed in.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Row:
    """One area: levels 0 (none) to 4. `needed` None: the position asks for nothing here."""

    area: int
    had: int
    needed: int | None
    self_assessed: int | None
    latest: Any = None  # the evidence shown last, among what stands

    @property
    def gap(self) -> int:
        """Levels missing; 0 where enough or where none is needed."""
        return max(0, (self.needed or 0) - self.had)


def record_of(areas, evidence, assessments, targets) -> list[Row]:
    """A row for each of `areas` (keys), in their order, whatever the order of the rest.

    `evidence`: pk, area_id, kind, level, shown_on, withdraws_id. `assessments`: pk, area_id, level, at; the
    latest counts. `targets`: {area key: level}.
    """
    standing = defaultdict(list)
    for item in still_standing(evidence):
        standing[item.area_id].append(item)
    said = {}
    for item in sorted(assessments, key=lambda item: (item.at, item.pk)):
        said[item.area_id] = item.level
    return [
        Row(
            area=area,
            had=max((item.level for item in standing[area]), default=0),
            needed=targets.get(area),
            self_assessed=said.get(area),
            latest=max(standing[area], key=lambda item: (item.shown_on, item.pk), default=None),
        )
        for area in areas
    ]


def still_standing(evidence):
    """Without what was withdrawn, and without the rows that withdraw."""
    evidence = list(evidence)
    gone = {item.withdraws_id for item in evidence if item.kind == WITHDRAWN}
    return [item for item in evidence if item.kind != WITHDRAWN and item.pk not in gone]
