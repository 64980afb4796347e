"""The application as the server runs it."""

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator

from tests.portal.builders import site


def scope(path, **changes):
    return {
        **{"type": "http", "method": "GET", "scheme": "http", "http_version": "1.1"},
        **{"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""},
        "headers": [(b"host", b"testserver")],
        **changes,
    }


async def body(path, **changes):
    from config.asgi import application

    answer = ApplicationCommunicator(application, scope(path, **changes))
    await answer.send_input({"type": "http.request", "body": b""})
    await answer.receive_output(30)
    text = (await answer.receive_output(30))["body"].decode()
    await answer.wait()
    return text


@pytest.mark.django_db(transaction=True)
def test_no_client_says_where_the_portal_is_mounted():
    """Daphne takes `root_path` from a header of the request; the page would be kept for everybody."""
    site()

    async def visits():
        return await body("/", root_path="//evil.example"), await body("/")

    first, second = async_to_sync(visits)()
    assert "evil.example" not in first and first == second
