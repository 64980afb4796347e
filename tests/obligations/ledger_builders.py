"""Kinds of obligation that belong to the tests, and moments to look at them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from obligations import kinds
from obligations.kinds import Kind, register_kind
from obligations.models import Obligation, Reminder

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day, clock="09:00"):
    """A moment of a local day."""
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), LOCAL)


class Teller:
    """Remembers what it told; `breaks_on` are subjects it fails at, `nobody` those it has nobody for."""

    def __init__(self):
        self.told, self.breaks_on, self.not_owed, self.nobody = [], set(), set(), {}
        self.batches = 0

    def tell(self, dues, now):
        self.batches += 1
        for due in dues:
            if due.obligation.subject in self.breaks_on:
                raise ConnectionError(f"no way to tell {due.obligation.subject}")
        self.told += [
            (due.obligation.subject, due.stage.value, due.last_day)
            for due in dues
            if due.obligation.subject not in self.nobody
        ]
        return {
            due.obligation.pk: self.nobody[due.obligation.subject]
            for due in dues
            if due.obligation.subject in self.nobody
        }

    def still_owed(self, obligations, now):
        return [row for row in obligations if row.subject not in self.not_owed]

    @property
    def stages(self):
        return [stage for _subject, stage, _day in self.told]


def kind_of_tests(monkeypatch, code="test.kind", **fields):
    """An own registry with one kind, and its teller."""
    monkeypatch.setattr(kinds, "_kinds", {})
    teller = Teller()
    register_kind(Kind(code, "Do %(code)s", teller.tell, still_owed=teller.still_owed, **fields))
    return teller


def days_before(day, count):
    return day - timedelta(days=count)


def outcomes(obligation: Obligation, version=None):
    """{stage: outcome, with why for what was skipped} of one version, the current one by default."""
    rows = Reminder.objects.filter(obligation=obligation, version=version or obligation.version)
    return {row.stage: row.skipped_why or row.outcome for row in rows.order_by("pk")}
