from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    name = "trust"

    def ready(self):
        from . import personal
        from .audit import own, register_action

        own.register()
        personal.register()
        register_action("limit.reached", "security", _("a form was sent or a code tried too often"))
        register_action("upload.refused", "security", _("an upload was refused"))
