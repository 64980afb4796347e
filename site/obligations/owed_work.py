"""What is owed, on the work page: the kinds that have a section there; and who was told that it is late."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from vietnamese.dates import short_date

from .desk import branch, day, moment, plain
from .duties import Source, WorkItem, WorkSection
from .kinds import kind_of, kinds
from .ledger import owed_by, person
from .models import DayOff, Obligation, Outcome, Reminder
from .stages import AnnouncedDays

_OWED, _ANNOUNCED, _TOLD = "obligations.owed", "obligations.announced", "obligations.told"


def _acts_for(desk):
    """{kind: owners} this person is, or acts for, of the kinds that are shown."""
    shown = [kind for kind in kinds() if kind.section]
    return desk.once(
        "acts_for", lambda: {kind.code: {person(desk.user), *kind.owners_of(desk)} for kind in shown}
    )


def _asks(desk):
    owners = _acts_for(desk)
    if owners:
        owed = owed_by(*set().union(*owners.values())).filter(kind__in=owners, rests=False)
        names = ("kind", "subject", "owner_kind", "owner", "due_on", "fixed", "code", "link", "data")
        yield branch(owed, _OWED, **{name: name for name in names})
        yield branch(DayOff.objects.in_force(), _ANNOUNCED, day="day", works="works")


def _tells(desk):
    owners, by_kind = _acts_for(desk), {}
    for values in desk.rows[_OWED]:
        if (values["owner_kind"], values["owner"]) in owners[values["kind"]]:
            by_kind.setdefault(values["kind"], []).append(_obligation(values))
    announced = _announced(desk)
    for code in owners:
        kind, rows = kind_of(code), by_kind.get(code, ())
        if kind.ahead is not None:
            rows = [row for row in rows if row.due_on - kind.ahead <= desk.today]
        if rows and not kind.asked_by_clock:
            rows = kind.still_owed(rows, desk.now)
        if rows:
            items = [_item(kind, row, announced, desk.today) for row in rows]
            yield WorkSection(str(kind.section), items, kind.order)


def _obligation(values):
    """The row as far as an item needs it."""
    own = {name: values[name] for name in ("pk", "kind", "subject", "owner_kind", "owner", "code", "link")}
    data = plain(values["data"])
    return Obligation(**own, due_on=day(values["due_on"]), fixed=bool(values["fixed"]), data=data)


def _announced(desk):
    rows = [(day(row["day"]), bool(row["works"])) for row in desk.rows[_ANNOUNCED]]
    return AnnouncedDays(
        frozenset(one for one, works in rows if not works), frozenset(one for one, works in rows if works)
    )


def _item(kind, row, announced, today):
    last = row.last_day(announced)
    return WorkItem(
        title=kind.title_of(row),
        link=row.link,
        # Past the working day that is named and before the day itself, it is not late yet.
        due=last if last >= today else max(last, row.due_on),
        action=str(kind.action),
        kind=kind.code,
        code=row.code,
    )


of_owners = Source(_asks, _tells)


# ---- who was told that it is late


def asks_who_was_told(kind_codes):
    """A branch: which superiors were told of what is open and late, of these kinds."""
    rows = Reminder.objects.filter(
        obligation__kind__in=kind_codes,
        obligation__state="open",
        version=F("obligation__version"),
        outcome=Outcome.SENT,
    ).exclude(told="")
    return branch(rows, _TOLD, kind="obligation__kind", subject="obligation__subject", told="told", at="at")


def who_was_told(desk, kind_code, subject):
    """In words: "Overdue: told to the council chair on 12/12/2026"; empty where nobody was."""
    superiors = kind_of(kind_code).superiors
    told = [
        _("%(who)s on %(day)s")
        % {"who": superiors[row["told"]].label, "day": short_date(timezone.localdate(moment(row["at"])))}
        for row in desk.rows[_TOLD]
        if (row["kind"], row["subject"]) == (kind_code, subject) and row["told"] in superiors
    ]
    return _("Overdue, told to: %(people)s.") % {"people": ", ".join(dict.fromkeys(told))} if told else ""
