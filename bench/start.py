"""Starting: migrations on an empty database, `make run` in a fresh folder, and the second run there.

The first run makes its own virtual environment, so it needs the package index; it is what a newcomer
waits for.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .server import ROOT, free_port

PATIENCE = 600  # seconds
LEFT_OUT = (".venv", "var", ".git", "test*.sqlite3*", "__pycache__", ".*_cache", "staticfiles", ".hypothesis")
OURS = ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PYTHONPATH")


def run() -> dict:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "portal"
        shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        figures = {"migrations_s": _migrations(folder)}
        figures["first_page_s"] = _make_run(clone)
        figures["second_run_s"] = _make_run(clone)
    return figures


def _migrations(folder):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3"}
    began = time.monotonic()
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"],
        env=environment,
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return round(time.monotonic() - began, 1)


def _make_run(clone):
    """Seconds until the home page answers; the portal is ended again."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise RuntimeError(process.stderr.read().decode()[-500:] if process.poll() else "no page")
            time.sleep(0.1)
        return round(time.monotonic() - began, 1)
    finally:
        _end(process)


def _answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _end(process):
    """The whole group, as Ctrl-C in a terminal does."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
