"""Uploads and the virus scanner: a daemon that speaks clamd's protocol on a socket, as an office's would."""

import os
import socketserver
import struct
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from people.forms import RosterUploadForm
from tests.trust.builders import XLSX_MAIN, office, pdf, upload
from training.imports.forms import TrainingFileForm
from trust import scanning
from trust.audit.models import AuditEvent
from trust.uploads import UploadPolicy, UploadRefused, check_upload

POLICY = UploadPolicy(frozenset({"pdf", "xlsx"}), max_bytes=1024 * 1024)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Clamd(socketserver.StreamRequestHandler):
    """INSTREAM: pieces with their length before each, none at the end; one line back."""

    def handle(self):
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.received.append(content)
        self.wfile.write(self.server.answer or self._verdict(content))

    def _verdict(self, content):
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\n" if EICAR in content else b"stream: OK\n"


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that went away; what it was told is what the test looks at."""


@contextmanager
def clamd(settings, answer=b""):
    with tempfile.TemporaryDirectory() as folder:
        path = os.fspath(Path(folder) / "clamd.ctl")
        with _Server(path, _Clamd) as server:
            server.received, server.answer = [], answer
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            settings.CLAMAV = f"unix://{path}"
            yield server
            server.shutdown()


def refused(content=None, name="a.pdf"):
    with pytest.raises(UploadRefused) as found:
        check_upload(upload(name, content or pdf()), POLICY)
    return found.value


def test_a_clean_file_is_taken_and_was_seen_whole_and_once(settings):
    with clamd(settings) as server:
        file = upload("a.pdf", pdf(padding=5000))
        check_upload(file, POLICY)
        check_upload(file, POLICY)  # its form and its store both ask
        assert server.received == [pdf(padding=5000)]
        assert file.read() == pdf(padding=5000)


@pytest.mark.django_db
def test_an_infected_file_is_refused_by_name_and_stands_in_the_trail(settings):
    with clamd(settings):
        refusal = refused(pdf() + EICAR + b"\n%%EOF")
    assert refusal.code == "virus" and "Win.Test.EICAR_HDB-1" in refusal.message
    event = AuditEvent.objects.get(action="upload.refused")
    assert (event.outcome, event.facts) == ("refused", {"why": "virus", "found": "Win.Test.EICAR_HDB-1"})


def test_a_scanner_that_is_down_lets_nothing_through(settings, tmp_path):
    settings.CLAMAV = f"unix://{tmp_path}/nobody.ctl"
    assert refused().code == "not_scanned"
    settings.CLAMAV = "tcp://127.0.0.1:1"
    assert refused().code == "not_scanned"


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\n", b"stream: Can't allocate memory ERROR\n", b"\n", b"hello\n"],
)
def test_a_scanner_without_a_verdict_lets_nothing_through(settings, answer):
    with clamd(settings, answer):
        assert refused().code == "not_scanned"


def test_a_scanner_that_hangs_is_given_up_on(settings, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    waiting = threading.Event()
    monkeypatch.setattr(_Clamd, "_verdict", lambda self, content: waiting.wait(5) and b"")
    with clamd(settings):
        assert refused().code == "not_scanned"
        waiting.set()


def test_without_the_setting_nobody_is_asked(settings, monkeypatch):
    settings.CLAMAV = ""
    monkeypatch.setattr(scanning, "virus_in", lambda stream: pytest.fail("asked"))
    assert check_upload(upload("a.pdf", pdf()), POLICY).extension == "pdf"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "name", "content"),
    [
        (RosterUploadForm, "so.xlsx", office(XLSX_MAIN, parts={"xl/x.bin": EICAR}, method=0)),
        (TrainingFileForm, "lop.csv", b"Ma,Ten\n1," + EICAR),
        (TrainingFileForm, "lop.xlsx", office(XLSX_MAIN, parts={"xl/x.bin": EICAR}, method=0)),
    ],
)
def test_workbooks_that_have_readers_of_their_own_are_looked_through_too(settings, form, name, content):
    with clamd(settings):
        bound = form(data={}, files={"file": upload(name, content)})
        assert not bound.is_valid()
        assert "EICAR" in str(bound.errors)
