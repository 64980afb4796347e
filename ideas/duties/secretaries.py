"""What waits for the council's secretary."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from obligations.desk import branch, day, plain
from obligations.duties import Source, WorkItem, WorkSection
from obligations.owed_work import asks_who_was_told, who_was_told

from .. import formality
from ..keeping import keeps, offices
from ..lifecycle import State
from ..models import Complaint, Initiative, ScoreSheet
from ..owing import COMPLAINT, DECISION, FORMALITY, SCORING, subject_of_key

_KEPT, _COMPLAINTS = "ideas.kept", "ideas.complaints"
_IN_WORK = (
    State.SUBMITTED,
    State.SUPPLEMENT_REQUESTED,
    State.EXPIRED,
    State.ACCEPTED,
    State.EVALUATING,
)


def _asks(desk):
    """Dossiers that wait for whoever keeps them, complaints about them; nothing without an operating seat."""
    if not offices(desk):
        return
    kept = Initiative.objects.filter(keeps(desk), state__in=_IN_WORK, submitted_at__isnull=False)
    yield branch(
        kept,
        _KEPT,
        code="code",
        title="title",
        state="state",
        formality="formality_due_on",
        supplement="supplement_due_on",
        scoring=Coalesce("round__scoring_due_on", "decision_due_on"),
        ticked="formality_checklist",
        sheets=_sheets(),
        sent=_sheets(state="submitted"),
    )
    about = Complaint.objects.filter(keeps(desk, "initiative"), settled_on=None)
    yield branch(
        about,
        _COMPLAINTS,
        code="initiative__code",
        title="initiative__title",
        due=Coalesce("settle_due_on", "take_up_due_on"),
        taken_up="taken_up_on",
    )
    yield asks_who_was_told((FORMALITY, SCORING, DECISION, COMPLAINT))


def _sheets(**those):
    """How many sheets of the evaluation under way there are, of `those`."""
    sheets = ScoreSheet.objects.filter(
        initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number"), **those
    ).in_force()
    counted = sheets.order_by().values("initiative").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _tells(desk):
    if not offices(desk):
        return
    kept = desk.rows[_KEPT][::-1]  # the newest first, as everywhere
    yield WorkSection(
        _("Dossiers to check"), [_to_check(desk, i) for i in kept if i["state"] == State.SUBMITTED], 20
    )
    late = [_overdue(i) for i in kept if _is_out_of_time(i, desk.today)]
    yield WorkSection(_("Supplements out of time"), late, 21)
    scoring = [_scoring(desk, i) for i in kept if i["state"] in (State.ACCEPTED, State.EVALUATING)]
    yield WorkSection(_("Scoring to start and to close"), scoring, 22)
    yield WorkSection(_("Open complaints"), [_complaint(desk, c) for c in desk.rows[_COMPLAINTS]], 23)


def _item(row, kind, due, action, path="", *notes):
    return WorkItem(
        title=row["title"],
        link=f"/sang-kien/ho-so/{row['code']}/{path}",
        due=due,
        action=action,
        kind=kind,
        code=row["code"],
        note=" ".join(filter(None, notes)),
    )


def _to_check(desk, row):
    left = len(formality.left_of(plain(row["ticked"])))
    note = _("Items left: %(count)s of %(all)s.") % {"count": left, "all": len(formality.CHECKLIST)}
    told = who_was_told(desk, FORMALITY, subject_of_key(row["pk"]))
    return _item(row, "formality", day(row["formality"]), _("Check"), "kiem-tra/", note, told)


def _is_out_of_time(row, today):
    """Expired, or about to: the portal expires them by itself within minutes of the day's end."""
    if row["state"] == State.EXPIRED:
        return True
    due = day(row["supplement"])
    return row["state"] == State.SUPPLEMENT_REQUESTED and due is not None and due < today


def _overdue(row):
    note = _("Not completed in time. With a reason it can be taken up again.")
    return _item(row, "supplement_overdue", day(row["supplement"]), _("Open the dossier"), "", note)


def _scoring(desk, row):
    due, subject = day(row["scoring"]), subject_of_key(row["pk"])
    if row["state"] == State.ACCEPTED:
        told = who_was_told(desk, DECISION, subject)
        return _item(row, "start_evaluation", due, _("Start scoring"), "buoc/start_evaluation/", told)
    note = _("%(sent)s/%(all)s sheets in") % {"sent": row["sent"], "all": row["sheets"]}
    return _item(row, "sheets", due, _("See the sheets"), "", note, who_was_told(desk, SCORING, subject))


def _complaint(desk, row):
    note = _("To be settled by the head.") if row["taken_up"] else _("To be taken up by the head.")
    told = who_was_told(desk, COMPLAINT, f"complaint:{row['pk']}")
    return _item(row, "complaint", day(row["due"]), _("Read"), "khieu-nai/", note, told)


of_secretaries = Source(_asks, _tells)
