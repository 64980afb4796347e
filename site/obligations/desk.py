"""What waits for one person, asked in one query whatever its number.

Each source of work gives branches: a queryset of any model, with the values it needs as one JSON object. All
branches of all sources are one `UNION ALL`; what came back is handed to the sources by tag, and they make the
items without a further question. What several sources ask about a person (their seats, their units) is asked
once and kept on the desk.
"""

import json
from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cached_property

from django.db.models import TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

_TAG, _ROW = "desk_tag", "desk_row"


class Desk:
    """One person at one moment, and what was found out about them."""

    def __init__(self, user, now=None):
        self.user = user
        self.now = now or timezone.now()
        self.rows = defaultdict(list)  # {tag: [values]}, once fetched
        self._known = {}

    @cached_property
    def today(self):
        return timezone.localdate(self.now)

    @cached_property
    def staff(self):
        """The person of the roster behind an open account, or None."""
        if not self.user.is_authenticated or not self.user.is_active:
            return None
        return getattr(self.user, "staff", None)

    def once(self, key, find):
        """`find()` remembered under `key`."""
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]

    def fetch(self, branches):
        """Runs the branches as one query; none where there are none."""
        parts = [part for part in branches if part is not None]
        if not parts:
            return
        for tag, row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
            self.rows[tag].append(json.loads(row))
        for found in self.rows.values():
            found.sort(key=lambda values: values["pk"])


def branch(rows, tag, **values):
    """`rows` as one part of the query. `values` are names or expressions; each row also has its `pk`."""
    packed = Cast(JSONObject(**({"pk": "pk"} | values)), TextField())
    return (
        rows.order_by()
        .annotate(**{_TAG: Cast(Value(tag), TextField()), _ROW: packed})
        .values_list(_TAG, _ROW)
    )


# ---- JSON has neither days nor moments, and each database writes them its own way


def day(value) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def moment(value) -> datetime | None:
    if not value:
        return None
    read = datetime.fromisoformat(value)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def plain(value):
    """A JSON column inside the JSON object: a value on one database, its text on another."""
    return json.loads(value) if isinstance(value, str) else value
