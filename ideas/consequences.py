"""What a step does in other rows, in the door's transaction; a constant number of queries for a batch.

Each function takes the dossiers of one move and may answer `{dossier pk: details for the history}`.
"""

from papers import certificates

from . import evaluation
from .authorship import grant, void_confirmations
from .corrections import apply_corrections
from .decisions import certificate_data, sign
from .lifecycle import State
from .models import Author, Complaint, Counter, DecisionKind, InitiativeCertificate, ScoreSheet
from .similarity import kept
from .versions import freeze_version


def follow(initiatives, move):
    """Runs what belongs to the move's transition; `{}` where nothing does."""
    consequence = _FOLLOWS.get(move.transition)
    return (consequence(initiatives, move) if consequence else None) or {}


def _submit(initiatives, move):
    details = {}
    for initiative in initiatives:
        initiative.round.rubric.fix(move.now)
        if not initiative.receipt_number:
            initiative.receipt_number = Counter.take(f"receipt:{initiative.received_on.year}")
        version = freeze_version(initiative, move)
        details[initiative.pk] = {
            "version": version.number,
            "sha256": version.sha256,
            "receipt_number": initiative.receipt_number,
            "answer_due": _iso(initiative.formality_due_on),
        }
    kept.keep(initiatives)
    return details


def _resubmit(initiatives, move):
    details = {}
    for initiative in initiatives:
        version = freeze_version(initiative, move)
        details[initiative.pk] = {"version": version.number, "sha256": version.sha256}
        initiative._prefetched_objects_cache.pop("versions", None)
    kept.keep(initiatives)
    evaluation.open_sheets([i for i in initiatives if i.state == State.EVALUATING], move)
    return details


def _start_evaluation(initiatives, move):
    sheets = evaluation.open_sheets(initiatives, move)
    return {i.pk: {"sheets": sum(s.initiative_id == i.pk for s in sheets)} for i in initiatives}


def _close_evaluation(initiatives, move):
    results = evaluation.freeze_results(initiatives, move)
    # Counts and hash only: a log never holds points.
    return {
        r.initiative_id: {"submitted": r.submitted, "expected": r.expected, "sha256": r.sha256}
        for r in results
    }


def _reopen_evaluation(initiatives, move):
    """Drafts that were not handed in are open again; of the sent sheets those the chair named."""
    named = move.data.get("sheets") or ()
    ScoreSheet.objects.filter(initiative__in=initiatives, pk__in=named, state="submitted").update(
        state="draft", submitted_at=None
    )


def _reconsider(initiatives, move):
    Complaint.objects.filter(initiative__in=initiatives, outcome="accepted", used=False).update(used=True)
    evaluation.open_sheets([i for i in initiatives if i.state == State.EVALUATING], move)


def _leave(initiatives, move):
    evaluation.void_open_sheets(initiatives)


def _hand_over(initiatives, move):
    for initiative in initiatives:
        authors = Author.objects.filter(initiative=initiative)
        void_confirmations(initiative)
        authors.filter(is_main=True).update(is_main=False)
        successor = authors.select_related("staff__user").get(pk=move.data["new_main_author"])
        authors.filter(pk=successor.pk).update(is_main=True)
        if successor.staff.user:
            grant(initiative, successor.staff.user)
        initiative._prefetched_objects_cache.pop("authors", None)


def _recognise(initiatives, move):
    decisions = sign(initiatives, move, DecisionKind.RECOGNISE)
    issued = _issue(initiatives, move, decisions)
    return {
        pk: {"decision": decision.number, "certificates": issued[pk]} for pk, decision in decisions.items()
    }


def _issue(initiatives, move, decisions):
    """One certificate per author, numbered in the order of dossiers and authors."""
    authors = [author for initiative in initiatives for author in initiative.authors.all()]
    described = [
        certificate_data(initiative, author, decisions[initiative.pk], move)
        for initiative in initiatives
        for author in initiative.authors.all()
    ]
    papers = certificates.issue_many("initiative", described)
    InitiativeCertificate.objects.bulk_create(
        InitiativeCertificate(author=author, certificate=paper)
        for author, paper in zip(authors, papers, strict=True)
    )
    issued = {initiative.pk: [] for initiative in initiatives}
    for author, paper in zip(authors, papers, strict=True):
        issued[author.initiative_id].append(paper.number)
    return issued


def _decline(initiatives, move):
    sign(initiatives, move, DecisionKind.DECLINE)


def _correct(initiatives, move):
    """A new certificate for every author; the old code says "replaced"."""
    decisions = sign(initiatives, move, DecisionKind.CORRECT)
    details = {}
    for initiative in initiatives:
        changed = apply_corrections(initiative, move.data.get("corrections") or {})
        authors = {author.pk: author for author in initiative.authors.all()}
        numbers = []
        for held in _certificates_in_force(initiative):
            data = certificate_data(initiative, authors[held.author_id], decisions[initiative.pk], move)
            new = certificates.replace(
                held.certificate,
                data,
                move.reason,
                decision_number=decisions[initiative.pk].number,
                decision_on=decisions[initiative.pk].decided_on,
            )
            InitiativeCertificate.objects.create(author=held.author, certificate=new)
            numbers.append(new.number)
        details[initiative.pk] = {
            "decision": decisions[initiative.pk].number,
            "certificates": numbers,
            "changed": changed,
        }
    kept.keep(initiatives)
    return details


def _revoke(initiatives, move):
    decisions = sign(initiatives, move, DecisionKind.REVOKE)
    for initiative in initiatives:
        for held in _certificates_in_force(initiative):
            certificates.revoke(
                held.certificate,
                initiative.public_reason,
                decision_number=decisions[initiative.pk].number,
                decision_on=decisions[initiative.pk].decided_on,
            )
    return {pk: {"decision": decision.number} for pk, decision in decisions.items()}


def _certificates_in_force(initiative):
    return InitiativeCertificate.objects.filter(
        author__initiative=initiative, certificate__state="valid"
    ).select_related("author", "certificate")


def _iso(day):
    return day.isoformat() if day else None


_FOLLOWS = {
    "submit": _submit,
    "resubmit": _resubmit,
    "start_evaluation": _start_evaluation,
    "close_evaluation": _close_evaluation,
    "reopen_evaluation": _reopen_evaluation,
    "reconsider": _reconsider,
    "withdraw": _leave,
    "merge": _leave,
    "hand_over": _hand_over,
    "recognise": _recognise,
    "decline": _decline,
    "correct": _correct,
    "revoke": _revoke,
}
