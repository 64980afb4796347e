"""Every address of the golden table, walked by an attacker: forms without their token, forms without end,
markup that runs, calls that leave the machine."""

import re
import socket
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver, resolve
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from tests import role_table
from tests.house.table import expected
from tests.house.test_crawler import (  # noqa: F401 its world and what makes it quick
    _quiet_world,
    _the_same_for_all,
    addresses,
    ask,
    clients,
    report,
    undone,
    world,
)
from tests.house.test_pages_source import DATA_TYPES, INLINE, SCRIPT
from tests.house.world import ROLES
from trust import limits

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Forms that carry no token, since they stand on pages everybody gets alike, and why none is missed.
WITHOUT_TOKEN = {
    "set_text_size": "a cookie of how large the letters are",
    "set_language": "a cookie of the language",
    "portal:rate": "asks Sec-Fetch-Site or Origin itself",
    "survey:answer": "an answer is nobody's in particular; its page gives a stamp that counts once",
    "survey:kiosk": "the same, on the ward's own device",
}
# The framework marks its views as exempt; they take no form (tests/walls/test_editor_interface.py).
FRAMEWORK = ("du-lieu-mo/", "quan-tri/api/")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)


@contextmanager
def no_writing():
    """Collects what is written to the database."""
    written = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql):
            written.append(sql.split(" SET ")[0][:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def who_may(cell, most):
    """Roles a cell of the table lets do something, each answer once; the superuser where nobody may."""
    by_status = {}
    for role, status in expected(cell, role_table.SETS).items():
        if role != "anonymous" and status not in (401, 403, 404, 405):
            by_status.setdefault(status, role)
    return list(by_status.values())[:most] or ["superuser"]


def who_reads(cell):
    """Everybody where everybody may; else somebody who may, or the superuser."""
    return ["anonymous"] if expected(cell, role_table.SETS)["anonymous"] == 200 else who_may(cell, 1)


def posted_without_token(client, path):
    with undone() as _block, no_writing() as written:
        answer = client.post(path, {"x": "1", "then": "stay", "page": "/"})
        connection.set_rollback(True)
    return answer, written


# A refusal to somebody signed in is an event of the audit trail.
REFUSAL_TOLD = 'INSERT INTO "trust_auditevent"'


def test_no_form_does_anything_without_its_token(world):  # noqa: F811
    strict = {role: Client(enforce_csrf_checks=True, raise_request_exception=False) for role in ROLES}
    for role, client in strict.items():
        if ROLES[role]:
            client.force_login(world.account(role))
    problems, exempt = [], set()
    for row in role_table.ROWS:
        path, name = row.path(world), row.address.split()[0]
        for role in ["anonymous", *who_may(row.post, 1)]:
            answer, written = posted_without_token(strict[role], path)
            reads_only = name.startswith("portal:open_data") and answer.status_code == 405
            if name in WITHOUT_TOKEN:
                exempt.add(name)
            elif reads_only and not written:
                continue
            elif answer.status_code != 403 or [one for one in written if not one.startswith(REFUSAL_TOLD)]:
                problems.append(f"{row.address} as {role}: {answer.status_code} {written}")
    report(problems)
    assert exempt == set(WITHOUT_TOKEN)


def test_views_that_take_a_form_without_a_token_are_the_few_named():
    found = {
        ":".join([*namespaces, pattern.name or route])
        for route, namespaces, pattern in addresses(get_resolver())
        if getattr(pattern.callback, "csrf_exempt", False) and not route.startswith(FRAMEWORK)
    }
    assert found == set(WITHOUT_TOKEN)


# ---- limits

# What is sent: enough for a form to be read as one; nothing that would be taken.
FILLED = {"x": "1", "email": "ai@thu.example", "purpose": "enter"}


def refuses_or_limits(answer, written):
    """Too many; or said no without a word written."""
    if answer.status_code == 429:
        return True
    to_sign_in = answer.status_code == 302 and re.match(
        r"/(tai-khoan|quan-tri)/login/|/cuoc-thi/ma/\?", answer.headers["Location"]
    )
    return (to_sign_in or answer.status_code in (401, 403, 404, 405, 410)) and not written


def test_every_form_open_to_the_public_has_a_limit(world, clients, monkeypatch):  # noqa: F811
    """With all limits used up, whoever has no account can write nothing anywhere: a new form of the public
    fails here until it has one."""
    monkeypatch.setattr(limits.Requests, "take", lambda self, request: False)
    monkeypatch.setattr(limits.WrongTries, "used_up", lambda self, request: True)
    problems, limited = [], 0
    for row in role_table.ROWS:
        with undone(), no_writing() as written:
            answer = clients["anonymous"].post(
                row.path(world), FILLED, headers={"sec-fetch-site": "same-origin"}
            )
            connection.set_rollback(True)
        limited += answer.status_code == 429
        if not refuses_or_limits(answer, written):
            problems.append(f"{row.address}: {answer.status_code} {written}")
        if answer.status_code == 429 and not answer.headers.get("Retry-After", "").isdecimal():
            problems.append(f"{row.address}: does not say when to come back")
    report(problems)
    assert limited > 40


# ---- markup and calls


@contextmanager
def no_call_out(monkeypatch):
    """Collects every connection but those to the services the portal stands on."""
    called, connect, look_up = [], socket.socket.connect, socket.getaddrinfo
    ours = {int(port) for port in re.findall(r":(\d+)/", settings.REDIS_URL)}

    def connecting(self, address):
        if not (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1") and address[1] in ours):
            called.append(address)
        return connect(self, address)

    def looking_up(host, port, *more, **named):
        if host not in ("127.0.0.1", "::1", "localhost"):
            called.append((host, port))
        return look_up(host, port, *more, **named)

    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", connecting)
        patched.setattr(socket, "getaddrinfo", looking_up)
        yield called


EDITORS = (
    "",
    "pages/",
    "images/",
    "documents/",
    "reports/",
    "account/",
    "snippets/",
    "collections/",
    "redirects/",
)


def inline_markup(html):
    """What in a page would run or paint in its own name."""
    found = [
        what
        for what, pattern in INLINE.items()
        if pattern.search(re.sub(r"<svg.*?</svg>", "", html, flags=re.S))
    ]
    for script in SCRIPT.finditer(html):
        if "src=" not in script["attributes"] and not any(
            kind in script["attributes"] for kind in DATA_TYPES
        ):
            found.append("script without src")
    return found + (["nonce"] if re.search(r"\snonce=", html) else [])


def test_no_page_holds_inline_markup_and_none_calls_out(world, clients, monkeypatch):  # noqa: F811
    problems, strict = [], None
    with no_call_out(monkeypatch) as called:
        for row in role_table.ROWS:
            path = row.path(world)
            for role in who_reads(row.get):
                answer, body = ask(clients[role], "get", path)
                if called:
                    problems.append(f"{row.address} as {role} calls {called}")
                    called.clear()
                if path.startswith("/quan-tri/") or "html" not in answer.headers.get("Content-Type", ""):
                    continue
                strict = strict or answer.headers["Content-Security-Policy"]
                problems += [f"{row.address} as {role}: {what}" for what in inline_markup(body)]
                if answer.headers["Content-Security-Policy"] != strict:
                    problems.append(f"{row.address}: another policy")
        for page in EDITORS:
            for role in ("editor", "publisher", "superuser"):
                ask(clients[role], "get", f"/quan-tri/{page}")
                problems += [f"/quan-tri/{page} as {role} calls {address}" for address in called]
                called.clear()
    report(problems)
    assert "unsafe" not in strict and "nonce" not in strict and "report" not in strict


def test_the_address_of_a_page_elsewhere_is_never_asked(world, clients, monkeypatch):  # noqa: F811
    """Pasted into the editor as something to embed: no finder is left that would fetch it."""
    with no_call_out(monkeypatch) as called, pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    assert called == []


def test_every_row_still_leads_to_a_view(world):  # noqa: F811
    """What the walks above rest on."""
    assert all(resolve(row.path(world).partition("?")[0]) for row in role_table.ROWS)
