"""People and rows for the tests of notifications."""

from django.db import transaction

from notifications.events import Mail, announce, declare
from people.models import User

# Events of the tests' own; the category is real, the codes belong to nobody.
RECEIVED = declare("test.received", "Open dossier %(code)s", category="initiative", icon="file")
DECIDED = declare("test.decided", "Read the decision on %(code)s", category="initiative", mail=Mail.ALWAYS)
MEETING = declare("test.meeting", "Answer the invitation for %(day)s", category="meeting", icon="cal")
CHANGED = declare("test.changed", "", category="initiative", quiet=True)


def make_user(username, **fields):
    fields.setdefault("email", f"{username}@hungdao.example")
    return User.objects.create_user(username, password="x", **fields)


def tell(event, *people, link="/viec-cua-toi/", subject="SK-2026-HD15", **more):
    with transaction.atomic():
        return announce(event, people, link=link, subject=subject, **more)
