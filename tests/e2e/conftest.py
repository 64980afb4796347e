"""Browsers, and the portal as real processes on the very database of the tests.

One Chromium and one daphne serve the whole run; the database is emptied after each test (all of them are
`django_db(transaction=True)`) and the pieces every installation starts with come back by post_migrate.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from bench.server import Daphne, free_port
from tests.notifications.builders import child_environment

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "var" / "shots"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PATIENCE = 60_000  # milliseconds; a busy machine is slow, not wrong
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}

# The synchronous Playwright keeps an event loop in this thread; the ORM is used beside it, never inside.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def media(tmp_path_factory):
    """Files of tests and of the server under test: one folder."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _quiet_world(settings, media):
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = media, media / "private"


@pytest.fixture(scope="session")
def environment(django_db_setup, media):
    """What a child process needs to be the same portal: settings, database, files."""
    return child_environment() | {"MEDIA_ROOT": str(media)}


@pytest.fixture(scope="session")
def portal(environment):
    """The portal, served by daphne for the whole run; its own address stands in papers and mails."""
    port = free_port()
    with Daphne(environment | {"SITE_URL": f"http://127.0.0.1:{port}"}, port) as server:
        yield server


@pytest.fixture
def portal_anew(portal):
    """The server started again. It remembers the keys of content types, and the database of each test has new
    ones: whoever makes pages, or anything else that names its type, on the screens asks for this."""
    portal.stop()
    portal.start()
    return portal


@pytest.fixture
def worker(environment):
    """`manage.py work` beside the server, ended as systemd would end it."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "work"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(40)


@pytest.fixture(scope="session")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.fail(f"No Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM=/path.")
    with sync_playwright() as play:
        own = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield own
        own.close()


class Window:
    """One person's browser. What it complains of is collected, and fails the test at its end."""

    def __init__(self, browser, portal, *, size=DESK, language="en", name="window", **more):
        """`more` is Playwright's: `has_touch=True`, `java_script_enabled=False`."""
        self.name, self.portal = name, portal
        self.context = browser.new_context(
            base_url=portal.origin, viewport=size, accept_downloads=True, **more
        )
        self.context.add_cookies([{"name": "ngon_ngu", "value": language, "url": portal.origin}])
        self.complaints = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, said):
        # A refused page, or a socket that waits for its server, is the test's own doing.
        if self.page.url.endswith(".xml"):
            return  # a plain file, which the browser draws in its own way
        if said.type == "error" and not re.search(r"Failed to load resource|WebSocket", said.text):
            self.complaints.append(f"{self.page.url}: {said.text}")

    def go(self, path):
        answer = self.page.goto(path)
        assert answer.status < 400, (self.name, path, answer.status)
        return self.page

    def sign_in(self, username, password):
        """Through the form, as anybody does; whoever was signed in here leaves first."""
        self.context.clear_cookies(name="sessionid")
        self.go("/tai-khoan/login/")
        self.fill_sign_in(username, password)
        self.page.wait_for_url("**/viec-cua-toi/")
        return self

    def fill_sign_in(self, username, password):
        """On the sign-in form, wherever it leads afterwards."""
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(password)
        self.page.locator("#id_password").press("Enter")
        self.name = username

    def press(self, selector):
        """Presses what leads to another page, and waits for it."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self.page

    def unread(self):
        count = self.page.locator("[data-bell] .count")
        return int(count.inner_text()) if count.is_visible() else 0

    def toasts(self):
        return self.page.locator("[data-toasts] [data-text]").all_inner_texts()

    def until(self, check, what=""):
        """Waits until `check()` holds; a script in the page would not pass the content policy."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not (found := check()):
            assert time.monotonic() < deadline, f"{self.name} at {self.page.url}: {what or 'waited in vain'}"
            self.page.wait_for_timeout(50)
        return found

    def rings(self, before=0):
        """The bell counts more than `before` and a toast says why, without the page being loaded anew."""
        self.until(lambda: self.unread() > before and self.toasts(), "the bell did not ring")

    def axe_clean(self):
        found = Axe().run(self.page).response["violations"]
        assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == [], (
            self.page.url
        )

    def fits(self):
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (self.page.url, width)


@pytest.fixture
def windows(browser, portal, request):
    """`windows(name, size=PHONE)` opens one more browser; pictures of all are kept when the test fails."""
    opened = []

    def open_one(name="window", **more):
        opened.append(Window(browser, portal, name=name, **more))
        return opened[-1]

    yield open_one
    failed = getattr(request.node, "failed_call", False)
    for number, window in enumerate(opened):
        if failed:
            SHOTS.mkdir(parents=True, exist_ok=True)
            window.page.screenshot(
                path=SHOTS / f"{request.node.name}-{number}-{window.name}.png", full_page=True
            )
        window.context.close()
    if not failed:
        assert [(window.name, window.complaints) for window in opened if window.complaints] == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.failed_call = outcome.get_result().failed
