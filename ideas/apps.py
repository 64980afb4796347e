from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdeasConfig(AppConfig):
    name = "ideas"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from config.navigation import NavItem, add_nav_item
        from people.roles import role_watchers
        from portal.registry import register_home_section

        from . import duties, events, home, jobs, workflow  # noqa: F401  (declared, registered, guarded)
        from .queries import current_chairs
        from .reference_data import load_reference_data

        add_nav_item(NavItem(20, _("Initiatives"), "/sang-kien/"))
        role_watchers.append(current_chairs)
        register_home_section(10, home.open_now)
        register_home_section(30, home.latest)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="ideas-reference")
