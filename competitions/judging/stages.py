"""The stages of a competition: which it has, what is judged in each, who judges."""

from django.db.models import Exists, OuterRef

from people.roles import Role

from ..addresses import email_key
from ..models import Entry, EntrySheet, JudgeConflict, OrganiserPermission, Participation, Stage
from ..phases import PhaseCode, phase_at

SLUGS = {"so-khao": Stage.PRELIMINARY, "chung-khao": Stage.FINAL}
SLUG_OF = {stage: slug for slug, stage in SLUGS.items()}
GIVEN_UP = ("recused", "void")


def stages_of(competition):
    """The stages it has a window for, in order."""
    return [stage for stage in Stage if competition.window(stage)]


def last_stage(competition):
    """The stage whose ranking the prizes follow, or None where nothing is judged."""
    return next(reversed(stages_of(competition)), None)


def run_of(competition, stage):
    """Its `StageRun`, or None before it was ever assigned."""
    return next((run for run in competition.stage_runs.all() if run.stage == stage), None)


def is_closed(competition, stage):
    run = run_of(competition, stage)
    return run is not None and run.closed_at is not None


def entries_have_closed(competition, now):
    """Whether no entry is taken any more: windows never overlap and entries come first."""
    standing = competition.standing(now)
    return standing.has_begun and standing.code != PhaseCode.ENTRY


def window_is_over(competition, stage, now):
    return phase_at([competition.window(stage)], now).is_over


def entries_of(competition, stage):
    """What is judged in a stage: everything that takes part; in a final after a preliminary its finalists."""
    entries = Entry.objects.counted().filter(competition=competition)
    if stage == Stage.FINAL and competition.window(Stage.PRELIMINARY):
        entries = entries.filter(finalist__isnull=False)
    return entries.order_by("number")


def sheets_of(competition, stage):
    """The sheets in force of a stage."""
    sheets = EntrySheet.objects.filter(competition=competition, stage=stage)
    return sheets.exclude(state__in=GIVEN_UP)


# ---- who judges


def seats_of(competition):
    """The seats that may judge now: held, by an open account in the role, of somebody who neither organises
    the competition nor is in an entry of it. Three queries."""
    organises = OrganiserPermission.objects.filter(content_object=competition, user=OuterRef("user"))
    seats = (
        competition.judges.filter(ended_at__isnull=True, user__is_active=True)
        .filter(user__groups__name=Role.JUDGE, user__is_active=True)
        .filter(~Exists(organises))
        .select_related("user__staff")
        .order_by("pk")
        .distinct()
    )
    accounts, mailboxes = _entrants(competition)
    return [s for s in seats if s.user_id not in accounts and email_key(s.user.email) not in mailboxes]


def _entrants(competition):
    """Accounts and mailboxes of everybody in an entry: whoever entered by mail is the same person."""
    rows = Participation.objects.filter(competition=competition, ended_at__isnull=True)
    rows = list(rows.values_list("participant__user_id", "participant__email_key"))
    return {pk for pk, _key in rows if pk}, {key for _pk, key in rows if key}


def barred_from(competition, entries):
    """{entry pk: judge pks} of declared conflicts; a person's conflict holds for every seat they had."""
    rows = JudgeConflict.objects.filter(entry__in=entries)
    people = {}
    for entry, user in rows.values_list("entry_id", "judge__user_id"):
        people.setdefault(entry, set()).add(user)
    seats = dict(competition.judges.values_list("pk", "user_id"))
    return {entry: {seat for seat, user in seats.items() if user in users} for entry, users in people.items()}


def held_in(competition, stage):
    """{entry pk: judge pks} of the sheets in force."""
    held = {}
    for entry, judge in sheets_of(competition, stage).values_list("entry_id", "judge_id"):
        held.setdefault(entry, set()).add(judge)
    return held
