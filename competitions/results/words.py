"""The words of every reason why something of the results is not possible now."""

from django.utils.translation import gettext_lazy as _

from ..judging.words import spoken

_SENTENCES = {
    "nothing_is_ranked": _("Nothing is ranked in this competition."),
    "stage_not_closed": _("Not closed yet: %(stage)s."),
    "entries_unjudged": _("No result yet for: %(codes)s. Reopen the stage and have them judged."),
    "quiz_still_open": _("The quiz is still open."),
    "nobody_sat": _("Nobody has handed in a quiz."),
    "votes_not_counted": _("The votes of the public are not counted yet."),
    "results_are_out": _("The results are published already."),
    "drafted_meanwhile": _("Somebody else has changed the draft meanwhile. Look at it again."),
    "only_organiser": _("Only the organisers of this competition can do this."),
    "only_checkers": _("Another organiser or a publisher does this."),
    "no_draft": _("Nothing is drafted yet."),
    "own_draft": _("%(name)s drafted the results; somebody else checks them."),
    "takes_part": _("Whoever takes part in the competition does not check its results."),
    "not_a_draft": _("The results are checked already."),
    "not_checked": _("Somebody other than the drafter checks the results first."),
    "outdated": _(
        "What the results rest on has changed since they were drafted. Draft them anew before they go on."
    ),
    "already_withdrawn": _("This prize is taken back already."),
    "reason_missing": _("Write the reason."),
}
_FAULTS = {
    "twice": _("%(code)s has a prize already."),
    "unknown": _("%(code)s is not in the ranking."),
    "out_of_rank": _("%(code)s has a better place and would get less."),
    "tie_without_reason": _("%(code)s shares its place with another entry. Write why it gets this prize."),
    "not_the_favourite": _("%(code)s does not have the most votes."),
}


def sentence(answer):
    """Why not, in the reader's language; "" where it is allowed."""
    return _SENTENCES[answer.reason] % spoken(answer.params) if answer.reason else ""


def fault_sentence(fault):
    """What is wrong with one prize of a draft."""
    return _FAULTS[fault.code] % {"code": fault.other}
