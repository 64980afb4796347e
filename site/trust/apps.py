from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "trust"

    def ready(self):
        from . import personal

        personal.register()
