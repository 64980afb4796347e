"""How a row of the golden table is written and read."""

import re
from dataclasses import dataclass

from django.urls import reverse

from .world import ROLES

EVERYBODY = tuple(ROLES)


@dataclass(frozen=True)
class Row:
    """One address (`name` with its arguments, or a path) and what everybody gets there.

    `get` and `post` read "200 author co_author | 302 anonymous | 404 *": roles by status, `*` for the rest,
    words in capitals for a set of roles.
    """

    address: str
    get: str
    post: str

    @property
    def area(self):
        """The namespace; "" for pages and names without one."""
        name = self.address.split()[0]
        return "" if name.startswith("/") else name.rpartition(":")[0]

    def path(self, world):
        """`ideas:step code=draft transition=submit`: a value that names a thing of the world is replaced."""
        if self.address.startswith("/"):
            return re.sub(r"<(\w+)>", lambda found: str(world.labels[found[1]]), self.address)
        name, *arguments = self.address.split()
        kwargs = dict(argument.split("=", 1) for argument in arguments)
        return reverse(name, kwargs={key: world.labels.get(value, value) for key, value in kwargs.items()})


def expected(text, sets):
    """{role: status} of one cell of the table; every role exactly once."""
    found, rest = {}, None
    for part in text.split("|"):
        status, *roles = part.split()
        for role in roles:
            if role == "*":
                rest = int(status)
                continue
            for name in sets[role].split() if role in sets else [role]:
                if name not in ROLES or name in found:
                    raise ValueError(f"{name!r} in {text!r}: no such role, or twice")
                found[name] = int(status)
    missing = [role for role in EVERYBODY if role not in found]
    if missing and rest is None:
        raise ValueError(f"{text!r} says nothing about {missing}")
    return {role: found.get(role, rest) for role in EVERYBODY}


def written(statuses):
    """A cell as the table would hold it: the most common status last, as `*`."""
    by_status = {}
    for role in EVERYBODY:
        by_status.setdefault(statuses[role], []).append(role)
    common = max(by_status, key=lambda status: len(by_status[status]))
    parts = [f"{status} {' '.join(roles)}" for status, roles in sorted(by_status.items()) if status != common]
    return " | ".join([*parts, f"{common} *"])
