"""Every page of the golden table, in a browser, as somebody who may read it: no violation found by axe at
1280 px, nothing sticking out at 360 px, no complaint in the console."""

import pytest

from tests import role_table
from tests.house.table import expected
from tests.house.world import make_world
from tests.notifications.builders import session_cookie

from .conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
# Who is tried first where several may read a page: whoever finds the most on it.
FIRST = (
    *("secretary", "head", "author", "stranger", "member", "chair"),
    *("administrator", "personnel", "anonymous"),
)


def reader_of(row):
    welcome = {role for role, status in expected(row.get, role_table.SETS).items() if status == 200}
    return next((role for role in FIRST if role in welcome), min(welcome, default=None))


def pages(world):
    """(address, path, reader) of every page somebody gets; each path once."""
    seen = set()
    for row in role_table.ROWS:
        reader, path = reader_of(row), row.path(world)
        if reader and path not in seen:
            seen.add(path)
            yield row.address, path, reader


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
        answer = window.context.request.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        window.page.set_viewport_size(DESK)
        window.go(path)
        if not window.page.locator("html[lang]").count():
            continue  # a part of a page, fetched into another
        for check, size in ((window.axe_clean, DESK), (window.fits, PHONE)):
            window.page.set_viewport_size(size)
            try:
                check()
            except AssertionError as error:
                problems.append(f"{address} as {reader}: {str(error).splitlines()[0]}")
    assert not problems, "\n".join(problems)
