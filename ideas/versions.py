"""Freezing what was submitted: canonical JSON of the whole form and its SHA-256."""

import hashlib

from editing.canonical import canonical

FORM_FIELDS = (
    "title",
    "kind",
    "problem",
    "investor",
    "uses_public_money",
    "first_applied_on",
    "trial_applied_on",
    "first_use_ended_on",
    "prior_state",
    "description",
    "novelty",
    "applicability",
    "has_confidential_part",
    "confidential_part",
    "conditions",
    "benefit_by_author",
    "benefit_amount",
    "benefit_by_users",
    "public_summary",
    "difference",
)
_AUTHOR_FIELDS = (
    "full_name",
    "birth_date",
    "workplace",
    "job_title",
    "qualification",
    "share",
    "is_main",
)
_PARTICIPANT_FIELDS = ("full_name", "birth_date", "workplace", "job_title", "qualification", "support")
_ATTACHMENT_FIELDS = ("kind", "name", "content_type", "size", "sha256", "is_confidential")


def digest(payload):
    return hashlib.sha256(payload).hexdigest()


def content_of(initiative):
    """Everything a reviewer judges, as plain values, in the order of the form."""
    present = [a for a in initiative.attachments.all() if a.removed_at is None]
    return {
        "form": initiative.form_template.code,
        "form_version": initiative.form_template.version,
        "form_sha256": initiative.form_template.sha256,
        "code": initiative.code,
        **{name: getattr(initiative, name) for name in FORM_FIELDS},
        "field": initiative.field.code if initiative.field_id else "",
        "authors": [_values(author, _AUTHOR_FIELDS) for author in initiative.authors.all()],
        "participants": [_values(person, _PARTICIPANT_FIELDS) for person in initiative.participants.all()],
        "attachments": [_values(attachment, _ATTACHMENT_FIELDS) for attachment in present],
    }


def _values(row, names):
    return {name: getattr(row, name) for name in names}


def freeze_version(initiative, move):
    """The next immutable version of this dossier. Call inside the transaction of its submission."""
    from .models import SubmittedVersion

    payload = canonical(content_of(initiative))
    return SubmittedVersion.objects.create(
        initiative=initiative,
        number=initiative.versions.count() + 1,
        payload=payload.decode(),
        sha256=digest(payload),
        submitted_at=move.now,
        submitted_by_name=move.actor.name,
    )
