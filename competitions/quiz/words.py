"""Why a quiz cannot be begun, answered or changed, in words."""

from django.utils.translation import gettext_lazy as _

from vietnamese.dates import spoken_moment

_SENTENCES = {
    # beginning
    "takes_no_entries": _("This competition takes no entries."),
    "entries_not_open_yet": _("The quiz can be sat from %(opens_at)s."),
    "entries_closed": _("The quiz closed at %(closes_at)s."),
    "organises_or_judges": _("Whoever organises or judges the competition does not sit its quiz."),
    "only_leader": _("Only the person who leads the entry sits the quiz."),
    "already_sat": _("The quiz is sat once. This address or account has sat it already."),
    "bank_incomplete": _("The questions are not complete. Tell the organisers."),
    # answering
    "handed_in": _("The quiz was handed in at %(at)s. Answers are no longer taken."),
    "time_is_up": _("The time was up at %(at)s. The answer was not taken; those kept before count."),
    "no_such_answer": _("Choose one of the answers shown."),
    # the bank
    "already_published": _("The competition was published: everybody gets questions of the same bank."),
    "too_few_questions": _("The bank holds %(count)s questions; %(needed)s are drawn for one quiz."),
    "question_incomplete": _("Question %(number)s needs two to six answers, exactly one of them right."),
}
_PERSONAL = _("What was entered about the person does not allow it. Look at the entry once more.")


def sentence(refusal):
    """One refusal in words, its moments spoken. What concerns the person is said where it was entered."""
    params = {
        name: spoken_moment(value) if hasattr(value, "hour") else value
        for name, value in refusal.params.items()
    }
    return _SENTENCES.get(refusal.code, _PERSONAL) % params
