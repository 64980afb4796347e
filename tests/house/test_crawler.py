"""Every address as everybody, by GET and by an empty POST, against the golden table (tests/role_table.py).

An address of ours without a row fails, a row without an address fails; others' addresses are refused unless
the table opens their namespace. Answers to people who are not entitled hold nothing of what must not leak.
"""

import logging
import pickle
import re
from collections import Counter, defaultdict
from functools import lru_cache
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import NoReverseMatch, get_resolver, resolve
from wagtail.models import Site

import config.urls
from people.sign_in import activity
from people.sign_in.backend import StaffBackend
from portal import furniture
from tests import role_table
from tests.house.table import EVERYBODY, expected, written
from tests.house.world import ROLES, SECRETS, make_world
from tests.standing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # inside the module's own transaction, see `world`
PARTS = 4  # so that several processes can share the work
OURS = {
    "competitions",
    "config",
    "ideas",
    "notifications",
    "obligations",
    "papers",
    "people",
    "plan",
    "portal",
    "rights",
    "training",
    "trust",
}
IN_PROCESS = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "crawler"}}
# What a request writes is undone, "I am here" included: nobody is signed out in the middle of a long crawl.
ALL_DAY = {"IDLE_MINUTES": 2880, "IDLE_MINUTES_ADMINISTRATORS": 2880, "SESSION_LONGEST_HOURS": 48}


@pytest.fixture(autouse=True)
def _quiet_world():
    """The world's files outlive one test: this module keeps its own folder."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder, PRIVATE_ROOT=folder / "private", CACHES=IN_PROCESS, **ALL_DAY),
        undone(),
    ):
        logging.disable(logging.ERROR)  # thousands of refusals are the point here, not news
        yield make_world()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _short_refusals(monkeypatch):
    """Thousands of refusals: their pages (tests/config/test_errors.py) are not drawn here."""
    monkeypatch.setattr(config.urls, "handler403", lambda request, exception=None: HttpResponse(status=403))
    monkeypatch.setattr(config.urls, "handler404", lambda request, exception=None: HttpResponse(status=404))


@pytest.fixture(autouse=True)
def _the_same_for_all(world, monkeypatch):
    """Which site is asked, who asks and what stands around every page: looked up once, not for every request.
    What a request writes is undone, "seen now" as well: after half a minute every one would write it."""
    looked_up = StaffBackend.get_user
    account = lru_cache(None)(lambda key: pickle.dumps(looked_up(StaffBackend(), key)))
    site, around = pickle.dumps(Site.objects.select_related("root_page").get()), furniture._now()
    monkeypatch.setattr(Site, "_find_for_request", staticmethod(lambda request: pickle.loads(site)))
    monkeypatch.setattr(furniture, "_now", lambda: around)
    monkeypatch.setattr(StaffBackend, "get_user", lambda _self, key: pickle.loads(account(key)))
    monkeypatch.setattr(activity, "NOTE_EVERY", 24 * 3600)


@pytest.fixture(scope="module")
def clients(world):
    """A signed-in browser for every role."""
    found = {}
    for role in ROLES:
        found[role] = Client(raise_request_exception=False)
        if ROLES[role]:
            found[role].force_login(world.account(role))
    return found


def addresses(resolver=None, route="", namespaces=()):
    """(route, namespaces, pattern) of everything the portal answers to."""
    for pattern in (resolver or get_resolver()).url_patterns:
        inside = route + str(pattern.pattern).removeprefix("^" if route else "")  # as `resolve` joins them
        if hasattr(pattern, "url_patterns"):
            under = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern, inside, under)
        else:
            yield inside, namespaces, pattern


def is_ours(pattern):
    return pattern.callback.__module__.split(".")[0] in OURS


def ask(client, method, path):
    """The answer, and whatever the request wrote undone: rows, cookies, counted tries."""
    cache.clear()
    cookies = client.cookies.output()
    with undone():
        response = getattr(client, method)(path)
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))
    return response, body.decode("utf-8", "replace")


def leaks(role, body):
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)  # drawings are full of numbers
    body = re.sub(r"\d\d:\d\d:\d\d\.\d+", "", body)  # so are moments to the microsecond
    return [
        what
        for what, secret in SECRETS.items()
        if role not in secret.entitled and any(words in body for words in secret.words)
    ]


def report(lines):
    assert not lines, "\n".join(["", *sorted(lines)])


def test_every_address_of_ours_has_a_row_and_every_row_an_address(world):
    rows, problems = set(), []
    for row in role_table.ROWS:
        try:
            match = resolve(row.path(world).partition("?")[0])
        except NoReverseMatch as error:
            problems.append(f"{row.address}: no such address ({error})")
            continue
        rows.add(match.route)
        if match.func.__module__.split(".")[0] not in OURS and match.url_name != "wagtail_serve":
            problems.append(f"{row.address}: not an address of ours")
    for route, namespaces, pattern in addresses():
        if is_ours(pattern) and route not in rows:
            problems.append(f"no row for {':'.join([*namespaces, pattern.name or '-'])} {route}")
    report(problems)


def test_no_address_has_two_rows():
    seen = [row.address for row in role_table.ROWS]
    assert sorted(address for address in set(seen) if seen.count(address) > 1) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_what_the_table_says_and_nothing_leaks(world, clients, part):
    known, problems = known_by_area(), []
    for row in role_table.ROWS[part::PARTS]:
        problems += row_differences(row, world, clients, known[row.area] | set(role_table.TRIED_ON_OTHERS))
    report(problems)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_those_an_area_does_not_know_get_no_more_than_those_who_stand_for_them(world, clients, part):
    known, problems = known_by_area(), []
    for row in role_table.ROWS[part::PARTS]:
        others = set(EVERYBODY) - known[row.area] - set(role_table.TRIED_ON_OTHERS)
        problems += row_differences(row, world, clients, others)
    report(problems)


def known_by_area():
    """{area: roles that some row of it tells from the rest}. All others are strangers there, for whom a few
    ask; `pytest -m long tests/house` asks as each of them."""
    known = defaultdict(set)
    for row in role_table.ROWS:
        for cell in (row.get, row.post):
            wanted = expected(cell, role_table.SETS)
            (usual, _count), *_others = Counter(wanted.values()).most_common()
            known[row.area] |= {role for role, status in wanted.items() if status != usual}
    return known


def row_differences(row, world, clients, asking):
    return [
        problem
        for method, cell in (("get", row.get), ("post", row.post))
        for problem in differences(row.address, method, cell, row.path(world), clients, asking)
    ]


def differences(address, method, cell, path, clients, asking):
    """What the table says and what those who ask got, where these differ; and what leaked."""
    wanted, got, problems = expected(cell, role_table.SETS), {}, []
    # A method nobody may use is refused before anybody is looked at: a few ask for all.
    if cell == "405 *":
        asking = asking & set(role_table.TRIED_ON_OTHERS)
    for role in sorted(asking):
        response, body = ask(clients[role], method, path)
        got[role] = response.status_code
        if response.status_code == 200:
            problems += [f"LEAK {method.upper()} {address} to {role}: {what}" for what in leaks(role, body)]
        if response.status_code >= 500 and response.status_code != wanted[role]:
            error = getattr(response, "exc_info", None)
            problems.append(f"ERROR {method.upper()} {address} as {role}: {error and error[1]!r}")
    wrong = defaultdict(list)
    for role in asking:
        if got[role] != wanted[role]:
            wrong[wanted[role], got[role]].append(role)
    if wrong:
        said = "; ".join(f"{was}→{now} {' '.join(who)}" for (was, now), who in sorted(wrong.items()))
        problems.append(f"{address} {method}: {said}\n    now: {written(wanted | got)}")
    return problems


# ---- other people's addresses


def sample_path(route):
    """A path that fits a pattern of somebody else's, with arguments that name nothing."""
    path = re.sub(r"<int:\w+>", "999999", route)
    path = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", path)
    path = re.sub(r"<(?:str|slug|path):\w+>", "khong-co", path)
    path = re.sub(r"<\w+>", "khong-co", path)
    path = re.sub(r"\(\?P<\w+>\\d\+\)", "999999", path)
    path = re.sub(r"\(\?P<\w+>[^()]*(\([^()]*\))?[^()]*\)", "khong-co", path)
    path = path.replace("\\.", ".").replace("\\-", "-")
    return "/" + re.sub(r"[\^$?]|\\Z", "", path)


