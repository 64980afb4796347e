"""Private files, sent by the portal or by nginx on its word: the same headers either way, nothing outside the
folder."""

from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.http import Http404
from wagtail.documents.models import Document

from portal import media
from tests.trust.urls_for_tests import File
from trust.storage import PrivateStorage, serve_private

pytestmark = pytest.mark.django_db
NAME = "Đơn yêu cầu\r\nSet-Cookie: x=1.pdf"
BY_NGINX = {"X-Accel-Redirect", "Content-Length"}


@pytest.fixture
def stored():
    return File(PrivateStorage().save("dossiers/ab/gi%E1 ấy.pdf", ContentFile(b"%PDF-1.7 x")))


def headers(response):
    found = {name: value for name, value in response.headers.items() if name not in BY_NGINX}
    response.close()
    return found


@pytest.mark.parametrize("inline", [True, False])
def test_nginx_sends_it_with_the_very_headers_of_the_portal(settings, stored, inline):
    by_portal = headers(serve_private(stored, NAME, "application/pdf", inline=inline))
    settings.PRIVATE_FILES_BY_NGINX = True
    response = serve_private(stored, NAME, "application/pdf", inline=inline)
    assert response.content == b""
    assert response["X-Accel-Redirect"] == "/_rieng/dossiers/ab/gi%25E1%20%E1%BA%A5y.pdf"
    assert headers(response) == by_portal
    assert "\n" not in by_portal["Content-Disposition"] and "Set-Cookie" not in by_portal


def test_a_lost_file_is_not_found_either_way(settings):
    settings.PRIVATE_FILES_BY_NGINX = True
    with pytest.raises(Http404):
        serve_private(File("dossiers/lost.pdf"), "a.pdf", "application/pdf")


@pytest.mark.parametrize("name", ["../portal.sqlite3", "/etc/passwd", "dossiers/../../secret_key"])
@pytest.mark.parametrize("by_nginx", [True, False])
def test_a_name_in_the_database_leads_out_of_the_folder_nowhere(settings, name, by_nginx):
    settings.PRIVATE_FILES_BY_NGINX = by_nginx
    with pytest.raises(SuspiciousFileOperation):
        serve_private(File(name), "a.pdf", "application/pdf")


def test_a_link_in_the_folder_leads_out_of_it_nowhere(settings, stored, tmp_path):
    """Whoever could write there could plant one; nginx would follow it."""
    outside = tmp_path / "secret"
    outside.write_text("x")
    link = PrivateStorage().path("dossiers/ab/link.pdf")
    Path(link).symlink_to(outside)
    settings.PRIVATE_FILES_BY_NGINX = True
    with pytest.raises(ValueError, match="subpath"):
        serve_private(File("dossiers/ab/link.pdf"), "a.pdf", "application/pdf")


def test_a_published_file_is_sent_by_nginx_from_the_folder_of_media(settings, client, monkeypatch):
    settings.PRIVATE_FILES_BY_NGINX = True
    monkeypatch.setattr(media, "may_read", lambda request, item: True)
    item = Document.objects.create(title="Kế hoạch", file=ContentFile(b"%PDF-1.7 x", name="ke-hoach.pdf"))
    response = client.get(item.url)
    assert response.status_code == 200 and response.content == b""
    assert response["X-Accel-Redirect"] == f"/_tep/{item.file.name}"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == f'attachment; filename="{item.filename}"'
