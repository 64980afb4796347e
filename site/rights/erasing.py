"""Erasing a person's data: a plan of what goes, what gets a pseudonym, what stays and why; then that plan,
in one transaction, with its log. Nothing is known here of any table: `trust.holdings` says it all.

What is a record by law stays (Luật 91/2025 Đ.14.2; Luật Lưu trữ 2024): recognised dossiers, decisions,
logs.
"""

import secrets
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import FileField, QuerySet
from django.utils import timezone

from editing.canonical import fingerprint
from trust.holdings import GOES, STAYS, Pseudonym, holdings, nobody

from . import handling, identity, log
from .models import Erasure
from .refusing import Refused
from .words import column_words


@dataclass(frozen=True)
class Line:
    """One kind of rows: columns by what becomes of them."""

    table: str
    activity: str
    count: int
    is_whole: bool
    goes: tuple[str, ...]
    pseudonym: tuple[str, ...]
    stays: tuple[str, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    person: object
    lines: tuple[tuple[object, Line], ...]  # (holding, line)

    @property
    def is_empty(self):
        return not self.lines

    @property
    def fingerprint(self):
        """Of which rows lose what: a confirmation of one plan is none of another."""
        return fingerprint([asdict(line) for _holding, line in self.lines])

    def as_data(self):
        """What the log keeps: counts and columns, no key of any row."""
        return [
            {name: value for name, value in asdict(line).items() if name != "keys"}
            for _holding, line in self.lines
        ]


def plan_for(person) -> Plan:
    """The plan as the data stand now; one query a table."""
    lines = []
    for holding in holdings():
        keys = tuple(holding.rows(person).values_list("pk", flat=True))
        if keys:
            lines.append((holding, _line(holding, keys)))
    return Plan(person, tuple(lines))


def _line(holding, keys):
    by_fate = {GOES: [], STAYS: [], "pseudonym": []}
    for name in holding.fields:
        fate = holding.fate(name)
        by_fate["pseudonym" if isinstance(fate, Pseudonym) else fate].append(name)
    return Line(
        table=holding.model,
        activity=holding.activity,
        count=len(keys),
        is_whole=holding.goes_whole,
        goes=tuple(by_fate[GOES]),
        pseudonym=tuple(by_fate["pseudonym"]),
        stays=tuple(by_fate[STAYS]),
        keys=tuple(str(key) for key in keys),
    )


@dataclass(frozen=True)
class Shown:
    """A line of the preview in words."""

    heading: str
    count: int
    goes: list
    pseudonym: list
    stays: list
    why: str
    is_whole: bool


def shown(plan):
    for holding, line in plan.lines:
        words = {name: column_words(holding.table._meta.get_field(name)) for name in holding.fields}
        yield Shown(
            str(holding.heading),
            line.count,
            [words[name] for name in line.goes],
            [words[name] for name in line.pseudonym],
            [words[name] for name in line.stays],
            str(holding.why),
            line.is_whole,
        )


def typed_elsewhere():
    """Tables with names somebody typed, which no key of a person finds: what the preview cannot list."""
    return sorted({str(holding.heading) for holding in holdings() if holding.whose is nobody})


# ---- doing


def erase(request, user, text, confirmed, *, seen, now=None) -> Erasure:
    """Carries out the plan whose fingerprint was `confirmed` and settles the request, all or nothing."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = handling.lock_for(request, "erase", user, seen, now)
        plan = plan_for(identity.person_of(locked))
        if plan.is_empty:
            raise Refused("nobody_found")
        if plan.fingerprint != confirmed:
            raise Refused("plan_changed")
        apply(plan, now)
        data = plan.as_data()
        done = Erasure.objects.create(
            request=locked, at=now, lines=data, sha256=fingerprint(data), **log.actor_values(user)
        )
        locked.refresh_from_db()  # the erasure may have taken its link to the account
        handling.settle_erased(locked, user, text, now)
    return done


def apply(plan, now):
    """Inside the caller's transaction. Whole rows go last: others may hang on them."""
    mark = secrets.token_hex(3).upper()
    for holding, line in plan.lines:
        if not holding.goes_whole:
            _change_rows(holding, line, mark)
    for holding, line in reversed(plan.lines):
        if holding.goes_whole:
            _drop_files(holding, line)
            QuerySet(holding.table).filter(pk__in=line.keys).delete()
    for holding, line in plan.lines:
        if holding.after is not None:
            holding.after(line.keys, now)


def _change_rows(holding, line, mark):
    fates = {name: fate for name, fate in holding.fields.items() if fate != STAYS}
    if not fates:
        return
    _drop_files(holding, line)
    for key in line.keys:
        values = {name: _value(holding.table, name, fate, key, mark) for name, fate in fates.items()}
        QuerySet(holding.table).filter(pk=key).update(**values)


def _value(table, name, fate, key, mark):
    field = table._meta.get_field(name)
    if isinstance(fate, Pseudonym):
        return fate.pattern.format(mark=mark, pk=key)[: field.max_length]
    if field.null:
        return None
    return {} if field.get_internal_type() == "JSONField" else ""


def _drop_files(holding, line):
    """Files of columns that go, from the disk as well, once the transaction is through."""
    names = [
        name
        for name in holding.fields
        if holding.fate(name) == GOES and isinstance(holding.table._meta.get_field(name), FileField)
    ]
    for name in names:
        for row in QuerySet(holding.table).filter(pk__in=line.keys).exclude(**{name: ""}):
            stored = getattr(row, name)
            if stored:
                transaction.on_commit(lambda kept=stored.name, storage=stored.storage: storage.delete(kept))
