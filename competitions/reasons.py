"""The words of every reason code: what stands in the way, who can act, until when (design §4).

Codes are stable and logic knows only them; the sentence is made when a page is drawn.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.dates import short_date, spoken_moment
from vietnamese.numbers import format_decimal

from .lifecycle import EntryState
from .moves import Answer

_SENTENCES = {
    # who and in which state
    "only_leader": gettext_lazy("Only the leader of the entry can do this."),
    "only_organiser": gettext_lazy("Only the organisers of the competition can do this."),
    "only_clock": gettext_lazy("The portal does this by itself when the term is over."),
    "not_in_entry": gettext_lazy("Only people in the entry can do this."),
    "wrong_state": gettext_lazy("This step does not follow where the entry stands now: %(state)s."),
    # time
    "takes_no_entries": gettext_lazy("No entries are taken in this competition."),
    "entries_not_open_yet": gettext_lazy("Entries are taken from %(opens_at)s on."),
    "entries_closed": gettext_lazy(
        "Entries closed at %(closes_at)s, by the clock of the portal. What comes later is not taken."
    ),
    "entries_still_open": gettext_lazy("Entries are still taken; the leader hands it in."),
    "judging_is_over": gettext_lazy("The first round is closed; nobody would judge this entry any more."),
    "results_are_out": gettext_lazy("The results are published."),
    # who may enter
    "organises_or_judges": gettext_lazy(
        "Whoever organises or judges this competition does not enter it (Article 3 of the rules)."
    ),
    "staff_only": gettext_lazy("Only staff of the ward may enter. Staff sign in with their account."),
    "residents_only": gettext_lazy("Only residents may enter, not staff of the ward."),
    "place_missing": gettext_lazy(
        "Only people who live, study or work in the ward may enter. Write the residential group, school or "
        "workplace."
    ),
    "birth_date_missing": gettext_lazy("The rules set an age limit. Write the date of birth."),
    "too_young": gettext_lazy(
        "The rules ask for at least %(min)s years on %(day)s; on that day it is %(age)s."
    ),
    "too_old": gettext_lazy("The rules allow at most %(max)s years on %(day)s; on that day it is %(age)s."),
    "team_too_large": gettext_lazy("An entry has at most %(most)s people; this one has %(count)s."),
    # what the entry holds
    "title_missing": gettext_lazy("Write the title."),
    "text_missing": gettext_lazy("Write the text."),
    "too_many_words": gettext_lazy("The text has %(count)s words, at most %(most)s. Shorten it."),
    "files_missing": gettext_lazy("Attach at least %(least)s files; there are %(count)s."),
    "too_many_files": gettext_lazy("There are %(count)s files, at most %(most)s. Remove some."),
    # what a quiz lacks
    "sitting_missing": gettext_lazy("The quiz was not begun."),
    "sitting_open": gettext_lazy("The quiz is not finished."),
    "sitting_still_runs": gettext_lazy("The quiz runs until %(ends_at)s."),
    "quiz_is_sat_once": gettext_lazy("A quiz is answered once."),
    # who agreed
    "team_has_not_answered": gettext_lazy(
        "Not answered yet: %(names)s. Wait for the answer or take the invitation back."
    ),
    "consent_missing": gettext_lazy("The consent to handle the entry is missing: %(name)s."),
    "consent_needed": gettext_lazy("Without this consent the organisers cannot take the entry."),
    "consent_ends_entry": gettext_lazy(
        "The entry was handed in and rests on this consent. To take it back, withdraw the entry."
    ),
    "consent_ends_place": gettext_lazy(
        "The entry was handed in and rests on this consent. To take it back, leave the team."
    ),
    # handing in
    "nothing_changed": gettext_lazy("Nothing was changed since the last version; it counts as it is."),
    "handed_in_already": gettext_lazy("This version was handed in already. Nothing was sent twice."),
    "reason_missing": gettext_lazy("Write the reason."),
    # the team
    "own_address": gettext_lazy("This is the leader's own address."),
    "already_in_team": gettext_lazy("Somebody with this address is in the team already."),
    "already_invited": gettext_lazy("This address was invited already and has not answered yet."),
    "team_full": gettext_lazy(
        "An entry has at most %(most)s people, those invited included. Take an invitation back first."
    ),
    "too_many_invitations": gettext_lazy("At most %(most)s invitations a day. Go on tomorrow."),
    "invitation_over": gettext_lazy("This invitation is over."),
    "already_in_an_entry": gettext_lazy(
        "Each person takes part in one entry only, and there is one already. Withdraw or leave it first."
    ),
    "leader_stays": gettext_lazy("The leader does not leave the team; withdraw the entry instead."),
}

WHO = {
    "leader": gettext_lazy("the leader of the entry"),
    "organiser": gettext_lazy("the organisers"),
    "clock": gettext_lazy("the portal's clock"),
}
_OF_ONE_PERSON = (
    "organises_or_judges",
    "staff_only",
    "residents_only",
    "place_missing",
    "birth_date_missing",
    "too_young",
    "too_old",
)


def sentence(answer):
    """The reason of an `Answer` or a `Refusal` in the reader's language; empty where a step is allowed. What
    is about one person of an entry names them."""
    code = answer.reason if isinstance(answer, Answer) else answer.code
    if not code:
        return ""
    text = str(_SENTENCES[code]) % {key: _shown(key, value) for key, value in answer.params.items()}
    name = answer.params.get("name")
    return f"{name}: {text}" if name and code in _OF_ONE_PERSON else text


def words_of(code):
    """The lazy sentence of a reason code without figures, for a form that asks the same thing."""
    return _SENTENCES[code]


def who_can(answer):
    return _(" or ").join(str(WHO[code]) for code in answer.who)


def _shown(key, value):
    if key == "state":
        return str(EntryState(value).label)
    if isinstance(value, datetime):
        return spoken_moment(value)
    if hasattr(value, "isoformat"):
        return short_date(value)
    return format_decimal(value) if isinstance(value, int) else value
