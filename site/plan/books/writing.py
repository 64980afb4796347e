"""Writing into a book: one transaction, the entry locked, its line in the log."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Unit
from portal.stamp import raise_stamp
from trust.uploads import UploadRefused, check_file_count

from ..models import BookChange
from .files import attach
from .marks import mark_of, mark_of_page

UNLOGGED = {"seen", "khoa", "reason", "files"}  # of a form: no fields of the entry


class Changed(ValidationError):
    """Somebody else wrote in the meantime, or it is struck out; nothing was written."""

    def __init__(self):
        super().__init__(
            _("Somebody else has changed this meanwhile."),
            code="changed",
        )


def log(entry, change, user, now, note="", **data):
    return BookChange.objects.create(
        entry_id=entry.pk,
        at=now,
        actor=user,
        actor_name=user.display_name if user else "",
        change=change,
        note=note,
        data=data,
    )


def write(form, user, now=None):
    """The entry of a valid `EntryForm`: new, or as it was changed. Raises `Changed`, also where somebody was
    quicker to enter what there may be only one of."""
    try:
        return _write(form, user, now or timezone.now())
    except IntegrityError:
        raise Changed from None


def _write(form, user, now):
    book, entry = form.book, form.instance
    created, key = entry.pk is None, mark_of_page(form)
    with transaction.atomic():
        if created:
            if earlier := _made_before(book, entry, user, key):
                return earlier
            entry.book = book.code
            entry.made_at, entry.made_by, entry.made_by_name = now, user, user.display_name
        elif _locked(book, entry).edit_version != (form.cleaned_data.get("seen") or 0):
            raise Changed
        entry.edit_version += 1
        form.save()
        fields = [name for name in form.changed_data if name not in UNLOGGED]
        reason = form.cleaned_data.get("reason", "")
        if created:
            log(entry, "made", user, now, reason, fields=[], **_keyed(key))
        else:
            log(entry, "changed", user, now, reason, fields=fields)
        for file in form.cleaned_data.get("files") or ():
            row = attach(entry, file, now=now)
            log(entry, "file_added", user, now, name=row.name, sha256=row.sha256)
        _written(book, entry, user, now, created)
    return entry


def _made_before(book, entry, user, key):
    """The entry this very page made already: its button was pressed twice. Asked with the unit's row locked,
    so that of two presses at the same moment the second waits and finds what the first made."""
    if not key:
        return None
    Unit.objects.select_for_update(no_key=True).get(pk=entry.unit_id)
    lines = BookChange.objects.filter(actor=user, change="made", entry__book=book.code, data__key=key)
    made = lines.values_list("entry", flat=True).first()
    return made and book.model.objects.get(pk=made)


def _arrived_before(entry, change, key):
    """Whether the page of this key was taken already; asked with the entry locked."""
    return bool(key) and BookChange.objects.filter(entry=entry.pk, change=change, data__key=key).exists()


def _keyed(key):
    return {"key": key} if key else {}


def strike(book, entry, user, reason, seen, now=None):
    """Struck out: it stays in the log and counts nowhere."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(book, entry, seen)
        locked.struck_at, locked.struck_reason = now, reason
        _raise(locked)
        log(locked, "struck", user, now, reason)
        _written(book, locked, user, now, False)
    return locked


def take_step(book, step, entry, form, user, now=None):
    """A step of the book, with the entry locked as it was seen."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(book, entry, form.cleaned_data.get("seen") or 0)
        if not step.offered(locked):
            raise Changed
        note = step.take(locked, form, user, now)
        _raise(locked)
        log(locked, step.code, user, now, note or form.cleaned_data.get("reason", ""))
        _written(book, locked, user, now, False)
    return locked


def add_file(book, entry, file, user, *, alt="", consent="", key="", now=None):
    """The row; None where the page was sent before."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(book, entry)
        if _arrived_before(locked, "file_added", key):
            return None
        check_file_count(locked.files.filter(removed_at__isnull=True).count() + 1, book.files)
        row = attach(locked, file, alt=alt, consent=consent, now=now)
        _raise(locked)
        log(locked, "file_added", user, now, name=row.name, sha256=row.sha256, **_keyed(key))
        _written(book, locked, user, now, False)
    return row


def remove_file(book, entry, file, user, now=None):
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(book, entry)
        row = locked.files.select_for_update().get(pk=file.pk)
        if row.removed_at is not None:
            raise Changed
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        _raise(locked)
        log(locked, "file_removed", user, now, name=row.name)
        _written(book, locked, user, now, False)


def write_part(book, part, entry, form, user, now=None):
    """A row below an entry, new or changed; None where the page that adds it was sent before. Raises
    `Changed` where somebody changed that row, or took it out, since it was seen."""
    now, created = now or timezone.now(), form.instance.pk is None
    key = mark_of_page(form)
    with transaction.atomic():
        locked = lock(book, entry)
        if created and _arrived_before(locked, "part_added", key):
            return None
        if not created and not _is_as_seen(part, form):
            raise Changed
        row = form.save()
        _raise(locked)
        change = "part_added" if created else "part_changed"
        log(locked, change, user, now, part=part.slug, name=part.name(row), **_keyed(key))
        _written(book, locked, user, now, False)
    return row


def _is_as_seen(part, form):
    stands = part.model.objects.filter(pk=form.instance.pk).first()
    return stands is not None and mark_of(stands) == form.cleaned_data.get("seen")


def remove_part(book, part, entry, row, user, now=None):
    """A row entered by mistake; the log keeps what it was called."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock(book, entry)
        log(locked, "part_removed", user, now, part=part.slug, name=part.name(row))
        row.delete()
        _raise(locked)
        _written(book, locked, user, now, False)


def lock(book, entry, seen=None):
    """The entry, locked and standing; as it was seen where `seen` is given. Raises `Changed`."""
    locked = _locked(book, entry)
    if locked.struck_at is not None or (seen is not None and locked.edit_version != seen):
        raise Changed
    return locked


def _locked(book, entry):
    return book.model.objects.select_for_update().get(pk=entry.pk)


def _raise(entry):
    entry.edit_version += 1
    entry.save()


__all__ = ["Changed", "UploadRefused", "add_file", "remove_file", "strike", "take_step", "write"]


def _written(book, entry, user, now, created):
    """What follows from any write: public pages count entries, so those that are kept are old."""
    raise_stamp()
    book.written(entry, user, now, created)
