"""What the initiatives announce: declared once, told by `workflow` and the modules beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.events import Mail, declare

_INITIATIVE = {"category": "initiative"}
_COUNCIL = {"category": "council"}
_ALWAYS = {"mail": Mail.ALWAYS}

# ---- to authors
CONFIRM_SHARE = declare(
    "ideas.confirm_share", _("Confirm your share in %(code)s"), **_INITIATIVE, **_ALWAYS, icon="edit"
)
SHARE_CONFIRMED = declare(
    "ideas.share_confirmed", _("A co-author confirmed their share in %(code)s"), **_INITIATIVE, icon="check"
)
SHARE_DECLINED = declare(
    "ideas.share_declined",
    _("A co-author does not agree with their share in %(code)s"),
    **_INITIATIVE,
    **_ALWAYS,
    icon="warn",
)
AUTHOR_REMOVED = declare(
    "ideas.author_removed",
    _("You are no longer an author of %(code)s"),
    **_INITIATIVE,
    **_ALWAYS,
    icon="user",
)
RECEIVED = declare(
    "ideas.received",
    _("%(code)s was submitted. Answer due %(due)s"),
    **_INITIATIVE,
    **_ALWAYS,
    icon="send",
)
SUPPLEMENT_REQUESTED = declare(
    "ideas.supplement_requested",
    _("%(code)s: complete it by %(due)s"),
    **_INITIATIVE,
    **_ALWAYS,
    icon="warn",
)
EXPIRED = declare(
    "ideas.expired", _("%(code)s was not completed in time"), **_INITIATIVE, **_ALWAYS, icon="clock"
)
LATE_ACCEPTED = declare(
    "ideas.late_accepted", _("%(code)s was taken up again"), **_INITIATIVE, **_ALWAYS, icon="ok"
)
ACCEPTED = declare(
    "ideas.accepted", _("%(code)s was accepted. Decision due %(due)s"), **_INITIATIVE, **_ALWAYS, icon="ok"
)
REFUSED = declare(
    "ideas.refused", _("%(code)s was not accepted. Read why"), **_INITIATIVE, **_ALWAYS, icon="warn"
)
RECOGNISED = declare("ideas.recognised", _("%(code)s was recognised"), **_INITIATIVE, **_ALWAYS, icon="award")
DECLINED = declare(
    "ideas.declined", _("%(code)s was not recognised. Read why"), **_INITIATIVE, **_ALWAYS, icon="file"
)
RECONSIDERED = declare(
    "ideas.reconsidered", _("%(code)s is being considered again"), **_INITIATIVE, **_ALWAYS, icon="info"
)
WITHDRAWN = declare("ideas.withdrawn", _("%(code)s was withdrawn"), **_INITIATIVE, **_ALWAYS, icon="back")
HANDED_OVER = declare(
    "ideas.handed_over", _("%(code)s has a new main author"), **_INITIATIVE, **_ALWAYS, icon="user"
)
MERGED = declare(
    "ideas.merged", _("%(code)s was merged into another dossier"), **_INITIATIVE, **_ALWAYS, icon="info"
)
CORRECTED = declare(
    "ideas.corrected", _("%(code)s: the certificate was replaced"), **_INITIATIVE, **_ALWAYS, icon="award"
)
REVOKED = declare(
    "ideas.revoked", _("%(code)s: recognition was revoked"), **_INITIATIVE, **_ALWAYS, icon="warn"
)
EVALUATION_STARTED = declare(
    "ideas.evaluation_started", _("%(code)s is with the council"), **_INITIATIVE, icon="info"
)

# ---- to the council and whoever decides
TO_CHECK = declare("ideas.to_check", _("%(code)s arrived. Check it by %(due)s"), **_COUNCIL, icon="file")
RESUBMITTED = declare("ideas.resubmitted", _("%(code)s was completed and is back"), **_COUNCIL, icon="file")
TO_SCORE = declare("ideas.to_score", _("Score %(code)s by %(due)s"), **_COUNCIL, **_ALWAYS, icon="edit")
SHEET_IN = declare("ideas.sheet_in", _("%(code)s: a sheet came in"), **_COUNCIL, quiet=True)
MEMBER_RECUSED = declare(
    "ideas.member_recused", _("%(code)s: a member stands aside"), **_COUNCIL, icon="warn"
)
EVALUATION_CLOSED = declare(
    "ideas.evaluation_closed", _("%(code)s: scoring is closed"), **_COUNCIL, icon="lock"
)
EVALUATION_REOPENED = declare(
    "ideas.evaluation_reopened", _("%(code)s: scoring was reopened"), **_COUNCIL, **_ALWAYS, icon="edit"
)
SHEET_REOPENED = declare(
    "ideas.sheet_reopened", _("%(code)s: your sheet was reopened"), **_COUNCIL, **_ALWAYS, icon="edit"
)
SHEET_REMINDER = declare(
    "ideas.sheet_reminder", _("The secretary asks for your sheet on %(code)s"), **_COUNCIL, icon="msg"
)
LEAD_ASSIGNED = declare(
    "ideas.lead_assigned", _("%(code)s: you present it when the council meets"), **_COUNCIL, icon="user"
)
LEAD_RELEASED = declare(
    "ideas.lead_released", _("%(code)s: another member presents it"), **_COUNCIL, icon="user"
)
PAPER_TO_KEY = declare(
    "ideas.paper_to_key", _("%(code)s: a paper sheet waits to be keyed"), **_COUNCIL, icon="edit"
)
PAPER_DIFFERS = declare(
    "ideas.paper_differs", _("%(code)s: two keyings of a paper sheet differ"), **_COUNCIL, icon="warn"
)
TO_DECIDE = declare("ideas.to_decide", _("%(code)s waits for a decision"), **_COUNCIL, icon="file")
CHANGED = declare("ideas.changed", _("%(code)s changed"), **_COUNCIL, quiet=True)
COMPLAINT_FILED = declare(
    "ideas.complaint_filed", _("%(code)s: a complaint was filed"), **_COUNCIL, **_ALWAYS, icon="msg"
)
COMPLAINT_SETTLED = declare(
    "ideas.complaint_settled", _("%(code)s: the complaint was answered"), **_INITIATIVE, **_ALWAYS, icon="msg"
)
SEAT_PASSED_ON = declare(
    "ideas.seat_passed_on", _("%(code)s: a member left, the seat passes on"), **_COUNCIL, icon="user"
)

# ---- the council's own records
COUNCIL_RECORDED = declare(
    "ideas.council_recorded",
    _("The council of decision %(code)s was recorded or changed"),
    category="account",
    **_ALWAYS,
    icon="user",
)
ROUND_CHANGED = declare(
    "ideas.round_changed", _("Review round %(code)s was recorded or changed"), **_COUNCIL, icon="cal"
)
DELEGATION_RECORDED = declare(
    "ideas.delegation_recorded",
    _("Delegation %(code)s was recorded or ended"),
    category="account",
    **_ALWAYS,
    icon="user",
)

# ---- what falls due: (before the day, once it is overdue)


def _declare_reminders(code, soon, overdue):
    kept = {"category": "reminder", "icon": "clock"}
    return declare(f"ideas.{code}_due", soon, **kept), declare(f"ideas.{code}_overdue", overdue, **kept)


FORMALITY_DUE = _declare_reminders(
    "formality", _("Check %(code)s by %(due)s"), _("%(code)s: the check was due on %(due)s")
)
SUPPLEMENT_DUE = _declare_reminders(
    "supplement",
    pgettext_lazy("reminder", "%(code)s: complete it by %(due)s"),
    _("%(code)s: completing it was due on %(due)s"),
)
SCORING_DUE = _declare_reminders(
    "scoring",
    pgettext_lazy("reminder", "Score %(code)s by %(due)s"),
    _("%(code)s: your sheet was due on %(due)s"),
)
DECISION_DUE = _declare_reminders(
    "decision", _("%(code)s: the decision is due on %(due)s"), _("%(code)s: the decision was due on %(due)s")
)
COMPLAINT_DUE = _declare_reminders(
    "complaint",
    _("%(code)s: the complaint waits, due %(due)s"),
    _("%(code)s: the complaint was due on %(due)s"),
)

TERM_MOVED = declare(
    "ideas.term_moved",
    _("%(code)s: days off were announced or taken back, it is due on %(due)s now"),
    category="reminder",
    icon="cal",
)


def _declare_escalation(code, text):
    return declare(f"ideas.{code}_escalated", text, category="reminder", icon="warn")


FORMALITY_LATE = _declare_escalation("formality", _("%(code)s is still not checked; it was due on %(due)s"))
SCORING_LATE = _declare_escalation(
    "scoring", _("%(code)s: score sheets are missing; they were due on %(due)s")
)
DECISION_LATE = _declare_escalation("decision", _("%(code)s is still not decided; it was due on %(due)s"))
COMPLAINT_LATE = _declare_escalation(
    "complaint", _("%(code)s: the complaint still waits; it was due on %(due)s")
)
MEASUREMENT_LATE = _declare_escalation(
    "measurement", _("%(code)s: results after %(months)s months are still missing; they were due on %(due)s")
)
ANSWER_LATE = _declare_escalation(
    "answer_idea", _("%(code)s: the idea is still not answered; it was due on %(due)s")
)

# ---- meetings
MEETING_INVITED = declare(
    "ideas.meeting_invited",
    _("Invitation: council meeting at %(time)s on %(day)s"),
    category="meeting",
    **_ALWAYS,
    icon="cal",
)
MEETING_CHANGED = declare(
    "ideas.meeting_changed",
    _("Council meeting at %(time)s on %(day)s: time, place or agenda changed"),
    category="meeting",
    **_ALWAYS,
    icon="cal",
)
MEETING_MOVED_ON = declare(
    "ideas.meeting_moved_on", _("The council meeting moved on"), category="meeting", quiet=True
)

# ---- ideas of residents: numbers alone, no word of what was sent or by whom
_IDEA = {"category": "idea"}
IDEA_RECEIVED = declare(
    "ideas.idea_received", _("%(code)s: an idea of a resident arrived"), **_IDEA, icon="bulb"
)
IDEA_ASSIGNED = declare(
    "ideas.idea_assigned",
    _("%(code)s: answer this idea of a resident by %(due)s"),
    **_IDEA,
    **_ALWAYS,
    icon="bulb",
)
IDEA_ANSWERED = declare("ideas.idea_answered", _("%(code)s: the idea was answered"), **_IDEA, icon="ok")
IDEA_GROWN = declare("ideas.idea_grown", _("%(code)s: a dossier was started from it"), **_IDEA, icon="bulb")
IDEA_DUE = _declare_reminders(
    "answer_idea",
    _("%(code)s: the idea is to be answered by %(due)s"),
    _("%(code)s: the idea was to be answered by %(due)s"),
)

# ---- after recognition
BENEFIT_DUE = _declare_reminders(
    "measurement",
    _("%(code)s: enter and verify the results after %(months)s months by %(due)s"),
    _("%(code)s: the results after %(months)s months were due on %(due)s"),
)
BENEFIT_TO_VERIFY = declare(
    "ideas.benefit_to_verify", _("%(code)s: results wait to be verified"), **_INITIATIVE, icon="edit"
)
BENEFIT_VERIFIED = declare(
    "ideas.benefit_verified", _("%(code)s: a result was verified"), **_INITIATIVE, icon="ok"
)
BENEFIT_RETURNED = declare(
    "ideas.benefit_returned",
    _("%(code)s: a result was returned. Read why"),
    **_INITIATIVE,
    **_ALWAYS,
    icon="warn",
)
ADOPTION_TO_CONFIRM = declare(
    "ideas.adoption_to_confirm",
    _("%(code)s: confirm that your unit uses it"),
    **_INITIATIVE,
    **_ALWAYS,
    icon="spread",
)
