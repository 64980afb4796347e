"""What is recorded in the audit trail. A trail that cannot be written (a full disk) stops no backup."""

import logging

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from trust import audit

log = logging.getLogger(__name__)

for _code, _label in (
    ("backup.made", _("Backup written")),
    ("backup.restored", _("Backup restored")),
    ("backup.moved", _("Database moved")),
    ("outage.on", _("Planned outage switched on")),
    ("outage.off", _("Planned outage switched off")),
):
    audit.register_action(_code, "security", _label)


def record(action, **facts):
    try:
        audit.record(action, **facts)
    except DatabaseError as error:
        log.warning("operations: %s is not in the audit trail: %s", action, error)
