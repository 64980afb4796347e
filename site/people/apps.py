from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self):
        from config.navigation import NavItem, add_nav_item
        from notifications import access as sockets

        from . import audited, commendations, events, jobs, personal  # noqa: F401
        from .extracts import register_extract_of_many
        from .facts import add_fact
        from .roles import OFFICER, ROLES, Role, ensure_groups, has_role, officer_of_account, role_codes
        from .sign_in import activity, first_things, second_factor, told  # noqa: F401

        add_fact(ROLES, role_codes)
        add_fact(OFFICER, officer_of_account)
        add_fact(second_factor.HAS_ONE, second_factor.exists_for_account)

        told.register_actions()
        sockets.doors.append(first_things.first_thing)
        personal.register()
        register_extract_of_many(commendations.CODE, commendations.HEADING, commendations.commendations_of)
        audited.register()
        post_migrate.connect(ensure_groups, sender=self, dispatch_uid="people-groups")
        add_nav_item(
            NavItem(
                80,
                _("Staff"),
                "/nhan-su/",
                shown_to=lambda request: has_role(request.user, Role.PERSONNEL_OFFICER),
            )
        )
        add_nav_item(
            NavItem(
                85,
                _("Accounts"),
                "/nhan-su/tai-khoan/",
                shown_to=lambda request: has_role(request.user, Role.ADMINISTRATOR),
            )
        )
        add_nav_item(
            NavItem(
                90,
                pgettext_lazy("audit", "Audit trail"),
                "/nhat-ky/",
                shown_to=lambda request: has_role(
                    request.user, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER
                ),
            )
        )
