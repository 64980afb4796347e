"""The signed sheet: printed from the portal, its scan kept. It is the master of who was there."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from trust.storage import private_storage, private_upload_to
from trust.uploads import UploadPolicy

from .access import may_manage
from .answers import YES, Answer, no, require
from .history import note
from .lifecycle import SessionState
from .models import Session, SheetScan

# The picture of a signed sheet is the proof itself: not a byte of it changes.
POLICY = UploadPolicy(
    kinds=frozenset({"pdf", "jpg", "png"}), max_bytes=settings.UPLOAD_MAX_BYTES, keeps_pictures=True
)
_KEPT_IN = (SessionState.OPEN, SessionState.HELD, SessionState.CONFIRMED)


def may_keep(session, user) -> Answer:
    """Also after the confirmation: the paper may come back from the room late."""
    if not may_manage(user, session):
        return no("only_managers")
    return YES if session.state in _KEPT_IN else no("is_closed", state=session.state)


def keep(session, file, user, *, now=None) -> SheetScan:
    """Keeps a checked upload (`file.checked`) as a scan of the signed sheet. Raises `Refused`.

    The bytes go to private storage before the transaction: a file whose row is then refused has no owner.
    """
    require(may_keep(session, user))
    now = now or timezone.now()
    checked = file.checked
    path = private_storage().save(private_upload_to("attendance-sheets")(None, checked.name), file)
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_keep(session, user))
        scan = SheetScan.objects.create(
            session=session,
            file=path,
            file_name=checked.name,
            content_type=checked.content_type,
            size=checked.size,
            sha256=checked.sha256,
            at=now,
            by=user,
            by_name=user.display_name,
        )
        note(session, "sheet", user, now, details={"sha256": checked.sha256})
    return scan
