"""What a publication would change for the readers, against the one before. Pure."""

from dataclasses import dataclass

from .frozen import Target, targets_of


@dataclass(frozen=True)
class Change:
    """A target told otherwise than before; `before` is None where it was not told."""

    before: Target | None
    after: Target
    figure: bool
    standing: bool
    definition: bool

    @property
    def code(self):
        return self.after.code


def changes(before: dict | None, after: dict) -> list[Change]:
    """In the plan's order. Without a publication before, every target that has a figure."""
    told = {one.code: one for one in targets_of(before)} if before else {}
    found = []
    for target in targets_of(after):
        former = told.get(target.code)
        change = Change(
            before=former,
            after=target,
            figure=_figure(former) != _figure(target),
            standing=former is not None and former.standing != target.standing,
            definition=former is not None and former.definition != target.definition,
        )
        if change.figure or change.standing or change.definition:
            found.append(change)
    return found


def is_the_same(before: dict | None, after: dict) -> bool:
    """Whether readers would learn nothing: the day of asking alone is no news."""
    return before is not None and before | {"day": ""} == after | {"day": ""}


def _figure(target):
    held = target.held if target else None
    if held is None:
        return None
    return held.measure, held.is_met, held.is_public, held.as_of, held.definition.version
