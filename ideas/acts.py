"""What a person can do with a dossier now, and what stands in the way: "Việc có thể làm"."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.dates import short_date

from . import authorship, complaints, formality, workflow
from .forms.steps import STEPS
from .lifecycle import State
from .models import Initiative
from .reasons import sentence, who_can

# The step a dossier waits for in each state: shown to everybody, blocked or not, with who can take it.
NEXT = {
    "draft": "submit",
    "submitted": "accept",
    "supplement_requested": "resubmit",
    "expired": "late_accept",
    "accepted": "start_evaluation",
    "evaluating": "close_evaluation",
    "evaluated": "recognise",
}
# Steps for rare cases: they are not held out to people while nothing calls for them.
_QUIET_WHILE = {
    "hand_over": {"main_author_still_here"},
    "merge": {"merge_consent_missing"},
    "complete_again": {"completion_not_asked"},
    "reopen_evaluation": {"already_voted"},
}
_FORM_STEPS = {
    "submit": gettext_lazy("Submit the dossier"),
    "resubmit": gettext_lazy("Submit the completed dossier"),
}


@dataclass(frozen=True)
class Act:
    """A button. `url` is empty where it is blocked; then `why` says why, who can and until when."""

    code: str
    label: str
    url: str = ""
    note: str = ""
    why: str = ""
    look: str = "secondary"  # primary, secondary, danger


def acts_of(initiative, user, now=None):
    """The acts of one person, the main one first and what takes away last; a constant number of queries."""
    answers = workflow.options(initiative, user, now)
    steps = [act for answer in answers if (act := _step(initiative, answer))]
    acts = [*_besides(initiative, user, now), *steps]
    main = _main_act(initiative, acts)
    shown = [replace(act, look="primary") if act is main else act for act in acts]
    order = {"primary": 0, "secondary": 1, "danger": 3}
    return sorted(shown, key=lambda act: order[act.look] if act.url else 2)


def _main_act(initiative, acts):
    """What waits for this very person, else the dossier's next step, else whatever leads on."""
    open_acts = {act.code: act for act in acts if act.url and act.look == "secondary"}
    for code in ("confirm", "score", NEXT.get(initiative.state), *open_acts):
        if code in open_acts:
            return open_acts[code]
    return None


def _step(initiative, answer):
    code = answer.transition
    if code == "expire" or not (answer.allowed or _is_shown_blocked(initiative, answer)):
        return None
    url = _address(initiative, code) if answer.allowed else ""
    if code in _FORM_STEPS:
        return Act(code, str(_FORM_STEPS[code]), url, why=why_not(answer))
    step = STEPS[code]
    look = "danger" if step.is_danger else "secondary"
    return Act(code, str(step.button), url, str(step.note) if url else "", why_not(answer), look)


def _is_shown_blocked(initiative, answer):
    if NEXT.get(initiative.state) == answer.transition:
        return True
    mine = bool(answer.acting_as)
    return mine and answer.reason not in _QUIET_WHILE.get(answer.transition, ())


def _address(initiative, code):
    base = initiative.get_absolute_url()
    return f"{base}sua/7/" if code in _FORM_STEPS else f"{base}buoc/{code}/"


def why_not(answer):
    """The reason, who can, until when; empty where the step is allowed."""
    if answer.allowed:
        return ""
    words = [sentence(answer)]
    if not answer.reason.startswith("only_"):  # that sentence names them
        words.append(_("Who can: %(who)s.") % {"who": who_can(answer)})
    if answer.until:
        words.append(_("By %(day)s.") % {"day": short_date(answer.until)})
    return " ".join(words)


def _besides(initiative, user, now):
    """What is not a step of the workflow: writing, confirming, checking, scoring, complaining."""
    base = initiative.get_absolute_url()
    staff = getattr(user, "staff", None)
    if authorship.may_confirm(initiative, user):
        yield Act("confirm", _("Confirm my share"), f"{base}xac-nhan/")
    if staff is not None:
        mine = [s for s in initiative.current_sheets if s.staff_id == staff.pk and s.is_open]
        if mine and initiative.state == "evaluating":
            yield Act("score", _("Open my score sheet"), mine[0].get_absolute_url())
    if Initiative.objects.editable_by(user).filter(pk=initiative.pk).exists():
        yield Act("write", _("Write in the dossier"), f"{base}sua/1/")
    if formality.may_check(initiative, user, now).allowed:
        left = len(formality.open_items(initiative))
        note = _("Items left: %(count)s of %(all)s.") % {"count": left, "all": len(formality.CHECKLIST)}
        label = _("Check what is left") if left else _("See the formality check")
        yield Act("checklist", label, f"{base}kiem-tra/", note)
    if initiative.state in (State.RECOGNISED, State.REVOKED):
        yield Act("benefits", _("Results of use"), f"{base}ket-qua-ap-dung/")
    yield from _complaining(initiative, user, now)


def _complaining(initiative, user, now):
    base = initiative.get_absolute_url()
    if initiative.state in complaints.COMPLAINABLE:
        answer = complaints.may_file(initiative, user, now=now)
        if answer.allowed:
            note = _("By %(day)s.") % {"day": short_date(answer.until)}
            by_author = answer.acting_as == "author"
            label = _("File a complaint") if by_author else _("Record a complaint")
            yield Act("complain", label, f"{base}khieu-nai/moi/", note)
        elif answer.acting_as == "author":
            yield Act("complain", _("File a complaint"), why=sentence(answer))
    for complaint in initiative.complaints.all():
        if complaint.settled_on is None:
            complaint.initiative = initiative
            if complaints.may_take_up(complaint, user, now=now).allowed:
                yield Act("take_up", _("Take the complaint up"), f"{base}khieu-nai/{complaint.pk}/thu-ly/")
            elif complaints.may_settle(complaint, user, now=now).allowed:
                yield Act("settle", _("Settle the complaint"), f"{base}khieu-nai/{complaint.pk}/giai-quyet/")
