"""The words of organising: refusals, what is missing, where a competition stands, what was done to it. Logic
knows the codes alone."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vietnamese.dates import spoken_moment

from ..lifecycle import EntryState
from ..phases import PhaseCode

_REFUSALS = {
    "only_organiser": gettext_lazy("Only an organiser of this competition can do this."),
    "reason_missing": gettext_lazy("Write the reason."),
    "changed_meanwhile": gettext_lazy(
        "Somebody else changed this meanwhile. Nothing was overwritten: what you typed still stands here. "
        "Compare it with what is saved now, then save again."
    ),
    "waits_for_approval": gettext_lazy(
        "It waits for approval. Take it back first; then it can be changed and sent again."
    ),
    "locked_by_publisher": gettext_lazy("A publisher has locked the page. Ask them to unlock it."),
    "fixed_since_published": gettext_lazy(
        "The competition is published. This stays as it was announced: everybody enters on the same terms."
    ),
    "nothing_to_send": gettext_lazy("Everything that was written is published already."),
    "no_publishers": gettext_lazy("No approval is set up on this portal. Ask the administrator."),
    "not_waiting": gettext_lazy("It does not wait for approval any more."),
    # phases
    "windows_of_another_kind": gettext_lazy("These dates do not belong to this kind of competition."),
    "windows": gettext_lazy("The dates do not fit together."),
    "not_out_yet": gettext_lazy("The competition is not published yet. Change its dates freely."),
    "no_such_phase": gettext_lazy("The competition has no such phase."),
    "phase_over": gettext_lazy(
        "This phase is over and stays closed. An entry that came too late can be taken in with a reason."
    ),
    "not_later": gettext_lazy("Choose a moment after %(closes_at)s. A close never moves to an earlier one."),
    "share_without_vote": gettext_lazy(
        "There is no public vote. Give it dates first, or leave the share at 0."
    ),
    # people
    "not_a_judge": gettext_lazy("This account does not have the role of a judge."),
    "not_an_organiser": gettext_lazy("This account does not have the role of an organiser."),
    "organises_it": gettext_lazy("This person organises the competition, so they cannot judge it."),
    "judges_it": gettext_lazy("This person judges the competition, so they cannot organise it."),
    "is_in_an_entry": gettext_lazy(
        "This person takes part in the competition, so they can neither judge nor organise it."
    ),
    "judges_already": gettext_lazy("This person is in the jury already."),
    "organises_already": gettext_lazy("This person organises it already."),
    "organises_no_more": gettext_lazy("This person does not organise it any more."),
    "last_organiser": gettext_lazy("The last organiser stays. Add another one first."),
    "judge_has_sheets": gettext_lazy(
        "This judge has score sheets. A judge who cannot go on declares a conflict of interest on the sheet."
    ),
    # entries
    "wrong_state": gettext_lazy("The entry is %(state)s; this does not follow from there."),
    "results_are_out": gettext_lazy("The results are published. What they rest on stays as it is."),
    "takes_no_entries": gettext_lazy("This competition takes no entries."),
    "entries_still_open": gettext_lazy("Entries are still taken: the person can hand it in themselves."),
    "judging_is_over": gettext_lazy(
        "A round of judging is closed. An entry taken in now would be judged by nobody."
    ),
    "late_none": gettext_lazy(
        "No draft of this person can be taken in. Either they have none, or it lacks something: "
        "ask them to open it and read what is missing."
    ),
    # who may be in an entry
    "organises_or_judges": gettext_lazy("organises or judges the competition"),
    "staff_only": gettext_lazy("is not staff of the ward"),
    "residents_only": gettext_lazy("is staff of the ward"),
    "place_missing": gettext_lazy("has not said where they live, study or work"),
    "birth_date_missing": gettext_lazy("has not given a date of birth"),
    "too_young": gettext_lazy("is %(age)s years old on %(day)s; the youngest age is %(min)s"),
    "too_old": gettext_lazy("is %(age)s years old on %(day)s; the oldest age is %(max)s"),
}

_LACKS = {
    "summary_missing": gettext_lazy("The summary is empty."),
    "contact_missing": gettext_lazy("Nobody is named who answers questions, with an e-mail or a telephone."),
    "article_missing": gettext_lazy("The article “%(heading)s” of the rules is empty."),
    "place_missing": gettext_lazy("The place is not named."),
    "entry_is_empty": gettext_lazy("An entry asks for neither text nor files."),
    "finalists_missing": gettext_lazy("It is not said how many entries reach the final round."),
    "quiz_size_missing": gettext_lazy("The number of questions or of minutes is missing."),
    "phase_missing": gettext_lazy("The dates are missing: %(phase)s."),
    "phase_faulty": gettext_lazy("The dates do not fit: %(phase)s."),
    "first_phase_over": gettext_lazy("This phase would be over before anybody reads of it: %(phase)s."),
    "prizes_missing": gettext_lazy("No prize is named."),
    "favourite_without_vote": gettext_lazy("A prize goes by the public vote, and there is no vote."),
    "judges_few": gettext_lazy("The jury has %(count)s of at least %(needed)s judges."),
    "rubric_missing": gettext_lazy("The rubric of competitions is missing. Ask the administrator."),
    "share_without_vote": gettext_lazy("The public vote has a share, and there is no vote."),
    "too_few_questions": gettext_lazy("The bank has %(count)s of at least %(needed)s questions."),
    "question_incomplete": gettext_lazy(
        "Question %(number)s needs two to six answers, exactly one of them right."
    ),
}

PARTS = {
    "rules": gettext_lazy("Rules, by article"),
    "texts": gettext_lazy("Title, summary, contact"),
    "entrance": gettext_lazy("Who may enter, what an entry is"),
    "phases": gettext_lazy("Dates"),
    "prizes": gettext_lazy("Prizes"),
    "vote_share": gettext_lazy("Share of the vote"),
    "jury": gettext_lazy("Jury and organisers"),
    "questions": gettext_lazy("Questions of the quiz"),
}

STANDS = {
    "draft": gettext_lazy("Being prepared"),
    "waits": gettext_lazy("Waits for approval"),
    "returned": gettext_lazy("Came back from approval"),
    "scheduled": gettext_lazy("Approved, will be published at its hour"),
    "down": gettext_lazy("Taken off the portal"),
    "planned": gettext_lazy("Published, not open yet"),
    "between": gettext_lazy("Between two phases"),
    "over": gettext_lazy("All phases are over"),
} | {code.value: code.label for code in PhaseCode}

_ACTS = {
    "made": gettext_lazy("Made from a blueprint"),
    "texts_changed": gettext_lazy("Title, summary or contact changed"),
    "rules_changed": gettext_lazy("Rules changed"),
    "entrance_changed": gettext_lazy("Who may enter, or what an entry is, changed"),
    "phases_changed": gettext_lazy("Dates changed"),
    "prizes_changed": gettext_lazy("Prizes changed"),
    "share_changed": gettext_lazy("Share of the vote changed"),
    "judge_added": gettext_lazy("Judge appointed: %(judge)s"),
    "judge_removed": gettext_lazy("Judge taken off: %(judge)s"),
    "organiser_added": gettext_lazy("Organiser added: %(organiser)s"),
    "organiser_removed": gettext_lazy("Organiser taken off: %(organiser)s"),
    "sent_for_approval": gettext_lazy("Sent for approval"),
    "taken_back": gettext_lazy("Taken back from approval"),
    "announced": pgettext_lazy("competition", "Published"),
    "text_published": gettext_lazy("The changed text was published"),
    "not_published": gettext_lazy("Not published at its hour: something was missing"),
    "extended": gettext_lazy("More time given"),
    "entries_exported": gettext_lazy("List of entries taken along as Excel"),
    "assigned": gettext_lazy("Sheets given to the judges"),
    "stage_closed": gettext_lazy("Round of judging closed"),
    "stage_reopened": gettext_lazy("Round of judging reopened"),
    "drafted": gettext_lazy("Results drafted"),
    "checked": gettext_lazy("Results checked"),
    "returned": gettext_lazy("Results returned"),
    "published": gettext_lazy("Results published"),
    "award_withdrawn": gettext_lazy("Award withdrawn"),
    "vote_voided": gettext_lazy("Vote voided"),
}

ENTRY_STEPS = {
    "submit": pgettext_lazy("entry", "Handed in"),
    "resubmit": pgettext_lazy("entry", "New version handed in"),
    "submit_late": pgettext_lazy("entry", "Taken in after the close"),
    "withdraw": pgettext_lazy("entry", "Withdrawn"),
    "refuse": pgettext_lazy("entry", "Not admitted"),
    "reinstate": pgettext_lazy("entry", "Takes part again"),
}

_FAULTS = {
    "no_start": gettext_lazy("Type when it opens."),
    "no_end": gettext_lazy("Type when it closes."),
    "ends_before_start": gettext_lazy("It must close after it opens."),
    "seconds": gettext_lazy("Type whole minutes."),
    "overlaps": gettext_lazy("It opens before this is over: %(other)s."),
}
# The field of a fault: what is to be typed anew.
FAULT_FIELDS = {
    "no_start": "opens_at",
    "no_end": "closes_at",
    "ends_before_start": "closes_at",
    "seconds": "closes_at",
    "overlaps": "opens_at",
}


def refusal(code, params=None) -> str:
    """The sentence of an ActRefused or of a refused step."""
    return str(_REFUSALS[code]) % {key: _shown(key, value) for key, value in (params or {}).items()}


def lack(found) -> str:
    """The sentence of a `publishing.Lack`."""
    return str(_LACKS[found.code]) % {key: _shown(key, value) for key, value in found.params.items()}


def fault(found) -> str:
    """The sentence of a `phases.Fault`."""
    return str(_FAULTS[found.code]) % {"other": PhaseCode(found.other).label if found.other else ""}


def act(change) -> str:
    """What a line of the log says; a code nobody words yet stands as it is."""
    words = _ACTS.get(change.act)
    return str(words) % change.details if words else change.act


def _shown(key, value):
    if key == "state":
        return str(EntryState(value).label)
    if key == "phase":
        return str(PhaseCode(value).label)
    if key == "closes_at":
        return spoken_moment(value)
    return date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "isoformat") else value


def missing_in_a_sentence(lacks) -> str:
    """For whoever publishes: everything that is missing, one after the other."""
    return _("Not published yet. Missing: %(lacks)s") % {"lacks": " ".join(lack(found) for found in lacks)}
