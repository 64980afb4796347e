"""Fixtures every test may use. Builders live beside them in tests/builders.py."""

import pytest


@pytest.fixture(autouse=True)
def _quiet_world(settings, tmp_path):
    """Files go to a folder of the test's own; sign-in limits do not leak from test to test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "media" / "private"
