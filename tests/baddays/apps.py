from django.apps import AppConfig


class BadDaysConfig(AppConfig):
    """In the children alone: every saved row is a place where they may be told to stand still."""

    name = "tests.baddays"
    label = "baddays"

    def ready(self):
        from django.db.models.signals import post_save

        from .halting import after_a_row

        post_save.connect(after_a_row, dispatch_uid="baddays-halt")
