import asyncio
import re
from pathlib import Path

import pytest
from django.core.asgi import get_asgi_application
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from trust.storage import PrivateStorage, private_storage, private_upload_to

CONTENT = b"%PDF-1.7\n" + b"0123456789abcdef" * 20_000


@pytest.fixture
def stored(settings):
    return PrivateStorage().save("giay.pdf", ContentFile(CONTENT))


def test_private_files_have_random_names_and_no_address():
    to = private_upload_to("dossiers")
    first, second = to(None, "../Đơn của Hà.PDF"), to(None, "Đơn của Hà.PDF")
    assert re.fullmatch(r"dossiers/[0-9a-f]{2}/[0-9a-f]{32}\.pdf", first)
    assert first != second
    assert re.fullmatch(r"dossiers/[0-9a-f]{2}/[0-9a-f]{32}", to(None, "a.p/h;p"))
    with pytest.raises(ValueError, match="URL"):
        private_storage().url(first)


def test_private_files_are_readable_by_the_portal_and_the_group_of_the_server_in_front_alone(
    stored, settings
):
    path = Path(settings.PRIVATE_ROOT) / stored
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_name_cannot_leave_the_private_folder():
    with pytest.raises(SuspiciousFileOperation):
        PrivateStorage().open("../../etc/passwd")


@pytest.mark.django_db
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_a_private_file_is_a_download_nobody_keeps(client, stored):
    response = client.get(f"/give/{stored}/")
    assert response.getvalue() == CONTENT
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C4%90%C6%A1n")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.django_db
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_a_pdf_may_be_shown_in_the_browser(client, stored):
    response = client.get(f"/give/{stored}/?inline")
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    response.close()


@pytest.mark.django_db
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_a_file_lost_on_disk_is_not_found_and_logged(client, caplog):
    assert client.get("/give/lost.pdf/").status_code == 404
    assert "A private file is missing: lost.pdf" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.trust.urls_for_tests")
def test_asgi_sends_it_in_pieces_and_without_a_warning(stored):
    """Warnings are errors here: Django's own file response would fail this test."""
    sent = []

    async def ask():
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": f"/give/{stored}/",
            "query_string": b"",
            "headers": [(b"host", b"testserver")],
            "client": ("127.0.0.1", 1),
            "server": ("testserver", 80),
        }
        inbox = asyncio.Queue()
        await inbox.put({"type": "http.request", "body": b"", "more_body": False})

        async def send(message):
            sent.append(message)

        await get_asgi_application()(scope, inbox.get, send)

    asyncio.run(ask())
    bodies = [message.get("body", b"") for message in sent if message["type"] == "http.response.body"]
    assert sent[0]["status"] == 200
    assert b"".join(bodies) == CONTENT
    assert len([body for body in bodies if body]) == 5
