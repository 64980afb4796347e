"""The actions of the trail itself, and of what every part of the portal goes through."""

from django.utils.translation import gettext_lazy as _

from . import failures
from .actions import Kind, register_action


def register():
    for code, kind, label in (
        ("audit.read", Kind.ACCESS, _("read the audit trail")),
        ("audit.exported", Kind.ACCESS, _("exported the audit trail")),
        ("audit.removed", Kind.SECURITY, _("removed old events of the audit trail")),
        ("audit.reanchored", Kind.SECURITY, _("began the anchors of the audit trail anew")),
        ("access.refused", Kind.SECURITY, _("was refused a page")),
        ("file.read", Kind.ACCESS, _("opened a private file")),
        ("data.exported", Kind.ACCESS, _("downloaded a file made from data")),
        ("server.error", Kind.APPLICATION, _("a page broke off with an error")),
        ("worker.failed", Kind.APPLICATION, _("a job of the worker failed")),
        ("command.run", Kind.SECURITY, _("ran a command on the server")),
        ("command.failed", Kind.SECURITY, _("a command on the server failed")),
    ):
        register_action(code, kind, label)
    failures.listen()
