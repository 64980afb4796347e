from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "trust"

    def ready(self):
        from .audit import own

        own.register()
