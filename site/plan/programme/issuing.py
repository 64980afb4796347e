"""Issuing a programme: number, date and signed file as the office gave them, in the caller's transaction."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.events import announce
from papers.documents.issuers import WARD, symbol_of
from papers.documents.kinds import add_paper_kind
from papers.office import PaperChanged, PaperRefused, Registration, next_number, paper_about
from papers.office import register as register_paper
from trust.storage import private_storage, private_upload_to

from ..access import reporters_of
from ..models import Programme, ProgrammeItem, ProgrammeState
from . import events, owing, paper

KIND = add_paper_kind(paper.kind(gettext_lazy("Work programme of the year")))

_REFUSED = {
    "date_in_future": gettext_lazy("The date of the paper is still to come."),
    "paper_number_bad": gettext_lazy("This is no number of a paper. Type it like %(example)s."),
    "paper_number_taken": gettext_lazy("The number %(number)s is another paper’s already. Check the number."),
}


@dataclass(frozen=True)
class Stored:
    path: str
    name: str
    sha256: str


def subject_of(entry):
    return f"programme:{entry.year}"


def items_of(entry):
    rows = ProgrammeItem.objects.filter(programme=entry.pk).select_related("unit", "task")
    return paper.in_order(rows)


def document_of(entry):
    return paper.document(entry, items_of(entry))


def proposed_number(day):
    return next_number(KIND.code, symbol_of(WARD, paper.SERIES), day)


def paper_of(entry):
    return paper_about(KIND.code, subject_of(entry))


def store(file):
    """The signed file in private storage, before the row that names it."""
    path = private_storage().save(private_upload_to("papers")(None, file.checked.name), file)
    return Stored(path, file.checked.name, file.checked.sha256)


def issue(entry, form, user, now):
    items = items_of(entry)
    if not items:
        raise ValidationError(_("The programme has no item yet. Add what is done this year, then issue it."))
    cleaned = form.cleaned_data
    registration = Registration(
        number=cleaned["number"],
        issued_on=cleaned["issued_on"],
        file=store(cleaned["file"]) if cleaned.get("file") else None,
        actor={"user": user, "actor_name": user.display_name, "actor_code": _code_of(user)},
    )
    try:
        drawn = paper.document(entry, items)
        row = register_paper(KIND.code, subject_of(entry), drawn, registration, now=now)
    except PaperRefused as refused:
        words = _REFUSED.get(refused.code, gettext_lazy("The paper cannot be entered: %(code)s."))
        raise ValidationError(str(words) % {"code": refused.code, **refused.params}) from None
    except PaperChanged:
        raise ValidationError(_("This programme has a number already."), code="changed") from None
    entry.state, entry.file_is_public = ProgrammeState.ISSUED, bool(cleaned.get("file_is_public"))
    owing.issued(entry.year, now)
    _tell_units(entry, items, user)
    return f"{row.number}, {row.issued_on:%d/%m/%Y}"


def _code_of(user):
    staff = getattr(user, "staff", None)
    return staff.staff_code if staff else ""


def _tell_units(entry, items, user):
    people = {person for found in reporters_of({item.unit_id for item in items}).values() for person in found}
    others = sorted((person for person in people if person.pk != user.pk), key=lambda person: person.pk)
    if others:
        announce(events.ISSUED, others, link=f"{owing.ADDRESS}{entry.pk}/", year=entry.year)


def copy_last_year(entry, form, user, now):
    """The items of the year before as a start."""
    before = previous(entry)
    rows = [
        ProgrammeItem(
            programme_id=entry.pk,
            what=item.what,
            unit=item.unit,
            task=item.task,
            period=item.period,
            result=item.result,
            order=item.order,
        )
        for item in items_of(before)
    ]
    ProgrammeItem.objects.bulk_create(rows)
    return _("%(count)s items of %(year)s") % {"count": len(rows), "year": before.year}


def previous(entry):
    found = Programme.objects.filter(year__lt=entry.year, struck_at__isnull=True).order_by("-year")
    return found.first()


def may_copy(entry):
    if entry.state != ProgrammeState.DRAFT or previous(entry) is None:
        return False
    return not ProgrammeItem.objects.filter(programme=entry.pk).exists()
