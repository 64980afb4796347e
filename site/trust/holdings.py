"""Where data of people stands, table by table: whose rows, which fields, what becomes of each when a
person's data is erased. Export, erasure, its preview and the test of the register all read this and
nothing else.

`GOES`: emptied, a file is deleted. `Pseudonym`: replaced by words that name nobody. `STAYS`: kept as it
is, and the holding says why (Luật 91/2025/QH15 Đ.14: data is not erased where another law has it kept).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from .persons import Person
from .processing import activity_of

GOES, STAYS = "goes", "stays"


@dataclass(frozen=True)
class Pseudonym:
    """`{mark}`: random, one for each erasure; `{pk}`: the row's key, where a column must stay unique."""

    pattern: str = "Người đã xóa dữ liệu {mark}"


PSEUDONYM = Pseudonym()
Fate = str | Pseudonym
Whose = Callable[[Person], Q | None]


def by(**lookups) -> Whose:
    """Rows any of whose `lookups` is one of the person's keys: `by(user="user", staff="staff")`."""

    def whose(person):
        found = Q()
        for lookup, kind in lookups.items():
            if values := person.of(kind):
                found |= Q(**{f"{lookup}__in": values})
        return found or None

    return whose


def by_email(*lookups) -> Whose:
    """Rows with one of the person's addresses, in whatever case they were typed."""

    def whose(person):
        found = Q()
        for lookup in lookups:
            for address in person.of("email"):
                found |= Q(**{f"{lookup}__iexact": address})
        return found or None

    return whose


def either(*several: Whose) -> Whose:
    def whose(person):
        found = Q()
        for one in several:
            if (rows := one(person)) is not None:
                found |= rows
        return found or None

    return whose


def nobody(person):
    """Rows that cannot be found by a person: their names are words somebody typed."""
    return None


@dataclass(frozen=True)
class Holding:
    """Personal data of one kind of rows of one table. `only` narrows the rows to those of one fate: what is a
    record stays, what is not goes; each kind is a holding of its own.

    `goes_whole`: the row is deleted. `shown`: further fields a copy of the data names (of links their words);
    without it every plain column but keys and secrets is copied. `after(keys, now)`: what follows an erasure,
    inside its transaction.
    """

    model: str
    activity: str
    fields: Mapping[str, Fate]
    whose: Whose
    why: str | Promise = ""
    only: Callable[[], Q] | None = None
    goes_whole: bool = False
    shown: tuple[str, ...] | None = None
    is_copied: bool = True
    label: str | Promise = ""
    after: Callable[[Iterable, object], None] | None = field(default=None, compare=False)

    @property
    def table(self):
        return apps.get_model(self.model)

    @property
    def heading(self):
        return self.label or self.table._meta.verbose_name

    def rows(self, person: Person) -> QuerySet:
        """The person's rows, past any manager that hides or guards some."""
        everything = QuerySet(self.table)
        found = self.whose(person)
        if found is None:
            return everything.none()
        if self.only is not None:
            found &= self.only()
        keys = everything.filter(found).values("pk")  # a join may meet a row twice
        return everything.filter(pk__in=keys).order_by("pk")

    def fate(self, name) -> Fate:
        return GOES if self.goes_whole else self.fields[name]

    @property
    def kept_fields(self):
        return [name for name in self.fields if self.fate(name) == STAYS]

    @property
    def copied_fields(self):
        """What a copy of the person's data holds of a row."""
        if self.shown is not None:
            return list(dict.fromkeys((*self.fields, *self.shown)))
        return [
            f.name for f in self.table._meta.concrete_fields if not f.is_relation and not _is_secret(f.name)
        ]


_SECRET = frozenset(
    {"password", "token", "code_hash", "session_data", "session_key", "network", "key", "sha256"}
)


def _is_secret(name):
    """Keys, hashes and whatever opens something: no data about a person, and dangerous in a file."""
    return name in _SECRET or name.endswith(("_key", "_sha256"))


_holdings: list[Holding] = []


def register_holdings(*holdings: Holding):
    """Adds tables; call it in `AppConfig.ready`. Raises ValueError for an activity nobody registered, for a
    field the table lacks, and where something stays without a reason."""
    for holding in holdings:
        _check(holding)
        if holding not in _holdings:
            _holdings.append(holding)


def _check(holding):
    try:
        activity_of(holding.activity)
    except KeyError:
        raise ValueError(f"{holding.model}: no activity is called {holding.activity}") from None
    names = {f.name for f in holding.table._meta.get_fields()}
    if unknown := {*holding.fields, *(holding.shown or ())} - names:
        raise ValueError(f"{holding.model} has no field {sorted(unknown)}")
    if holding.kept_fields and not holding.why:
        raise ValueError(f"{holding.model}: {holding.kept_fields} stay, and nothing says why")


def holdings() -> list[Holding]:
    """All of them, in the order of the apps."""
    return list(_holdings)


_MOMENTS = (
    "at",
    "made_at",
    "recorded_at",
    "created_at",
    "edited_at",
    "entered_at",
    "uploaded_at",
    "submitted_at",
)


def acts(activity, why, table: str) -> list[Holding]:
    """Holdings of who did what: one line each of "app.Model link name name". Such rows are found by their
    first field where it links an account or a person on the roster, and they stay: a record without its
    writer proves nothing. A copy names the act's own columns of people and its days, not what it was
    about."""
    made = []
    for line in filter(None, map(str.strip, table.splitlines())):
        model, *names = line.split()
        fields = {f.name: f for f in apps.get_model(model)._meta.get_fields()}
        lookups = {name: kind for name in names if (kind := _kind_of_link(fields.get(name)))}
        days = tuple(name for name in _MOMENTS if name in fields)
        whose = by(**lookups) if lookups else nobody
        made.append(Holding(model, activity, dict.fromkeys(names, STAYS), whose, why=why, shown=days))
    return made


def _kind_of_link(field):
    """The kind of key a link to a person holds, "" for anything else."""
    related = getattr(field, "related_model", None)
    return {"people.User": "user", "people.Staff": "staff"}.get(related._meta.label, "") if related else ""
