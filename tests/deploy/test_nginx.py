"""The example of the web server in front."""

import re

from django.conf import settings


def test_no_folder_is_handed_out_past_the_portal():
    """Originals of pictures and files of drafts lie under MEDIA_ROOT: `portal.media` asks who may read."""
    text = (settings.ROOT / "deploy" / "nginx.conf.example").read_text()
    assert re.findall(r"^\s*(alias|root|try_files)\b.*", text, re.MULTILINE) == []
    assert re.findall(r"^\s*location (\S+)", text, re.MULTILINE) == ["/"]