def others():
    for route, _namespaces, pattern in addresses():
        if not is_ours(pattern) and pattern.name != "wagtail_serve":
            yield route.partition("/")[0], route, pattern.name


def welcome_at(folder, name):
    allowed = role_table.OTHERS.get(name, role_table.OTHERS.get(folder, ""))
    if allowed == "*":
        return set(EVERYBODY)
    return set(" ".join(role_table.SETS.get(word, word) for word in allowed.split()).split())


def test_others_addresses_are_refused_unless_the_table_opens_them(world, clients):
    """Default deny: a page of allauth or Wagtail answers 200 only to whom the table lets in."""
    problems, opened = [], set()
    for folder, route, name in others():
        path, welcome = sample_path(route), welcome_at(folder, name)
        for role in EVERYBODY if name in role_table.OTHERS else role_table.TRIED_ON_OTHERS:
            for method in ("get", "post"):
                response, body = ask(clients[role], method, path)
                status = response.status_code
                asked = f"{method.upper()} {path} ({name}) as {role}"
                if status >= 500 and (method, name) not in role_table.OTHERS_BREAK:
                    problems.append(f"{status} {asked}: {getattr(response, 'exc_info', [0, 0])[1]!r}")
                elif status < 300 and role not in welcome:
                    problems.append(f"{status} {asked}")
                elif status < 300:
                    opened |= {folder, name}
                    problems += [f"LEAK {asked}: {what}" for what in leaks(role, body)]
    problems += [f"opened, but never answers: {name}" for name in set(role_table.OTHERS) - opened]
    report(problems)
