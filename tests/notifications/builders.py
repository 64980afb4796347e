"""People and rows for the tests of notifications."""

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

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


def questions(client, path):
    """(all queries, those about notifications) of one GET; the frame of the page asks some of its own."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    return len(asked), sum('"notifications_' in sql for sql in asked)


def session_cookie(user):
    """The cookie header of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def child_environment():
    """For a child process on the very database of this test."""
    database = connection.settings_dict
    own = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    if connection.vendor == "sqlite":
        own["TEST_DATABASE_FILE"] = str(database["NAME"])
    else:
        host, port = database["HOST"] or "127.0.0.1", database["PORT"] or 5432
        own["DATABASE_URL"] = (
            f"postgres://{database['USER']}:{database['PASSWORD']}@{host}:{port}/{database['NAME']}"
        )
    return own
