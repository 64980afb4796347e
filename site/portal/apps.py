from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The public pages: what editors write and what the other apps put in the window."""

    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        from config.navigation import NavItem, add_nav_item

        add_nav_item(NavItem(0, _("Home"), "/"))
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="portal-tree")


def _after_migrate(sender, using, plan=(), **kwargs):
    from .tree import ensure_site

    if using == "default":
        ensure_site()
