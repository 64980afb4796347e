from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "obligations"

    def ready(self):
        from config.navigation import NavItem, add_nav_item

        from . import jobs, personal  # noqa: F401
        from .duties import register_duties
        from .owed_work import of_owners

        personal.register()
        register_duties(of_owners)
        add_nav_item(
            NavItem(
                900,
                _("My work"),
                "/viec-cua-toi/",
                shown_to=_signed_in,
                push=True,
            )
        )


def _signed_in(request):
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
