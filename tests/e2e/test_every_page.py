"""Every page of the golden table, in a browser, as somebody who may read it: no violation found by axe at
1280 px, nothing sticking out there nor at 360 px, no complaint in the console."""

import pytest
from playwright.sync_api import Error

from tests import role_table
from tests.house.table import Row, expected
from tests.house.world import make_world
from tests.notifications.builders import session_cookie

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
# Who is tried first where several may read a page: whoever finds the most on it.
FIRST = (
    *("secretary", "head", "author", "stranger", "member", "chair"),
    *("administrator", "personnel", "anonymous"),
)
FIRST_IN_TRAINING = ("training", "staff", "personnel", *FIRST)
# Pages that look otherwise to a second reader, or with something asked for: (address, query, reader).
BESIDES = (
    ("training:home", "", "staff"),
    ("training:home", "", "anonymous"),
    ("training:session code=open_session", "", "staff"),
    ("training:session code=open_session", "", "anonymous"),
    ("training:session code=confirmed_session", "", "training"),
    ("training:session code=confirmed_session", "", "staff"),
    ("training:standing code=held_session", "", "staff"),
    ("training:my_sessions", "", "staff"),
    ("training:my_record", "", "staff"),
    ("training:credits", "", "staff"),
    ("training:credits", "?xem=cho", "training"),
    ("training:exemptions", "", "personnel"),
    ("training:coverage", "?year={last_year}", "head"),
    ("training:coverage_people", "?year={last_year}", "head"),
    ("training:coverage_missing", "", "unit_head"),
    ("training:freeze pk=freeze", "?xem=da-hoc", "head"),
    ("training:import_batch pk=import_batch", "?xem=all", "training"),
    ("plan:progress", "?nam=2030", "anonymous"),
)


def reader_of(row):
    welcome = {role for role, status in expected(row.get, role_table.SETS).items() if status == 200}
    order = FIRST_IN_TRAINING if row.address.startswith("training:") else FIRST
    return next((role for role in order if role in welcome), min(welcome, default=None))


def pages(world):
    """(address, path, reader) of every page somebody gets; each path once, but for those named above."""
    seen = set()
    for row in role_table.ROWS:
        reader, path = reader_of(row), row.path(world)
        if reader and path not in seen:
            seen.add(path)
            yield row.address, path, reader
    for address, query, reader in BESIDES:
        yield address + query, Row(address, "", "").path(world) + query.format(**world.labels), reader


def is_a_page(window, path):
    """Opens `path`; False for a file, and for a part of a page, which is fetched into another."""
    try:
        answer = window.page.goto(path)
    except Error as error:
        if "Download is starting" in str(error):
            return False
        raise
    assert answer.status < 400, (path, answer.status)
    kind = answer.headers.get("content-type", "")
    return kind.startswith("text/html") and window.page.locator("html[lang]").count() == 1


def test_every_page_is_accessible_and_fits_a_phone(windows):
    world = make_world()
    signed_in, problems = {}, []
    for address, path, reader in pages(world):
        if reader not in signed_in:
            signed_in[reader] = windows(reader, language="vi")
            if reader != "anonymous":
                name, value = session_cookie(world.account(reader)).split("=")
                signed_in[reader].context.add_cookies(
                    [{"name": name, "value": value, "url": signed_in[reader].portal.origin}]
                )
        window = signed_in[reader]
        window.page.set_viewport_size(DESK)
        if not is_a_page(window, path):
            continue
        for check, size in ((window.axe_clean, DESK), (window.fits, DESK), (window.fits, PHONE)):
            window.page.set_viewport_size(size)
            try:
                check()
            except AssertionError as error:
                problems.append(f"{address} as {reader}: {str(error).splitlines()[0]}")
    assert not problems, "\n".join(problems)
