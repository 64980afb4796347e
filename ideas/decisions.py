"""The head's decision as a record: signed outside, its number, date and file kept with their hash."""

from papers.certificates import CertificateData
from papers.documents.issuers import DEPUTY_AUTHORITY, HEAD_AUTHORITY

from .capacities import delegation_of
from .models import Decision


def sign(initiatives, move, kind):
    """A decision row for each dossier of the batch; one signed file serves them all. `{pk: Decision}`."""
    delegation = delegation_of(move)
    file = move.data.get("file")  # a `StoredFile`, checked and stored before the transaction
    rows = [
        Decision(
            initiative=initiative,
            kind=kind,
            number=(move.data.get("number") or "").strip(),
            decided_on=move.data.get("decided_on") or move.today,
            signer=move.actor.staff,
            signer_name=move.actor.name,
            is_delegated=delegation is not None,
            delegation_number=delegation.document_number if delegation else "",
            reason=(move.data.get("public_reason") or move.reason).strip(),
            file=file.path if file else "",
            file_name=file.name if file else "",
            sha256=file.sha256 if file else "",
        )
        for initiative in initiatives
    ]
    Decision.objects.bulk_create(rows)
    return {row.initiative_id: row for row in rows}


def certificate_data(initiative, author, decision, move):
    """What the certificate of one author says (TT 18/2013 Phụ lục III); nothing confidential."""
    others = [other.full_name for other in initiative.authors.all() if other.pk != author.pk]
    return CertificateData(
        holder_name=author.full_name,
        holder_unit=author.workplace,
        birth_date=author.birth_date,
        position=author.job_title,
        degree=author.qualification,
        title=initiative.title,
        co_authors=tuple(others),
        investor=initiative.investor,
        summary=initiative.public_summary,
        benefit=_benefit_in_a_line(initiative),
        decision_number=decision.number,
        decision_on=decision.decided_on,
        issued_on=decision.decided_on,
        signing_authority=DEPUTY_AUTHORITY if decision.is_delegated else HEAD_AUTHORITY,
        signer_name=decision.signer_name,
        is_sample=initiative.is_sample,
    )


def _benefit_in_a_line(initiative):
    """The first lines of what the authors claim; the whole stays in the dossier."""
    text = " ".join(initiative.benefit_by_author.split())
    return text if len(text) <= 400 else text[:399].rsplit(" ", 1)[0] + "…"
