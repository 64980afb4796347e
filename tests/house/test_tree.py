"""What is kept in the repository: text that people read, pictures of the product; nothing a run left behind.

A database somebody's command wrote into the folder was once committed with everything else.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = "docs/pictures/"


def _kept():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return sorted(name for name in names.decode().split("\0") if name and (ROOT / name).exists())


def _is_text(name):
    content = (ROOT / name).read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def test_only_pictures_of_the_product_are_no_text():
    others = [name for name in _kept() if not _is_text(name)]
    assert others == [name for name in _kept() if name.startswith(PICTURES) and name.endswith(".png")]
