"""What data rights register when the app is ready."""

from django.utils.translation import gettext_lazy as _

from config.navigation import NavItem, add_nav_item
from config.states import add_states
from people.roles import Role, has_role
from portal import sitemap
from trust import audit

from . import events, jobs, owing, personal

__all__ = ["events", "jobs", "register"]  # declared and registered by being imported


def register():
    add_states(
        rights_received=("work", "mail"),
        rights_waiting=("wait", "msg"),
        rights_in_hand=("work", "clock"),
        rights_done=("ok", "check"),
        rights_refused=("bad", "no"),
        rights_dropped=("off", "undo"),
        copy_asked=("work", "clock"),
        copy_ready=("ok", "down"),
        copy_failed=("bad", "warn"),
        copy_expired=("off", "clock"),
        breach_open=("bad", "warn"),
        breach_told=("work", "send"),
        breach_closed=("off", "lock"),
    )
    _register_actions()
    owing.register()
    personal.register()
    sitemap.register_addresses(
        lambda: [
            sitemap.Address(path)
            for path in ("/quyen-du-lieu/", "/quyen-du-lieu/gui/", "/quyen-du-lieu/hoat-dong/")
        ]
    )
    add_nav_item(
        NavItem(
            84,
            _("Data protection"),
            "/quyen-du-lieu/so/",
            shown_to=lambda request: has_role(request.user, Role.DATA_PROTECTION_OFFICER),
        )
    )


def _register_actions():
    for code, label in {
        "rights.sent": _("Data-rights request sent"),
        "rights.answered": _("Data-rights request answered"),
        "rights.asked": _("More asked of the sender of a data-rights request"),
        "rights.added": _("Sender of a data-rights request answered"),
        "rights.identity": _("Identity of a sender checked"),
        "rights.extended": _("Term of a data-rights request extended"),
        "rights.copy_asked": _("Copy of personal data asked for"),
        "rights.copy_ready": _("Copy of personal data made"),
        "rights.copy_failed": _("Copy of personal data could not be made"),
        "rights.copy_taken": _("Copy of personal data taken"),
        "rights.carried_out": _("Data-rights request carried out"),
        "rights.erased": _("Personal data erased"),
        "rights.refused": _("Data-rights request refused"),
        "rights.dropped": _("Data-rights request taken back"),
        "consent.changed": _("Consents given or withdrawn"),
        "retention.run": _("Data taken away at the end of its term"),
    }.items():
        audit.register_action(code, "application", label)
    for code, label in {
        "breach.entered": _("Breach of data protection entered"),
        "breach.changed": _("Breach of data protection changed"),
        "breach.authority_told": _("Authority notified of a breach"),
        "breach.closed": _("Breach of data protection closed"),
    }.items():
        audit.register_action(code, "security", label)
