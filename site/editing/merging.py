"""Two windows over one form. Pure.

A page carries, for each field, the fingerprint of what was stored when it was drawn (its *base*). When it
comes back, a field the person left alone keeps what others saved meanwhile, a field nobody else touched takes
what was typed, and one that both changed is a clash, to be chosen by a person.
"""

import json
from dataclasses import dataclass

from .canonical import fingerprint


@dataclass(frozen=True)
class Clash:
    """A field two people changed: both values, and the fingerprint of the stored one."""

    name: str
    mine: object
    theirs: object
    seen: str


def merge(answers, stored, base):
    """(values to write, clashes). A name without base counts as changed by the person on purpose."""
    wanted, clashes = {}, []
    for name, mine in answers.items():
        theirs, seen = stored[name], fingerprint(stored[name])
        if mine == theirs or fingerprint(mine) == base.get(name):
            continue
        if name in base and base[name] != seen:
            clashes.append(Clash(name, mine, theirs, seen))
        else:
            wanted[name] = mine
    return wanted, clashes


def kept_base(answers, standing):
    """The fingerprints of what now stands as it was typed."""
    return {n: fingerprint(standing[n]) for n, v in answers.items() if n in standing and standing[n] == v}


def posted_base(text):
    """The base a page sent back, or {} for anything that is none."""
    try:
        posted = json.loads(text)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in posted.items()} if isinstance(posted, dict) else {}
