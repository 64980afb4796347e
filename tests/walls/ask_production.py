"""Run as a process with production's settings: asks some pages and prints what they answered as JSON."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

HOST = "portal.example"


def told(answer):
    return {
        "status": answer.status_code,
        "headers": {name.lower(): value for name, value in answer.headers.items()},
        "cookies": {
            name: {part: morsel[part] for part in ("path", "domain", "secure", "httponly", "samesite")}
            for name, morsel in answer.cookies.items()
            if morsel["max-age"] != 0  # being taken away
        },
    }


def ask():
    from people.models import User
    from tests.ideas.builders import PASSWORD, make_user
    from tests.portal.builders import site

    site()
    client = Client(headers={"host": HOST}, raise_request_exception=False)
    get = lambda path, **more: told(client.get(path, secure=True, **more))  # noqa: E731
    post = lambda path, data, **more: told(client.post(path, data, secure=True, **more))  # noqa: E731
    yield "home", get("/")
    yield "nothing there", get("/khong-co/")
    yield "form", get("/tai-khoan/login/")
    yield "open data", get("/du-lieu-mo/v1/sang-kien/")
    yield "text size", post("/co-chu/", {"size": "larger", "next": "/"})
    yield "language", post("/ngon-ngu/", {"language": "en", "next": "/"})
    yield "leaves", post("/cuoc-thi/ma/quen/", {})
    yield "in the open", told(client.get("/"))
    yield "another host", told(client.get("/", secure=True, headers={"host": "evil.example"}))
    yield "another host forwarded", get("/", headers={"x-forwarded-host": "evil.example"})
    make_user("canbo", "Lý Văn Thường")
    yield "signing in", post("/tai-khoan/login/", {"login": "canbo", "password": PASSWORD})
    yield "writer", get("/sang-kien/ho-so/moi/")
    client.force_login(User.objects.create_superuser("goc", "goc@portal.example", PASSWORD))
    yield "editor", get("/quan-tri/")


if __name__ == "__main__":
    # Collecting and packing the static files changes nothing of what is asked here.
    files = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=settings.STORAGES | files):
        json.dump(dict(ask()), sys.stdout)
