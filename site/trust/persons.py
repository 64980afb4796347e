"""Whose data: a person as a set of keys the portal knows them by.

Each app registers recognisers: from the keys at hand (an account, a mailbox) they find further ones (the
row on the roster, the entrant of a competition). Nobody is recognised by a name: two people may share one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NOBODY = frozenset()


@dataclass(frozen=True)
class Person:
    """`keys`: {kind: values}, e.g. {"user": {7}, "staff": {3}, "email": {"a@b.vn"}}."""

    keys: Mapping[str, frozenset] = field(default_factory=dict)

    def of(self, kind) -> frozenset:
        return self.keys.get(kind, NOBODY)

    @property
    def is_nobody(self):
        return not any(self.keys.values())


Recogniser = Callable[[Person], Mapping[str, frozenset]]
_recognisers: list[Recogniser] = []


def recognised_by(recogniser: Recogniser) -> Recogniser:
    """Adds a function that answers with further keys of a person; call it in `AppConfig.ready`."""
    if recogniser not in _recognisers:
        _recognisers.append(recogniser)
    return recogniser


def find_person(**known) -> Person:
    """Everything the portal knows this person by, from the keys given; asked until nothing new is found."""
    keys = {kind: frozenset(values) for kind, values in known.items() if values}
    while True:
        person, more = Person(keys), dict(keys)
        for recogniser in _recognisers:
            for kind, values in recogniser(person).items():
                if values:
                    more[kind] = more.get(kind, NOBODY) | frozenset(values)
        if more == keys:
            return person
        keys = more
