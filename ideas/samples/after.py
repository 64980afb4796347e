"""Sample ideas of residents and sample results, through the portal's own doors, each step on its day."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from ideas.benefits import deciding, ledger
from ideas.models import Idea, Initiative
from ideas.suggestions import log, sending, triage
from people.models import Unit, User
from people.service import primary_unit_of
from people.units import headed_units

from . import texts
from .backdate import Clock
from .evidence import page
from .story import READ_AFTER_DAYS


def load_after(calendar):
    """{what: how many} of ideas and measurements."""
    people = {user.username: user for user in User.objects.filter(is_sample=True).select_related("staff")}
    clock = Clock()

    def turn(moment):
        clock.turn(moment, read=timezone.localdate(moment) < calendar.day(READ_AFTER_DAYS))

    steps = [step for told in texts.residents_ideas() for step in _steps_of(told)]
    for days_ago, key, act in sorted(steps, key=lambda step: -step[0]):
        moment = calendar.moment(days_ago, 9, len(key))
        act(people, moment)
        turn(moment)
    measured = sum(_results(told, calendar, people, turn) for told in texts.results())
    return {"ideas": Idea.objects.filter(is_sample=True).count(), "measurements": measured}


# ---- ideas


def _steps_of(told):
    made = {}

    def arrive(people, moment):
        names = ("trouble", "proposal", "place", "name", "email", "phone")
        sent = sending.Sent(**{name: told.get(name, "") for name in names}, agreed=frozenset(told["agreed"]))
        made["idea"], _new = sending.send(sent, told["key"], is_sample=True, now=moment)

    yield told["days_ago"], told["key"], arrive
    for days_ago, name, options in told["steps"]:
        yield days_ago, told["key"], _taken(_ACTS[name], made, options)


def _taken(act, made, options):
    def take(people, moment):
        idea = Idea.objects.get(pk=made["idea"].pk)
        act(idea, people, moment, log.last_seen(idea), **options)

    return take


def _assign(idea, people, moment, seen, unit):
    triage.assign(idea, people["thuky"], Unit.objects.get(code=unit), seen=seen, now=moment)


def _answer(idea, people, moment, seen, by, outcome, answer, title, text):
    given = triage.Answered(outcome, answer, True, title, text)
    triage.answer(idea, people[by], given, seen=seen, now=moment)


def _close(idea, people, moment, seen, why):
    triage.close(idea, people["thuky"], why, seen=seen, now=moment)


_ACTS = {"assign": _assign, "answer": _answer, "close": _close}


# ---- results


def _results(told, calendar, people, turn):
    """The figures of one dossier, promised, measured after three months and verified; its use elsewhere."""
    initiative = Initiative.objects.published().filter(title=told["title"], is_sample=True).first()
    if initiative is None:  # fewer dossiers were loaded
        return 0
    moment = calendar.moment(told["days_ago"], 10)
    author, verifier = people[told["author"]], people[told["verifier"]]
    for number, figure in enumerate(told["figures"]):
        at = moment + timedelta(minutes=20 * number)
        row = _figure(initiative, author, figure, at)
        row = deciding.decide(row, verifier, "verified", now=at)
        made = _measure(row, author, figure, at)
        deciding.decide(made, verifier, "verified", now=at)
        turn(at)
    moment += timedelta(minutes=20 * len(told["figures"]))
    for use in told["uses"]:
        _use(initiative, people[use["by"]], calendar.day(use["since_days_ago"]), use["how"], moment)
        turn(moment)
    return len(told["figures"])


def _figure(initiative, author, figure, at):
    wanted = ledger.Figure(
        figure["name"],
        figure["measured_in"],
        Decimal(figure["baseline"]),
        Decimal(figure["promised"]),
        lower_is_better=True,
    )
    return ledger.write_indicator(initiative, author, wanted, now=at)


def _measure(row, author, figure, at):
    parts = [
        ("Số đo", f"{figure['value'].replace('.', ',')} {figure['measured_in']}"),
        ("Cách đo", figure["source"]),
    ]
    paper = page("so-do.pdf", "Kết quả đo", figure["name"], parts, signer=author.display_name)
    measured = ledger.Measured(Decimal(figure["value"]), timezone.localdate(at), figure["source"])
    return ledger.write_measurement(row, 3, author, measured, ledger.store_evidence([paper]), now=at)


def _use(initiative, head, since, how, moment):
    unit = primary_unit_of(head.staff, since)
    if unit and unit.pk in headed_units(head, since):
        ledger.write_adoption(initiative, head, unit, min(since, timezone.localdate(moment)), how, now=moment)
