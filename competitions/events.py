"""What competitions announce: declared once. Texts carry a code, never a title, a name or a score."""

from django.utils.translation import gettext_lazy as _

from notifications.events import Mail, declare

_COMPETITION = {"category": "competition"}
_ALWAYS = {"mail": Mail.ALWAYS}

# ---- to whoever is in an entry
SUBMITTED = declare(
    "competitions.submitted", _("Entry %(code)s was handed in"), **_COMPETITION, **_ALWAYS, icon="send"
)
RESUBMITTED = declare(
    "competitions.resubmitted",
    _("The new version of entry %(code)s was handed in"),
    **_COMPETITION,
    **_ALWAYS,
    icon="send",
)
TAKEN_LATE = declare(
    "competitions.submitted_late",
    _("Entry %(code)s was taken in after the close"),
    **_COMPETITION,
    **_ALWAYS,
    icon="send",
)
WITHDRAWN = declare(
    "competitions.withdrawn", _("Entry %(code)s was withdrawn"), **_COMPETITION, **_ALWAYS, icon="ok"
)
REFUSED = declare(
    "competitions.refused",
    _("Entry %(code)s was not admitted. Read why"),
    **_COMPETITION,
    **_ALWAYS,
    icon="warn",
)
REINSTATED = declare(
    "competitions.reinstated", _("Entry %(code)s takes part again"), **_COMPETITION, **_ALWAYS, icon="ok"
)
OF_STEPS = {
    "submit": SUBMITTED,
    "submit_at_end": SUBMITTED,
    "resubmit": RESUBMITTED,
    "submit_late": TAKEN_LATE,
    "withdraw": WITHDRAWN,
    "refuse": REFUSED,
    "reinstate": REINSTATED,
}

# ---- to organisers
ENTRIES_CHANGED = declare(
    "competitions.entries_changed",
    _("Something changed among the entries of %(code)s"),
    **_COMPETITION,
    quiet=True,
)

# ---- of organising
ANNOUNCED = declare(
    "competitions.announced", _("Competition %(code)s is published"), **_COMPETITION, icon="ok"
)
TEXT_PUBLISHED = declare(
    "competitions.text_published", _("The changed text of competition %(code)s is published"), **_COMPETITION
)
NOT_PUBLISHED = declare(
    "competitions.not_published",
    _("Competition %(code)s was not published at its hour: something is missing. See what"),
    **_COMPETITION,
    **_ALWAYS,
    icon="warn",
)
EXTENDED = declare(
    "competitions.extended",
    _("Competition %(code)s: a date was moved to a later day. Read the new dates and why"),
    **_COMPETITION,
    **_ALWAYS,
    icon="clock",
)
JUDGE_APPOINTED = declare(
    "competitions.judge_appointed",
    _("You judge in competition %(code)s"),
    **_COMPETITION,
    **_ALWAYS,
    icon="user",
)
JUDGE_RELEASED = declare(
    "competitions.judge_released",
    _("You no longer judge in competition %(code)s"),
    **_COMPETITION,
    icon="user",
)
ORGANISER_ADDED = declare(
    "competitions.organiser_added", _("You organise competition %(code)s"), **_COMPETITION, icon="user"
)
ORGANISER_REMOVED = declare(
    "competitions.organiser_removed",
    _("You no longer organise competition %(code)s"),
    **_COMPETITION,
    icon="user",
)

# ---- entering: the team of an entry. The subject is the competition's code: a draft has none of its own
INVITED = declare(
    "competitions.invited",
    _("You are asked to join the team of an entry in %(code)s. Read and answer"),
    **_COMPETITION,
    **_ALWAYS,
    icon="mail",
)
JOINED = declare(
    "competitions.joined",
    _("Somebody you invited joined your entry in %(code)s"),
    **_COMPETITION,
    icon="user",
)
DECLINED_INVITATION = declare(
    "competitions.declined_invitation",
    _("Somebody you invited does not join your entry in %(code)s"),
    **_COMPETITION,
    icon="info",
)
LEFT = declare(
    "competitions.left",
    _("A member left your entry in %(code)s. Hand it in again if it was handed in"),
    **_COMPETITION,
    **_ALWAYS,
    icon="warn",
)
TAKEN_OFF = declare(
    "competitions.taken_off",
    _("You are no longer in the team of an entry in %(code)s"),
    **_COMPETITION,
    **_ALWAYS,
    icon="info",
)

# ---- the public vote
VOTES_COUNTED = declare(
    "competitions.votes_counted",
    _("The public vote of %(code)s is over and counted"),
    **_COMPETITION,
    icon="ok",
)
VOTES_VOIDED = declare(
    "competitions.votes_voided",
    _("Votes of %(code)s were voided and the count was made anew"),
    **_COMPETITION,
    icon="warn",
)

# ---- judging
TO_JUDGE = declare(
    "competitions.to_judge",
    _("%(code)s: entries to judge: %(count)s"),
    **_COMPETITION,
    **_ALWAYS,
    icon="edit",
)
JUDGING_REMINDER = declare(
    "competitions.judging_reminder",
    _("%(code)s: entries you have not judged yet: %(count)s"),
    **_COMPETITION,
    icon="clock",
)
SHEET_BACK = declare(
    "competitions.sheet_back",
    _("%(code)s: a sheet is yours again to look at and send"),
    **_COMPETITION,
    icon="undo",
)
JUDGE_RECUSED = declare(
    "competitions.judge_recused",
    _("%(code)s: a judge stands aside from an entry"),
    **_COMPETITION,
    icon="ban",
)
JUDGING_CHANGED = declare(
    "competitions.judging_changed", _("%(code)s: judging goes on"), **_COMPETITION, quiet=True
)
IN_THE_FINAL = declare(
    "competitions.in_the_final",
    _("Entry %(code)s is in the final round"),
    **_COMPETITION,
    **_ALWAYS,
    icon="ok",
)
NOT_IN_THE_FINAL = declare(
    "competitions.not_in_the_final",
    _("Entry %(code)s is not in the final round"),
    **_COMPETITION,
    **_ALWAYS,
    icon="info",
)

# ---- results
RESULTS_DRAFTED = declare(
    "competitions.results_drafted",
    _("%(code)s: the results are drafted. Somebody else checks them"),
    **_COMPETITION,
    icon="edit",
)
RESULTS_CHECKED = declare(
    "competitions.results_checked",
    _("%(code)s: the results are checked and can be published"),
    **_COMPETITION,
    icon="check",
)
RESULTS_RETURNED = declare(
    "competitions.results_returned",
    _("%(code)s: the results are sent back. Read why"),
    **_COMPETITION,
    icon="undo",
)
RESULTS_OUT = declare(
    "competitions.results_out",
    _("The results of %(code)s are published"),
    **_COMPETITION,
    **_ALWAYS,
    icon="award",
)
AWARDED = declare(
    "competitions.awarded",
    _("Entry %(code)s won a prize. The certificate is there to download"),
    **_COMPETITION,
    **_ALWAYS,
    icon="award",
)
AWARD_WITHDRAWN = declare(
    "competitions.award_withdrawn",
    _("The prize of entry %(code)s was withdrawn. Read why"),
    **_COMPETITION,
    **_ALWAYS,
    icon="warn",
)
