"""Why somebody may not vote, or a vote may not be voided, in words."""

from django.utils.translation import gettext_lazy as _

from vietnamese.dates import spoken_moment

_SENTENCES = {
    "no_vote": _("This competition has no public vote."),
    "vote_not_open_yet": _("The vote opens at %(opens_at)s."),
    "vote_closed": _("The vote closed at %(closes_at)s. No vote was cast."),
    "organises_or_judges": _("Whoever organises or judges the competition does not vote in it."),
    "own_entry": _("This is your own entry. You may vote for another one."),
    "vote_not_over": _("The vote runs until %(closes_at)s."),
    "results_are_out": _("The results are published; what they rest on stays as it is."),
    "not_counted_yet": _("The votes are being counted. Come back in a minute."),
    "reason_missing": _("Write the reason."),
}


def sentence(refusal):
    """One refusal in words, its moments spoken."""
    params = {
        name: spoken_moment(value) if hasattr(value, "hour") else value
        for name, value in refusal.params.items()
    }
    return _SENTENCES[refusal.code] % params
