"""The key of a browser's copy: one owner's on every page, nobody else's, and long enough for AES-256."""

import base64

from django.test import override_settings

from editing.copies import copy_key


def test_each_owner_has_a_key_of_their_own_that_stays():
    assert copy_key("ho-so:7") == copy_key("ho-so:7")
    assert len({copy_key("ho-so:7"), copy_key("ho-so:8"), copy_key("bai-thi:7")}) == 3
    assert len(base64.b64decode(copy_key("ho-so:7"))) == 32


def test_the_key_hangs_on_the_portals_secret():
    with override_settings(SECRET_KEY="mot"):
        one = copy_key("ho-so:7")
    with override_settings(SECRET_KEY="hai"):
        assert copy_key("ho-so:7") != one
