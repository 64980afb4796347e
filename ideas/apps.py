from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdeasConfig(AppConfig):
    name = "ideas"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from config.navigation import NavItem, add_nav_item
        from people.roles import role_watchers
        from people.samples import add_loader

        from . import events, jobs, workflow  # noqa: F401  (declared, registered, guarded by being imported)
        from .queries import current_chairs
        from .reference_data import load_reference_data

        add_nav_item(NavItem(20, _("Initiatives"), "/sang-kien/"))
        role_watchers.append(current_chairs)
        add_loader(_load_samples)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="ideas-reference")


def _load_samples(size, now):
    from .samples.load import load_initiatives

    return load_initiatives(size, now)
