"""The dossiers themselves: their row, authors with their rights, evidence, the frozen version."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from ideas.application.keeping import template_in_force
from ideas.formality import CHECKLIST
from ideas.lifecycle import DECISION_MONTHS, FORMALITY_MONTHS
from ideas.models import (
    Attachment,
    Author,
    Counter,
    Initiative,
    InitiativeUserObjectPermission,
    SubmittedVersion,
)
from ideas.shares import even_shares
from ideas.text import title_key
from ideas.versions import canonical, content_of, digest
from obligations.terms import term_of_months

from ..authors_steps import INVESTOR
from .case import REASONS, last_step, reached


def write_initiatives(desk, cases):
    template = template_in_force()
    codes = _codes(cases)
    receipts = _receipts(cases)
    for case, code, receipt in zip(cases, codes, receipts, strict=True):
        case.initiative = Initiative(
            code=code, receipt_number=receipt, form_template=template, **_values(desk, case)
        )
    Initiative.objects.bulk_create(case.initiative for case in cases)
    for case in cases:
        made = case.initiative
        made.created_at = case.moments["create"]
        made.edited_at = case.moments["submit" if made.submitted_at else "create"]
        made.state_since = case.moments[last_step(case)]
    Initiative.objects.bulk_update(
        [case.initiative for case in cases], ["created_at", "edited_at", "state_since"]
    )


def _values(desk, case):
    main = case.authors[0]
    unit, _position = desk.places[main.pk]
    number = case.rng.randint(1, 24)
    title = f"{case.text['title']}, tổ dân phố số {number}"
    submitted = reached(case, "submit")
    day = {name: timezone.localdate(moment) for name, moment in case.moments.items()}
    values = {
        "state": case.state,
        "unit": unit,
        "created_by": main.user,
        "edited_by": main.user,
        "is_sample": True,
        "title": title,
        "title_key": title_key(title),
        "kind": case.text["kind"],
        "field": desk.fields[case.text["field"]],
        "investor": INVESTOR,
        "uses_public_money": False,
        "first_applied_on": day["submit"] - timedelta(days=case.rng.randint(40, 300)),
        "has_confidential_part": False,
        "edit_version": 5,
        **(case.text["texts"] | {"confidential_part": ""}),
    }
    if submitted:
        values |= {
            "round": case.round,
            "submitted_at": case.moments["submit"],
            "received_on": day["submit"],
            "formality_from": day["submit"],
            "formality_due_on": term_of_months(day["submit"], FORMALITY_MONTHS),
        }
    if reached(case, "accept"):
        values |= {
            "accepted_on": day["accept"],
            "decision_from": day["accept"],
            "decision_due_on": term_of_months(day["accept"], DECISION_MONTHS),
            "formality_checklist": dict.fromkeys(CHECKLIST, True),
        }
    if reached(case, "start"):
        values |= {"rubric": case.round.rubric, "evaluation_number": 1}
    if case.state in ("refused", "declined"):
        values["public_reason"] = REASONS[case.state]
    return values


def _codes(cases):
    years = [timezone.localdate(case.moments["create"]).year for case in cases]
    numbers = _take("initiative", years)
    return [f"SK-{year}-HD{next(numbers[year]):02d}" for year in years]


def _receipts(cases):
    years = [
        timezone.localdate(case.moments["submit"]).year if reached(case, "submit") else None for case in cases
    ]
    numbers = _take("receipt", [year for year in years if year])
    return [next(numbers[year]) if year else None for year in years]


def _take(series, years):
    """`{year: numbers}`: as many running numbers of each year as it has dossiers here."""
    counts = defaultdict(int)
    for year in years:
        counts[year] += 1
    taken = {}
    for year, count in counts.items():
        name = f"{series}:{year}"
        Counter.objects.get_or_create(series=name)
        row = Counter.objects.select_for_update().get(series=name)
        taken[year] = iter(range(row.last + 1, row.last + count + 1))
        row.last += count
        row.save(update_fields=["last"])
    return taken


def write_authors(desk, cases):
    Author.objects.bulk_create(
        _author(desk, case, person, order, share)
        for case in cases
        for order, (person, share) in enumerate(
            zip(case.authors, even_shares(len(case.authors)), strict=True), start=1
        )
    )
    InitiativeUserObjectPermission.objects.bulk_create(
        InitiativeUserObjectPermission(
            user=person.user, permission=permission, content_object=case.initiative
        )
        for case in cases
        for person in case.authors
        for permission in desk.permissions
    )


def _author(desk, case, person, order, share):
    unit, position = desk.places[person.pk]
    return Author(
        initiative=case.initiative,
        order=order,
        staff=person,
        full_name=person.full_name,
        birth_date=person.birth_date,
        workplace=unit.name,
        job_title=position,
        qualification=person.qualification,
        share=share,
        is_main=order == 1,
        confirmed_at=None if order == 1 else case.moments["create"],
    )


def write_files(desk, cases):
    """One stored page serves as everybody's evidence."""
    rows = Attachment.objects.bulk_create(
        Attachment(
            initiative=case.initiative,
            file=desk.evidence.path,
            name=desk.evidence.name,
            content_type="application/pdf",
            size=desk.evidence.size,
            sha256=desk.evidence.sha256,
            uploaded_by=case.authors[0].user,
        )
        for case in cases
    )
    for row, case in zip(rows, cases, strict=True):
        row.uploaded_at = case.moments["create"]
    Attachment.objects.bulk_update(rows, ["uploaded_at"])


def write_versions(cases):
    submitted = [case for case in cases if reached(case, "submit")]
    rows = []
    for case in submitted:
        payload = canonical(content_of(case.initiative))
        rows.append(
            SubmittedVersion(
                initiative=case.initiative,
                number=1,
                payload=payload.decode(),
                sha256=digest(payload),
                submitted_at=case.moments["submit"],
                submitted_by_name=case.authors[0].full_name,
            )
        )
    return {row.initiative_id: row for row in SubmittedVersion.objects.bulk_create(rows)}
