"""How a competition says where it stands: in words and moments, never in codes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.sharing import SCHEMA, address, ward
from vietnamese.dates import spoken_moment

from .models import Blueprint
from .phases import PhaseCode

BETWEEN, OVER, PLANNED = "between", "over", "planned"


@dataclass(frozen=True)
class TimelineEvent:
    """One line of templates/components/timeline.html."""

    kind: str
    title: str
    when: str
    note: str = ""


@dataclass(frozen=True)
class Act:
    """What the public can do now, and until when."""

    url: str
    label: str
    closes_at: datetime


def look(standing):
    """(code of config.states, words) of where it stands."""
    if standing.current:
        return standing.code, _now_words()[standing.code]
    if standing.is_over:
        return OVER, pgettext("competition", "Over")
    if standing.has_begun:
        return BETWEEN, _before_words()[standing.next.code]
    return PLANNED, _("Not open yet")


def deadline(standing):
    """(words, moment) of what comes next: "Entries close at …"; None once it is over."""
    if standing.current:
        return _closing_words()[standing.code] % {"moment": spoken_moment(standing.current.closes_at)}
    if standing.next:
        return _opening_words()[standing.next.code] % {"moment": spoken_moment(standing.next.opens_at)}
    return None


def timeline(competition, standing):
    """Every window as an event: over, now or to come."""
    events = []
    for phase in sorted(competition.phases.all(), key=lambda phase: phase.opens_at):
        is_now = standing.current is not None and standing.current.code == phase.code
        is_over = standing.last is not None and phase.closes_at <= standing.last.closes_at
        when = _("From %(opens)s. Until %(closes)s.") % {
            "opens": spoken_moment(phase.opens_at),
            "closes": spoken_moment(phase.closes_at),
        }
        kind = "now" if is_now else "done" if is_over else "todo"
        events.append(TimelineEvent(kind, phase.get_code_display(), when))
    return events


def act(competition, standing):
    """The one act open to the public now, or None."""
    root = competition.url or f"/cuoc-thi/{competition.slug}/"
    if standing.code == PhaseCode.ENTRY:
        is_quiz = competition.blueprint == Blueprint.QUIZ
        label = _("Take the quiz") if is_quiz else _("Send an entry")
        return Act(f"{root}du-thi/", label, standing.current.closes_at)
    if standing.code == PhaseCode.VOTE:
        return Act(f"{root}binh-chon/", _("Look at the entries and vote"), standing.current.closes_at)
    return None


def entrance(competition):
    """Who may enter and what is asked, as sentences."""
    yield {
        "everybody": _("Residents and staff of the ward may enter."),
        "staff": _("Only staff of the ward may enter."),
        "residents": _("Residents may enter; staff of the ward may not."),
    }[competition.who]
    if competition.ward_only and competition.who != "staff":
        yield _("They live, study or work in the ward.")
    low, high = competition.min_age, competition.max_age
    if low and high:
        yield _("From %(low)d to %(high)d years of age on the day entries open.") % {"low": low, "high": high}
    elif low:
        yield _("At least %(low)d years of age on the day entries open.") % {"low": low}
    elif high:
        yield _("At most %(high)d years of age on the day entries open.") % {"high": high}
    if competition.team_most > 1:
        yield _("Alone or in a team of up to %(most)d people.") % {"most": competition.team_most}
    yield _("Each person is in one entry only.")


def asked(competition):
    """What an entry holds, as sentences."""
    if competition.blueprint == Blueprint.QUIZ:
        count = {"questions": competition.questions_each, "minutes": competition.minutes}
        yield _("%(questions)d questions in %(minutes)d minutes, one try.") % count
        return
    if competition.words_most:
        yield _("A text of up to %(most)d words.") % {"most": competition.words_most}
    if competition.files_most:
        figures = {"least": competition.files_least, "most": competition.files_most}
        if competition.files_least:
            yield _("From %(least)d to %(most)d files or photos.") % figures
        else:
            yield _("Up to %(most)d files or photos.") % figures


def event(competition):
    """What it is, in schema.org's words; None while it has no windows."""
    windows = [phase.window for phase in competition.phases.all()]
    if not windows:
        return None
    return {
        "@context": SCHEMA,
        "@type": "Event",
        "name": competition.title,
        "description": competition.summary,
        "startDate": min(w.opens_at for w in windows).isoformat(),
        "endDate": max(w.closes_at for w in windows).isoformat(),
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/MixedEventAttendanceMode",
        "location": {"@type": "Place", "name": competition.place or ward()["name"]},
        "organizer": ward(),
        "url": address(competition.url or "/"),
    }


def _now_words():
    return {
        PhaseCode.ENTRY: _("Taking entries"),
        PhaseCode.PRELIMINARY: _("Preliminary round under way"),
        PhaseCode.VOTE: _("Public vote under way"),
        PhaseCode.FINAL: _("Final round under way"),
        PhaseCode.EVENT: _("Taking place"),
    }


def _before_words():
    return {
        PhaseCode.ENTRY: _("Not open yet"),
        PhaseCode.PRELIMINARY: _("Waiting for the preliminary round"),
        PhaseCode.VOTE: _("Waiting for the public vote"),
        PhaseCode.FINAL: _("Waiting for the final round"),
        PhaseCode.EVENT: _("Waiting for the event"),
    }


def _closing_words():
    return {
        PhaseCode.ENTRY: _("Entries are taken until %(moment)s"),
        PhaseCode.PRELIMINARY: _("Preliminary round until %(moment)s"),
        PhaseCode.VOTE: _("Votes are taken until %(moment)s"),
        PhaseCode.FINAL: _("Final round until %(moment)s"),
        PhaseCode.EVENT: _("Until %(moment)s"),
    }


def _opening_words():
    return {
        PhaseCode.ENTRY: _("Entries are taken from %(moment)s"),
        PhaseCode.PRELIMINARY: _("Preliminary round from %(moment)s"),
        PhaseCode.VOTE: _("Votes are taken from %(moment)s"),
        PhaseCode.FINAL: _("Final round from %(moment)s"),
        PhaseCode.EVENT: _("Begins at %(moment)s"),
    }
