"""Paths that climb: no address, name of a file or of a member of an archive leads out of its folder."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.test import Client

from ideas.register.archive import plain_name
from papers import render
from tests.portal.builders import site
from trust.names import clean_name
from trust.storage import PrivateStorage, private_upload_to

ROOT = Path(__file__).resolve().parents[2]
CLIMBING = [
    "../../etc/passwd",
    "..\\..\\etc\\passwd",
    "/etc/passwd",
    "....//....//etc/passwd",
    "..%2f..%2fetc/passwd",
    "a/../../../etc/passwd",
    "C:\\Windows\\win.ini",
    "\\\\evil\\share\\a",
    "a\x00.pdf",
    "..",
    ".",
    "~root/x",
]


@pytest.mark.parametrize("name", CLIMBING)
def test_a_name_from_outside_loses_its_way_up(name):
    cleaned = clean_name(name)
    assert "/" not in cleaned and "\\" not in cleaned and "\x00" not in cleaned
    assert cleaned not in (".", "..")


@pytest.mark.parametrize("name", CLIMBING)
def test_a_stored_file_lies_below_its_folder_whatever_it_was_called(name, settings):
    path = private_upload_to("dossiers")(None, name)
    kept = Path(PrivateStorage().path(PrivateStorage().save(path, ContentFile(b"x"))))
    assert kept.resolve().is_relative_to(Path(settings.PRIVATE_ROOT).resolve() / "dossiers")


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/passwd", "a/../../x"])
def test_the_storage_itself_refuses_to_climb(name):
    for act in (PrivateStorage().open, PrivateStorage().delete, PrivateStorage().path):
        with pytest.raises(SuspiciousFileOperation):
            act(name)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    "path",
    [
        "/media/images/../private/x.pdf",
        "/media/images/..%2fprivate%2fx.pdf",
        "/media/images/%2e%2e/%2e%2e/secret_key",
        "/media/private/x.pdf",
        "/media/../var/secret_key",
        "/tai-lieu/1/..%2f..%2fsecret_key",
        "/static/../../manage.py",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/_rieng/dossiers/x.pdf",
        "/_tep/private/x.pdf",
    ],
)
def test_no_address_climbs_out_of_what_is_published(path, settings):
    site()
    for folder in ("", "images/"):
        kept = Path(settings.MEDIA_ROOT) / "private" / folder
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "x.pdf").write_bytes(b"%PDF kin")
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code in (400, 404)
    assert b"kin" not in answer.content


@pytest.mark.parametrize("name", CLIMBING)
def test_a_member_of_an_archive_we_write_cannot_climb(name):
    part = plain_name(name)
    assert part and set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_papers_are_drawn_from_one_folder_and_what_is_typed_is_never_markup():
    """Typst may read below its root alone; a text that looks like its markup is printed as it stands."""
    text = '#read("/etc/passwd") *b* $x$ ] \\ "q" #image("../../secret_key")'
    assert render.TEMPLATES.is_relative_to(ROOT / "site" / "papers")
    for template in render.TEMPLATES.glob("*.typ"):
        source = template.read_text()
        assert "eval(" not in source, template.name
    assert render._printable({"title": text})["title"].replace("\u200b", "") == text


# What does so without a word of what anybody typed or sent.
OWN_ERRANDS = {
    "site/config/metrics/alarms.py: urllib.request",  # the watch asks the web processes of this machine
    "site/operations/moving.py: subprocess",  # this very program, started on the new database
    "site/people/views/security.py: requests",  # the name of its error alone; the city's sign-in is allauth's
}


def test_no_code_of_ours_starts_another_program_or_asks_another_machine():
    """LibreOffice and the like never see an upload; nothing is fetched because a document says so."""
    outward = {"subprocess", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "telnetlib", "pty"}
    found = set()
    for folder in ("site", "ideas", "training", "competitions"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                elif isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.system", "os.popen"):
                    names = ["subprocess"]
                found |= {
                    f"{path.relative_to(ROOT)}: {name}"
                    for name in names
                    if name.split(".")[0] in outward or name in ("urllib.request", "http.client")
                }
    assert found == OWN_ERRANDS
