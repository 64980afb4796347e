"""200 MB arrive: neither memory nor disk of ours keeps them, and the form says what is wrong."""

import io
import tracemalloc

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

from .urls_for_tests import take

pytestmark = pytest.mark.urls("tests.trust.urls_for_tests")
MB = 1024 * 1024
_BOUNDARY = b"----giay"


class Stream(io.RawIOBase):
    """A multipart body made while it is read, so that the test itself doesn't hold it."""

    def __init__(self, field, size):
        head = b'--%b\r\nContent-Disposition: form-data; name="note"\r\n\r\nkept\r\n' % _BOUNDARY
        head += (
            b'--%b\r\nContent-Disposition: form-data; name="%b"; filename="to.pdf"\r\n'
            b"Content-Type: application/pdf\r\n\r\n%%PDF-1.7\n"
        ) % (_BOUNDARY, field)
        tail = b'\r\n--%b\r\nContent-Disposition: form-data; name="after"\r\n\r\nkept too\r\n--%b--\r\n' % (
            _BOUNDARY,
            _BOUNDARY,
        )
        self.parts = [head, tail]
        self.left = size
        self.length = len(head) + size + len(tail)

    def readable(self):
        return True

    def read(self, size=-1):
        size = 64 * 1024 if size is None or size < 0 else size
        if len(self.parts) == 2 and self.parts[0]:
            part, self.parts[0] = self.parts[0][:size], self.parts[0][size:]
            return part
        if self.left:
            count = min(size, self.left)
            self.left -= count
            return b"x" * count
        part, self.parts[1] = self.parts[1][:size], self.parts[1][size:]
        return part


def send(field, size):
    stream = Stream(field, size)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": f"multipart/form-data; boundary={_BOUNDARY.decode()}",
            "CONTENT_LENGTH": str(stream.length),
            "wsgi.input": stream,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
        }
    )
    with translation.override("en"):
        return take(request)


def test_200_mb_are_refused_in_words_without_being_held(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    tracemalloc.start()
    response = send(b"paper", 200 * MB)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert response.status_code == 200
    answer = response.content.decode()
    assert "The file is 200.1\\u00a0MB, at most 1\\u00a0MB" in answer
    assert '"note": "kept"' in answer
    assert '"after": "kept too"' in answer
    assert peak < 10 * MB
    assert list(tmp_path.glob("*.upload*")) == []


def test_a_plain_file_field_also_gets_the_refusal_as_its_error():
    answer = send(b"careless", 25 * MB).content.decode()
    assert "at most 20\\u00a0MB" in answer
    assert "careless" in answer


def test_a_file_below_the_limit_passes_untouched():
    answer = send(b"paper", 2 * MB).content.decode()
    assert "The file is 2.1\\u00a0MB, at most 1\\u00a0MB" in answer  # judged by the form, not by the stream
